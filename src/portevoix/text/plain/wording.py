"""Expressions of offices and what to write instead (`data/plain/language.json`).

The list gives infinitives and masculine singulars; texts conjugate, agree and elide. Each entry
becomes one pattern that reads its forms; the longest expression met at a place wins.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from portevoix.errors import ResourceError
from portevoix.text.plain.remarks import Kind, Remark

# Endings of regular verbs. Those in -e, -es are nouns as often (« votre adresse », « la demande »):
# they count only after a pronoun.
_ER: Final = "er|ons|ez|ent|ant|é|ée|és|ées|ai|as|a|erai|eras|era|erons|erez|eront|erais|erait"
_ER_AFTER_PRONOUN: Final = "e|es"
_IR: Final = "ir|is|it|issons|issez|issent|issant|i|ie|iés|ies|irai|ira|irons|irez|iront"
_PRONOUN: Final = (
    r"(?:(?<=\bje )|(?<=\bj')|(?<=\bil )|(?<=\bon )|(?<=\bvous )|(?<=\bnous )|(?<=\bqui ))"
)
_IRREGULAR: Final = {
    "être": "suis|est|êtes|sommes|sont|sera|serez|serons|seront|seriez|serait|étiez|était",
    "avoir": "ai|a|as|avez|avons|ont|aura|aurez|aurons|auront|avait|aviez|ayant",
    "faire": "fais|fait|faites|faisons|font|fera|ferez|ferons|feront|faisait|faisant",
    "mettre": "mets|met|mettons|mettez|mettent|mis|mise|mises|mettra|mettrons|mettrez",
    "prendre": "prends|prend|prenons|prenez|prennent|pris|prise|prises|prendra|prendrons|prendrez",
    "transmettre": "transmets|transmet|transmettons|transmettez|transmettent|transmis|transmise"
    "|transmises|transmettra|transmettrons|transmettrez",
    "percevoir": "perçois|perçoit|percevons|percevez|perçoivent|perçu|perçue|perçus|perçues"
    "|percevra|percevrez|percevrons",
    "produire": "produis|produit|produisons|produisez|produisent|produirez",
    "faire parvenir": "faites parvenir|faisons parvenir|fait parvenir|ferons parvenir",
    "satisfaire": "satisfais|satisfait|satisfaisons|satisfaites|satisfont",
    "interjeter": "interjette|interjetez|interjeté",
    "surseoir": "sursoit|sursoyons|sursis",
    "comparaître": "comparaissez|comparaît|comparaîtrez",
    "enfreindre": "enfreint|enfreignez",
    "contrevenir": "contrevient|contrevenez",
    "recouvrer": "recouvrons|recouvré|recouvrée|recouvrés|recouvrées",
}
# Words of the list that end as infinitives and are none.
_NOT_VERBS: Final = frozenset({"in", "infra", "supra"})
# No space stands after an elision: « d'un », « qu'il ».
_SPACE: Final = r"(?:(?<=')|\s+)"
_END: Final = r"(?:(?<=')|(?![\w-]))"
_ELISIONS: Final = {
    "de": r"(?:de|d'|du|des)",
    "à": r"(?:à|au|aux)",
    "que": r"(?:que|qu')",
    "du": r"(?:du|de|des)",
    "se": r"(?:se|s'|vous|nous|me|m')",
    "votre": r"(?:votre|vos|le|la|les|l'|un|une|ce|cette)",
    "le": r"(?:le|la|les|l')",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """An expression to avoid."""

    avoid: str
    use: tuple[str, ...]
    note: str


@cache
def language() -> dict[str, list[dict[str, object]]]:
    """The shipped list: `words`, `acronyms`, `rules`. Raises `ResourceError` when it is missing."""
    try:
        source = resources.files("portevoix") / "data" / "plain" / "language.json"
        found: dict[str, list[dict[str, object]]] = json.loads(source.read_text("utf-8"))
    except FileNotFoundError as missing:
        raise ResourceError from missing
    return found


def find(text: str) -> Iterator[Remark]:
    """The expressions to avoid in a text whose apostrophes are straight."""
    entries, pattern = _compiled()
    for match in pattern.finditer(text):
        entry = entries[int(str(match.lastgroup)[1:])]
        yield Remark(Kind.WORDING, match.start(), match.end(), _message(entry), entry.use)


def is_listed(written: str) -> bool:
    """Whether these words, in small letters, stand in the list exactly so."""
    return written in _avoided()


@cache
def _avoided() -> frozenset[str]:
    return frozenset(entry.avoid for entry in _compiled()[0])


def _message(entry: Entry) -> str:
    shown = " ou ".join(f"«\u00a0{use}\u00a0»" for use in entry.use)
    advice = f"Plus simple\u00a0: {shown}." if shown else ""
    return f"{advice} {entry.note}".strip()


@cache
def _compiled() -> tuple[list[Entry], re.Pattern[str]]:
    entries = [
        Entry(str(row["avoid"]), _strings(row["use"]), str(row["note"] or ""))
        for row in language()["words"]
    ]
    entries.sort(key=lambda entry: -len(entry.avoid))
    groups = [f"(?P<w{rank}>{_pattern(entry.avoid)})" for rank, entry in enumerate(entries)]
    return entries, re.compile(rf"(?<![\w-])(?:{'|'.join(groups)}){_END}", re.IGNORECASE)


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _pattern(expression: str) -> str:
    """The forms of an expression: its first word may be a verb, « se » agrees with its subject."""
    first, *rest = expression.split()
    if first == "se":
        verb, *rest = rest
        parts = [_ELISIONS["se"], _forms(verb)]
    elif first.startswith("s'"):
        parts = [rf"(?:s'|vous\s|nous\s){_forms(first[2:])}"]
    else:
        parts = [_forms(first)]
    return _SPACE.join([*parts, *map(_agreed, rest)])


def _forms(word: str) -> str:
    if word in _IRREGULAR:
        return f"(?:{re.escape(word)}|{_IRREGULAR[word]})"
    if word.endswith("er") and len(word) > 5 and word not in _NOT_VERBS:
        root = _root(word[:-2])
        return f"(?:{root}(?:{_ER})|{_PRONOUN}{root}(?:{_ER_AFTER_PRONOUN}))"
    if word.endswith("ir") and len(word) > 5:
        return f"{re.escape(word[:-2])}(?:{_IR})"
    return _agreed(word)


def _root(root: str) -> str:
    """« procéd » is also « procèd »; « allou », « allo »…"""
    head, last, tail = root[:-2], root[-2:-1], root[-1:]
    if last in {"é", "è", "e"} and tail not in {"l", "t"}:
        return f"{re.escape(head)}[éèe]{re.escape(tail)}"
    return re.escape(root)


def _agreed(word: str) -> str:
    """A word with its elision, or its feminine and plural."""
    if word in _ELISIONS:
        return _ELISIONS[word]
    bare = re.escape(word)
    if word.endswith("if"):
        return f"{re.escape(word[:-2])}(?:if|ifs|ive|ives)"
    if len(word) > 4 and word[-1] not in "sx'":
        return f"{bare}(?:e|s|es)?"
    return bare
