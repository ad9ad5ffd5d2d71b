"""Recounts a note: every number, identifier, label and quote, against the experiences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Final

from portevoix.errors import FalseStatementError
from portevoix.note import french

LISTS: Final = (
    "figures",
    "strengths",
    "pain_points",
    "subjects",
    "suggestions",
    "changes",
    "leads",
    "limits",
)
NESTED: Final = ("details", "asked")
NAMES: Final = {
    "count": "le nombre d’expériences",
    "share": "la part",
    "interval": "l’intervalle",
    "evidence": "la liste des expériences",
    "label": "le libellé",
    "quotes": "une citation",
    "text": "la phrase",
}
TOLERANCE: Final = 2e-6
_MISSING: Final = object()


@dataclass(frozen=True, slots=True)
class Check:
    """How many statements were recounted and quotes found, all true."""

    statements: int
    quotes: int


def entries(note: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every entry that states something, those inside others included."""
    for key in LISTS:
        for entry in note[key]:
            yield entry
            for inside in NESTED:
                yield from entry.get(inside, ())


def sentences(note: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for section in note["sections"]:
        yield from section["sentences"]


def false(name: str, reason: str) -> FalseStatementError:
    return FalseStatementError(french.typeset(f"« {name} » : {reason}."))


def _check_shape(note: Mapping[str, Any]) -> None:
    missing = [key for key in (*LISTS, "scope", "options", "sections") if key not in note]
    if missing:
        raise FalseStatementError(
            french.typeset(
                f"ce fichier n'est pas une note complète : il y manque « {missing[0]} »."
            )
        )


def _check_entry(name: str, entry: Mapping[str, Any], texts: Mapping[str, str]) -> None:
    evidence = entry["evidence"]
    if entry["count"] != len(evidence):
        said, found = french.experiences(entry["count"]), french.experiences(len(evidence))
        raise false(name, f"la note annonce {said}, les preuves en comptent {found}")
    if len(set(evidence)) != len(evidence):
        raise false(name, "une même expérience est comptée deux fois")
    for identifier in evidence:
        if identifier not in texts:
            raise false(name, f"l’expérience {identifier} n’est pas dans le périmètre de la note")
    low, high = entry.get("interval", (0, 1))
    if not 0 <= low <= high <= 1:
        raise false(name, "l’intervalle n’en est pas un")


def _check_quote(name: str, quote: Mapping[str, Any], texts: Mapping[str, str]) -> None:
    text = texts.get(quote["experience"])
    if text is None:
        raise false(name, f"la citation vient d’une expérience inconnue ({quote['experience']})")
    if text[quote["start"] : quote["end"]] != quote["text"]:
        raise false(
            name,
            f"la citation de l’expérience {quote['experience']} ne se retrouve pas mot pour mot",
        )


def check_sources(note: Mapping[str, Any], texts: Mapping[str, str]) -> Check:
    """Check counts, identifiers and quotes of a note against the redacted texts of its scope.

    Raises FalseStatementError on the first that is false.
    """
    _check_shape(note)
    statements = quotes = 0
    for entry in entries(note):
        _check_entry(entry["label"], entry, texts)
        for quote in entry.get("quotes", ()):
            _check_quote(entry["label"], quote, texts)
            quotes += 1
        statements += 1
    for sentence in sentences(note):
        _check_entry(sentence["text"], sentence, texts)
        statements += 1
    return Check(statements, quotes)


def _same(given: Any, expected: Any) -> bool:
    if isinstance(given, float) or isinstance(expected, float):
        numbers = isinstance(given, int | float) and isinstance(expected, int | float)
        return numbers and abs(given - expected) <= TOLERANCE
    return type(given) is type(expected) and bool(given == expected)


def _shown(value: Any) -> str:
    if value is _MISSING:
        return "rien"
    if isinstance(value, float):
        return f"{value:.6g}".replace(".", ",")
    if isinstance(value, list):
        return french.quantity(len(value), "élément")
    if isinstance(value, dict):
        return f"« {value.get('label') or value.get('text') or 'un objet'} »"
    return str(value)


def _compare(given: Any, expected: Any, name: str, what: str) -> None:
    """Walk both together; `name` is the statement one is in, `what` the key."""
    if isinstance(given, dict) and isinstance(expected, dict):
        inner = str(given.get("label") or given.get("text") or given.get("title") or name)
        for key in sorted(given.keys() | expected.keys()):
            _compare(given.get(key, _MISSING), expected.get(key, _MISSING), inner, key)
        return
    if isinstance(given, list) and isinstance(expected, list):
        for left, right in zip_longest(given, expected, fillvalue=_MISSING):
            _compare(left, right, name, what)
        return
    if not _same(given, expected):
        said = NAMES.get(what, f"« {what} »")
        reason = f"{said} est {_shown(given)} dans la note, {_shown(expected)} une fois recompté"
        raise false(name, reason)


def check_recount(note: Mapping[str, Any], recounted: Mapping[str, Any]) -> None:
    """Compare a note with the one made again from the experiences.

    Raises FalseStatementError on the first difference, or when another engine made the note.
    """
    if note.get("engine") != recounted["engine"]:
        raise FalseStatementError(
            french.typeset(
                f"Cette note vient d'un autre moteur ({note.get('engine')}) que celui-ci "
                f"({recounted['engine']}) : ses nombres ne peuvent pas être recomptés ici."
            )
        )
    for key in (*LISTS, "sections", *sorted(note.keys() | recounted.keys())):
        _compare(note.get(key, _MISSING), recounted.get(key, _MISSING), str(note["title"]), key)
