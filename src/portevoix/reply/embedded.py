"""The embedded drafter: no model, no connection, the same draft for the same story."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final, Protocol

from portevoix.reply import checks
from portevoix.reply.addressed import without_orders
from portevoix.reply.checks import oversteps
from portevoix.reply.composing import Plan, compose
from portevoix.reply.draft import (
    BLANK_OPENS,
    Check,
    Draft,
    Dropped,
    Point,
    PointKind,
    Sentence,
    SentenceKind,
    Source,
)
from portevoix.reply.points import read_points
from portevoix.reply.sourcing import Answer, Sourcing
from portevoix.reply.story import Manners, Story, Style
from portevoix.reply.templates import Template, for_point
from portevoix.text.plain import read as read_plain

if TYPE_CHECKING:
    from portevoix.protocols import ExpectationReader, Screener
    from portevoix.search import Index

NAME: Final = "embedded"
_SHORTEST: Final = 3
_ALARMS: Final = {
    "detresse": "ce récit parle de détresse : une personne doit y répondre, sans modèle",
    "danger": "ce récit parle d'un danger : une personne doit y répondre, sans modèle",
}
# The rules of the screener that judge a whole text, without words that say it.
_GUESSED: Final = "_pressenti"
_EMPTY: Final = "ce récit est trop court pour qu'une réponse soit proposée"
_NO_SOURCE: Final = "aucun passage de vos articles ne répond : les faits sont à compléter"


class Drafter(Protocol):
    """Whatever writes drafts; `name` says which, and is never another's."""

    @property
    def name(self) -> str: ...

    def draft(self, story: Story, style: Style = Style.STANDARD) -> Draft: ...


class EmbeddedDrafter:
    """Composes an answer from what the story says and what the articles hold."""

    name = NAME

    def __init__(
        self,
        index: Index,
        reader: ExpectationReader,
        screener: Screener,
        *,
        manners: Mapping[str, Manners] | None = None,
        templates: Sequence[Template] = (),
        today: date | None = None,
    ) -> None:
        self._reader = reader
        self._screener = screener
        self._sourcing = Sourcing(index, today or date.today())
        self._manners = manners or {}
        self._templates = templates

    def draft(self, story: Story, style: Style = Style.STANDARD) -> Draft:
        """A draft of an answer; abstains when a person alone should write."""
        story = heard(story)
        if len(story.text.split()) < _SHORTEST:
            return Draft((), (), NAME, abstained=_EMPTY)
        alarm = self._alarm(story)
        points = read_points(story.text, self._reader, story.feeling)
        if alarm:
            return Draft((), points, NAME, abstained=alarm)
        return self.composed(story, points, {}, style)

    def composed(
        self,
        story: Story,
        points: Sequence[Point],
        given: Mapping[int, Answer],
        style: Style,
        *,
        engine: str = NAME,
        dropped: Sequence[Dropped] = (),
    ) -> Draft:
        """A draft around answers given by rank of point; the others are looked for here."""
        answers = {**self._answers(story, points, skipped=given), **given}
        sourced = {rank for rank, a in answers.items() if a.kind is SentenceKind.ANSWER}
        told = tuple(
            replace(point, answered=rank in sourced or point.kind is PointKind.PRAISE)
            for rank, point in enumerate(points)
        )
        page = self._beside(story, [answers[rank] for rank in sourced])
        sentences = compose(story, Plan(told, answers, page), self.manners(story), style)
        return finished(story, sentences, told, engine, dropped=dropped)

    def _beside(self, story: Story, quoted: Sequence[Answer]) -> Answer | None:
        """The page of the story, unless a passage of it is quoted already."""
        page = self._sourcing.page(story)
        cited = {source.id for answer in quoted for _, source in answer.sentences}
        return page if page and page.sentences[0][1].id not in cited else None

    def passages(self, story: Story, points: Sequence[Point], limit: int) -> list[Source]:
        """The passages that a language model may answer from, best first."""
        return self._sourcing.nearby(story, points, limit)

    def _alarm(self, story: Story) -> str:
        """Why a person alone should answer, when the words say it; a guess is not enough."""
        found = self._screener.screen(story.text, story.title)
        said = any(not reason.rule.endswith(_GUESSED) for reason in found.urgency_reasons)
        return _ALARMS.get(str(found.urgency), "") if said else ""

    def manners(self, story: Story) -> Manners:
        """How this structure writes, else its network, else everybody."""
        return self._manners.get(story.structure) or self._manners.get(story.network) or Manners()

    def _answers(
        self, story: Story, points: Sequence[Point], *, skipped: Collection[int]
    ) -> dict[int, Answer]:
        found: dict[int, Answer] = {}
        for rank, point in enumerate(points):
            if rank not in skipped and point.kind in (PointKind.REPROACH, PointKind.QUESTION):
                answer = self._sourcing.answer(story, point) or for_point(point, self._templates)
                if answer is not None:
                    found[rank] = answer
        return found


