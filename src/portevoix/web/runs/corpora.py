"""What engines read in many texts, kept by blocks; and the notes made of it.

A block holds what the published texts say and nothing of who, when or where: those come from the
database each time (`Columns`), so that a story handed to another structure is counted there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from portevoix.configuration import EMBEDDED
from portevoix.corpus import effects, peaks
from portevoix.corpus.analyses import UNKNOWN_DAY, Analyses, ExperienceTable, Labels
from portevoix.corpus.analyze import ENGINE, segments_of
from portevoix.corpus.findings import Scope
from portevoix.corpus.labels import factorized, labels_from, labels_of, take
from portevoix.corpus.merge import keep, merge
from portevoix.corpus.sayings import sayings
from portevoix.corpus.scope import previous
from portevoix.corpus.shares import CODES, presence
from portevoix.corpus.statistics import wilson
from portevoix.corpus.store import dumps, loads
from portevoix.corpus.topics import Side, load_taxonomy
from portevoix.note.document import Note, Options
from portevoix.note.levers import Lever, load_levers
from portevoix.note.study import note_between
from portevoix.text.readings import EXPECTATIONS
from portevoix.types import Expectation
from portevoix.web.runs.actions import call
from portevoix.web.runs.enums import Capability
from portevoix.web.runs.models import Run

Numbers = NDArray[np.int64]
WEEKS: Final = peaks.WEEKS
Panel = effects.Panel
_FEELINGS: Final = {"negative": 0, "neutral": 1, "positive": 2}
_EPOCH: Final = np.datetime64("1970-01-01", "D")


@dataclass(frozen=True, slots=True)
class Text:
    """A published text to read, with the feeling that its author declared."""

    number: int
    title: str
    text: str
    feeling: str


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: a block to keep, and per text the expectations met or not, as bits.

    Bit k of `praise` or `pain` is the k-th expectation of the guide.
    """

    block: Analyses
    praise: tuple[int, ...]
    pain: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Who, when and where, a row an experience, by increasing number.

    `numbers` int64 and `days` datetime64[D], NaT when unknown.
    """

    numbers: Numbers
    days: NDArray[np.datetime64]
    feelings: Sequence[str]
    departements: Labels
    procedures: Labels
    networks: Labels
    structures: Labels
    channels: Labels


@dataclass(frozen=True, slots=True)
class Asked:
    """What a note is asked to be about: `scope` says it, `before` None when nothing is compared."""

    scope: Scope
    inside: Analyses
    before: Analyses | None = None
    options: Options = field(default_factory=Options)


def named(
    start: date | None, end: date | None, networks: Sequence[str] = (), **names: str
) -> Scope:
    """A scope in words: `networks`, `structure`, `departement`, `procedure`, `channel`."""
    return Scope(networks=tuple(networks), **names, start=start, end=end)


def earlier(start: date | None, end: date | None) -> tuple[date, date] | None:
    """The period of the same length just before; None when there is none."""
    before = previous(Scope(start=start, end=end))
    if before is None or before.start is None or before.end is None:
        return None
    return before.start, before.end


def engine() -> str:
    """What reads, and with which list of precise subjects: another name means to read again."""
    return f"{ENGINE}, {load_taxonomy().digest[:8]}"


def read(texts: Sequence[Text]) -> Read:
    """Read published texts, which are already masked; one Run for all."""
    with call(Capability.EXPECTATIONS, *(one.text for one in texts)):
        block = Analyses(_bare(texts), segments_of([one.text for one in texts]), ENGINE)
        sure = presence(block).sure
    bits = 1 << np.arange(CODES, dtype=np.int64)
    sides = (sure * bits[None, :, None]).sum(axis=1)
    return Read(block, tuple(sides[:, 0].tolist()), tuple(sides[:, 1].tolist()))


def packed(block: Analyses) -> bytes:
    return dumps(block)


def unpacked(content: bytes) -> Analyses:
    return loads(content)


def labelled(texts: Sequence[str]) -> Labels:
    """One label a row, none where the text is empty."""
    codes, values = factorized(texts)
    return labels_from(np.arange(len(texts)), codes, values, len(texts))


def placed(rows: int, owners: Numbers, keys: Numbers, names: Mapping[int, str]) -> Labels:
    """The labels of rows from pairs of a row and a key, which `names` says in words."""
    known = np.array(sorted(names), dtype=np.int64)
    codes, values = factorized([names[key] for key in known.tolist()])
    at = positions(known, keys)
    found = np.where(at < 0, -1, codes[at]) if len(known) else at
    return labels_from(owners, found, values, rows)


def positions(known: Numbers, wanted: Numbers) -> Numbers:
    """Where each wanted number is among the known ones, which increase; -1 when it is not."""
    if not len(known):
        return np.full(len(wanted), -1, dtype=np.int64)
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where(known[at] == wanted, at, -1)


def joined(blocks: Sequence[Analyses]) -> Analyses:
    return merge(blocks)


def without(block: Analyses, numbers: Sequence[int]) -> Analyses | None:
    """The block without some texts; None when nothing is left."""
    gone = {str(number) for number in numbers}
    rows = [row for row, one in enumerate(block.experiences.ids) if one not in gone]
    return keep(block, np.array(rows, dtype=np.int64)) if rows else None


def corpus(block: Analyses, columns: Columns) -> Analyses | None:
    """The experiences of the columns that the block holds; None when it holds none of them."""
    ids = np.array(block.experiences.ids).astype(np.int64)
    order = positions(columns.numbers, ids)
    rows = np.flatnonzero(order >= 0)
    if not len(rows):
        return None
    kept = keep(block, rows)
    return replace(kept, experiences=_placed(kept.experiences, columns, order[rows]))


def write(asked: Asked) -> tuple[Note, Run]:
    """Make the note of what was asked."""
    said = f"{asked.scope} {len(asked.inside.experiences)}"
    with call(Capability.NOTE, said, engine=EMBEDDED) as run:
        note = note_between(
            asked.inside, asked.before, asked.scope, asked.options, levers=_levers()
        )
    return note, run


def compare(here: Panel, peers: Sequence[Panel]) -> effects.DifferenceInDifferences | None:
    """What moved here more than in comparable places; None when there is too little."""
    return effects.difference_in_differences(here, peers)


def alarms(weeks: Sequence[Sequence[int]]) -> list[int]:
    """The rows of weekly counts whose last week is a peak, the most surprising first."""
    if not weeks:
        return []
    found: list[int] = peaks.peaks(np.array(weeks, dtype=np.int64)).tolist()
    return found


def interval(count: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share."""
    found = wilson(count, total)
    return found.low, found.high


