"""Make the packaged lists of places: communes with their département, words that are no place.

    python training/communes.py ../shared/data/gazetteers/ref_insee_com_v4.csv \
        ../shared/data/spplus/experiences.csv

Writes communes.csv.gz and ordinary.txt.gz in src/portevoix/data/directory. Names are folded, as
words of a search are; those of communes merged since 2000 are kept: people still live in them. A
name that is often written as a word (« garde », « crèche ») is left out: whoever types it does not
mean the village. The ordinary words are those that people write without a capital, as the lexicon
of redaction knows them: none is a village misspelt (« reste » is not Creste).
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections import Counter
from pathlib import Path

from portevoix.opendata.headings import fold
from portevoix.opendata.reading import Row
from portevoix.opendata.sources import rows_of
from portevoix.opendata.territories import departement_of

DATA = Path(__file__).resolve().parent.parent / "src/portevoix/data"
TARGET = DATA / "directory"
LEXICON = DATA / "redact" / "lexicon.txt.gz"
LETTERS = 5
SINCE = 2000
WORD_OF = 3
# Of the lexicon: twice, ten times.
TWICE, OFTEN = "1", "2"


def main(source: Path, stories: Path) -> None:
    told = {word for word, times in _words(stories).items() if times >= WORD_OF}
    often = told | _lower_case(OFTEN)
    with source.open(encoding="utf-8-sig", newline="") as lines:
        communes = {
            (fold(row["lib_com"]), departement_of(row["code_com_insee"].zfill(5)))
            for row in csv.DictReader(lines, delimiter=";")
            if not row["date_fin_insee"] or _year(row["date_fin_insee"]) >= SINCE
        }
    rows = sorted(f"{name};{code}" for name, code in communes if name not in often)
    _write(TARGET / "communes.csv.gz", ["name;departement", *rows])
    ordinary = {word for word in told | _lower_case(TWICE) if len(word) >= LETTERS}
    _write(TARGET / "ordinary.txt.gz", sorted(ordinary))


def _write(path: Path, lines: list[str]) -> None:
    with gzip.GzipFile(path, "wb", compresslevel=9, mtime=0) as target:
        target.write("".join(f"{line}\n" for line in lines).encode())
    print(f"{len(lines)} lignes écrites dans {path} ({path.stat().st_size} octets)")


def _lower_case(least: str) -> set[str]:
    """The words that the lexicon saw in lower case this often."""
    with gzip.open(LEXICON, "rt", encoding="utf-8") as lines:
        known = (line.rstrip("\n").split("\t") for line in lines)
        return {word for word, facts in known if word.isalpha() and facts[3] >= least}


def _words(stories: Path) -> Counter[str]:
    """In how many stories each word is written without a capital."""
    texts = [row.cells["Description"] for row in rows_of(stories) if isinstance(row, Row)]
    return Counter(
        word for text in texts for word in {fold(w) for w in re.findall(r"\b[a-zà-ÿœ]+\b", text)}
    )


def _year(day: str) -> int:
    return int(day[-4:])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
