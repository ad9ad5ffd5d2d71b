"""Learns the marks and capitals of dictated French: a small net, a linear model.

    python training/speech_marks.py ../shared src/portevoix/data/speech [--siblings FOLDER]
    python training/speech_marks.py ../shared OUT --measure      # cross-validated, nothing shipped

Needs torch 2 (CPU), installed apart: it is in no extra of the package. One thread, fixed seeds.

Texts are those of `speech_texts.py`. Real experiences alone are measured, those of a fold never
learned from nor what was written from them.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from scipy import sparse
from sklearn.linear_model import SGDClassifier
from speech_texts import (
    COMMA,
    END,
    LEARNING,
    MEASURING,
    Breath,
    Sentence,
    breaths,
    case_rows,
    fiches,
    fresh,
    real,
    vocabulary,
    written,
)

from portevoix.speech.writing import context, linear, marks, net
from portevoix.speech.writing.words import key

FOLDS = 3
LEAST = 0.25
SCALE = 16
EPOCHS = 5
BATCH = 64
WIDTH = 96
RATE = 3e-3
Counts = Counter[tuple[str, str, str]]


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
