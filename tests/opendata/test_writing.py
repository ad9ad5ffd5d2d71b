"""What is written is what official files are, and reads back the same."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portevoix.opendata.demo import demo_path
from portevoix.opendata.experiences import stream_official
from portevoix.opendata.headings import fold
from portevoix.opendata.reading import Refusal
from portevoix.opendata.structures import Structure, read_structures
from portevoix.opendata.writing import (
    EXPERIENCES,
    STRUCTURES,
    csv_rows,
    experiences_schema,
    json_rows,
    structures_schema,
)
from portevoix.types import Concern, Experience, Feeling, FollowUp, Reply, Tag
from tests.paths import SHARED, needs_shared

OFFICIAL = SHARED / "data" / "spplus"
Writer = Callable[..., Iterator[str]]
BOTH = pytest.mark.parametrize(("writer", "suffix"), [(csv_rows, "csv"), (json_rows, "json")])


def written(folder: Path, items: Iterable[Experience], writer: Writer, suffix: str) -> Path:
    path = folder / f"experiences.{suffix}"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(writer(items, EXPERIENCES))
    return path


def read(path: Path) -> list[Experience]:
    found = list(stream_official(path, Counter()))
    assert not [item for item in found if isinstance(item, Refusal)]
    return [replace(item, file="", line=0) for item in found if isinstance(item, Experience)]


# What an author may type: anything but what no file can hold.
_typed = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40).map(str.strip)
_text = _typed.filter(bool)
_item = _text.map(lambda text: text.replace(",", " ").replace(";", " ").strip()).filter(bool)
_items = st.lists(_item, max_size=3, unique=True).map(tuple)
_moment = st.datetimes(datetime(2019, 1, 1), datetime(2027, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)
_reply = st.builds(
    Reply,
    text=_text,
    published=_moment,
    signature=_typed,
    similarity=st.none() | st.integers(0, 100),
    author_found_useful=st.none() | st.booleans(),
    useful=st.integers(0, 99),
    not_useful=st.integers(0, 99),
)
_concern = st.builds(
    Concern,
    structure_id=st.just("Ux9sVMjDqb"),
    structure=_text.filter(lambda name: fold(name) != "hors structures"),
    network=_typed,
    country=_typed,
    postcode=st.sampled_from(["", "59000"]),
    channels=_items,
    reply=st.none() | _reply,
)
_feeling = st.sampled_from(list(Feeling))
_experience = st.builds(
    Experience,
    id=st.from_regex(r"[a-z0-9]{1,12}", fullmatch=True),
    text=_text,
    title=_typed,
    written=st.none() | _moment,
    published=_moment,
    feeling=_feeling,
    departement=st.just(""),
    region=st.sampled_from(["", "Bretagne"]),
    country=_typed,
    posted_as=_typed,
    pseudonym=_typed,
    procedures=_items,
    concerns=st.lists(_concern, max_size=3).map(tuple),
    tags=st.dictionaries(st.sampled_from(list(Tag)), _feeling),
    similar=st.integers(0, 99),
    follow_up=st.builds(
        FollowUp,
        answered=st.booleans(),
        improvement_considered=st.booleans(),
        action=_typed,
        committed=st.none() | _moment,
        done=st.none() | _moment,
        trade_tags=_items,
    ),
    page=st.just("https://exemple.fr/experiences/1/"),
    fictional=st.booleans(),
)


@BOTH
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
@given(st.lists(_experience, min_size=1, max_size=3))
def test_what_is_written_reads_back_the_same(
    tmp_path: Path, writer: Writer, suffix: str, told: list[Experience]
) -> None:
    assert read(written(tmp_path, told, writer, suffix)) == told


@BOTH
def test_the_demonstration_reads_back_the_same(tmp_path: Path, writer: Writer, suffix: str) -> None:
    first = read(demo_path())
    assert len(first) == 390
    again = read(written(tmp_path, first, writer, suffix))
    # A region is added to the département that says it.
    assert [replace(e, region="") for e in again] == [replace(e, region="") for e in first]


@needs_shared
@BOTH
@pytest.mark.parametrize("name", ["experiences.csv", "experiences_brut.csv"])
def test_real_files_read_back_the_same(
    tmp_path: Path, writer: Writer, suffix: str, name: str
) -> None:
    told = read(OFFICIAL / name)
    assert len(told) == 801
    assert read(written(tmp_path, told, writer, suffix)) == told


@needs_shared
def test_the_official_headings_come_first_and_in_their_order() -> None:
    with (OFFICIAL / "experiences.csv").open(encoding="utf-8", newline="") as file:
        official = [fold(heading) for heading in next(csv.reader(file))]
    # A column of line numbers, and two that someone added to this copy.
    official = [h for h in official if h and h not in {"eval", "sentiment eval"}]
    ours = [fold(column.heading) for column in EXPERIENCES]
    assert set(official) <= set(ours)
    added = [column.ours for column in EXPERIENCES]
    assert added == sorted(added)


def test_the_file_is_as_official_ones_are(tmp_path: Path) -> None:
    told = Experience("7", "Un récit ; avec un point-virgule", feeling=Feeling.POSITIVE)
    content = "".join(csv_rows([told], EXPERIENCES))
    assert content.startswith("\ufeffID expérience;Etat expérience;Statut de l'expérience;")
    assert content.endswith("\r\n")
    (row,) = csv.DictReader(io.StringIO(content.removeprefix("\ufeff")), delimiter=";")
    assert row["Description"] == told.text
    assert row["Ressenti usager"] == "Positif"
    assert row["Hors structure"] == "Oui"


def test_json_keeps_numbers_and_says_nothing_by_null() -> None:
    told = Experience("7", "Un récit", feeling=Feeling.NEUTRAL, similar=4)
    (record,) = json.loads("".join(json_rows([told], EXPERIENCES)))
    assert record["Expériences Similaires"] == 4
    assert record["Date de publication"] is None
    assert json.loads("".join(json_rows([], EXPERIENCES))) == []


@pytest.mark.parametrize("formula", ["=1+1", "+33", "-2", "@SUM(A1)"])
def test_no_cell_is_a_formula(tmp_path: Path, formula: str) -> None:
    told = Experience("7", formula, feeling=Feeling.NEUTRAL, follow_up=FollowUp())
    path = written(tmp_path, [told], csv_rows, "csv")
    cells = next(csv.reader(path.read_text("utf-8").splitlines()[1:], delimiter=";"))
    assert not [cell for cell in cells if cell[:1] in set("=+-@")]
    assert read(path) == [told]


def test_each_cell_is_of_the_type_that_the_schema_says(tmp_path: Path) -> None:
    schema = experiences_schema()
    names = [field["name"] for field in schema["fields"]]
    assert len(names) == len(set(names))
    path = written(tmp_path, read(demo_path()), csv_rows, "csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            for field in schema["fields"]:
                assert_is(row[field["name"]], field)


def assert_is(cell: str, field: dict[str, object]) -> None:
    constraints = field.get("constraints", {})
    assert isinstance(constraints, dict)
    if not cell:
        assert not constraints.get("required")
    elif field["type"] == "integer":
        assert int(cell) >= 0
    elif field["type"] == "datetime":
        datetime.strptime(cell, str(field["format"]))
    elif field["type"] == "boolean":
        assert cell in {"Oui", "Non"}
    elif "enum" in constraints:
        assert cell in constraints["enum"]


@needs_shared
def test_structures_read_back_the_same(tmp_path: Path) -> None:
    tree = read_structures(OFFICIAL / "export-structures.csv")
    path = tmp_path / "structures.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(csv_rows(tree.structures.values(), STRUCTURES))
    assert read_structures(path).structures == tree.structures


def test_a_structure_that_begins_like_a_formula(tmp_path: Path) -> None:
    odd = Structure("-a", "=Caf", network="CAF", departement="59")
    content = "".join(csv_rows([odd], STRUCTURES))
    assert " -a;CAF;;" in content
    assert ";dep59;" in content
    assert structures_schema()["primaryKey"] == "Code SP+ de la structure"


@BOTH
def test_a_long_table_is_written_and_read_in_the_memory_of_a_short_one(
    tmp_path: Path, writer: Writer, suffix: str
) -> None:
    one = Experience("1", "Un long récit. " * 60, feeling=Feeling.NEUTRAL)

    def peak(rows: int) -> int:
        tracemalloc.start()
        path = written(tmp_path, (replace(one, id=str(n)) for n in range(rows)), writer, suffix)
        assert sum(1 for _ in stream_official(path, Counter())) == rows
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(10)
    assert peak(9_000) < peak(3_000) * 1.3
