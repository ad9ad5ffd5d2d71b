"""What an agent looks at before sending: personal data, the charter, figures, hard words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from portevoix.note import french
from portevoix.web.experiences.models import Concern
from portevoix.web.replies.queries import proposals_of
from portevoix.web.runs import actions as runs
from portevoix.web.runs.wording import figures_outside

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
    # Figures that stand neither in the story nor in a page that was quoted.
    figures: Sequence[str] = ()
    # What the charter forbids in a letter as in a story.
    refused: Sequence[Found] = ()

    @property
    def asks(self) -> bool:
        """Whether the agent must say that they looked before the letter leaves."""
        return bool(self.personal or self.figures or self.refused)


def check(letter: str, concern: Concern) -> Check:
    """Read a letter as a careful colleague would."""
    read = runs.plainness(letter, known_acronyms(concern))
    public = _public_words(concern)
    found = [
        (f["start"], f["end"], f["kind"])
        for f in runs.redact(letter).findings
        if letter[f["start"] : f["end"]].lower() not in public
    ]
    personal = [Found(letter[start:end], runs.kind_label(kind)) for start, end, kind in found]
    plain = [Found(_short(letter[r["start"] : r["end"]]), r["message"]) for r in read.remarks]
    # A telephone is looked at once, as one.
    figures = figures_outside(runs.mask(letter, found), _support(concern))
    refused = [
        Found(letter[one.start : one.end], french.typeset(one.message))
        for one in runs.refused_words(letter)
    ]
    return Check(read.summary, personal[:_MOST], plain[:_MOST], figures[:_MOST], refused[:_MOST])


def known_acronyms(concern: Concern) -> list[str]:
    """The acronyms that the public of a service knows: its own."""
    network = concern.network
    return [network.acronym, *network.also_known_as.split()] if network else []


def _support(concern: Concern) -> str:
    """What a figure may come from: the story, the pages that proposals quoted."""
    experience = concern.experience
    said = [experience.published_title, experience.published_text, concern.name]
    for proposed in proposals_of(concern):
        sources = (part["source"] for part in proposed.sourced)
        said += [f"{one['title']} {one['url']} {one['quote']}" for one in sources]
    return "\n".join(said)


def _public_words(concern: Concern) -> str:
    """What everybody knows already: the name of the service, the pseudonym of the author."""
    network = concern.network.name if concern.network else ""
    return f"{concern.name} {network} {concern.experience.pseudonym}".lower()


def _short(passage: str) -> str:
    words = passage.split()
    return passage if len(words) <= 8 else f"{' '.join(words[:7])}…"
