"""What people find among the 14 763 structures: found first, in the first three, time.

    benchmarks/directory.py [--seed 7]

Requests are drawn from the directory and from the communes of Insee, then misspelt at random: a
letter lost, doubled or swapped in the longest word. A request names a network as people call it and
a place; right is a structure of that network in that town, or in that département.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from site_filling import open_directory

from portevoix.opendata.headings import fold
from portevoix.opendata.territories import communes, departement_rows, region_of

CALLED: Final = {
    "Allocations familiales": ("caf",),
    "Assurance maladie": ("cpam", "sécurité sociale", "ameli"),
    "Assurance retraite": ("carsat", "retraite"),
    "Crous": ("crous",),
    "Douane": ("douane",),
    "Éducation nationale": ("rectorat",),
    "Finances publiques": ("impots", "sip"),
    "France services": ("france services",),
    "France Travail": ("pole emploi", "france travail"),
    "Gendarmerie nationale": ("gendarmerie",),
    "Justice": ("tribunal",),
    "MSA": ("msa",),
    "Police nationale": ("commissariat", "police"),
    "Préfectures et sous-préfectures": ("préfecture",),
    "Urssaf": ("urssaf",),
}
REGIONAL: Final = ("Assurance retraite", "Crous", "Urssaf")
EACH: Final = 20


@dataclass(frozen=True)
class Asked:
    words: str
    right: Callable[[Any], bool]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    chance = random.Random(parser.parse_args().seed)
    open_directory(Path(tempfile.mkdtemp(prefix="portevoix-banc-")))
    rows = _directory()
    print(f"{'demandes':<44}{'nombre':>7}{'1er':>7}{'3 1ers':>8}{'ms':>6}")
    for name, asked in _sets(rows, chance):
        _report(name, asked, rows)
        if not name.startswith("un département"):
            misspelt = [Asked(_misspelt(a.words, chance), a.right) for a in asked]
            _report(f"{name}, mal écrit", misspelt, rows)


def _directory() -> dict[int, Any]:
    from portevoix.web.directory.models import Structure

    open_ones = Structure.objects.filter(active=True).exclude(departement="")
    return {s.pk: s for s in open_ones.select_related("network")}


def _sets(rows: dict[int, Any], chance: random.Random) -> Iterator[tuple[str, list[Asked]]]:
    every = list(rows.values())
    by_network: dict[str, list[Any]] = defaultdict(list)
    for structure in every:
        by_network[str(structure.network)].append(structure)
    standing = {n: {s.departement for s in by_network[n]} for n in CALLED}
    villages = _villages({fold(s.town) for s in every})
    served = {n: [v for v in villages if v[1] in standing[n]] for n in CALLED}
    beside = {n: [v for v in villages if v[1] not in standing[n]] for n in REGIONAL}
    names = [Asked(s.public_name, _same(s)) for s in chance.sample(every, 400)]
    yield "le nom d'une structure", names
    yield "un réseau, la ville d'une structure", _by_town(by_network, chance)
    yield "un réseau, une commune sans structure", _by_village(served, _in_departement, chance)
    yield "un réseau régional, une commune", _by_village(beside, _in_region, chance)
    yield from _by_departement(standing, chance)


def _by_town(by_network: dict[str, list[Any]], chance: random.Random) -> list[Asked]:
    return [
        Asked(f"{chance.choice(CALLED[n])} {s.town.lower()}", _in_town(n, s.town))
        for n in CALLED
        for s in chance.sample(by_network[n], min(EACH, len(by_network[n])))
    ]


def _by_village(
    villages: dict[str, list[tuple[str, str]]],
    right: Callable[[str, str], Callable[[Any], bool]],
    chance: random.Random,
) -> list[Asked]:
    return [
        Asked(f"{chance.choice(CALLED[n])} {village}", right(n, code))
        for n in villages
        for village, code in chance.sample(villages[n], EACH)
    ]


def _by_departement(
    standing: dict[str, set[str]], chance: random.Random
) -> Iterator[tuple[str, list[Asked]]]:
    names = {row["code"]: row["name"] for row in departement_rows()}
    drawn = [
        (n, code)
        for n in CALLED
        for code in chance.sample(sorted(standing[n]), min(EACH, len(standing[n])))
    ]
    for name, said in (("son numéro", str), ("son nom", names.get)):
        asked = [
            Asked(f"{chance.choice(CALLED[n])} {said(code)}", _in_departement(n, code))
            for n, code in drawn
        ]
        yield f"un département, {name}", asked


def _villages(towns: set[str]) -> list[tuple[str, str]]:
    """Communes without a structure, whose name is in one département alone."""
    return [
        (name, next(iter(codes)))
        for name, codes in communes().items()
        if len(codes) == 1 and name not in towns and len(name) > 4
    ]


def _same(wanted: Any) -> Callable[[Any], bool]:
    name = fold(wanted.public_name)
    return lambda found: fold(found.public_name) == name


def _in_town(network: str, town: str) -> Callable[[Any], bool]:
    return lambda found: str(found.network) == network and fold(found.town) == fold(town)


def _in_departement(network: str, code: str) -> Callable[[Any], bool]:
    return lambda found: str(found.network) == network and found.departement == code


def _in_region(network: str, code: str) -> Callable[[Any], bool]:
    region = region_of(code)
    return lambda found: str(found.network) == network and region_of(found.departement) == region


def _misspelt(text: str, chance: random.Random) -> str:
    words = text.split()
    rank = max(range(len(words)), key=lambda place: len(words[place]))
    word = words[rank]
    if len(word) < 4:
        return text
    at = chance.randrange(1, len(word) - 1)
    words[rank] = chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )
    return " ".join(words)


def _report(name: str, asked: Sequence[Asked], rows: dict[int, Any]) -> None:
    from portevoix.web.directory import search

    index = search.current()
    start = time.perf_counter()
    answers = [index.find(a.words, limit=3) for a in asked]
    each = (time.perf_counter() - start) / len(asked) * 1000
    right = [
        [key in rows and a.right(rows[key]) for key in found]
        for a, found in zip(asked, answers, strict=True)
    ]
    first = sum(bool(r) and r[0] for r in right) / len(asked)
    three = sum(any(r) for r in right) / len(asked)
    print(f"{name:<44}{len(asked):>7}{first:>7.3f}{three:>8.3f}{each:>6.1f}", flush=True)


if __name__ == "__main__":
    main()
