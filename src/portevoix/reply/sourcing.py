"""For each point that asks for facts, the passage that answers it, or none.

A wrong source is worse than none: the article must be about what the story is about, and the
passage must hold the words of the point or of the help it calls for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from portevoix.opendata.articles import is_stale
from portevoix.reply.checks import statements
from portevoix.reply.draft import Point, PointKind, SentenceKind, Source
from portevoix.reply.phrases import situation
from portevoix.reply.story import Story
from portevoix.search import Document, Hit, Index, Kind, Passage
from portevoix.search.analysis import terms
from portevoix.search.asking import equivalents
from portevoix.search.meanings import Meanings

_ARTICLES: Final = 6
_PASSAGES: Final = 3
# How sure a passage must be, set by reading drafts of the demonstration (docs/discussions): of the
# help its topic calls for, of the words of the point, of the title of its article.
_HELPS: Final = 0.5
_SAYS: Final = 0.5
_ABOUT: Final = 0.5
_PROCEDURE: Final = 0.3
_PAGE: Final = 0.6
_TOLD: Final = 0.3
_OWN: Final = 0.2
_SHARED: Final = 3
_MOST_WORDS: Final = 55
_MOST_SENTENCES: Final = 3
# A sentence that starts so leans on the one before it.
_LEANS: Final = frozenset(
    "il elle ils elles ce cela cette ces celui celle ceux elles en ensuite puis ainsi alors sinon "
    "mais donc aussi dans y lui leur autre attention même".split()
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Sentences of one passage, each with its source."""

    sentences: tuple[tuple[str, Source], ...]
    score: float
    kind: SentenceKind = SentenceKind.ANSWER


