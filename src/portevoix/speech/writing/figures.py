"""Numbers as people write them: amounts, shares, hours, dates, telephones, in place of words.

Below ten a bare number stays in letters; a number with a unit, a date, an address does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from portevoix.speech.writing.cardinals import (
    NUMBER_WORDS,
    SCALES,
    Said,
    at,
    below_thousand,
    cardinal,
    explode,
    stops,
)
from portevoix.speech.writing.dates import date, year
from portevoix.speech.writing.hours import hour
from portevoix.speech.writing.phones import digit_run, phone, short_number
from portevoix.speech.writing.words import Word

NBSP: Final = "\u00a0"
_COUNTED: Final = frozenset(
    "an ans kilomètre kilomètres km kilo kilos kg mètre mètres gramme grammes litre litres degré "
    "degrés centimètres cm m2 gigas mégas go mo".split()
)
_NUMBERED: Final = frozenset(
    "numéro article articles page guichet bureau étage quai ligne département lot bâtiment porte "
    "bloc case formulaire alinéa annexe chambre place catégorie niveau échelon version".split()
)
_STREETS: Final = frozenset("rue avenue boulevard place allée impasse chemin quai route".split())
_FIRST: Final = NUMBER_WORDS | {"plus", "premier", "midi", "minuit"}
_ARROUND: Final = frozenset(("arrondissement", "arrondissements"))
_ORDINALS: Final = re.compile(r"(?P<stem>\w+?)(?:i[eè]me)(?P<plural>s?)\Z")
_STEMS: Final = {"cinqu": "cinq", "neuv": "neuf", "quatr": "quatre", "onz": "onze",
                 "douz": "douze", "treiz": "treize", "quatorz": "quatorze", "quinz": "quinze",
                 "seiz": "seize", "trent": "trente", "quarant": "quarante",
                 "cinquant": "cinquante", "soixant": "soixante", "mill": "mille"}  # fmt: skip
_IDIOMS: Final = frozenset(
    ["mille fois", "mille mercis", "mille merci", "cent fois", "mille excuses", "mille pardons"]
)


@dataclass(frozen=True, slots=True)
class Written:
    """What takes the place of `words[start:end]`."""

    text: str
    end: int


def _may_begin(low: str) -> bool:
    """A cheap look: most words begin no number."""
    return low in _FIRST or low[:1].isdigit() or "ième" in low or "ieme" in low


def write_numbers(words: Sequence[Word]) -> list[Word]:
    """`words` with every number written as people write it."""
    spread = explode(words)
    out: list[Word] = []
    place = 0
    while place < len(spread):
        word = spread[place]
        written = _read(spread, place) if not word.fixed and _may_begin(word.low) else None
        if written is None:
            out.append(spread[place])
            place += 1
            continue
        first, last = spread[place], spread[written.end - 1]
        out.append(Word(written.text, first.lead, last.trail, first.before, fixed=True))
        place = written.end
    return _rejoin(words, spread, out)


def _rejoin(words: Sequence[Word], spread: Sequence[Word], out: list[Word]) -> list[Word]:
    """Hyphens come back where a number stayed in letters."""
    if len(spread) == len(words):
        return out
    hyphened = [w for w in words if "-" in w.text]
    joined: list[Word] = []
    place = 0
    while place < len(out):
        for word in hyphened:
            parts = word.text.split("-")
            if [w.text for w in out[place : place + len(parts)]] == parts:
                joined.append(word)
                place += len(parts)
                break
        else:
            joined.append(out[place])
            place += 1
    return joined


def _read(words: Sequence[Word], start: int) -> Written | None:
    if postcode := _postcode(words, start):
        return postcode
    for reader in (phone, short_number):
        if dialled := reader(words, start):
            return Written(dialled.digits, dialled.end)
    for spell in (date, hour, year):
        if spelt := spell(words, start):
            return Written(spelt[0], spelt[1])
    for read in (_ordinal, _quantity, _run, _bare):
        if written := read(words, start):
            return written
    return None


def grouped(value: int) -> str:
    """Thousands apart: 1 240."""
    return f"{value:,}".replace(",", NBSP)


def _decimal(words: Sequence[Word], start: int, whole: Said) -> Said | None:
    """« deux virgule zéro cinq »: the part after the comma, zeros kept."""
    if at(words, whole.end, start) != "virgule" or at(words, whole.end + 1, start) == "":
        return None
    place, zeros = whole.end + 1, ""
    while at(words, place, start) == "zéro":
        zeros, place = zeros + "0", place + 1
    known = place < len(words) and not stops(words, place)
    rest = below_thousand(words, place) if known else None
    if rest is None:
        return Said(0, place, zeros) if zeros else None
    return Said(0, rest.end, zeros + str(rest.value))


def _quantity(words: Sequence[Word], start: int) -> Written | None:
    """An amount, a share, a decimal, or a number that its unit asks in digits."""
    whole = cardinal(words, start)
    if whole is None:
        return None
    decimal = _decimal(words, start, whole)
    number = grouped(whole.value) + (f",{decimal.digits}" if decimal else "")
    end = decimal.end if decimal else whole.end
    unit = at(words, end, start)
    if unit in ("euro", "euros", "€"):
        return _amount(words, start, number, end + 1)
    if unit == "pour" and at(words, end + 1, start) in ("cent", "cents"):
        return Written(f"{number}{NBSP}%", end + 2)
    if decimal or (unit in _COUNTED and _plural(words, start, whole)):
        return Written(number, end)
    if words[end - 1].low in SCALES:
        return _large(words, whole)
    return None


def _plural(words: Sequence[Word], start: int, whole: Said) -> bool:
    return whole.value > 1 or words[start].low not in ("un", "une")


def _large(words: Sequence[Word], whole: Said) -> Written | None:
    """« trois millions » keeps its word, as people write it: 3 millions."""
    scale = words[whole.end - 1].low
    size = 10**6 if scale.startswith("million") else 10**9
    if whole.value == size:
        return None
    return Written(f"{grouped(whole.value // size)}{NBSP}{scale}", whole.end)


def _amount(words: Sequence[Word], start: int, number: str, end: int) -> Written:
    """« douze euros cinquante », « douze euros et vingt centimes »: 12,50 €."""
    after = end + (at(words, end, start) == "et")
    cents = cardinal(words, after) if after < len(words) and at(words, after, start) else None
    if cents and 0 < cents.value < 100 and "," not in number:
        named = at(words, cents.end, start) in ("centime", "centimes")
        if named or (after == end and cents.value >= 10 and _closes(words, cents.end, start)):
            return Written(f"{number},{cents.value:02}{NBSP}€", cents.end + named)
    return Written(f"{number}{NBSP}€", end)


def _closes(words: Sequence[Word], place: int, start: int) -> bool:
    """Whether what follows does not count: « douze euros cinquante » and no noun after."""
    return at(words, place, start) in (
        "", "de", "pour", "par", "et", "au", "à", "en", "le", "la", "mais", "sur", "chaque", "que",
        "alors", "qui", "je", "ce", "c'", "j'", "d'", "on", "il", "avec", "sans", "dans", "du",
    )  # fmt: skip


def _ordinal(words: Sequence[Word], start: int) -> Written | None:
    """« treizième arrondissement » 13e; « vingt et unième » 21e; up to tenth stays in letters."""
    for end in range(start + 1, min(start + 6, len(words)) + 1):
        if end > start + 1 and stops(words, end - 1):
            return None
        parts = [w.low for w in words[start:end]]
        parts = [*parts[:-1], *parts[-1].split("-")]
        match = _ORDINALS.match(parts[-1])
        if not match:
            continue
        stem = match["stem"]
        last = "un" if stem == "un" else _STEMS.get(stem, stem)
        spelt = [Word(p) for part in [*parts[:-1], last] for p in part.split("-")]
        said = cardinal(spelt, 0)
        if said is None or said.end != len(spelt):
            return None
        if said.value > 10 or at(words, end, start) in _ARROUND:
            return Written(f"{said.value}e{match['plural']}", end)
        return None
    return None


def _run(words: Sequence[Word], start: int) -> Written | None:
    """Four numbers or more in a row, or any after « numéro »: digits as they were said."""
    run = digit_run(words, start)
    return Written(run.digits, run.end) if run else None


def _bare(words: Sequence[Word], start: int) -> Written | None:
    said = cardinal(words, start)
    if said is None:
        return None
    before = words[start - 1].low if start and not stops(words, start) else ""
    after = at(words, said.end, start)
    if " ".join(w.low for w in words[start : said.end + 1]) in _IDIOMS:
        return None
    if words[said.end - 1].low in SCALES:
        return None
    street = after in _STREETS or (
        after in ("bis", "ter") and at(words, said.end + 1, start) in _STREETS
    )
    often = _every(words, start, said)
    if said.value >= 10 or before in _NUMBERED or street or often:
        if said.value < 10 and words[start].low in ("un", "une") and before not in _NUMBERED:
            return None
        return Written(grouped(said.value), said.end)
    return None


def _postcode(words: Sequence[Word], start: int) -> Written | None:
    """« code postal zéro un mille » 01000."""
    if start == 0 or words[start - 1].low != "postal" or stops(words, start):
        return None
    zero = words[start].low == "zéro"
    known = not zero or at(words, start + 1, start)
    said = cardinal(words, start + zero) if known else None
    return Written(f"{said.value:05}", said.end) if said else None


def _every(words: Sequence[Word], start: int, said: Said) -> bool:
    """« sept jours sur sept », both ends of it."""
    low = [w.low for w in words[max(0, start - 3) : said.end + 3]]
    here = start - max(0, start - 3)
    span = said.end - start
    number = low[here : here + span]
    after = low[here + span : here + span + 3]
    before = low[:here]
    ahead = len(after) == 3 and after[0] in ("jours", "heures") and after[1] == "sur"
    behind = len(before) == 3 and before[1] in ("jours", "heures") and before[2] == "sur"
    return (ahead and after[2] == number[0]) or (behind and before[0] == number[0])
