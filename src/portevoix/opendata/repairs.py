"""The repairs that real files need, each counted."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from typing import Final

from portevoix.opendata.headings import fold
from portevoix.types import Feeling

# The C1 controls never stand in a text on purpose: they are cp1252 bytes read as Latin-1.
_LEFTOVER = re.compile("[\x80-\x9f]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CP1252: Final[dict[str, str]] = {
    chr(code): bytes([code]).decode("cp1252", errors="ignore") for code in range(0x80, 0xA0)
}
_DATE_FORMS: Final = (
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y",
    "%d-%m-%Y",
    "%Y/%m/%d",
)
_FEELINGS: Final[dict[str, Feeling]] = {
    "positif": Feeling.POSITIVE,
    "positive": Feeling.POSITIVE,
    "neutre": Feeling.NEUTRAL,
    "neutral": Feeling.NEUTRAL,
    "mitige": Feeling.NEUTRAL,
    "negatif": Feeling.NEGATIVE,
    "negative": Feeling.NEGATIVE,
}

ENCODING = "caractères mal encodés rétablis"
CONTROL = "caractères invisibles retirés"
DATE = "dates illisibles laissées de côté"
FEELING = "ressentis inconnus laissés de côté"
DEPARTEMENT = "départements inconnus laissés de côté"


def mend(text: str, repairs: Counter[str]) -> str:
    """Return `text` with cp1252 leftovers read as such and invisible controls removed."""
    if _LEFTOVER.search(text):
        repairs[ENCODING] += 1
        text = _LEFTOVER.sub(lambda found: _CP1252[found.group()], text)
    if _CONTROL.search(text):
        repairs[CONTROL] += 1
        text = _CONTROL.sub("", text)
    return text


def read_moment(value: str, repairs: Counter[str]) -> datetime | None:
    """Return the moment written in one of the forms of the exports; None and counted otherwise."""
    value = value.strip()
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        pass
    else:
        return moment.replace(tzinfo=None)
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(value, form)
        except ValueError:
            continue
    repairs[DATE] += 1
    return None


def read_feeling(value: str, repairs: Counter[str]) -> Feeling | None:
    """Return the declared feeling; None when empty, None and counted when unknown."""
    known = _FEELINGS.get(fold(value))
    if known is None and value.strip():
        repairs[FEELING] += 1
    return known


_DEPARTEMENT = re.compile(r"(?:dep)?0?(\d{1,2}|2[ab]|9[78]\d)", re.IGNORECASE)


def read_departement(value: str, repairs: Counter[str]) -> str:
    """Return the INSEE code: "01", "2A", "974". "dep53", "1" and "01.0" are understood."""
    value = value.strip().removesuffix(".0")
    if not value:
        return ""
    found = _DEPARTEMENT.fullmatch(value)
    if not found:
        repairs[DEPARTEMENT] += 1
        return ""
    return found.group(1).upper().zfill(2)
