"""Make src/portevoix/data/search/meanings.npz: what words mean by the company they keep.

python training/search_meanings.py ../shared

Latent semantic analysis of passages of the fiches of service-public.fr (DILA, Licence Ouverte 2.0)
and of Services Publics+ experiences (DITP, Licence Ouverte 2.0). The fiches of the questions by
which search is measured (`questions_spf.json`) are not read. Vectors are kept, no sentence is.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import numpy as np
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

from portevoix.search.analysis import terms

OUT = Path(__file__).resolve().parent.parent / "src/portevoix/data/search/meanings.npz"
WIDTH = 160
PASSAGE = 90
LEAST = 3


def texts(shared: Path) -> list[str]:
    """Whole texts of both sources."""
    fiches = shared / "data" / "fiches"
    aside = {row[0] for row in json.loads((fiches / "questions_spf.json").read_text("utf-8"))}
    lines = (fiches / "fiches_txt_2020.jsonl").read_text("utf-8").splitlines()
    found = [row["texte"] for line in lines if (row := json.loads(line))["fiche"] not in aside]
    whole = json.loads((fiches / "best_fiche.json").read_text("utf-8"))["data"]
    found += [
        " ".join(part["context"] for part in row["paragraphs"])
        for row in whole
        if row["id"] not in aside
    ]
    with (shared / "data/spplus/experiences.csv").open(encoding="utf-8-sig", newline="") as file:
        found += [f"{row['Titre']} {row['Description']}" for row in csv.DictReader(file)]
    return found


def passages(text: str) -> list[list[str]]:
    """Stretches of about ninety terms."""
    words = terms(text)
    return [words[at : at + PASSAGE] for at in range(0, len(words), PASSAGE)]


def main(shared: Path) -> None:
    """Learn and write the vectors."""
    cut = [" ".join(piece) for text in texts(shared) for piece in passages(text) if len(piece) > 4]
    counter = TfidfVectorizer(token_pattern=r"\S+", min_df=LEAST, max_df=0.3, sublinear_tf=True)
    table = counter.fit_transform(cut)
    svd = TruncatedSVD(WIDTH, random_state=0).fit(table)
    names = counter.get_feature_names_out()
    np.savez_compressed(
        OUT,
        terms=np.array([str(name) for name in names]),
        weight=counter.idf_.astype(np.float16),
        vectors=svd.components_.T.astype(np.float16),
    )
    print(f"{len(cut)} passages, {len(names)} terms, {OUT.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
