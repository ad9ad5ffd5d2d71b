"""BERTopic on resampled experiences, with vectors made as the peer's users without a model do.

python benchmarks/bertopic_peer.py EXPERIENCES.csv [SIZE…]
"""

from __future__ import annotations

import csv
import random
import resource
import sys
import time
from pathlib import Path

from bertopic import BERTopic
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

SEED = 2025


def texts(path: str, size: int) -> list[str]:
    """Return `size` texts drawn from the file, three words in a hundred dropped."""
    with Path(path).open(encoding="utf-8-sig", newline="") as lines:
        real = [row["Description"] for row in csv.DictReader(lines) if row["Description"]]
    draw = random.Random(SEED)
    return [
        " ".join(word for word in draw.choice(real).split(" ") if draw.random() > 0.03)
        for _ in range(size)
    ]


def main() -> None:
    for size in [int(value) for value in sys.argv[2:]] or [10_000]:
        documents = texts(sys.argv[1], size)
        start = time.perf_counter()
        vectors = TfidfVectorizer(min_df=2, sublinear_tf=True).fit_transform(documents)
        reduced = TruncatedSVD(100, random_state=0).fit_transform(vectors)
        topics, _ = BERTopic(language="french").fit_transform(documents, reduced)
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"BERTopic 0.17.4, {size:,} textes : {seconds:.0f} s, {size / seconds:.0f} par seconde"
            f", {len(set(topics))} thèmes, mémoire {peak:.0f} Mo"
        )


if __name__ == "__main__":
    main()
