# ruff: noqa: E501 -- a pattern cut in many lines is harder to check than a long one
"""Codes mixing letters and digits, told by the word that announces them: files, documents, accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from portevoix.text.redact.context import Sight, before, occurrences
from portevoix.text.redact.kinds import Kind
from portevoix.text.redact.lexicon import fold, look_up
from portevoix.text.redact.numbers import CUES, nearest_cue, widened
from portevoix.text.redact.vocabulary import GROUPS
from portevoix.types import PersonalData

_CODE = re.compile(
    r"(?<![\w@/\-.])(?<!\d:)(?:(?:PV|RG|AT|DA)[ ])?(?=[A-Z\-_/.]{0,12}\d)[A-Z0-9]{1,24}"
    r"(?:(?:[/\-_]|\.(?=\d))[A-Z0-9]{1,24}){0,6}(?:[ ]\d{3,8}){0,2}(?![\w@'’])",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"(?:\bidentifiants?|\blogin|\bid(?= de connexion| c.est| ?:| [A-Z0-9_.\-]{0,12}\d)|\bpseudo(?:nyme)?|(?:nom d.|l.|code )?utilisateur|\bcompte\b(?: en ligne| [^\W\d_]{2,12}(?=[ :,(«]))?|\bespace perso\w*|\buser(?:name)?|\bsnap(?:chat)?|\bdiscord|\binsta(?:gram)?|\btiktok|connecte avec)"
    r"(?: (?:forum|ent|pronote|de session|provisoire|actuel|unique|perso\w*))?(?: de connexion| de compte| usager| est| c.est(?: justement)?| caf| ameli| impots| franceconnect| :|:| ,|,| =|=| sur (?:le |la |les |l.|mon )?[\w\-]{2,20}(?= est| c.est| ?[:,=(])| fran[çc]aise? \w{1,12}){0,3}"
    r"\s{0,2}[«\"“'(]?[ \u00a0\u202f]?(?P<login>[\w&'’@][\w.\-&'’#+/*~$%@]{2,40})",
    re.IGNORECASE,
)
_PASSPORT = re.compile(r"(?<![\w\-])\d{2}[ ]?[A-Z]{2}[ ]?\d{2}[ ]?\d{3}(?![\w\-])")
_HOLDS_DIGIT = re.compile(r"\d")


# « XN7 4QW 22B », « 04 77 A 112 »: short groups of capitals and digits.
_GROUPED = re.compile(
    r"(?<![\w\-/])(?=(?:[A-Z\d]+ ){0,4}[A-Z]*\d+[A-Z]|(?:[A-Z\d]+ ){0,4}[A-Z]{1,3}\b)(?:[A-Z\d]{1,6}[ ]){1,5}(?=[A-Z]{0,5}\d|[A-Z]\b)[A-Z\d]{1,6}(?![\w\-/])"
)


def _word_start(text: str, digit: int) -> int:
    start = digit
    while start and digit - start < 6 and text[start - 1].isalnum():
        start -= 1
    return start


def codes(sight: Sight) -> Iterator[PersonalData]:
    """File numbers, identity documents and accounts written with letters."""
    text = sight.text
    read = 0
    for start, end in sight.runs:
        passport = _PASSPORT.match(text, start) if end - start == 2 else None
        if passport:
            yield PersonalData(*passport.span(), Kind.ID_DOC, 0.9, "forme d'un numéro de passeport")
        grouped = _GROUPED.match(text, _word_start(text, start)) if start >= read else None
        if (
            grouped
            and sum(map(str.isdigit, grouped.group())) > 3
            and _FILE_WORD.search(before(text, grouped.start(), 30))
        ):
            read = grouped.end()
            yield PersonalData(*grouped.span(), Kind.FILE, 0.8, "groupes de lettres et de chiffres")
            continue
        match = _CODE.match(text, _code_start(text, start)) if start >= read else None
        finding = match and _judge(text, match)
        if match and finding:
            read = match.end()
            yield widened(text, finding)


_PREFIXES: Final = frozenset(("PV ", "RG ", "AT ", "DA "))


def _code_start(text: str, digit: int) -> int:
    """Where the code that holds a digit begins."""
    start = digit
    while start and digit - start < 30 and (text[start - 1].isalnum() or text[start - 1] in "/-_."):
        start -= 1
    return start - 3 if text[max(0, start - 3) : start].upper() in _PREFIXES else start


# The nine signs of the identity card in use since 2021, and passports alike.
_CARD_CODE = re.compile(r"(?=[A-Z\d]*[A-Z])[A-Z\d]{8,12}")


def _reach(text: str, start: int) -> int:
    """How far the name of a document may stand before its number: further before « n° »."""
    return 90 if text[max(0, start - 3) : start].strip().lower() in ("n°", "no") else 30


def _judge(text: str, match: re.Match[str]) -> PersonalData | None:
    """What one code is, by its own shape or by what stands before it."""
    value = match.group()
    digits = sum(c.isdigit() for c in value)
    letters = sum(c.isalpha() for c in value)
    if (
        digits >= 2
        and _CARD_CODE.fullmatch(value)
        and CUES[Kind.ID_DOC].search(before(text, match.start(), _reach(text, match.start())))
    ):
        return _found(match, Kind.ID_DOC, 0.9, "code après une pièce d'identité")
    if digits > 1 and letters + digits > 3 and letters and _adjacent(text, match, letters):
        return _found(match, Kind.FILE, 0.8, "code juste après « dossier », « référence »…")
    if (
        digits < 3
        or (letters == 0 and not re.search(r"[/\-_]", value))
        or _ORDINARY.fullmatch(value)
    ):
        return None
    cue = nearest_cue(before(text, match.start()))
    if cue == "FORM":
        return None
    return _announced(match, cue, digits, letters) or _by_itself(text, match, digits, letters)


def _announced(
    match: re.Match[str], cue: str | None, digits: int, letters: int
) -> PersonalData | None:
    """A code that a word before it names."""
    if cue == Kind.ID_DOC and digits >= 5:
        return _found(match, Kind.ID_DOC, 0.9, "code après une pièce d'identité")
    if cue == Kind.ACCOUNT:
        return _found(match, Kind.ACCOUNT, 0.85, "code après « identifiant »")
    if cue == Kind.FILE and digits + letters >= 5:
        return _found(match, Kind.FILE, 0.9, "code après « dossier », « référence »…")
    return None


def _by_itself(text: str, match: re.Match[str], digits: int, letters: int) -> PersonalData | None:
    """A code that nothing names at once."""
    if (
        letters
        and digits + letters >= 5
        and _NAMES_ACCOUNT.search(before(text, match.start(), 160))
    ):
        return _found(match, Kind.ACCOUNT, 0.7, "code dans la suite d'un identifiant")
    value = match.group()
    capitals = sum(c.isupper() for c in value)
    referenced = capitals > 1 and any(c in "-/" for c in value) and digits + letters >= 8
    if referenced or (letters and digits >= 5 and digits + letters >= 8):
        return _found(match, Kind.FILE, 0.6, "code qui ressemble à une référence")
    return None


def _found(match: re.Match[str], kind: Kind, score: float, reason: str) -> PersonalData:
    return PersonalData(*match.span(), kind, score, reason)


_NAMES_ACCOUNT = re.compile(r"identifiants?\b(?! fiscal)|\blogin\b|\bpseudo")
_FILE_WORD: Final = re.compile(
    r"(?:dossiers?|allocataire|plaintes?|r[ée]f[ée]rences?|\br[ée]f|contrat|ticket|bail|matricule|sinistre|recours|cr[ée]ance|indu)"
    r"(?: n°| n| num[ée]ro| :|:| n° ?| no| est| c.est){0,2}[ .#]{1,2}\Z"
)


def _adjacent(text: str, match: re.Match[str], letters: int) -> bool:
    """Whether a code stands right after « dossier »; two letters at least, or a sign within."""
    value = match.group()
    signed = any(c in "-/_" for c in value)
    ordinary = _ORDINARY.fullmatch(value) is not None
    return (
        (letters > 1 or signed)
        and not ordinary
        and bool(_FILE_WORD.search(before(text, match.start(), 30)))
    )


_ORDINARY = re.compile(
    r"\d{1,2}h\d{0,2}(?:[\-/]\d{1,2}h\d{0,2})*|\d{1,4}(?:e|er|ème|eme|ième|km|m|kg|g|go|mo|eur|euros|ans|j|mn|min|cm|am|pm)|\d+[.,/\-]\d+|\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}|(?:covid|a|d|n|rn|rd|e|m|t|p|b|v|h)-?\d{1,4}"
    r"|(?:19|20)\d\d[/\-](?:19|20)?\d\d|\d{2,3}-\d{3,4}|(?:20[3-9]\d|2[1-9]\d\d|[3-9]\d{3})(?:-(?:[a-z]{2,3}\d?|\d?[a-z]{1,3}|[a-z]{1,3}\d)){1,3}|\d{1,2}(?:er)?(?:janv|f[ée]v|mars|avr|mai|juin|juil|ao|sept|oct|nov|d[ée]c)\w{0,8}(?: \d{2,4})?|\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}\w*|comment-\d+|(?:19|20)\d\d[a-z]{0,3}|\d{1,2}-\d{1,2}-\d{1,2}",
    re.IGNORECASE,
)


def _named_by(match: re.Match[str]) -> bool:
    return match.group()[:5].lower() in ("ident", "login", "pseud")


def _strange(value: str) -> bool:
    """Whether a login without digits is no word of the language."""
    folded = fold(value)
    entry = look_up(folded)
    if "'" in value or "’" in value:
        return False
    return len(value) > 4 and not (entry.ordinary or entry.place or folded in GROUPS)


_HYPHENED = re.compile(r"[a-z]{1,20}(?:-[a-z]{1,20}){2,5}")


_ACCOUNT_WORDS: Final = (
    *(
        "identifiant",
        "login",
        "pseudo",
        "snap",
        "discord",
        "insta",
        "tiktok",
        "connecte avec",
        "nom d",
        "l'util",
        "code util",
        "utilis",
        "compte",
        "espace perso",
        "user",
        "id ",
    ),
)


def _after_words(sight: Sight) -> Iterator[re.Match[str]]:
    """The pattern tried where one of its first words stands: much faster than everywhere."""
    for place in occurrences(sight.low, _ACCOUNT_WORDS):
        match = _LOGIN.match(sight.text, place)
        if match:
            yield match


def logins(sight: Sight) -> Iterator[PersonalData]:
    """Account names after « identifiant », « pseudo », « login »."""
    text = sight.text
    for match in _after_words(sight):
        start, _ = match.span("login")
        value = match.group("login").rstrip(".'’-!/*")
        quoted = text[max(0, start - 2) : start].strip()[-1:] in '«"“' and text[start - 1] != "e"
        compound = re.search(r"[\d_.&#+/*!~$%@]|\w-\w", value) is not None
        if not (
            _HOLDS_DIGIT.search(value)
            or "_" in value
            or "." in value
            or (quoted and compound)
            or _HYPHENED.fullmatch(value)
            or re.search(r"[nN]['’]\w+-", value)
            or (_named_by(match) and _strange(value))
        ):
            continue
        if re.search(r"\.(?:fr|com|org|net|gouv)\b|\.[A-ZÀ-Ý][a-zà-ÿ]", value):
            continue
        if len(value) > 3 and not _ORDINARY.fullmatch(value):
            yield PersonalData(
                start,
                start + len(value),
                Kind.ACCOUNT,
                0.85,
                "nom de compte après « identifiant », « pseudo »…",
            )
