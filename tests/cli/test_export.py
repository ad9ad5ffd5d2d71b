"""Any file of experiences, in the official columns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portevoix.cli import FAILED, MISUSED, run
from portevoix.opendata import read_experiences
from portevoix.opendata.demo import demo_path


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_an_official_file_is_written_again(tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"ecrit.{suffix}"
    assert run(["export", str(demo_path()), "--out", str(out)]) == 0
    assert len(read_experiences([out]).experiences) == 390


def test_a_table_of_verbatims(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "avis.csv", tmp_path / "officiel.json"
    source.write_text("Verbatim,Note\nBien,5\n,1\n", encoding="utf-8")
    asked = ["export", str(source), "--text", "Verbatim", "--rating", "Note", "--out", str(out)]
    assert run(asked) == 0
    (record,) = json.loads(out.read_text("utf-8"))
    assert (record["Description"], record["Ressenti usager"]) == ("Bien", "Positif")
    assert "2 lignes lues, 1 écrites, 1 refusées" in capsys.readouterr().err


def test_the_schema(tmp_path: Path) -> None:
    out = tmp_path / "schema.json"
    assert run(["export", "--schema", "--out", str(out)]) == 0
    assert json.loads(out.read_text("utf-8"))["primaryKey"] == "ID expérience"


def test_what_cannot_be_done_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "avis.csv"
    source.write_text("Description\nBien\n", encoding="utf-8")
    assert run(["export", "--out", str(tmp_path / "x.csv")]) == MISUSED
    assert run(["export", str(source), "--out", str(tmp_path / "x.xlsx")]) == FAILED
    assert run(["export", str(source), "--out", str(source)]) == FAILED
    assert "donnez un autre nom" in capsys.readouterr().err
    assert source.read_text("utf-8") == "Description\nBien\n"
