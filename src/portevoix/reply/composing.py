"""Put an answer together: thanks, each point in turn, what is left to the agent."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from portevoix.reply.draft import Point, PointKind, Sentence, SentenceKind, blank
from portevoix.reply.phrases import listed, phrase
from portevoix.reply.sourcing import Answer
from portevoix.reply.story import Manners, Story, Style
from portevoix.types import Feeling

_LISTED: Final = 3
# Expectations whose answer needs the file of the person, which is no matter for a public page.
_PERSONAL: Final = frozenset({"DEL", "SUI", "DRO", "NUM", "PRO", "SIM", "COO"})
_THANKS: Final = "Merci d'avoir pris le temps de raconter ce qui s'est passé."
_WARM_THANKS: Final = "Merci de nous avoir confié ce que vous avez vécu : il fallait le dire."
_USEFUL: Final = "Votre récit montre ce qui marche : il est utile à toute l'équipe."
_UNFIT: Final = re.compile(r"[«»\[\]]")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be said: the points, the answers found by rank of point, the page to name."""

    points: Sequence[Point]
    answers: Mapping[int, Answer]
    page: Answer | None = None


def compose(story: Story, plan: Plan, manners: Manners, style: Style) -> list[Sentence]:
    """The sentences of an answer, in order."""
    writer = _Writer(story, plan, style)
    greeting = Sentence(manners.greeting, SentenceKind.GREETING, opens=True)
    closing = Sentence(manners.closing, SentenceKind.CLOSING, opens=True)
    signed = manners.signature or story.structure or story.network
    signature = Sentence(signed or blank("signature"), SentenceKind.SIGNATURE, opens=True)
    return [greeting, *writer.body(), closing, signature]


