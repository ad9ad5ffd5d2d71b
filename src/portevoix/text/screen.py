"""Screening: a verdict and an urgency proposed to the moderator, with reasons and places.

    Screener.load().screen("Bravo, c'était rapide.")

A proposal, never a decision. Precedence: menace > haine > insulte > the others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from portevoix.text.screening import model
from portevoix.text.screening.charter import BY_CODE, LEARNED_RULES, Urgency, Verdict
from portevoix.text.screening.folding import fold
from portevoix.text.screening.idioms import literal
from portevoix.text.screening.phrases import words_of
from portevoix.text.screening.rules import Hit, find

if TYPE_CHECKING:
    pass

__all__ = ["Reason", "Screener", "Screening", "Urgency", "Verdict"]

# Read beyond this, a text brings nothing but time; rules still read all of it.
_LEARNED_LENGTH: Final = 8_000
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_WINDOW: Final = 320

# A learned class is proposed when its probability passes this; « publiable » otherwise. Distress
# missed costs more than calm read for nothing; of danger more is asked: texts speak of it lightly.
# A short experience that names no service looks off-topic: more is asked, its author would wait.
THRESHOLDS: Final[dict[str, float]] = {
    **dict.fromkeys((*Verdict, *Urgency), 0.30),
    Verdict.OFF_TOPIC: 0.50,
    Urgency.DISTRESS: 0.27,
    Urgency.DANGER: 0.38,
}
# Part of a long text: more chances to be wrong, so more is asked.
_WINDOW_THRESHOLDS: Final[dict[str, float]] = {
    Verdict.THREAT: 0.85,
    Verdict.HATE: 0.85,
    Verdict.INSULT: 0.85,
    Urgency.DISTRESS: 0.80,
    Urgency.DANGER: 0.75,
    Urgency.FRAUD: 0.75,
}
_FRENCH = frozenset(
    "le la les de du des un une et est a au aux que qui ne pas je j il elle on nous vous ils ce "
    "cette ces mon ma mes votre vos son sa ses pour dans sur avec en par plus mais tout tous bien "
    "merci c d l n s qu m t y ai ont sont suis etes jai cest sa si ou donc tres rien".split()
)
_FOREIGN = frozenset(
    "the and is are was were you your my with for this that have not of to in it they we very der "
    "die das und ist nicht ich sie ein eine mit el los las es una muy por con para que no il gli "
    "che sono non di per e o os uma muito nao".split()
)
_KNOWN = _FRENCH | _FOREIGN
# A long text is judged by its parts: as a whole it looks a little like everything.
_LONG_THRESHOLD: Final = 0.75
_CALM: Final = 0.80
_TOKEN = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, and where: `text[start:end]`; `rule` is a code of the charter."""

    rule: str
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Screening:
    """What is proposed. `verdict` is None when the text is for a person to read.

    `likely` is always the most probable verdict; `score` its probability (0 to 1).
    """

    verdict: Verdict | None
    likely: Verdict
    reasons: tuple[Reason, ...]
    urgency: Urgency
    urgency_reasons: tuple[Reason, ...]
    score: float


@dataclass(frozen=True)
class Screener:
    """Rules of the charter first, learned scores where words do not suffice."""

    weights: model.Weights

    @classmethod
    def load(cls) -> Screener:
        """The screener of the package. Raises `ResourceError` when its weights are damaged."""
        return _loaded()

    def screen(self, text: str, title: str = "") -> Screening:
        """The proposal for one text. The title counts in the judgement; places are the text's."""
        return _Reading(self.weights, text, title).screening()


@lru_cache(maxsize=1)
def _loaded() -> Screener:
    return Screener(model.load())