def tellers(block: Analyses, expectation: str, topic: str = "") -> NDArray[np.bool_]:
    """Which experiences complain of an expectation, or of a precise subject of it."""
    if topic:
        said = sayings(block)
        for column in said.columns(Side.REPROACH):
            if said.topics[column].code == topic:
                told = np.zeros(len(block.experiences), bool)
                told[said.who(column)] = True
                return told
        return np.zeros(len(block.experiences), bool)
    code = EXPECTATIONS.index(Expectation(expectation))
    return np.asarray(presence(block).sure[:, code, 1], dtype=bool)


@cache
def _levers() -> tuple[Lever, ...]:
    return load_levers()


def _bare(texts: Sequence[Text]) -> ExperienceTable:
    nothing = labels_of([()] * len(texts))
    return ExperienceTable(
        ids=tuple(str(one.number) for one in texts),
        titles=tuple(one.title for one in texts),
        texts=tuple(one.text for one in texts),
        days=np.full(len(texts), UNKNOWN_DAY, dtype=np.int32),
        feelings=np.array([_FEELINGS.get(one.feeling, -1) for one in texts], dtype=np.int8),
        networks=nothing,
        structures=nothing,
        departements=nothing,
        procedures=nothing,
        channels=nothing,
    )


def _placed(table: ExperienceTable, columns: Columns, order: Numbers) -> ExperienceTable:
    days = columns.days[order]
    since = (days - _EPOCH).astype(np.int64)
    feelings = np.array([_FEELINGS.get(one, -1) for one in columns.feelings], dtype=np.int8)
    return replace(
        table,
        days=np.where(np.isnat(days), UNKNOWN_DAY, since).astype(np.int32),
        feelings=feelings[order],
        networks=take(columns.networks, order),
        structures=take(columns.structures, order),
        departements=take(columns.departements, order),
        procedures=take(columns.procedures, order),
        channels=take(columns.channels, order),
    )
