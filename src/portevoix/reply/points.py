"""The points of a story: what is praised, reproached, asked, suggested, in the author's words.

A sentence makes a point when it says a topic of the taxonomy on its side, asks, proposes, or when
the reading is sure of what it is about. Others are left out: a wrong point costs more than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from portevoix.corpus.sayings import ABOUT, PRAISED, PROPOSES, REPROACHED, topic_of
from portevoix.corpus.topics import Side, Topic, load_taxonomy
from portevoix.reply.draft import Point, PointKind
from portevoix.text.readings import EXPECTATIONS
from portevoix.types import Expectation, Feeling

if TYPE_CHECKING:
    from portevoix.protocols import ExpectationReader
    from portevoix.text.readings import ReadText

_MOST: Final = 5
# How sure the reading must be of a sentence without a known topic, when its side is that of the
# feeling that the author declares, and when it is not.
_SURE_CODE: Final = 0.35
_SURE_SIDE: Final = 0.5
_AGAINST_CODE: Final = 0.5
_AGAINST_SIDE: Final = 0.85
# Below, the code is not named: the general phrases are said.
_NAMED: Final = 0.6
_CONTRARY: Final = 0.75
_LONGEST_QUOTE: Final = 18
_SHORTEST_QUOTE: Final = 4
_ASKS: Final = re.compile(
    r"(?:^|[\s«(])(?:est-ce qu|comment |où |quand |combien |quels? |quelles? |que (?:faire|dois)|"
    r"qui (?:dois|peut|va)|(?:puis|peut|pouvez|pourriez|dois|faut|sauriez|avez)-(?:je|on|vous|il))",
    re.IGNORECASE,
)
_REQUESTS: Final = re.compile(
    r"\bje (?:vous )?(?:demande (?:de|que|le|la|si)|voudrais (?:savoir|comprendre)|"
    r"souhaite (?:savoir|connaître)|remercie de (?:m'indiquer|me dire))|"
    r"\bmerci de (?:m'indiquer|me (?:dire|répondre|rappeler))",
    re.IGNORECASE,
)
_PROPOSES: Final = re.compile(
    r"\bpourquoi (?:ne )?pas\b|\bne (?:pourrait|pourriez|serait)|"
    r"\bil (?:faudrait|suffirait|serait)|\b(?:devr|pourr)(?:ait|aient|iez)\b|\bce serait\b|"
    r"\b(?:idée|suggestion|propose|suggère)\b|"
    r"(?:^|[.,;:!?]\s|\b(?:et|ou|mais|donc|puis|alors) )(?:mett|ajout|prévoy|affich|dit|fait|gard|"
    r"écriv|annonc|envoy|rend|laiss|donn|cré|simplifi|pens|remett|permett|chang|prévena?)"
    r"(?:ez|es)\b|\b(?:éviterait|aiderait|prendrait|simplifierait)\b",
    re.IGNORECASE,
)
# Words that turn a praise: the reading of one sentence may miss them.
_RESERVE: Final = re.compile(r"\b(?:en revanche|par contre|dommage|bémol)\b", re.IGNORECASE)
_OPENS: Final = re.compile(
    r"^(?:\d{1,2}[).]\s+)?(?:(?:mais|et|donc|or|par contre|sauf que|en plus|puis|alors)[ ,]+)?",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[;:()…]|[.!?](?=\s)|[,–—](?=\s)")
_UNFIT: Final = re.compile(r"[\[\]*\n]|«|»")
_SIDES: Final = {
    Side.PRAISE: PointKind.PRAISE,
    Side.REPROACH: PointKind.REPROACH,
    Side.PROPOSAL: PointKind.SUGGESTION,
}

_FELT: Final = {PointKind.PRAISE: Feeling.POSITIVE, PointKind.REPROACH: Feeling.NEGATIVE}


@dataclass(frozen=True, slots=True)
class _Said:
    kind: PointKind
    expectation: Expectation
    weight: float
    topic: Topic | None = None
    start: int = 0
    end: int = 0


def read_points(
    text: str, reader: ExpectationReader, feeling: Feeling | None = None
) -> tuple[Point, ...]:
    """The points of a story in order; what is said twice is one point, in the strongest words."""
    strongest: dict[tuple[PointKind, str], _Said] = {}
    for said in _said(text, reader, feeling):
        key = (said.kind, said.topic.code if said.topic else str(said.expectation))
        if key not in strongest or said.weight > strongest[key].weight:
            strongest[key] = said
    precise = {said.kind for said in strongest.values() if said.topic}
    told = [
        said
        for said in strongest.values()
        if said.topic or said.expectation is not Expectation.GEN or said.kind not in precise
    ]
    kept = sorted(told, key=lambda s: (-s.weight, s.start))[:_MOST]
    return tuple(_point(text, said) for said in sorted(kept, key=lambda s: s.start))


def _point(text: str, said: _Said) -> Point:
    piece = text[said.start : said.end]
    return Point(
        said.kind,
        piece,
        said.start,
        said.end,
        str(said.expectation),
        topic=said.topic.code if said.topic else "",
        label=said.topic.label if said.topic else "",
        words=quote(piece, said.topic),
    )


def _said(text: str, reader: ExpectationReader, feeling: Feeling | None) -> Iterator[_Said]:
    (reading,) = reader.read([text])
    for row, (start, end) in enumerate(reading.spans.tolist()):
        found = _of_segment(text[start:end], reading, row, feeling)
        if found is not None:
            yield replace(found, start=start, end=end)


def _of_segment(piece: str, reading: ReadText, row: int, feeling: Feeling | None) -> _Said | None:
    """What a segment says, None when it makes no point; its place is added after."""
    code = EXPECTATIONS[int(reading.expectation[row].argmax())]
    topic = _topic(piece, reading, row, feeling)
    about = topic.expectations[0] if topic else code
    favourable, unfavourable, _ = (float(p) for p in reading.polarity[row])
    side = max(favourable, unfavourable)
    if _is_question(piece):
        return _Said(PointKind.QUESTION, about, 1.6, topic)
    suggests = float(reading.suggestion[row])
    if suggests > PROPOSES and _PROPOSES.search(piece):
        return _Said(PointKind.SUGGESTION, about, 1 + suggests, topic)
    if topic is not None:
        return _Said(_SIDES[topic.side], about, 1 + side, topic)
    sure = float(reading.expectation[row].max())
    kind = PointKind.PRAISE if favourable > unfavourable else PointKind.REPROACH
    if kind is PointKind.PRAISE and _RESERVE.search(piece):
        return None
    agrees = feeling is _FELT[kind]
    code_from, side_from = (_SURE_CODE, _SURE_SIDE) if agrees else (_AGAINST_CODE, _AGAINST_SIDE)
    if code is Expectation.RIEN or sure < code_from or side < side_from:
        return None
    return _Said(kind, code if sure >= _NAMED else Expectation.GEN, sure * side)


def _topic(piece: str, reading: ReadText, row: int, feeling: Feeling | None) -> Topic | None:
    """The first topic that the words say and that neither reading nor feeling belies."""
    (codes,) = load_taxonomy().extract([piece])
    favourable, unfavourable, _ = (float(p) for p in reading.polarity[row])
    praised = _CONTRARY if feeling is Feeling.NEGATIVE else PRAISED
    reproached = _CONTRARY if feeling is Feeling.POSITIVE else REPROACHED
    for topic in map(topic_of, codes):
        holds = {
            Side.PRAISE: favourable >= max(praised, unfavourable) and not _RESERVE.search(piece),
            Side.REPROACH: unfavourable >= max(reproached, favourable),
            Side.PROPOSAL: float(reading.suggestion[row]) >= PROPOSES,
        }[topic.side]
        if holds and _share(reading.expectation[row], topic) >= ABOUT:
            return topic
    return None


def _share(row: NDArray[np.float32], topic: Topic) -> float:
    told = 1 - float(row[EXPECTATIONS.index(Expectation.RIEN)])
    about = sum(float(row[EXPECTATIONS.index(code)]) for code in topic.expectations)
    return about / max(told, 1e-6)


def _is_question(piece: str) -> bool:
    if _PROPOSES.search(piece) or len(piece.split()) < _SHORTEST_QUOTE:
        return False
    asked = piece.rstrip(" »\"'").endswith("?") and _ASKS.search(piece)
    return bool(asked or _REQUESTS.search(piece))


def quote(text: str, topic: Topic | None) -> str:
    """A short exact stretch of a point that says it; empty when none reads well."""
    whole = _trimmed(text)
    if _quotable(whole):
        return whole
    clauses = [part for part in map(_trimmed, _CLAUSE.split(text)) if _quotable(part)]
    if topic is None or not clauses:
        return ""
    said = load_taxonomy().extract(clauses)
    return next((c for c, codes in zip(clauses, said, strict=True) if topic.code in codes), "")


def _trimmed(part: str) -> str:
    bare = part.strip().rstrip(".,;:!… ").lstrip("–—- ")
    return _OPENS.sub("", bare)


def _quotable(part: str) -> bool:
    return _SHORTEST_QUOTE <= len(part.split()) <= _LONGEST_QUOTE and not _UNFIT.search(part)
