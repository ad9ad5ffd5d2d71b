"""What an agent looks at before sending: personal data, and what could be plainer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from portevoix.web.experiences.models import Concern
from portevoix.web.runs import actions as runs

_MOST: Final = 12


@dataclass(frozen=True, slots=True)
class Found:
    """A passage and what is said of it."""

    passage: str
    message: str


@dataclass(frozen=True, slots=True)
class Check:
    """What was found in a letter; nothing here stops an agent who has looked."""

    summary: str
    personal: Sequence[Found]
    plain: Sequence[Found]


def check(letter: str, concern: Concern) -> Check:
    """Read a letter as a careful colleague would."""
    network = concern.network
    known = [network.acronym, *network.also_known_as.split()] if network else []
    read = runs.plainness(letter, known)
    public = _public_words(concern)
    personal = [
        Found(letter[f["start"] : f["end"]], runs.kind_label(f["kind"]))
        for f in runs.redact(letter).findings
        if letter[f["start"] : f["end"]].lower() not in public
    ]
    plain = [Found(_short(letter[r["start"] : r["end"]]), r["message"]) for r in read.remarks]
    return Check(read.summary, personal[:_MOST], plain[:_MOST])


def _public_words(concern: Concern) -> str:
    """What everybody knows already: the name of the service, the pseudonym of the author."""
    network = concern.network.name if concern.network else ""
    return f"{concern.name} {network} {concern.experience.pseudonym}".lower()


def _short(passage: str) -> str:
    words = passage.split()
    return passage if len(words) <= 8 else f"{' '.join(words[:7])}…"
