"""Make src/portevoix/data/terms/background.tsv: how common each stem is in administrative French.

Counts alone are written, never text: for each stem met in at least three documents, the share of
documents that hold it (per 10 000) and how often it stands as a noun (per cent). A stem always
written with a capital is left out, as it may be a name. Sources: Services Publics+ experiences
(DITP) and fiches of service-public.fr (DILA), both under Licence Ouverte 2.0.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

from portevoix.corpus.surface import DETERMINERS
from portevoix.corpus.terms import TOKEN, role_of

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
TARGET = ROOT / "src" / "portevoix" / "data" / "terms" / "background.tsv"


def documents() -> list[list[str]]:
    with (DATA / "spplus" / "experiences.csv").open(encoding="utf-8-sig") as file:
        experiences = [row["Description"] or "" for row in csv.DictReader(file)]
    with (DATA / "fiches" / "fiches_txt_2020.jsonl").open(encoding="utf-8") as file:
        fiches = [json.loads(line)["texte"] for line in file]
    return [experiences, fiches]


def main() -> None:
    shares: Counter[str] = Counter()
    documents_with: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    nouns: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for corpus in documents():
        for text in corpus:
            met: set[str] = set()
            before = ""
            for token in TOKEN.findall(text):
                word = token.lower()
                stem = role_of(word)
                if len(stem) > 1:
                    met.add(stem)
                    totals[stem] += 1
                    nouns[stem] += before in DETERMINERS
                    lower[stem] += token[0].islower()
                before = word
            for stem in met:
                documents_with[stem] += 1
                shares[stem] += 10_000 / len(corpus) / 2
    rows = [
        f"{stem}\t{max(1, round(shares[stem]))}\t{round(100 * nouns[stem] / totals[stem])}"
        for stem in sorted(shares)
        if documents_with[stem] >= 3 and lower[stem]
    ]
    TARGET.write_text("\n".join(rows) + "\n", "utf-8")
    print(f"{len(rows)} stems written to {TARGET.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
