"""Dates and years: « le premier mars deux mille vingt-quatre » is le 1er mars 2024."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from portevoix.speech.writing.cardinals import Said, at, cardinal, stops
from portevoix.speech.writing.words import Word

MONTHS: Final = frozenset(
    "janvier février fevrier mars avril mai juin juillet août aout septembre octobre novembre "
    "décembre decembre".split()
)
DAYS: Final = frozenset("lundi mardi mercredi jeudi vendredi samedi dimanche".split())
_ANNOUNCING: Final = frozenset(
    "en année années depuis avant après fin début courant jusqu'en dès vers été printemps automne "
    "hiver rentrée noël".split()
)
_DATED: Final = frozenset(
    "loi décret ordonnance circulaire réforme rentrée année été guerre convention budget".split()
)
_UNTIL: Final = frozenset(("au", "et", "ou", "à"))
_COUNTS: Final = frozenset(
    "euros euro heures jours mois ans fois personnes minutes pour kilomètres habitants mille cent "
    "million millions pages".split()
)


def date(words: Sequence[Word], start: int) -> tuple[str, int] | None:
    """A day and its month, the year when said; « du deux au quinze juin », « lundi trois »."""
    before = words[start - 1].low if start and not stops(words, start) else ""
    day = _day(words, start)
    if day is None:
        return None
    after = at(words, day.end, start)
    if after in MONTHS:
        return _with_year(words, day)
    if numeric := _numeric(words, start, day, before):
        return numeric
    if before in DAYS and after not in _COUNTS and day.value > 1:
        return _ordinal_day(day), day.end
    if before in ("du", "le", "entre", "des", "les") and after in _UNTIL:
        second = _day(words, _skip_article(words, day.end + 1, start))
        if second and at(words, second.end, start) in MONTHS:
            return _ordinal_day(day), day.end
    return None


def _skip_article(words: Sequence[Word], place: int, start: int) -> int:
    return place + 1 if at(words, place, start) == "le" else place


def _day(words: Sequence[Word], start: int) -> Said | None:
    if at(words, start, start) in ("premier", "1er"):
        return Said(1, start + 1, "1er")
    said = cardinal(words, start) if start < len(words) else None
    return said if said and 1 <= said.value <= 31 else None


def _ordinal_day(day: Said) -> str:
    return day.digits or ("1er" if day.value == 1 else str(day.value))


def _with_year(words: Sequence[Word], day: Said) -> tuple[str, int] | None:
    if day.value == 1 and not day.digits:
        # « un mars » is no date that anybody says.
        return None
    month = words[day.end]
    text, end = f"{_ordinal_day(day)}\u00a0{month.text}", day.end + 1
    if not month.trail and end < len(words) and (said := _year(words, end)):
        return f"{text} {said.value}", said.end
    return text, end


def _numeric(words: Sequence[Word], start: int, day: Said, before: str) -> tuple[str, int] | None:
    """« le douze zéro trois deux mille vingt-quatre »: 12/03/2024."""
    place = day.end
    zero = at(words, place, start) == "zéro"
    month = cardinal(words, place + zero) if at(words, place + zero, start) else None
    if month is None or not 1 <= month.value <= 12 or before not in ("le", "du", "au"):
        return None
    said = _year(words, month.end) if at(words, month.end, start) else None
    if said is None:
        return None
    return f"{day.value:02}/{month.value:02}/{said.value}", said.end


def _year(words: Sequence[Word], start: int) -> Said | None:
    said = cardinal(words, start)
    return said if said and 1900 <= said.value <= 2099 else None


def year(words: Sequence[Word], start: int) -> tuple[str, int] | None:
    """A year after a month or a word that announces one, never a count."""
    said = _year(words, start)
    if said is None or start == 0 or stops(words, start):
        return None
    before = words[start - 1].low
    if before in ("de", "du") and start > 1 and words[start - 2].low in _DATED:
        return str(said.value), said.end
    if before in MONTHS or (before in _ANNOUNCING and at(words, said.end, start) not in _COUNTS):
        return str(said.value), said.end
    return None