class _Writer:
    """Writes the body; each method gives the sentences of one part."""

    def __init__(self, story: Story, plan: Plan, style: Style) -> None:
        self._story = story
        self._points = list(enumerate(plan.points))
        self._answers = plan.answers
        self._page = plan.page
        self._style = style
        self._told: set[str] = set()

    def body(self) -> list[Sentence]:
        """Every part, each a paragraph."""
        parts = [self._thanks(), *self._reproaches(), *self._questions(), *self._suggestions()]
        if self._troubled() or self._story.feeling == Feeling.NEUTRAL:
            parts.append(self._named_page())
        if self._troubled():
            parts += [self._contact(), self._next()]
        alone = self._style is Style.EASY
        return [sentence for part in parts for sentence in _paragraph(part, alone=alone)]

    def _troubled(self) -> bool:
        """Whether something went wrong, or is asked."""
        asks = self._of(PointKind.REPROACH) or self._of(PointKind.QUESTION)
        return bool(asks) or self._story.feeling == Feeling.NEGATIVE

    def _of(self, kind: PointKind) -> list[tuple[int, Point]]:
        return [(rank, point) for rank, point in self._points if point.kind is kind]

    def _thanks(self) -> list[Sentence]:
        praised = self._of(PointKind.PRAISE)
        if not praised:
            return self._thanks_alone()
        rank = praised[0][0]
        named = [phrase("praise", p.expectation) for _, p in praised if p.expectation != "GEN"]
        named = list(dict.fromkeys(filter(None, named)))[:_LISTED]
        found = [Sentence("Merci pour votre message.", SentenceKind.COURTESY)]
        if named:
            liked = f"Vous avez apprécié {listed(named)}."
            found.append(Sentence(liked, SentenceKind.ACKNOWLEDGEMENT, point=rank))
        found += self._quoted(praised, "Nous retenons vos mots")
        if not self._of(PointKind.REPROACH):
            found.append(Sentence(_USEFUL, SentenceKind.COURTESY))
        return found

    def _thanks_alone(self) -> list[Sentence]:
        """When nothing precise is praised; a happy author gave a title that says what went well."""
        if self._story.feeling != Feeling.POSITIVE:
            thanks = _WARM_THANKS if self._style is Style.WARM else _THANKS
            return [Sentence(thanks, SentenceKind.COURTESY)]
        title = self._story.title.strip().rstrip(".!… ")
        if not title or _UNFIT.search(title):
            return [Sentence(text, SentenceKind.COURTESY) for text in (_THANKS, _USEFUL)]
        told = f"Merci pour votre récit, «\u00a0{title}\u00a0»."
        return [
            Sentence(told, SentenceKind.ACKNOWLEDGEMENT),
            Sentence(_USEFUL, SentenceKind.COURTESY),
        ]

    def _quoted(self, points: Sequence[tuple[int, Point]], opening: str) -> list[Sentence]:
        """The words of the author, once, where some can be quoted."""
        if self._style not in (Style.STANDARD, Style.WARM):
            return []
        for rank, point in points:
            if point.words:
                text = f"{opening}\u00a0: «\u00a0{point.words}\u00a0»."
                return [Sentence(text, SentenceKind.ACKNOWLEDGEMENT, point=rank)]
        return []

    def _reproaches(self) -> list[list[Sentence]]:
        parts: list[list[Sentence]] = []
        regretted: set[str] = set()
        first = "warm" if self._style is Style.WARM else "regret"
        for rank, point in self._of(PointKind.REPROACH):
            part = self._quoted([(rank, point)], "Vous écrivez")
            regret = phrase("also" if regretted else first, point.expectation)
            if regret and point.expectation not in regretted:
                part.append(Sentence(regret, SentenceKind.COURTESY, point=rank))
            regretted.add(point.expectation)
            parts.append(part + self._facts(rank, phrase("ask", point.expectation)))
        if not parts and self._story.feeling == Feeling.NEGATIVE:
            sorry = Sentence(phrase(first, "GEN"), SentenceKind.COURTESY)
            parts.append([sorry, Sentence(blank(phrase("ask", "GEN")), SentenceKind.BLANK)])
        return parts

    def _questions(self) -> list[list[Sentence]]:
        parts = []
        for rank, point in self._of(PointKind.QUESTION):
            part = self._quoted([(rank, point)], "Vous demandez")
            asks = "votre réponse à cette question"
            parts.append(part + self._facts(rank, asks))
        return parts

    def _facts(self, rank: int, asks: str) -> list[Sentence]:
        """The sentences of the source or template, else a blank that says what is missing."""
        answer = self._answers.get(rank)
        if answer is None:
            known = asks in self._told
            self._told.add(asks)
            return [] if known else [Sentence(blank(asks), SentenceKind.BLANK, point=rank)]
        new = [pair for pair in answer.sentences if pair[0] not in self._told]
        self._told.update(text for text, _ in answer.sentences)
        kept = new[:1] if self._style is Style.SHORT else new
        return [Sentence(text, answer.kind, source, rank) for text, source in kept]

    def _suggestions(self) -> list[list[Sentence]]:
        suggested = self._of(PointKind.SUGGESTION)
        if not suggested:
            return []
        rank = suggested[0][0]
        part = self._quoted(suggested, "Vous proposez")
        if not part:
            read = "Nous avons bien lu votre proposition."
            part = [Sentence(read, SentenceKind.ACKNOWLEDGEMENT, point=rank)]
        asks = "ce que votre service fait de cette idée, ou à qui elle est transmise"
        return [[*part, Sentence(blank(asks), SentenceKind.BLANK, point=rank)]]

    def _named_page(self) -> list[Sentence]:
        pairs = self._page.sentences if self._page else ()
        return [Sentence(text, SentenceKind.ANSWER, source) for text, source in pairs]

    def _contact(self) -> list[Sentence]:
        personal = any(
            point.expectation in _PERSONAL
            for _, point in self._points
            if point.kind in (PointKind.REPROACH, PointKind.QUESTION)
        )
        if not personal:
            return []
        place = blank("votre messagerie sécurisée ou votre accueil")
        return [
            Sentence(f"Pour parler de votre dossier\u00a0: {place}.", SentenceKind.BLANK),
            Sentence(
                "N'écrivez pas ici de numéro de dossier : cette page est publique.",
                SentenceKind.COURTESY,
            ),
        ]

    def _next(self) -> list[Sentence]:
        asks = "ce que votre service fait maintenant, avec une date si vous en avez une"
        return [Sentence(blank(asks), SentenceKind.BLANK)]


def _paragraph(part: Sequence[Sentence], *, alone: bool) -> list[Sentence]:
    """The sentences of a part, together or, for an easy reading, one a line."""
    return [replace(sentence, opens=alone or place == 0) for place, sentence in enumerate(part)]
