"""Learns the marks and capitals of dictated French: a small net, a linear model.

    python training/speech_marks.py ../shared src/portevoix/data/speech [--siblings FOLDER]
    python training/speech_marks.py ../shared OUT --measure      # cross-validated, nothing shipped

Needs torch 2 (CPU), installed apart: it is in no extra of the package. One thread, fixed seeds.

Texts: Services Publics+ experiences (DITP, Licence Ouverte 2.0), fiches of service-public.fr
(DILA, Licence Ouverte 2.0), texts written for this project. A text becomes what an engine would
give (lower case, no mark), cut where a person may pause: mostly after sentences, sometimes after
commas, seldom inside. Real experiences alone are measured, those of a fold never learned from nor
what was written from them.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from scipy import sparse
from sklearn.linear_model import SGDClassifier

from portevoix.speech.writing import context, linear, marks, net
from portevoix.speech.writing.words import key

MARKS = {",": ",", ";": ",", ".": ".", "…": ".", "?": "?", "!": "!", ":": ":"}
TOKEN = re.compile(
    r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=[^\W_])|[\w@€%+]+(?:[-'.·/_@][\w@€%]+)*|\.{2,}|[,;.?!:…]|\n",
    re.IGNORECASE,
)
# How often a person pauses after each mark, a guess: recordings of real deposits would tell.
PAUSES = {".": 0.75, "?": 0.75, "!": 0.75, ":": 0.25, ",": 0.25, "": 0.012}
CONTEXT = 14
FOLDS = 3
LEAST = 0.25
SCALE = 16
EPOCHS = 5
BATCH = 64
WIDTH = 96
RATE = 3e-3
NONE, COMMA, END = 0, 1, 2
ENDS = frozenset(".?!:")
LEARNING, MEASURING = 1, 2
Row = tuple[list[str], str]
Counts = Counter[tuple[str, str, str]]


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


def train_marks(texts: Sequence[Sentence], out: Path) -> None:
    """A small convolutional net over words; one text in twenty chooses its decision levels."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    aside, learned = texts[::20], [t for i, t in enumerate(texts) if i % 20]
    known = vocabulary(learned)
    model = Net(len(known) + 1)
    rank = {w: i + 1 for i, w in enumerate(known)}
    steps = EPOCHS * (sum(1 for _ in breaths(learned, LEARNING)) // BATCH + 1)
    rate = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.01)
    plan = torch.optim.lr_scheduler.OneCycleLR(rate, RATE, total_steps=steps + EPOCHS)
    draw = random.Random(3)
    for epoch in range(EPOCHS):
        # Other pauses at each pass: the net learns what words say, not where a pause fell.
        told = sorted(breaths(learned, LEARNING, 1.0) if epoch == 0 else
                      fresh(learned, epoch), key=lambda b: len(b.words))  # fmt: skip
        packs = [told[i : i + BATCH] for i in range(0, len(told), BATCH)]
        draw.shuffle(packs)
        total = 0.0
        model.train()
        for pack in packs:
            loss = loss_of(model, pack, rank)
            rate.zero_grad()
            loss.backward()
            rate.step()
            if plan.last_epoch < steps + EPOCHS - 1:
                plan.step()
            total += loss.item()
        print("  passage", epoch, round(total / len(packs), 4), flush=True)
    save(model, known, out / "marks.npz", aside)


def fresh(texts: Sequence[Sentence], epoch: int) -> list[Breath]:
    turned = texts[epoch % 2 :] + texts[: epoch % 2]
    draw = random.Random(100 + epoch)
    found = []
    for number, text in enumerate(turned):
        found += breaths([text], draw.randrange(1 << 30) + 10, 1.0 if number % 2 else 0.0)
    return found


class Net(torch.nn.Module):
    """Words, endings and pauses; convolutions whose reach doubles; a mark after each word."""

    def __init__(self, words: int) -> None:
        super().__init__()
        self.word = torch.nn.Embedding(words, WIDTH)
        self.ending = torch.nn.Embedding(net.ENDINGS, WIDTH)
        self.pause = torch.nn.Embedding(net.PAUSE_KINDS, WIDTH)
        for table in (self.word, self.ending, self.pause):
            torch.nn.init.normal_(table.weight, std=0.1)
        self.layers = torch.nn.ModuleList(
            torch.nn.Conv1d(WIDTH, WIDTH, 3, padding=d, dilation=d) for d in net.REACHES
        )
        self.out = torch.nn.Linear(WIDTH, 3)
        self.drop = torch.nn.Dropout(0.25)

    def forward(self, words: torch.Tensor, endings: torch.Tensor, pauses: torch.Tensor,
                mask: torch.Tensor) -> torch.Tensor:  # fmt: skip
        x = self.drop(self.word(words) + self.ending(endings) + self.pause(pauses))
        x = x.transpose(1, 2) * mask
        for layer in self.layers:
            x = (x + self.drop(torch.relu(layer(x)))) * mask
        return self.out(x.transpose(1, 2))