class _Reading:
    """One text being screened."""

    def __init__(self, weights: model.Weights, text: str, title: str) -> None:
        self.weights = weights
        self.folded = literal(fold(text))
        self.title = fold(title) + ". " if title.strip() else ""
        self.words = words_of(self.folded)
        self.hits = find(self.folded, self.words)
        self.title_hits = find(self.title) if self.title else []

    @cached_property
    def _calm(self) -> bool:
        """Nothing in the whole text calls for reading it part by part."""
        scores = self.scores
        return bool(scores.verdict[0] > _CALM and scores.urgency[0] > _CALM)

    @cached_property
    def windows(self) -> list[tuple[int, int, model.Scores]]:
        """Parts of a long text with their scores; none for a short one."""
        if self._calm and not self.hits:
            return []
        parts = windows(self.folded)
        return [(s, e, self._score(self.folded[s:e], s, e)) for s, e in parts]

    def _score(self, part: str, start: int, end: int) -> model.Scores:
        return model.score(self.weights, part, [h for h in self.hits if start <= h.start < end])

    @cached_property
    def scores(self) -> model.Scores:
        whole = self.title + self.folded[:_LEARNED_LENGTH]
        words = self.words if whole == self.folded else None
        return model.score(self.weights, whole, self.hits + self.title_hits, words)

    def screening(self) -> Screening:
        unreadable = _unreadable(self.folded)
        verdict, reasons, score = self._verdict()
        urgency, urgency_reasons = self._urgency()
        if not unreadable:
            return Screening(verdict, verdict, reasons, urgency, urgency_reasons, score)
        read = Reason("a_lire", 0, len(self.folded), BY_CODE["a_lire"].why)
        judged = verdict if any(r.rule in _CERTAIN for r in reasons) else None
        reasons = (read, *reasons)
        return Screening(judged, verdict, reasons, urgency, urgency_reasons, min(score, 0.5))

    def _verdict(self) -> tuple[Verdict, tuple[Reason, ...], float]:
        probability = dict(zip(model.VERDICTS, self.scores.verdict.tolist(), strict=True))
        ruled = self._ruled(probability)
        learned = self._learned(probability)
        for verdict in _PRECEDENCE:
            if verdict in ruled:
                return verdict, ruled[verdict], max(0.9, probability[verdict])
            if verdict in learned:
                return verdict, (learned[verdict],), max(probability[verdict], _LEAST)
        return Verdict.PUBLISH, (), round(probability[Verdict.PUBLISH], 4)

    def _ruled(self, probability: dict[Verdict, float]) -> dict[Verdict, tuple[Reason, ...]]:
        if _gibberish(self.folded):
            return {Verdict.OFF_TOPIC: (_reason("charabia", 0, len(self.folded)),)}
        found: dict[Verdict, list[Reason]] = {}
        for hit in [*self.hits, *(Hit(h.rule, 0, 0) for h in self.title_hits)]:
            target = BY_CODE[hit.rule].leads_to
            if target not in _VERDICT_VALUES:
                continue
            verdict = Verdict(target)
            if hit.rule in _CERTAIN or probability[verdict] >= _WITH_RULE:
                found.setdefault(verdict, []).append(_reason(hit.rule, hit.start, hit.end))
        return {verdict: tuple(dict.fromkeys(reasons)) for verdict, reasons in found.items()}

    def _learned(self, probability: dict[Verdict, float]) -> dict[Verdict, Reason]:
        best = max(model.VERDICTS, key=lambda v: probability[v])
        found: dict[Verdict, Reason] = {}
        if best is not Verdict.PUBLISH and probability[best] >= THRESHOLDS[best]:
            found[best] = self._pointed(best, model.VERDICTS.index(best))
        for start, end, scores in self.windows:
            for column, verdict in enumerate(model.VERDICTS):
                if scores.verdict[column] >= _WINDOW_THRESHOLDS.get(verdict, 2.0):
                    found.setdefault(verdict, _reason(LEARNED_RULES[verdict], start, end))
        return found

    def _pointed(self, label: Verdict | Urgency, column: int) -> Reason:
        """The learned reason, at the sentence that weighs most."""
        spans = _sentences(self.folded[:_LEARNED_LENGTH])
        shifted = [(s + len(self.title), e + len(self.title)) for s, e in spans]
        start, end = self.scores.heaviest(column, shifted)
        shift = len(self.title)
        return _reason(LEARNED_RULES[label], start - shift, end - shift)

    def _urgency(self) -> tuple[Urgency, tuple[Reason, ...]]:
        found = [self._urgent(u, column) for column, u in enumerate(model.URGENCIES)]
        best = max(found[1:], key=lambda item: item[0])
        return (best[1], best[2]) if best[0] > 0 else (Urgency.NONE, ())

    def _urgent(self, urgency: Urgency, column: int) -> tuple[float, Urgency, tuple[Reason, ...]]:
        """How strongly an urgency stands: 0 when it does not."""
        if urgency is Urgency.NONE:
            return 0.0, urgency, ()
        level = float(self.scores.urgency[column])
        rules = tuple(
            _reason(h.rule, h.start, h.end)
            for h in self.hits
            if BY_CODE[h.rule].leads_to == urgency
        )
        parts = [
            (float(s.urgency[column]), start, end)
            for start, end, s in self.windows
            if s.urgency[column] >= _WINDOW_THRESHOLDS[urgency]
        ]
        if parts:
            best, start, end = max(parts)
            return (
                max(best, level),
                urgency,
                rules or (_reason(LEARNED_RULES[urgency], start, end),),
            )
        if rules and level >= _WITH_RULE:
            return level, urgency, rules
        if level >= (_LONG_THRESHOLD if len(self.folded) >= 2 * _WINDOW else THRESHOLDS[urgency]):
            pointed = self._pointed(urgency, len(model.VERDICTS) + column)
            return level, urgency, rules or (pointed,)
        return 0.0, urgency, ()


