"""What screening learns from and is measured on.

Every text has a source; texts of one source (an experience, its pieces, those written after it)
are never on both sides of a measure.
"""

from __future__ import annotations

import csv
import json
import os
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from portevoix.text.screen import windows
from portevoix.text.screening.features import tokens
from portevoix.text.screening.fitting import Example
from portevoix.text.screening.folding import fold
from portevoix.text.screening.idioms import literal
from portevoix.text.screening.meanings import Meanings
from portevoix.training.expectations import read_encoder
from portevoix.training.sources import ENCODER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT: Final = Path(__file__).resolve().parents[3]
CASES: Final = ROOT / "evals" / "screening"
WRITTEN: Final = ROOT / "training" / "data" / "screening.jsonl"
CALM: Final = ROOT / "training" / "data" / "siblings.csv"
SHARED: Final = Path(os.environ.get("PORTEVOIX_SHARED", ROOT.parent / "shared"))
FILES: Final = ("cases", "implicit", "varied")
# Cases of a file go two by two with their look-alikes: four lines stay together.
_BLOCK: Final = 4


@dataclass(frozen=True, slots=True)
class Text:
    """An example, its source, the kind of what it measures (none: only learned from).

    `unread` when the rules were written without looking at it.
    """

    example: Example
    source: str
    kind: str = ""
    unread: bool = False

    @property
    def measured(self) -> bool:
        return self.source != "written"

    def fold(self, folds: int) -> int:
        """The part of a cross-validation in which this text is kept aside."""
        return zlib.crc32(self.source.encode()) % folds


def read_lines(path: Path) -> list[dict[str, str]]:
    """The records of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def cases() -> list[Text]:
    """The cases of `evals/screening`, in their order."""
    return [case for name in FILES for case in _cases(name)]


def _cases(name: str) -> Iterator[Text]:
    for rank, case in enumerate(read_lines(CASES / f"{name}.jsonl")):
        example = Example(case["text"], case["moderation"], case["urgency"])
        yield Text(example, f"{name} {rank // _BLOCK}", name, unread=rank % 2 == 1)


def meanings(texts: Sequence[Text]) -> Meanings:
    """What words mean, known before any case; those rare in `texts` bring more."""
    encoder = read_encoder(ENCODER)
    known = Meanings.learned(encoder.words, encoder.meanings[1:])
    return known.by_rarity([tokens(literal(fold(text.example.text))) for text in texts])


def background() -> list[Text]:
    """What is learned besides the cases: written examples, then texts that are mostly calm."""
    return [*written(), *demonstration(), *real(), *siblings()]


def written() -> Iterator[Text]:
    """Examples written for learning alone."""
    for line in read_lines(WRITTEN) if WRITTEN.is_file() else []:
        yield Text(Example(line["text"], line["moderation"], line["urgency"]), "written")


def demonstration() -> Iterator[Text]:
    """The demonstration experiences; verdicts only where their labels follow the same guide."""
    path = SHARED / "demo" / "experiences.jsonl"
    for item in read_lines(path) if path.is_file() else []:
        verdict = item["moderation"] if item["moderation"] in {"publiable", "insulte"} else ""
        source, text = f"demo {item['id']}", _unmark(item["text"])
        if verdict == "publiable" and item["urgency"] == "aucune":
            yield from _calm(text, source, 0.4, "demo")
        else:
            yield Text(Example(text, verdict, item["urgency"]), source, "demo")


def _unmark(text: str) -> str:
    parts = text.split("[[")
    rest = [p.partition(":")[2].replace("]]", "", 1) if "]]" in p else p for p in parts[1:]]
    return "".join([parts[0], *rest])


def real() -> Iterator[Text]:
    """Real experiences, all published."""
    for experience, text in real_texts():
        yield from _calm(text, experience, 0.3, "real")


def real_texts() -> list[tuple[str, str]]:
    """Identifier and text of the shared official file; none where it is absent."""
    path = SHARED / "data" / "spplus" / "experiences.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["ID expérience"], row["Description"]) for row in csv.DictReader(file)]
    return [(experience, text) for experience, text in rows if text]


def siblings() -> Iterator[Text]:
    """Experiences written for this project, each after a real one, which is their source.

    What they propose is learned alone too: short texts propose, and are not dangers for that.
    """
    texts: dict[str, list[str]] = {}
    sources: dict[str, str] = {}
    with CALM.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            texts.setdefault(row["experience"], []).append(row["text"])
            sources[row["experience"]] = row["seed"]
            if row["suggestion"] == "1":
                example = Example(row["text"], "publiable", "aucune", 0.1)
                yield Text(example, row["seed"])
    for experience, pieces in texts.items():
        yield from _calm(" ".join(pieces), sources[experience], 0.15, "")


def _calm(text: str, source: str, weight: float, kind: str) -> Iterator[Text]:
    """A calm text, whole, and by the parts in which a long one is read."""
    yield Text(Example(text, "publiable", "aucune", weight), source, kind)
    for start, end in windows(fold(text)):
        part = Example(text[start:end], "publiable", "aucune", weight / 2)
        yield Text(part, source)