def tensors(pack: Sequence[Breath], rank: dict[str, int]) -> list[torch.Tensor]:
    size = max(len(b.words) for b in pack)
    shape = (len(pack), size)
    words, endings, pauses, wanted = (np.zeros(shape, np.int64) for _ in range(4))
    wanted -= 1
    mask = np.zeros((len(pack), 1, size), np.float32)
    for i, b in enumerate(pack):
        n = len(b.words)
        words[i, :n] = [rank.get(key(w), 0) for w in b.words]
        endings[i, :n] = [net.ending(w) for w in b.words]
        pauses[i, :n] = net.pause_kinds(b.pauses)
        wanted[i, b.skip : n] = b.wanted[b.skip :]
        mask[i, 0, :n] = 1
    return [torch.from_numpy(x) for x in (words, endings, pauses, mask, wanted)]


def loss_of(model: Net, pack: Sequence[Breath], rank: dict[str, int]) -> torch.Tensor:
    words, endings, pauses, mask, wanted = tensors(pack, rank)
    hidden = torch.rand(words.shape) < 0.06
    words[hidden] = 0
    scores = model(words, endings, pauses, mask)
    return torch.nn.functional.cross_entropy(
        scores.reshape(-1, 3), wanted.reshape(-1), ignore_index=-1, label_smoothing=0.02
    )


def levels(model: net.Net, texts: Sequence[Sentence]) -> np.ndarray:
    """What is added to the scores of a comma and of an end, chosen on texts kept aside.

    F1 for ends; for commas F0.5, since a comma too many reads worse than one missing.
    """
    scores, wanted = [], []
    for rate in (1.0, 0.0):
        for one in breaths(texts, MEASURING, rate):
            scores.append(model.scores(list(one.words), list(one.pauses))[one.skip :])
            wanted += one.wanted[one.skip :]
    table, truth = np.concatenate(scores), np.array(wanted)
    best, found = -1.0, np.zeros(3, np.float32)
    for comma in np.arange(-0.6, 1.2, 0.1):
        for end in np.arange(-0.6, 1.0, 0.1):
            bias = np.array([0, comma, end], np.float32)
            got = (table + bias).argmax(axis=1)
            score = f_score(truth == END, got == END, 1.0)
            score += f_score(truth == COMMA, got == COMMA, 0.5)
            if score > best:
                best, found = score, bias
    print("  niveaux", found, flush=True)
    return found


def f_score(want: np.ndarray, got: np.ndarray, beta: float) -> float:
    right = float((want & got).sum())
    return (1 + beta**2) * right / max(1.0, beta**2 * float(want.sum()) + float(got.sum()))