_PRECEDENCE: Final = (
    Verdict.THREAT, Verdict.HATE, Verdict.INSULT, Verdict.OFF_TOPIC, Verdict.CLAIM,
)  # fmt: skip
_CERTAIN: Final = frozenset({"injure", "injure_masquee", "haine", "charabia"})
_VERDICT_VALUES: Final = frozenset(v.value for v in Verdict)
# What a pattern that is not certain still asks of the learned score.
_WITH_RULE: Final = 0.15
# A part of a long text decided: its own probability passed a threshold above this.
_LEAST: Final = 0.30


def _reason(rule: str, start: int, end: int) -> Reason:
    return Reason(rule, start, end, BY_CODE[rule].why)


def _sentences(folded: str) -> list[tuple[int, int]]:
    spans = []
    for match in _SENTENCE.finditer(folded):
        stripped = match.group().strip()
        if stripped:
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            spans.append((start, start + len(stripped)))
    return spans or [(0, len(folded))]


def windows(folded: str) -> list[tuple[int, int]]:
    """The parts of a long text, whole sentences up to about `_WINDOW` characters; none if short."""
    parts: list[tuple[int, int]] = []
    if len(folded) < 2 * _WINDOW:
        return parts
    for start, end in _sentences(folded[:_LEARNED_LENGTH]):
        if parts and end - parts[-1][0] <= _WINDOW:
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((start, end))
    return parts


def _unreadable(folded: str) -> bool:
    """Too short, or mostly words of another language."""
    tokens = _TOKEN.findall(folded[:4000])
    if len(tokens) < 2 and sum(map(len, tokens)) < 12:
        return True
    if len(tokens) < 5:
        return False
    french = sum(map(_FRENCH.__contains__, tokens))
    foreign = sum(map(_FOREIGN.__contains__, tokens))
    other_script = len(tokens) - sum(map(str.isascii, tokens))
    return foreign > 1.5 * french + 1 or other_script * 2 > len(tokens)


def _gibberish(folded: str) -> bool:
    """Letters or signs struck without making words."""
    tokens = _TOKEN.findall(folded[:2000])
    if not tokens:
        return bool(folded.strip()) and len(folded.strip()) > 3
    if any(len(token) > 1 for token in _KNOWN.intersection(tokens)):
        return False
    odd = sum(map(_odd, tokens))
    return odd * 2 >= len(tokens) and sum(map(len, tokens)) >= 6


def _odd(token: str) -> bool:
    vowels = sum(letter in "aeiouy" for letter in token)
    return len(token) > 3 and token.isascii() and (
        vowels == 0 or vowels / len(token) < 0.18 or len(set(token)) <= 2
    )  # fmt: skip
