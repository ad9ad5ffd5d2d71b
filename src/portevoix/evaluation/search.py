"""How often the right fiche comes first, on questions whose fiche is known.

535 questions that service-public.fr itself asks as titles of fiches; those titles are withheld, so
that a question must find its fiche by what the fiche says. 354 other fiches stand beside.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Final

import click
import numpy as np

from portevoix.opendata.articles import Article, fiches
from portevoix.search import Index, Kind, Weights, from_article

ROOT: Final = Path(__file__).resolve().parents[3]
CASES: Final = ROOT / "evals" / "search"
SHARED: Final = Path(os.environ.get("PORTEVOIX_SHARED", ROOT.parent / "shared"))
FOLDS: Final = 5
TOLERANCE: Final = 0.01
_FAR: Final = 50
# The weights tried: what the opening, the themes and the meaning are worth beside the text.
GRID: Final = tuple(
    Weights(lead=lead, path=path, near=near)
    for lead, path, near in product((0.2, 0.4, 0.6), (0.0, 0.3, 0.6), (0.0, 0.2, 0.35, 0.5))
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The ranks of the right documents, `_FAR` when not found."""

    ranks: tuple[int, ...]

    def figures(self) -> dict[str, float]:
        """Shares from 0 to 1 and the mean of inverse ranks."""
        ranks = np.array(self.ranks)
        return {
            "first": float((ranks == 1).mean()),
            "first three": float((ranks <= 3).mean()),
            "first ten": float((ranks <= 10).mean()),
            "mean inverse rank": float((1 / ranks).mean()),
        }


Case = tuple[str, str]


def spf() -> tuple[list[Article], list[Case]]:
    """The fiches without the titles that are asked, and the questions."""
    folder = SHARED / "data" / "fiches"
    asked = json.loads((folder / "questions_spf.json").read_text("utf-8"))
    tree = json.loads((folder / "arborescence_spf_particuliers.json").read_text("utf-8"))
    paths = {key: path for key, (_, path) in fiches.tree(tree["data"])}
    known = {key for key, _, _ in asked}
    lines = (folder / "fiches_txt_2020.jsonl").read_text("utf-8").splitlines()
    others = [row for line in lines if (row := json.loads(line))["fiche"] not in known]
    articles = [fiches.fiche(key, "", text) for key, _, text in asked] + fiches.passages(others)
    filed = [replace(article, path=paths.get(article.id, ())) for article in articles]
    return filed, [(key, question) for key, question, _ in asked]


def misspelt(cases: Iterable[Case]) -> Iterator[Case]:
    """The same questions, the longest word of each with a letter lost, doubled or swapped."""
    rng = random.Random(0)
    for key, question in cases:
        word = max(question.replace("'", " ").split(), key=len)
        at = rng.randrange(1, max(2, len(word) - 1))
        wrong = rng.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
            )
        )
        yield key, question.replace(word, wrong)


def ranks(index: Index, cases: Iterable[Case]) -> Outcome:
    """Where the right document comes for each question."""
    found = []
    for key, question in cases:
        ids = [hit.document.id for hit in index.search(question, limit=_FAR, passages=0)]
        found.append(ids.index(key) + 1 if key in ids else _FAR)
    return Outcome(tuple(found))


def cross_validated(articles: Sequence[Article], cases: Sequence[Case]) -> Outcome:
    """Each fifth judged with the weights that the four others prefer."""
    outcomes = [ranks(filled(articles, weights), cases) for weights in GRID]
    inverse = np.array([[1 / rank for rank in outcome.ranks] for outcome in outcomes])
    folds = np.arange(len(cases)) % FOLDS
    best = [int(inverse[:, folds != fold].mean(axis=1).argmax()) for fold in range(FOLDS)]
    return Outcome(tuple(outcomes[best[fold]].ranks[case] for case, fold in enumerate(folds)))


def filled(articles: Sequence[Article], weights: Weights = Weights()) -> Index:  # noqa: B008 (frozen)
    """An index of these articles, in memory."""
    index = Index(weights=weights)
    index.sync(Kind.ARTICLE, map(from_article, articles))
    return index


def main(arguments: Sequence[str]) -> int:
    """Print the scores; 1 when one fell below the baseline."""
    if not SHARED.is_dir():
        click.echo(f"données partagées absentes : {SHARED}")
        return 0
    articles, cases = spf()
    index = filled(articles)
    outcomes = {"questions": ranks(index, cases), "misspelt": ranks(index, misspelt(cases))}
    if "--cross" in arguments or "--save" in arguments:
        outcomes["cross-validated weights"] = cross_validated(articles, cases)
    click.echo(f"{len(cases)} questions, {len(articles)} fiches")
    figures = {f"{n} · {k}": v for n, o in outcomes.items() for k, v in o.figures().items()}
    for name, value in figures.items():
        click.echo(f"  {name:<48}{value:.3f}")
    file = CASES / "baseline.json"
    if "--save" in arguments:
        rounded = {key: round(value, 4) for key, value in figures.items()}
        file.write_text(json.dumps(rounded, indent=1) + "\n", "utf-8")
        return 0
    baseline = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    return int(any(figures[k] < v - TOLERANCE for k, v in baseline.items() if k in figures))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
