"""What may not be in a draft: a figure, a name, an address, a promise that no source holds.

The same checks read the sentences of the embedded drafter and those of a language model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from portevoix.reply.draft import Source
from portevoix.search.analysis import terms
from portevoix.text.segment import segment

_NUMBER: Final = re.compile(r"\d+(?:[.,\u202f\u00a0 ]\d+)*")
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)[^\s,;»)]+|[\w.+-]+@[\w-]+\.[\w.]+|\b[\w-]+\.(?:fr|com|org|eu|net)\b"
)
_NAME: Final = re.compile(r"(?<![.!?…»:]\s)(?<=[\s'’(«])[A-ZÀÂÉÈÊÎÔÇ][\w'’-]*[\wà-ÿ]")
_MONTHS: Final = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    "|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain|aujourd'hui"
)
_DATE: Final = re.compile(rf"\b(?:{_MONTHS})\b", re.IGNORECASE)
_SPELT: Final = re.compile(
    r"\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|"
    r"cinquante|soixante|cent|mille|quinzaine|huitaine|dizaine)\b",
    re.IGNORECASE,
)
_NEGATION: Final = re.compile(
    r"\b(?:ne|n')\s?[^.;:!?]{0,60}?\b(?:pas|plus|jamais|rien|aucune?|ni|personne)\b|"
    r"\b(?:jamais|aucune?|interdit|impossible|sauf|sans)\b",
    re.IGNORECASE,
)
_PROMISE: Final = re.compile(
    r"\b(?:nous|on|je)\s(?:vous\s|nous\s|en\s|lui\s|le\s|la\s|les\s|l'|y\s)*(?:all(?:ons|ez)|vais|va|"
    r"engageons|promettons|garantissons|assurons|\w+r(?:ons|ai))\b|"
    r"\b(?:vous|votre \w+|il|elle|cela|ce|ces|le \w+|la \w+)\s(?:vous\s)?(?:ser(?:a|ont|ez)|"
    r"aur(?:a|ez|ont)|recevrez|obtiendrez|toucherez|pourr(?:a|ez|ont))\b|"
    r"\b(?:promesse|garanti\w*|c'est promis|sans faute|au plus vite|dans les meilleurs délais)\b",
    re.IGNORECASE,
)
_DECISION: Final = re.compile(
    r"\b(?:votre|la|cette) (?:demande|aide|dette|dossier|amende|plainte|réclamation|remise)\s"
    r"(?:est|a été|sera) (?:accept|accord|refus|annul|effac|valid|rejet|régl)ée?|"
    r"\bvous avez (?:droit|raison|tort)\b|"
    r"\bnous (?:acceptons|accordons|annulons|refusons|validons)\b",
    re.IGNORECASE,
)
_CLAIM: Final = re.compile(
    r"\bnous (?:vous )?(?:l'|les |en |lui |leur |y )?(?:avons|sommes (?:intervenus|allés))\b"
    r"(?! bien (?:lu|reçu|compris|noté))(?! lu\b)",
    re.IGNORECASE,
)
_STEPS: Final = 0.25


def invented(sentence: str, support: str) -> str:
    """Why a sentence says more than what it rests on, in French; empty when it does not."""
    low = support.lower()
    for what, found in (
        ("le nombre", _missing(_NUMBER, sentence, _digits(support), normal=_digits)),
        ("le nombre", _missing(_SPELT, sentence, low)),
        ("la date", _missing(_DATE, sentence, low)),
        ("l'adresse", _missing(_ADDRESS, sentence, low)),
        ("le nom", _missing(_NAME, sentence, support)),
    ):
        if found:
            return f"{what} « {found} » ne se trouve pas dans la source"
    return ""


def figures_outside(text: str, support: str) -> list[str]:
    """The figures of a text that its support does not hold, each once, in order."""
    held = {match.group() for match in _NUMBER.finditer(_digits(support))}
    said = (match.group() for match in _NUMBER.finditer(_digits(text)))
    return [figure for figure in dict.fromkeys(said) if figure not in held]


def _digits(text: str) -> str:
    """Numbers written without spaces, so that « 1 260 » and « 1260 » are one."""
    return re.sub(r"(?<=\d)[\u202f\u00a0 ](?=\d)", "", text)


def _missing(
    pattern: re.Pattern[str], sentence: str, support: str, *, normal: object = None
) -> str:
    for match in pattern.finditer(_digits(sentence) if normal else sentence):
        said = match.group()
        sought = said if pattern in (_NAME, _NUMBER) else said.lower()
        edge = r"\d" if pattern is _NUMBER else r"\w"
        if not re.search(rf"(?<!{edge}){re.escape(sought)}(?!{edge})", support):
            return said
    return ""


def negates(sentence: str) -> bool:
    """Whether a sentence denies, forbids or excepts something."""
    return bool(_NEGATION.search(sentence))


def contradicts(sentence: str, passage_sentences: Iterable[str]) -> str:
    """Why a sentence denies what its passage affirms, or the reverse; empty when it does not."""
    said = set(terms(sentence))
    best, shared = "", 0.0
    for candidate in passage_sentences:
        words = set(terms(candidate))
        overlap = len(said & words) / max(1, len(said | words))
        if overlap > shared:
            best, shared = candidate, overlap
    if shared < _STEPS:
        return ""
    if negates(sentence) != negates(best):
        return f"la source dit autrement : « {best} »"
    return ""


def statements(text: str) -> list[str]:
    """The sentences of a passage; a list stays with the line that opens it."""
    blocks: list[str] = []
    for line in text.split("\n"):
        if blocks and (line.startswith("- ") or blocks[-1].endswith(":")):
            blocks[-1] += "\n" + line
        else:
            blocks.append(line)
    found: list[str] = []
    for block in blocks:
        found += [block] if "\n" in block else [piece.text for piece in segment(block)]
    return found


def unsupported(sentence: str, support: str) -> str:
    """Why too little of a sentence is in its source; empty when enough is."""
    said = set(terms(sentence))
    held = len(said & set(terms(support))) / len(said) if said else 1.0
    return "" if held >= 0.6 else "la source ne dit pas cela"


def outside(sentence: str, source: Source) -> str:
    """Why a sentence does not hold in its source, in French; empty when it does."""
    if sentence in source.passage:
        return ""
    support = f"{source.title} {source.url} {source.passage}"
    beyond = oversteps(sentence)
    return (
        invented(sentence, support)
        or contradicts(sentence, statements(source.passage))
        or unsupported(sentence, support)
        or (beyond if oversteps(source.passage) == "" else "")
    )


def oversteps(sentence: str) -> str:
    """Why a sentence promises, decides or tells what the service did; empty when it does not."""
    for why, pattern in (
        ("promet", _PROMISE),
        ("décide", _DECISION),
        ("affirme ce que le service a fait", _CLAIM),
    ):
        if match := pattern.search(sentence):
            return f"la phrase {why} : « {match.group().strip()} »"
    return ""
