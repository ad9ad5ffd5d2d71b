"""What changed rows of an export change of the stories they are about, and nothing else.

A site lives on after an import: people vote, rate, answer, transfer, withdraw. So:

- a story that is no longer public here stays so;
- where an agent of the site put a hand (the journal says), a row brings counts and answers alone;
- of two counts of votes, the larger is kept: reading a file twice cannot add them twice;
- an answer written here is never touched; one that came from a file is rewritten in place, with
  the ratings that hang on it;
- a day does not replace a moment of that day: our own exports hold no hour of writing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.utils import timezone

from portevoix import types
from portevoix.web.experiences.enums import ConcernState
from portevoix.web.experiences.models import ChannelUse, Concern, Experience, SearchEntry
from portevoix.web.journal.queries import touched_by_agents
from portevoix.web.replies import official
from portevoix.web.replies.models import Reply
from portevoix.web.replies.official import Places, Row

_STORY: Final = (
    "published_title published_text feeling accessibility information relation reactivity "
    "simplicity procedure trade_tags departement region country posted_as pseudonym deposited_at "
    "written_on published_at improvement_considered"
).split()
_PRIVATE: Final = ("title", "text")
_COUNTED: Final = ("similar_count", "answered", "answered_at")
_PLACE: Final = (
    "structure_id network_id typology_id label postcode country published_at due_on".split()
)
_ANSWER: Final = ("state", "answered_at", "answer_hours")
_REPLY: Final = (
    "text signature published_at ai_similarity kept changed written cited improvement_status "
    "improvement_text committed_on done_on useful_count not_useful_count author_found_useful"
).split()


class Merge:
    """One batch of rows about stories that are here: what each changes, then all at once."""

    def __init__(self, rows: Sequence[Row], places: Places) -> None:
        self.places = places
        self.here = _here(rows)
        self.rows = [row for row in rows if self.here[row.read.id].public]
        self.worked_on = touched_by_agents(Experience, [e.pk for e in self.here.values()])
        self.changed: set[int] = set()
        self.stories: list[Experience] = []
        self.concerns: list[Concern] = []
        self.replies: list[Reply] = []

    def apply(self) -> int:
        """Bring the stories in step; return how many changed."""
        said = official.experiences(self.rows, self.places, self.here)
        for row, new in zip(self.rows, said, strict=True):
            self._story(self.here[row.read.id], new)
        self._concerns(said)
        self._save()
        return len(self.changed)

    def _story(self, old: Experience, new: Experience) -> None:
        if new.published_text == new.text == old.published_text:
            # An export of ours holds the masked words only: those of the author stay.
            new.title, new.text = old.title, old.text
        if _same_day(old.deposited_at, new.deposited_at):
            new.deposited_at = old.deposited_at
        new.similar_count = max(old.similar_count, new.similar_count)
        new.answered = old.answered or new.answered
        new.answered_at = old.answered_at or new.answered_at
        mine = old.pk in self.worked_on
        reworded = not mine and _words(old) != _words(new)
        if _copy(old, new, _COUNTED if mine else (*_PRIVATE, *_STORY, *_COUNTED)):
            old.import_digest = new.import_digest
            self.changed.add(old.pk)
            self.stories.append(old)
        if reworded:
            SearchEntry.objects.filter(experience=old).delete()
            official.search_entry(old).save()

    def _concerns(self, said: Sequence[Experience]) -> None:
        answers: list[official.Answer] = []
        for row, new in zip(self.rows, said, strict=True):
            old = self.here[row.read.id]
            parts = {concern.rank: concern for concern in old.concerns.all()}
            for rank, given in enumerate(row.read.concerns, 1):
                concern = self._concern(old, parts.get(rank), (new, rank, given))
                if given.reply and given.reply.text and not _answered_here(concern):
                    answers.append((given.reply, concern, row.read))
        known = {c.pk: text for _, c, _ in answers if (text := _reply_text(c))}
        for reply in official.replies(answers, known):
            self._reply(reply)

    def _concern(
        self, old: Experience, part: Concern | None, said: tuple[Experience, int, types.Concern]
    ) -> Concern:
        new = official.concern(*said, self.places)
        channels = official.channels(said[2].channels)
        if part is None:
            new.experience = old
            new.save()
            self._use(new, channels)
            self.changed.add(old.pk)
            return new
        if part.state == ConcernState.ANSWERED or new.state != ConcernState.ANSWERED:
            for name in _ANSWER:
                setattr(new, name, getattr(part, name))
        mine = old.pk in self.worked_on
        if _copy(part, new, _ANSWER if mine else (*_PLACE, *_ANSWER)):
            self.concerns.append(part)
            self.changed.add(old.pk)
        if not mine and channels != {use.channel for use in part.channels.all()}:
            self._use(part, channels)
            self.changed.add(old.pk)
        return part

    def _use(self, concern: Concern, channels: Iterable[str]) -> None:
        """Channels that stay keep the feeling they were given."""
        concern.channels.exclude(channel__in=channels).delete()
        ChannelUse.objects.bulk_create(
            [ChannelUse(concern=concern, channel=channel) for channel in sorted(channels)],
            ignore_conflicts=True,
        )

    def _reply(self, new: Reply) -> None:
        concern = new.concern
        old = next(iter(concern.replies.all()), None)
        if old is None:
            new.save()
            self.changed.add(concern.experience_id)
            return
        new.useful_count = max(old.useful_count, new.useful_count)
        new.not_useful_count = max(old.not_useful_count, new.not_useful_count)
        if new.author_found_useful is None:
            new.author_found_useful = old.author_found_useful
        if _copy(old, new, _REPLY):
            self.replies.append(old)
            self.changed.add(concern.experience_id)

    def _save(self) -> None:
        Experience.objects.bulk_update(
            self.stories, [*_PRIVATE, *_STORY, *_COUNTED, "import_digest"], batch_size=200
        )
        Concern.objects.bulk_update(self.concerns, [*_PLACE, *_ANSWER], batch_size=200)
        Reply.objects.bulk_update(self.replies, _REPLY, batch_size=200)


def _here(rows: Sequence[Row]) -> dict[str, Experience]:
    found = Experience.objects.filter(official_id__in=[row.read.id for row in rows])
    found = found.prefetch_related("concerns__channels", "concerns__replies")
    return {e.official_id: e for e in found if e.official_id}


def _answered_here(concern: Concern) -> bool:
    return any(reply.author_id for reply in concern.replies.all())


def _reply_text(concern: Concern) -> str:
    return next((reply.text for reply in concern.replies.all()), "")


def _words(experience: Experience) -> tuple[str, str]:
    return experience.published_title, experience.published_text


def _same_day(old: Any, new: Any) -> bool:
    return bool(timezone.localtime(old).date() == timezone.localtime(new).date())


def _copy(old: Any, new: Any, names: Sequence[str]) -> bool:
    """Copy onto `old` what differs; tell whether anything did."""
    differing = [name for name in names if getattr(old, name) != getattr(new, name)]
    for name in differing:
        setattr(old, name, getattr(new, name))
    return bool(differing)
