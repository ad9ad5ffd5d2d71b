"""Learns the weights of `portevoix.text.redact.tagger` from marked texts."""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from portevoix.text.redact.names import candidates
from portevoix.text.redact.tagger import (
    REACH,
    UNLIKELY,
    Weights,
    chance,
    evidence,
    features,
    letter_case,
    padded,
    strongest,
)
from portevoix.text.redact.tokens import Word, spans_of, words_of
from portevoix.training.identities import Identities, in_letters, inserted
from portevoix.training.marks import Case, read_marks
from portevoix.training.misspelling import misspelled

FOLDS: Final = 3
FEWEST: Final = 2
# The share of their longer words that people ill at ease with writing misspell.
MISSPELLED: Final = 0.12
STRENGTH: Final = 0.8


@dataclass(frozen=True, slots=True)
class Example:
    """A text as the tagger sees it: padded words, places to judge, 1 where a name, its weight."""

    words: list[Word]
    places: list[int]
    named: list[int]
    case: str
    weight: float


def example(case: Case, weight: float) -> Example:
    """The example a marked case makes."""
    spans = spans_of(case.text)
    words = padded(words_of(case.text))
    places = candidates(words)
    people = [(start, end) for start, end, kind in case.marks if kind == "PERSON"]
    other = [(start, end) for start, end, kind in case.marks if kind != "PERSON"]

    def inside(at: int, marks: Sequence[tuple[int, int]]) -> bool:
        start, end = spans[at - REACH]
        return any(s < end and start < e for s, e in marks)

    places = [at for at in places if not inside(at, other)]
    named = [int(inside(at, people)) for at in places]
    return Example(words, places, named, letter_case(words), weight)


def varied(marked: Sequence[str], copies: int, seed: int) -> Iterator[tuple[str, float]]:
    """Marked texts as they are, then with other people, some in other letters; their weights."""
    identities = Identities(seed)
    for text in marked:
        yield text, 2.0
        if "[[PERSON:" not in text:
            yield in_letters(text, "l"), 1.0
            continue
        for _ in range(copies):
            other = identities.others(text)
            turn = identities.draw.random()
            if turn < 0.3:
                other = in_letters(other, "L" if turn < 0.05 else "l" if turn < 0.22 else "n")
            yield other, 0.7


def examples(
    marked: Sequence[str], real: Sequence[str], frames: Sequence[str], seed: int = 7
) -> list[Example]:
    """Everything the weights are learned on, in a fixed order."""
    texts = list(varied(marked, 6, seed))
    texts += [(text, 2.5) for text in real]
    draw = random.Random(seed)
    texts += [(misspelled(text, MISSPELLED, draw), 0.3) for text in real]
    texts += [(text, 0.6) for text in inserted(real, frames, 3, seed)]
    return [example(read_marks("", text), weight) for text, weight in texts]


# A real text that may name someone is no example of text without names.
_ANNOUNCED: Final = re.compile(
    r"\b(?:Mme|M\.|Mr|Madame|Monsieur|madame|monsieur|mme|mr) (?!le |la )[A-Z]"
)


def _may_name(text: str) -> bool:
    if _ANNOUNCED.search(text):
        return True
    words = words_of(text)
    return any(
        word.entry.first == 3 and word.shape in ("Xx", "Xx-Xx") and word.group != "E"
        for word in words
        if not (word.ordinary or word.entry.place)
    )


def real_texts(shared: Path) -> list[str]:
    """Real experiences (moderated, so without names); none where the shared file is absent."""
    path = shared / "data" / "spplus" / "experiences.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        texts = [row["Description"] for row in csv.DictReader(lines)]
    return [text for text in texts if text and not _may_name(text)]


def frames(root: Path) -> list[str]:
    """The sentences where invented people are put."""
    path = root / "training" / "data" / "redaction_frames.txt"
    return path.read_text(encoding="utf-8").strip().split("\n")


Rows = list[list[str]]


def fit(known: Sequence[Example]) -> Weights:
    """Both readings; the second learns from what the first says of texts it did not learn on."""
    rows = [[features(one.words, at, one.case) for at in one.places] for one in known]
    first = _first(rows, known)
    chances: list[list[float]] = [[] for _ in known]
    for fold in range(FOLDS):
        kept = [i for i in range(len(known)) if i % FOLDS != fold]
        weights = _first([rows[i] for i in kept], [known[i] for i in kept])
        for i in range(fold, len(known), FOLDS):
            chances[i] = [chance(sum(weights.get(f, 0.0) for f in row)) for row in rows[i]]
    told, answers, weight = [], [], []
    for one, said in zip(known, chances, strict=True):
        found = dict(zip(one.places, said, strict=True))
        best = strongest(one.words, found)
        for at, named in zip(one.places, one.named, strict=True):
            if found[at] > UNLIKELY:
                told.append(evidence(one.words, found, best, at, one.case))
                answers.append(named)
                weight.append(one.weight)
    return Weights(first, _learn(told, answers, weight))


def _flat(rows: Iterable[Rows]) -> Rows:
    return [row for text in rows for row in text]


def _first(rows: Sequence[Rows], known: Sequence[Example]) -> dict[str, float]:
    answers = [named for one in known for named in one.named]
    return _learn(_flat(rows), answers, [one.weight for one in known for _ in one.places])


def _learn(rows: Rows, answers: Sequence[int], weight: Sequence[float]) -> dict[str, float]:
    """A weight a feature, by logistic regression; features too rare are left out."""
    counts = Counter(feature for row in rows for feature in row)
    index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= FEWEST))}
    columns = [[index[f] for f in row if f in index] for row in rows]
    bounds = np.cumsum([0, *(len(row) for row in columns)])
    flat = np.fromiter((i for row in columns for i in row), dtype=np.int32, count=int(bounds[-1]))
    table = sp.csr_matrix((np.ones(len(flat)), flat, bounds), shape=(len(rows), len(index)))
    model = LogisticRegression(C=STRENGTH, solver="liblinear", fit_intercept=False, tol=1e-2)
    model.fit(table, np.array(answers), sample_weight=np.array(weight))
    learned: NDArray[np.float64] = model.coef_[0]
    return {f: round(float(learned[i]), 2) for f, i in index.items() if abs(learned[i]) >= 0.02}


def save(weights: Weights, path: Path) -> None:
    """Hundredths as integers, sorted, gzip without date: the same file from the same weights."""
    stored = {
        name: {f: round(100 * w) for f, w in sorted(reading.items())}
        for name, reading in (("first", weights.first), ("second", weights.second))
    }
    body = json.dumps(stored, ensure_ascii=False, separators=(",", ":")).encode()
    path.write_bytes(gzip.compress(body, 9, mtime=0))
