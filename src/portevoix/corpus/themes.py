"""Strengths and pain points, ranked, each with its precise sub-subjects."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from portevoix.corpus.analyses import Analyses
from portevoix.corpus.details import ThemeRows, details_of, heard
from portevoix.corpus.findings import Finding, Quote, Theme
from portevoix.corpus.incidence import Rows
from portevoix.corpus.quotes import QuoteBook
from portevoix.corpus.sayings import sayings, voices
from portevoix.corpus.shares import CODES, SURE, Presence, corrected
from portevoix.corpus.statistics import Floats
from portevoix.corpus.topics import Side
from portevoix.labels import EXPECTATION_LABELS
from portevoix.text.readings import EXPECTATIONS, POLARITIES

SHOWN: Final = 4
QUOTES: Final = 2
# A sub-subject is told from so many experiences.
LEAST: Final = 3
# A segment illustrates a theme from this probability on: no quote is better than a doubtful one.
PLAIN: Final = 0.35
# Words that a praise, then a complaint, does not hold when it is nothing else.
_AGAINST: Final = (
    re.compile(
        r"\b(?:mais|par contre|en revanche|cependant|toutefois|dommage|sauf|hélas|malheureusement|"
        r"bémol|regret\w*|ne (?:marche|fonctionne) pas|gal[èe]re|impossible|difficile|aucune?|"
        r"jamais|coincée?|agaçante?|perdue?|"
        r"on m'a dit|il faudrait|mettez|on s'en remettra)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:merci|bravo|parfait\w*|impeccable|nickel|adorable|gentil\w*|souriante?|patiente?|"
        r"rapide\w*|efficace\w*|dix sur dix|10/10|bien (?:expliqué|reçue?|accueilli\w*)|"
        r"pleins? de bonne volonté|je m'y attendais|il faudrait|normal)\b",
        re.IGNORECASE,
    ),
)
_SIDES: Final = (Side.PRAISE, Side.REPROACH)


def find_themes(
    analyses: Analyses, found: Presence, side: int, book: QuoteBook, *, minimum: int
) -> tuple[Theme, ...]:
    """Return the most frequent themes of a side (0 strengths, 1 pain points)."""
    shares = [corrected(found.probability[:, code, side]) for code in range(CODES)]
    evidence = _evidence(analyses, found, side)
    counts = evidence.sum(axis=0)
    ranked = sorted(range(CODES), key=lambda code: (-shares[code][0], code))
    kept = [code for code in ranked if counts[code] >= minimum][:SHOWN]
    themes: list[Theme] = []
    known: set[str] = set()
    for code in kept:
        based = ThemeRows(
            EXPECTATIONS[code],
            _SIDES[side],
            np.flatnonzero(evidence[:, code]),
            np.flatnonzero(found.segments[:, code, side] >= SURE),
            frozenset(EXPECTATIONS[other] for other in kept if other != code),
            frozenset(known),
        )
        themes.append(_theme(analyses, found, based, book))
        known.update(detail.topic for detail in themes[-1].details if detail.topic)
    return tuple(themes)


def _evidence(analyses: Analyses, found: Presence, side: int) -> NDArray[np.bool_]:
    """bool (n, 15): who says each theme plainly, or says a topic that is first of it."""
    evidence = found.sure[:, :, side].copy()
    said = sayings(analyses)
    for column in said.columns(_SIDES[side]):
        code = EXPECTATIONS.index(said.topics[column].expectations[0])
        evidence[said.who(column), code] = True
    return evidence


def _theme(analyses: Analyses, found: Presence, based: ThemeRows, book: QuoteBook) -> Theme:
    expectation, evidence, rows = based.expectation, based.evidence, based.segments
    code, side = EXPECTATIONS.index(expectation), _SIDES.index(based.side)
    total = len(analyses.experiences)
    share, interval = corrected(found.probability[:, code, side])
    details = details_of(analyses, based, minimum=LEAST)
    telling = found.segments[rows, code, side] * _telling(analyses, based.side, rows, details)
    plain = telling >= PLAIN
    return Theme(
        label=EXPECTATION_LABELS[expectation],
        count=len(evidence),
        share=share,
        interval=interval,
        evidence=tuple(analyses.experiences.ids[row] for row in evidence),
        quotes=book.pick(rows[plain], telling[plain], QUOTES, _AGAINST[side]),
        expectation=expectation,
        polarity=POLARITIES[side],
        raw_share=len(evidence) / total,
        heard=heard(analyses, based),
        details=_illustrated(analyses, based, details, book) if side else details,
    )


def _illustrated(
    analyses: Analyses, theme: ThemeRows, details: tuple[Finding, ...], book: QuoteBook
) -> tuple[Finding, ...]:
    """Details of a pain point with a quote each, for the leads that answer them."""
    said = voices(analyses, theme.side)
    columns = {topic.code: i for i, topic in enumerate(said.topics)}
    inside = np.zeros(len(analyses.experiences), bool)
    inside[theme.evidence] = True
    held = np.flatnonzero(inside[analyses.segments.experience])
    made = []
    for detail in details:
        quotes: tuple[Quote, ...] = ()
        if detail.topic in columns:
            rows = said.where(columns[detail.topic], held)
            weights = analyses.segments.polarity[rows, 1].astype(np.float64)
            quotes = book.pick(rows, weights, 1, _AGAINST[1])
        made.append(replace(detail, quotes=quotes))
    return tuple(made)


def _telling(analyses: Analyses, side: Side, rows: Rows, details: tuple[Finding, ...]) -> Floats:
    """How well each segment illustrates the theme: better when it says one of its details."""
    said = voices(analyses, side)
    known = {detail.topic for detail in details}
    columns = [i for i, topic in enumerate(said.topics) if topic.code in known]
    if not columns:
        return np.ones(len(rows))
    told = np.asarray(said.segments[rows][:, columns].sum(axis=1)).ravel() > 0
    return np.where(told, 1.5, 1.0)
