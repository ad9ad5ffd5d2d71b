"""What engines read in many texts, kept by blocks; and the notes made of it.

A block holds what the published texts say and nothing of who, when or where: those come from the
database each time (`Columns`), so that a story handed to another structure is counted there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from portevoix.configuration import EMBEDDED
from portevoix.corpus import effects, peaks
from portevoix.corpus.analyses import UNKNOWN_DAY, Analyses, ExperienceTable
from portevoix.corpus.analyze import ENGINE, segments_of
from portevoix.corpus.findings import Scope
from portevoix.corpus.labels import labels_of
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
_EPOCH: Final = date(1970, 1, 1)


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
    """Who, when and where, a value an experience, in one order; empty strings are unknown."""

    numbers: Sequence[int] = ()
    days: Sequence[date | None] = ()
    feelings: Sequence[str] = ()
    departements: Sequence[str] = ()
    procedures: Sequence[str] = ()
    networks: Sequence[Sequence[str]] = ()
    structures: Sequence[Sequence[str]] = ()
    channels: Sequence[Sequence[str]] = ()


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


def joined(blocks: Sequence[Analyses]) -> Analyses:
    return merge(blocks)


def without(block: Analyses, numbers: Sequence[int]) -> Analyses | None:
    """The block without some texts; None when nothing is left."""
    gone = {str(number) for number in numbers}
    rows = [row for row, one in enumerate(block.experiences.ids) if one not in gone]
    return keep(block, np.array(rows, dtype=np.int64)) if rows else None


def corpus(block: Analyses, columns: Columns) -> Analyses | None:
    """The experiences of the columns that the block holds; None when it holds none of them."""
    known = {int(one): row for row, one in enumerate(block.experiences.ids)}
    pairs = sorted((known[n], i) for i, n in enumerate(columns.numbers) if n in known)
    if not pairs:
        return None
    kept = keep(block, np.array([row for row, _ in pairs], dtype=np.int64))
    order = [i for _, i in pairs]
    return replace(kept, experiences=_placed(kept.experiences, columns, order))


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


def _placed(table: ExperienceTable, columns: Columns, order: Sequence[int]) -> ExperienceTable:
    days = [columns.days[i] for i in order]
    return replace(
        table,
        days=np.array([(d - _EPOCH).days if d else UNKNOWN_DAY for d in days], dtype=np.int32),
        feelings=np.array([_FEELINGS.get(columns.feelings[i], -1) for i in order], dtype=np.int8),
        networks=labels_of([columns.networks[i] for i in order]),
        structures=labels_of([columns.structures[i] for i in order]),
        departements=labels_of([(columns.departements[i],) for i in order]),
        procedures=labels_of([(columns.procedures[i],) for i in order]),
        channels=labels_of([columns.channels[i] for i in order]),
    )
