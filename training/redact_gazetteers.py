"""Makes the word lists of the redaction engine from INSEE lists and from licensed French texts.

    python training/redact_gazetteers.py ../shared src/portevoix/data/redact

Lists are facts: one folded form a line, sorted, gzip without date (reproducible byte for byte).
`words.txt.gz` holds words that people write in lower case, seen at least twice.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def write(path: Path, words: Iterable[str]) -> None:
    body = "\n".join(sorted(set(words))).encode()
    path.write_bytes(gzip.compress(body, 9, mtime=0))
    print(path.name, len(set(words)), path.stat().st_size)


def first_names(data: Path) -> set[str]:
    with (data / "gazetteers/prenoms.csv").open(encoding="utf-8") as lines:
        listed = {fold(row["firstname"]) for row in csv.DictReader(lines)}
    more = Path(__file__).with_name("redact_more_names.txt").read_text(encoding="utf-8")
    return listed | {fold(name) for name in more.split()}


def communes(data: Path) -> set[str]:
    with (data / "gazetteers/ref_insee_com_v4.csv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter=";") if not row["date_fin_insee"]]
    names = {fold(row["lib_com"]) for row in rows}
    for name, column in (("ref_insee_dpt_v2", "LIB_DPT"), ("ref_insee_pays_v4", "LIB_INSEE_PAYS")):
        with (data / f"gazetteers/{name}.csv").open(encoding="utf-8") as lines:
            names |= {fold(row[column]) for row in csv.DictReader(lines, delimiter=";")}
    return {name.replace(" ", "-") for name in names if len(name) > 2}


def texts(shared: Path) -> Iterator[str]:
    """French texts whose words may be listed; marked personal data is left out."""
    data = shared / "data"
    with (data / "spplus/experiences.csv").open(encoding="utf-8", newline="") as lines:
        yield from (row["Description"] for row in csv.DictReader(lines))
    for path in (data / "grand_debat").glob("*.json"):
        yield from strings(json.loads(path.read_text(encoding="utf-8")))
    for path in sorted((data / "fiches").glob("*.json*")):
        yield path.read_text(encoding="utf-8")
    for path in (shared / "demo/experiences.jsonl", shared / "annotations/synthetic.csv"):
        yield re.sub(r"\[\[.*?\]\]", "§", path.read_text(encoding="utf-8"))


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def words(shared: Path) -> set[str]:
    """Words of the texts more often in lower case than with a capital inside a sentence."""
    lower: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in texts(shared):
        for match in WORD.finditer(text):
            word = match.group()
            if word.islower():
                lower[word] += 1
            elif word.istitle() and text[max(0, match.start() - 2) : match.start()][:1].isalpha():
                capital[word.lower()] += 1
    people = first_names(shared / "data")
    return {
        fold(w)
        for w, n in lower.items()
        if n >= (12 if fold(w) in people else 2) and n > capital[w] and len(w) > 1
    }


def main(shared: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    families = (shared / "data/gazetteers/noms_famille.txt").read_text(encoding="utf-8")
    write(out / "first_names.txt.gz", first_names(shared / "data"))
    write(out / "family_names.txt.gz", {fold(n) for n in families.split("\n") if len(n) > 2})
    write(out / "places.txt.gz", communes(shared / "data"))
    write(out / "words.txt.gz", words(shared))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
