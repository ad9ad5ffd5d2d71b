"""Finds every kind in one text, settles overlaps, and hides what was found."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import replace

from portevoix.text.redact.addresses import addresses, addresses_in_words
from portevoix.text.redact.codes import codes, logins
from portevoix.text.redact.context import look_over
from portevoix.text.redact.dates import birthdates, dates_of_children
from portevoix.text.redact.kinds import LABELS, PRECEDENCE
from portevoix.text.redact.names import names
from portevoix.text.redact.numbers import numbers
from portevoix.text.redact.operators import MASK, Operator, Redaction, hide
from portevoix.text.redact.phones import odd_phones, spoken_phones
from portevoix.text.redact.plates import plates
from portevoix.text.redact.shapes import emails, pages, without_sign
from portevoix.text.redact.signatures import signatures
from portevoix.text.redact.tagger import Weights
from portevoix.types import PersonalData

_AT_HINTS = ("(a", "[a", "{a", "<a", "( a", "[ a", "(chez")
_MAILBOXES = ("gmail", "hotmail", "outlook", "yahoo", "wanadoo", "laposte", "icloud", "orange")
# A telephone said in words holds at least one of these.
_SPOKEN_HINTS = ("vingt", "ante ", "ante-", " six ", " sept ", "zéro", "zero", "octan", "nonan")


# How often a text where something was found is read again.
_ROUNDS = 3
# What a former pass wrote: never searched again.
_LABEL = re.compile(
    "|".join(re.escape(label[:-1]) + r"(?: \d{1,4})?\]" for label in LABELS.values()) + "|█+"
)


def find(text: str, weights: Weights | None = None) -> list[PersonalData]:
    """What would identify someone in `text`: sorted, apart from one another.

    Where something is found, the text is read again without it: what one name hid from the
    reader is found too, and a redacted text is left alone. `weights` replace those shipped for
    names: to measure others.
    """
    found = _find_once(text, weights)
    for _ in range(_ROUNDS if found else 0):
        rest = hide(text, found, Operator.REPLACE)
        more = _find_once(rest.text, weights)
        if not more:
            break
        found = settle([*found, *(_in_original(rest, finding) for finding in more)])
    return found


def _in_original(rest: Redaction, finding: PersonalData) -> PersonalData:
    """A finding of a redacted text at its place in the original."""
    return replace(
        finding,
        start=rest.to_original(finding.start),
        end=rest.to_original(finding.end - 1) + 1,
    )


def _find_once(text: str, weights: Weights | None) -> list[PersonalData]:
    text = _LABEL.sub(_blank, text) if "[" in text or MASK in text else text
    found = list(_candidates(text, weights))
    return settle(found + dates_of_children(text, found)) if found else []


def _blank(label: re.Match[str]) -> str:
    """A sign that no recogniser reads, as long as the label."""
    return "¤".ljust(len(label.group()))


def _candidates(text: str, weights: Weights | None) -> Iterator[PersonalData]:
    """Each recogniser runs only when a cheap look says it may find something."""
    sight = look_over(text)
    low = sight.low
    if "@" in low or "arob" in low or "rrob" in low or " AT " in text or _may_hold_at(low):
        yield from emails(text)
    if ("mail" in low or "adresse" in low) and any(mailbox in low for mailbox in _MAILBOXES):
        yield from without_sign(text)
    if "http" in low or "www." in low or ".com/" in low:
        yield from pages(text)
    if any(hint in low for hint in _SPOKEN_HINTS):
        yield from spoken_phones(text)
    yield from logins(sight)
    yield from birthdates(sight)
    yield from addresses_in_words(sight)
    if sight.runs:
        yield from addresses(sight)
        yield from plates(sight)
        if sight.digits > 1:
            yield from numbers(sight)
            yield from odd_phones(sight)
            yield from codes(sight)
    yield from names(text, weights)
    yield from signatures(sight)


def _may_hold_at(low: str) -> bool:
    """Whether something may stand for « @ »: « (at) », « chez exemple.fr »."""
    if " chez " in low and (".fr" in low or ".com" in low or " point " in low or "exampl" in low):
        return True
    return any(sign in low for sign in "([{<") and any(hint in low for hint in _AT_HINTS)


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