def save(model: Net, known: list[str], path: Path, aside: Sequence[Sentence]) -> None:
    """Half precision; the words are a list, no sentence."""
    arrays = {name: p.detach().numpy().astype(np.float16) for name, p in model.named_parameters()}
    packed = {name.replace(".", "_"): values for name, values in arrays.items()}
    packed["words"] = np.frombuffer("\n".join(known).encode(), np.uint8)
    packed["bias"] = np.zeros(3, np.float32)
    packed["bias"] = levels(net.unpack(packed), aside)
    np.savez_compressed(path, **packed)
    print(path.name, path.stat().st_size // 1000, "ko", flush=True)


def train_cases(texts: Sequence[Sentence], out: Path) -> None:
    """One logistic regression a label, over the features met twice."""
    codes: list[list[int]] = []
    wanted: list[str] = []
    for features, label in case_rows(texts):
        codes.append([zlib.crc32(f.encode()) for f in features])
        wanted.append(label)
    table = np.array(codes, np.uint32)
    known, counts = np.unique(table, return_counts=True)
    known = known[counts >= 2]
    place = np.searchsorted(known, table).clip(max=len(known) - 1)
    hit = known[place] == table
    inputs = sparse.csr_matrix(
        (np.ones(int(hit.sum()), np.float32), place[hit],
         np.concatenate([[0], np.cumsum(hit.sum(axis=1))])), (len(table), len(known)))  # fmt: skip
    model = SGDClassifier(
        loss="log_loss", alpha=1e-6, average=True, max_iter=4, tol=None, random_state=0
    )
    model.fit(inputs, wanted)
    weights = model.coef_.T
    kept = np.abs(weights).max(axis=1) >= LEAST
    np.savez_compressed(
        out / "capitals.npz",
        labels=np.array(model.classes_),
        gaps=np.diff(known[kept].astype(np.int64), prepend=0).astype(np.uint32),
        weights=np.clip(np.round(weights[kept] * SCALE), -127, 127).astype(np.int8),
        scale=np.float32(SCALE),
        bias=model.intercept_.astype(np.float32),
    )
    print("capitals.npz", (out / "capitals.npz").stat().st_size // 1000, "ko", flush=True)


def measure_marks(texts: Sequence[Sentence], out: Path, counts: Counts) -> None:
    """Count (way, mark written, mark put): with the pauses of speech, and in one breath."""
    with np.load(out / "marks.npz") as stored:
        model = net.unpack({name: stored[name] for name in stored.files})
    for way, rate in (("pauses", 1.0), ("d'un trait", 0.0)):
        for one in breaths(texts, MEASURING, rate):
            got = marks.choose(model, list(one.words), list(one.pauses))
            counts.update(
                (way, want or "_", mark or "_")
                for want, mark in zip(one.marks[one.skip :], got[one.skip :], strict=True)
            )


def measure_cases(texts: Sequence[Sentence], out: Path, counts: Counts) -> None:
    with np.load(out / "capitals.npz") as stored:
        model = linear.unpack({name: stored[name] for name in stored.files})
    for text in texts:
        got = model.best(context.case_features(text.words, text.starts))
        for want, case, start in zip(text.cases, got, text.starts, strict=True):
            if not start and want != "?":
                counts["majuscules", want, case] += 1


def f1(counts: Counts, way: str, labels: str) -> tuple[int, float, float, float]:
    right = sum(counts[way, a, b] for a in labels for b in labels if a == b or len(labels) > 2)
    wanted = sum(n for (w, a, _), n in counts.items() if w == way and a in labels)
    given = sum(n for (w, _, b), n in counts.items() if w == way and b in labels)
    precision, recall = right / max(1, given), right / max(1, wanted)
    return wanted, precision, recall, 2 * right / max(1, wanted + given)


def report(counts: Counts) -> dict[str, dict[str, float]]:
    figures = {}
    for way, groups in (
        ("pauses", (".", ",", "?", "!", ":", ".?!")),
        ("d'un trait", (".", ",", "?", "!", ":", ".?!")),
        ("majuscules", ("C", "U")),
    ):
        for labels in groups:
            n, p, r, f = f1(counts, way, labels)
            figures[f"{way} {labels}"] = {
                "cas": n,
                "precision": round(p, 3),
                "rappel": round(r, 3),
                "f1": round(f, 3),
            }
            print(f"{way:<12}{labels:<5}{n:>7}  P {p:.3f}  R {r:.3f}  F1 {f:.3f}", flush=True)
    return figures


def cross_validate(experiences: list[Sentence], rest: list[Sentence], out: Path) -> None:
    counts: Counts = Counter()
    groups = sorted({s.group for s in experiences})
    random.Random(0).shuffle(groups)
    for fold in range(FOLDS):
        aside = set(groups[fold::FOLDS])
        known = [s for s in experiences if s.group not in aside]
        learned = known + [s for s in rest if s.group not in aside]
        train_marks(learned, out)
        train_cases(learned, out)
        test = [s for s in experiences if s.group in aside]
        measure_marks(test, out, counts)
        measure_cases(test, out, counts)
        print("part", fold, len(learned), len(test), flush=True)
        report(counts)
    figures = report(counts)
    (out / "measure.json").write_text(
        json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8"
    )


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("shared", type=Path)
    options.add_argument("out", type=Path)
    options.add_argument("--siblings", type=Path)
    options.add_argument("--measure", action="store_true")
    given = options.parse_args()
    root = Path(__file__).resolve().parents[1]
    experiences = real(given.shared)
    rest = fiches(given.shared) + written(given.shared, root, given.siblings)
    everything = experiences + rest
    print(len(experiences), len(rest), sum(len(s.words) for s in everything), "mots", flush=True)
    if given.measure:
        cross_validate(experiences, rest, given.out)
        return
    train_marks(everything, given.out)
    train_cases(everything, given.out)


if __name__ == "__main__":
    sys.exit(main())
