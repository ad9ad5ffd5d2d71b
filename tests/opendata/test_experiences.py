"""What really exists is read; what cannot be is said."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portevoix.errors import MissingColumnError, UnreadableFileError
from portevoix.opendata import ColumnMapping, Reading, read_experiences
from portevoix.opendata.demo import demo_path
from portevoix.types import Feeling, Tag
from tests.paths import SHARED, needs_shared

HEADER = "ID expérience,Date de publication,Titre,Description,Ressenti usager,Canaux Typologie 1"


def read(folder: Path, content: str | bytes, name: str = "avis.csv") -> Reading:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_experiences([path])


def test_an_official_row(tmp_path: Path) -> None:
    row = '7,06/10/2022 15:07,Merci,"Très bien,\nvraiment",Positif,"Accueil,Téléphone"'
    (only,) = read(tmp_path, f"{HEADER}\n{row}\n").experiences
    assert (only.id, only.title, only.text) == ("7", "Merci", "Très bien,\nvraiment")
    assert only.published == datetime(2022, 10, 6, 15, 7)
    assert only.feeling is Feeling.POSITIVE
    assert only.concerns[0].channels == ("Accueil", "Téléphone")
    assert only.line == 2


@pytest.mark.parametrize("mark", ["", "\ufeff", "\ufeff\ufeff"])
@pytest.mark.parametrize("separator", [",", ";"])
def test_marks_and_separators(tmp_path: Path, mark: str, separator: str) -> None:
    heading = HEADER.replace(",", separator)
    row = separator.join(["7", "2022-10-06T15:07", "Merci", "Bien", "Neutre", ""])
    (only,) = read(tmp_path, f"{mark}{heading}\r\n{row}\r\n").experiences
    assert only.id == "7"
    assert only.published == datetime(2022, 10, 6, 15, 7)


def test_columns_in_any_order_unknown_and_missing(tmp_path: Path) -> None:
    (only,) = read(tmp_path, "Inconnue,description,RELATION\nx,Un récit,Négatif\n").experiences
    assert only.text == "Un récit"
    assert only.tags == {Tag.RELATION: Feeling.NEGATIVE}
    assert only.feeling is None


def test_cp1252_leftovers_are_mended_and_counted(tmp_path: Path) -> None:
    reading = read(tmp_path, "Description\nJ\x92ai vu l\x92\x9cuvre\n")
    assert reading.experiences[0].text == "J’ai vu l’œuvre"
    assert sum(reading.repaired.values()) == 1


def test_a_file_all_in_cp1252(tmp_path: Path) -> None:
    reading = read(tmp_path, "Description\nReçu à l’accueil\n".encode("cp1252"))
    assert reading.experiences[0].text == "Reçu à l’accueil"


def test_json_arrays_joined(tmp_path: Path) -> None:
    arrays = [[{"ID expérience": n, "Description": f"récit {n}"}] for n in range(3)]
    joined = "".join(json.dumps(array, ensure_ascii=False) for array in arrays)
    reading = read(tmp_path, joined, "export.json")
    assert [experience.id for experience in reading.experiences] == ["0", "1", "2"]


def test_a_broken_record_costs_only_itself(tmp_path: Path) -> None:
    lines = ['{"Description": "un"}', '{"Description": "deux', '{"Description": "trois"}']
    reading = read(tmp_path, "\n".join(lines), "export.jsonl")
    assert [experience.text for experience in reading.experiences] == ["un", "trois"]
    assert [refusal.line for refusal in reading.refused] == [2]


def test_refusals_say_where_and_why(tmp_path: Path) -> None:
    reading = read(tmp_path, "ID expérience,Titre,Description\n1,,\n2,t,un,x,y\n3,,bien\n3,,bis\n")
    assert [(refusal.line, refusal.file) for refusal in reading.refused] == [
        (2, "avis.csv"),
        (3, "avis.csv"),
        (5, "avis.csv"),
    ]
    assert reading.summary == "4 lignes lues, 1 expérience retenue, 3 refusées"


@pytest.mark.parametrize(
    ("content", "name", "error"),
    [
        (b"", "vide.csv", UnreadableFileError),
        (b"  \n ", "blanc.csv", UnreadableFileError),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image.csv", UnreadableFileError),
        (b"PK\x03\x04rien", "faux.xlsx", UnreadableFileError),
        (b"a,b\n1,2\n", "autre.csv", MissingColumnError),
    ],
)
def test_a_wrong_file_is_one_french_sentence(
    tmp_path: Path, content: bytes, name: str, error: type[Exception]
) -> None:
    with pytest.raises(error) as raised:
        read(tmp_path, content, name)
    assert name in str(raised.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="n'existe pas"):
        read_experiences([tmp_path / "absent.csv"])


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet", "jsonl"])
def test_any_table(tmp_path: Path, suffix: str) -> None:
    table = pl.DataFrame(
        {"Verbatim": ["Bien", "Nul"], "Quand": ["2025-03-01", "02/03/2025"], "Note": [5, 1]}
    )
    path = tmp_path / f"avis.{suffix}"
    write = {
        "csv": table.write_csv,
        "xlsx": table.write_excel,
        "parquet": table.write_parquet,
        "jsonl": table.write_ndjson,
    }
    write[suffix](path)
    reading = read_experiences([path], ColumnMapping(text="verbatim", date="Quand", rating="note"))
    assert [experience.feeling for experience in reading.experiences] == [
        Feeling.POSITIVE,
        Feeling.NEGATIVE,
    ]
    assert [str(experience.day) for experience in reading.experiences] == [
        "2025-03-01",
        "2025-03-02",
    ]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)
@given(st.lists(st.text(st.characters(blacklist_characters="\0", blacklist_categories=("Cs",)))))
def test_as_many_out_as_in(tmp_path: Path, texts: list[str]) -> None:
    path = tmp_path / "lignes.csv"
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerows([["Description"], ["premier"], *[[f"x{text}"] for text in texts]])
    reading = read_experiences([path])
    assert len(reading.experiences) + len(reading.refused) == len(texts) + 1


def test_headings_alone(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="aucune ligne"):
        read(tmp_path, "Description\n")


def test_the_demonstration_is_read_whole() -> None:
    reading = read_experiences([demo_path()])
    assert len(reading.experiences) == 390
    assert not reading.refused
    assert not reading.repaired
    assert "[[" not in "".join(experience.text for experience in reading.experiences)


@needs_shared
@pytest.mark.parametrize("name", ["experiences.csv", "experiences_brut.csv"])
def test_real_experiences_are_read_whole(name: str) -> None:
    reading = read_experiences([SHARED / "data" / "spplus" / name])
    assert reading.summary == "801 lignes lues, 801 expériences retenues, 0 refusée"
    texts = "".join(experience.text for experience in reading.experiences)
    assert not any("\x80" <= character <= "\x9f" for character in texts)
    assert all(experience.day for experience in reading.experiences)