class Sourcing:
    """Looks for answers in an index of articles."""

    def __init__(self, index: Index, today: date) -> None:
        self._index = index
        self._meanings = Meanings.shipped()
        self._today = today

    def answer(self, story: Story, point: Point) -> Answer | None:
        """The best passage for a point, None when none is sure enough."""
        found = list(self.candidates(story, point))
        for hit, passage, score in sorted(found, key=lambda c: (-c[2], c[0].document.key)):
            taken = self._taken(passage, self._weighed(terms(_need(point))))
            if taken:
                pairs = tuple((s, self._source(hit.document, passage, s)) for s in taken)
                return Answer(pairs, score)
        return None

    def page(self, story: Story) -> Answer | None:
        """The page of the network that a whole story is about, to name beside what passages say."""
        asked = f"{story.title} {story.text}"
        own = (hit for hit in self._hits(story, asked) if hit.document.network and hit.document.url)
        hit = next(own, None)
        if hit is None or not self._subject(hit, story):
            return None
        page = hit.document
        said = f"Cette page peut vous aider\u00a0: «\u00a0{page.title}\u00a0», {page.url}"
        return Answer(((said, self._source(page, None, page.title)),), 0.0)

    def _subject(self, hit: Hit, story: Story) -> bool:
        """Whether the title of a page says what the story or its procedure is about."""
        procedure = self._weighed(terms(story.procedure))
        titled = _titled(hit.document)
        if _share(procedure, titled) >= _PAGE:
            return True
        written = {term for one in hit.passages for term in terms(f"{one.heading} {one.text}")}
        # A story that names its procedure is rarely about a page that does not.
        spoken = not procedure or _share(procedure, titled | written) >= _ABOUT
        enough = _TOLD if spoken else _PAGE
        return self._told(hit.document, story) >= enough

    def _told(self, page: Document, story: Story) -> float:
        """How much of what the title of a page says is told by a story, names of services apart."""
        told = _words(f"{story.title} {story.procedure} {story.text}")
        generic = _words(f"{story.network} {story.structure}")
        return _share(self._weighed(t for t in terms(page.title) if t not in generic), told)

    def nearby(self, story: Story, points: Sequence[Point], limit: int) -> list[Source]:
        """The passages nearest to a story and its points, each once, best first."""
        asked = [f"{story.title} {story.text}", *map(_need, points)]
        scored: dict[tuple[str, str], tuple[float, Source]] = {}
        for hit in (hit for need in asked for hit in self._hits(story, need)):
            for passage in hit.passages:
                source = self._source(hit.document, passage, passage.text)
                key = (hit.document.id, passage.text)
                worth = hit.score + passage.score
                if key not in scored or worth > scored[key][0]:
                    scored[key] = (worth, source)
        best = sorted(scored.items(), key=lambda item: (-item[1][0], item[0]))
        return [source for _, (_, source) in best[:limit]]

    def candidates(self, story: Story, point: Point) -> Iterator[tuple[Hit, Passage, float]]:
        """The passages sure enough to be quoted for a point, with their scores."""
        helped = situation(point.topic)
        for hit in self._hits(story, _need(point)):
            for passage in hit.passages:
                if helped:
                    score = self._helps(hit, passage, helped, story)
                    sure = score >= _HELPS
                elif point.kind is PointKind.QUESTION:
                    score = self._says(hit, passage, point, story)
                    sure = score >= _SAYS
                else:
                    continue
                if sure:
                    yield hit, passage, score

    def _hits(self, story: Story, need: str) -> list[Hit]:
        return self._index.search(
            f"{story.procedure} {need}",
            kinds=(Kind.ARTICLE,),
            network=story.network,
            limit=_ARTICLES,
            passages=_PASSAGES,
        )

    def _helps(self, hit: Hit, passage: Passage, helped: str, story: Story) -> float:
        """How much of the help called for is in a passage; more when it is about the procedure."""
        wanted = self._weighed(dict.fromkeys(terms(helped)))
        told = f"{hit.document.title} {passage.heading} {passage.text}"
        held = _share(wanted, set(terms(told)))
        heading = _share(wanted, set(terms(f"{hit.document.title} {passage.heading}")))
        if not hit.document.network:
            return (held + heading) / 2
        titled = _titled(hit.document)
        procedure = self._weighed(terms(story.procedure))
        about = _share(procedure, titled)
        if procedure and about < _PROCEDURE and _share(wanted, titled) < _PROCEDURE:
            # A page of the network, on another procedure.
            return 0.0
        return (held + heading) / 2 + _OWN * about

    def _says(self, hit: Hit, passage: Passage, point: Point, story: Story) -> float:
        """How much of the point is in a passage whose article is about the story."""
        wanted = self._weighed(dict.fromkeys(terms(f"{point.text} {point.label}")))
        held = set(terms(f"{passage.heading} {passage.text}"))
        if len(set(wanted) & held) < _SHARED:
            return 0.0
        return _share(wanted, held) if self._told(hit.document, story) >= _ABOUT else 0.0

    def _weighed(self, wanted: Iterable[str]) -> dict[str, float]:
        """Terms with their rarity."""
        return {term: self._meanings.rarity(term) for term in wanted}

    def _taken(self, passage: Passage, wanted: Mapping[str, float]) -> list[str]:
        """Up to three sentences in a row: those that hold most of what is wanted, the first ones
        when others hold no more."""
        pieces = statements(passage.text)
        runs = [(start, _run(pieces, start)) for start in range(len(pieces))]
        worth = {
            start: _share(wanted, set(terms(" ".join(run))))
            for start, run in runs
            if run and (start == 0 or not _leans(run[0]))
        }
        if not worth:
            return []
        best = max(worth, key=lambda start: (worth[start], -start))
        return runs[best][1]

    def _source(self, document: Document, passage: Passage | None, sentence: str) -> Source:
        return Source(
            id=document.id,
            title=document.title,
            url=document.url,
            quote=sentence,
            passage=passage.text if passage else document.title,
            checked=document.checked,
            stale=is_stale(document.checked, self._today),
        )


def _need(point: Point) -> str:
    """What is looked for: the help that its topic calls for, else its own words."""
    return situation(point.topic) or f"{point.text} {point.label}"


def _share(wanted: Mapping[str, float], held: Collection[str]) -> float:
    """The share of the weight of some terms that is held (0 to 1)."""
    total = sum(wanted.values())
    return sum(w for term, w in wanted.items() if term in held) / total if total else 0.0


def _run(pieces: Sequence[str], start: int) -> list[str]:
    """The sentences that can be quoted together from one on."""
    taken: list[str] = []
    for piece in pieces[start : start + _MOST_SENTENCES]:
        if taken and sum(len(p.split()) for p in [*taken, piece]) > _MOST_WORDS:
            break
        taken.append(piece)
    return taken


def nearest_statement(sentence: str, passage: str) -> str:
    """The sentence of a passage that shares most words with another."""
    said = set(terms(sentence))
    found = statements(passage) or [passage]
    return max(found, key=lambda piece: len(said & set(terms(piece))))


def _leans(sentence: str) -> bool:
    first = sentence.split(maxsplit=1)[0].lower().strip("«»,'’") if sentence.split() else ""
    return first in _LEANS or sentence.startswith("- ")


def _titled(page: Document) -> set[str]:
    return set(terms(f"{page.title} {' '.join(page.path)}"))


def _words(text: str) -> set[str]:
    written = terms(text)
    return {*written, *equivalents(written)}
