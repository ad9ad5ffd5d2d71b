"""What dictated French is learned from: written texts, as words said in breaths.

Texts: Services Publics+ experiences (DITP, Licence Ouverte 2.0), fiches of service-public.fr
(DILA, Licence Ouverte 2.0), texts written for this project. A text becomes what an engine would
give (lower case, no mark), cut where a person may pause: mostly after sentences, sometimes after
commas, seldom inside.
"""

from __future__ import annotations

import csv
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from portevoix.speech.writing import context
from portevoix.speech.writing.words import key

MARKS = {",": ",", ";": ",", ".": ".", "…": ".", "?": "?", "!": "!", ":": ":"}
TOKEN = re.compile(
    r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=[^\W_])|[\w@€%+]+(?:[-'.·/_@][\w@€%]+)*|\.{2,}|[,;.?!:…]|\n",
    re.IGNORECASE,
)
# How often a person pauses after each mark, a guess: recordings of real deposits would tell.
PAUSES = {".": 0.75, "?": 0.75, "!": 0.75, ":": 0.25, ",": 0.25, "": 0.012}
CONTEXT = 14
NONE, COMMA, END = 0, 1, 2
ENDS = frozenset(".?!:")
LEARNING, MEASURING = 1, 2
Row = tuple[list[str], str]


@dataclass(frozen=True, slots=True)
class Breath:
    """Words said at once; the first `skip` are what came before. `wanted` are the classes."""

    words: tuple[str, ...]
    pauses: tuple[bool, ...]
    wanted: tuple[int, ...]
    marks: tuple[str, ...]
    skip: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One text as (word in lower case, mark after, case: l C U)."""

    group: str
    words: tuple[str, ...]
    marks: tuple[str, ...]
    cases: tuple[str, ...]
    starts: tuple[bool, ...]


def read(group: str, text: str) -> Sentence | None:
    """A text as words and marks; None when its own marks or capitals teach nothing."""
    text = re.sub(r"\[\[[A-Z_]+:(.*?)\]\]", r"\1", text)
    text = text.replace("’", "'").replace("\x92", "'").replace("\r", "")
    text = re.sub(
        r"(?<=[a-zà-ÿ)])([.!?;:,])(?=[A-ZÀ-Ýa-zà-ÿ]{2})(?!\.(?:fr|com|gouv|net|org))", r"\1 ", text
    )
    words: list[str] = []
    marks: list[str] = []
    cases: list[str] = []
    starts: list[bool] = []
    begins = True
    for match in TOKEN.finditer(text):
        token = match.group()
        if token == "\n":
            if words and not marks[-1]:
                marks[-1] = "."
            begins = True
        elif token in MARKS or token.startswith(".."):
            if words:
                mark = MARKS.get(token, ".")
                if not marks[-1] or mark in ".?!":
                    marks[-1] = mark if marks[-1] not in ("?", "!") else marks[-1]
                begins = begins or mark in ".?!"
        else:
            words.append(token.lower())
            marks.append("")
            cases.append(shape(token, begins=begins))
            starts.append(begins)
            begins = False
    letters = [c for c in text if c.isalpha()]
    loud = sum(c.isupper() for c in letters) > 0.25 * max(1, len(letters))
    ends = sum(m in (".", "?", "!") for m in marks)
    if len(words) < 5 or loud or ends == 0 or len(words) / ends > 60:
        return None
    if marks[-1] in ("", ",", ":"):
        marks[-1] = "."
    return Sentence(group, tuple(words), tuple(marks), tuple(cases), tuple(starts))


def shape(token: str, *, begins: bool) -> str:
    bare = token.rstrip("'")
    if not bare[:1].isalpha() or not bare[0].isupper():
        return "l"
    if len(bare) > 1 and bare.isupper():
        return "U"
    return "?" if begins else "C"


def real(shared: Path) -> list[Sentence]:
    with (shared / "data/spplus/experiences.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return keep((r["ID expérience"], r["Description"]) for r in rows)


def fiches(shared: Path) -> list[Sentence]:
    path = shared / "data/fiches/fiches_txt_2020.jsonl"
    found = []
    for number, line in enumerate(path.open(encoding="utf-8")):
        text = json.loads(line)["texte"]
        # Headings and list items have no mark of their own: paragraphs that end with one teach.
        lines = [p.strip() for p in text.split("\n") if len(p.split()) > 7]
        lines = [p for p in lines if p.endswith((".", "?", "!"))]
        if number % 2 == 0 and lines:
            found.append(("", "\n".join(lines)))
    return keep(found)


def written(shared: Path, root: Path, siblings: Path | None) -> list[Sentence]:
    texts: list[tuple[str, str]] = []
    for line in (shared / "demo/experiences.jsonl").open(encoding="utf-8"):
        item = json.loads(line)
        texts.append(("", item["text"]))
        if item.get("reply"):
            texts.append(("", item["reply"]["text"]))
    for name in ("screening_more.jsonl", "redaction_more.jsonl"):
        path = (siblings or root).parent / name
        if path.is_file():
            texts += [("", json.loads(x)["text"]) for x in path.open(encoding="utf-8")]
    for x in (root / "training/data/screening.jsonl").open(encoding="utf-8"):
        texts.append(("", json.loads(x)["text"]))
    for path in sorted(siblings.glob("out_*.txt")) if siblings else []:
        for block in path.read_text("utf-8").split("\n\n"):
            head, *rest = block.strip().split("\n")
            told = " ".join(line.partition(" | ")[2] for line in rest)
            texts.append((head.split()[1] if head.startswith("# ") else "", told))
    return keep(texts)


def keep(texts: Iterable[tuple[str, str]]) -> list[Sentence]:
    return [s for group, text in texts if (s := read(group, text))]


def utterances(
    text: Sentence, draw: random.Random, rate: float
) -> Iterator[tuple[int, int, list[bool]]]:
    """(from, to, pauses): a stretch said in one breath with what came before it."""
    pauses = [draw.random() < PAUSES[mark] * rate for mark in text.marks]
    pauses[-1] = True
    begin = 0
    for i, pause in enumerate(pauses):
        if pause:
            yield begin, i + 1, pauses
            begin = i + 1


def breaths(texts: Sequence[Sentence], seed: int, rate: float = 1.0) -> Iterator[Breath]:
    """What is said at once, after what was just before; half of the texts hold no pause."""
    draw = random.Random(seed)
    for number, text in enumerate(texts):
        mine = rate if seed != LEARNING or number % 2 else 0.0
        for begin, end, pauses in utterances(text, draw, mine):
            first = max(0, begin - CONTEXT)
            wanted = [END if m in ENDS else COMMA if m == "," else NONE for m in text.marks]
            yield Breath(
                text.words[first:end], tuple(pauses[first:end]), tuple(wanted[first:end]),
                text.marks[first:end], begin - first,
            )  # fmt: skip


def case_rows(texts: Sequence[Sentence]) -> Iterator[Row]:
    usual: dict[str, Counter[str]] = {}
    for text in texts:
        for word, case in zip(text.words, text.cases, strict=True):
            if case != "?":
                usual.setdefault(word, Counter())[case] += 1
    for text in texts:
        features = context.case_features(text.words, text.starts)
        for word, row, case in zip(text.words, features, text.cases, strict=True):
            if case != "?":
                yield row, case
            elif word in usual:
                yield row, usual[word].most_common(1)[0][0]


def vocabulary(texts: Sequence[Sentence]) -> list[str]:
    counts = Counter(key(w) for s in texts for w in s.words)
    return sorted(w for w, n in counts.items() if n >= 3)


def fresh(texts: Sequence[Sentence], epoch: int) -> list[Breath]:
    turned = texts[epoch % 2 :] + texts[: epoch % 2]
    draw = random.Random(100 + epoch)
    found = []
    for number, text in enumerate(turned):
        found += breaths([text], draw.randrange(1 << 30) + 10, 1.0 if number % 2 else 0.0)
    return found