def heard(story: Story) -> Story:
    """The story without what is addressed to a machine."""
    return replace(
        story, text=without_orders(story.text), title=without_orders(story.title).strip()
    )


def finished(
    story: Story,
    sentences: Sequence[Sentence],
    points: tuple[Point, ...],
    engine: str,
    *,
    dropped: Sequence[Dropped] = (),
) -> Draft:
    """Check each sentence, drop what does not hold, and say how the whole reads."""
    kept, refused = _sifted(story, sentences)
    wants = any(p.kind in (PointKind.REPROACH, PointKind.QUESTION) for p in points)
    sourced = any(sentence.kind is SentenceKind.ANSWER for sentence in kept)
    draft = Draft(
        tuple(kept),
        points,
        engine,
        abstained=_NO_SOURCE if wants and not sourced else "",
        dropped=(*dropped, *refused),
    )
    plain = read_plain(draft.text)
    return replace(draft, checks=_checks(draft), readability=plain.summary())


def _sifted(story: Story, sentences: Sequence[Sentence]) -> tuple[list[Sentence], list[Dropped]]:
    kept: list[Sentence] = []
    refused: list[Dropped] = []
    for sentence in sentences:
        why = refusal(story, sentence)
        if why:
            refused.append(Dropped(sentence.text, why))
        else:
            kept.append(sentence)
    return kept, refused


def refusal(story: Story, sentence: Sentence) -> str:
    """Why a sentence may not stand, in French; empty when it may."""
    if sentence.kind is SentenceKind.TEMPLATE:
        return ""  # a person of the network wrote it; what it cannot know is a blank
    if sentence.source is not None:
        return checks.outside(sentence.text, sentence.source)
    if sentence.kind in (SentenceKind.SIGNATURE, SentenceKind.GREETING, SentenceKind.CLOSING):
        return ""
    said = sentence.text.partition(BLANK_OPENS)[0]
    support = f"{story.title} {story.text} {story.structure} {story.network}"
    if sentence.kind is SentenceKind.ACKNOWLEDGEMENT:
        return checks.invented(said, support)
    return checks.invented(said, support) or checks.oversteps(said)


def _own(draft: Draft) -> Iterator[Sentence]:
    """The sentences that the drafter made itself, without the words of the author."""
    made = (SentenceKind.COURTESY, SentenceKind.BLANK)
    return (sentence for sentence in draft.sentences if sentence.kind in made)


def _checks(draft: Draft) -> tuple[Check, ...]:
    sourced = [s for s in draft.sentences if s.kind is SentenceKind.ANSWER]
    stale = sorted({s.source.title for s in sourced if s.source and s.source.stale})
    exact = all(s.source and s.source.quote in s.source.passage for s in sourced)
    told = "chaque phrase d'information est tirée d'une de vos pages"
    blanks = len(draft.blanks)
    promised = next(filter(None, (oversteps(s.text) for s in _own(draft))), "")
    return (
        Check("sources", exact, told),
        Check("promises", holds=not promised, said=promised or "aucune promesse, aucune décision"),
        Check(
            "fresh",
            not stale,
            f"à revérifier, page ancienne : {', '.join(stale)}" if stale else "pages récentes",
        ),
        Check("blanks", not blanks, f"{blanks} à compléter" if blanks else "rien à compléter"),
    )
