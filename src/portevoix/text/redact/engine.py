"""Finds every kind in one text, settles overlaps, and hides what was found."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator

from portevoix.text.redact.addresses import addresses
from portevoix.text.redact.codes import codes, logins
from portevoix.text.redact.kinds import LABELS, PRECEDENCE
from portevoix.text.redact.names import names
from portevoix.text.redact.numbers import numbers, spoken_phones
from portevoix.text.redact.operators import Operator, Redaction, hide
from portevoix.text.redact.shapes import birthdates, dates_of_children, emails, pages, plates
from portevoix.types import PersonalData

_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d\D{0,4}\d\D{0,4}\d")
_BIRTH_HINTS = ("né", "nee", "ne ", "naiss", "anniv", "ddn", "au monde")
_ACCOUNT_HINTS = ("identifiant", "login", "pseudo", "utilisateur", "compte", "espace perso", "user")


# What a former pass wrote: never searched again.
_LABEL = re.compile(
    "|".join(re.escape(label[:-1]) + r"(?: \d{1,4})?\]" for label in LABELS.values()) + "|█+"
)


def find(text: str) -> list[PersonalData]:
    """What would identify someone in `text`: sorted, apart from one another."""
    found = list(_candidates(text))
    if not found:
        return []
    found += dates_of_children(text, found)
    hidden = [match.span() for match in _LABEL.finditer(text)]
    return settle(f for f in found if not any(f.start < e and s < f.end for s, e in hidden))


def _candidates(text: str) -> Iterator[PersonalData]:
    """Each recogniser runs only when a cheap look says it may find something."""
    low = text.lower()
    if "@" in low or "arobas" in low or "(at)" in low or "[at]" in low or "(a)" in low:
        yield from emails(text)
    if "http" in low or "www." in low or ".com/" in low:
        yield from pages(text)
    if "zéro " in low or "zero " in low:
        yield from spoken_phones(text)
    if any(hint in low for hint in _ACCOUNT_HINTS):
        yield from logins(text)
    if _DIGIT.search(text):
        yield from addresses(text)
        if _DIGITS.search(text) or "identit" in low:
            yield from numbers(text)
            yield from plates(text)
            yield from codes(text)
        if any(hint in low for hint in _BIRTH_HINTS):
            yield from birthdates(text)
    yield from names(text)


def settle(findings: Iterable[PersonalData]) -> list[PersonalData]:
    """Keeps, where findings overlap, the kind of the surest shape, then the longest."""
    starts: list[int] = []
    kept: list[PersonalData] = []
    for finding in sorted(findings, key=_rank):
        place = bisect(starts, finding.start)
        free_before = place == 0 or kept[place - 1].end <= finding.start
        if free_before and (place == len(kept) or finding.end <= kept[place].start):
            starts.insert(place, finding.start)
            kept.insert(place, finding)
    return kept


def _rank(finding: PersonalData) -> tuple[int, int, int, int]:
    doubtful = finding.score < 0.65
    return (doubtful, PRECEDENCE[finding.kind], finding.start - finding.end, finding.start)


def redact(text: str, operator: Operator | str = Operator.REPLACE) -> Redaction:
    """Hides what `find` finds. Text without personal data comes back identical."""
    return hide(text, find(text), Operator(operator))


class Redactor:
    """The embedded engine behind `portevoix.protocols.Redactor`; no state, safe to share."""

    def __init__(self, operator: Operator | str = Operator.REPLACE) -> None:
        self.operator = Operator(operator)

    def find(self, text: str) -> list[PersonalData]:
        return find(text)

    def redact(self, text: str) -> str:
        return redact(text, self.operator).text
