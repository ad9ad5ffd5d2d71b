import json
from pathlib import Path

import pytest

from portevoix.cli import run
from portevoix.opendata.demo import demo_path

NETWORK = "Préfectures et sous-préfectures"


def make(out: Path, *more: str) -> dict[str, bytes]:
    asked = ["note", str(demo_path()), "--network", NETWORK, "--minimum", "3"]
    asked += ["--from", "2025-01-01", "--to", "2025-12-31", "--out", str(out), *more]
    assert run(asked) == 0
    return {path.suffix: path.read_bytes() for path in sorted(out.iterdir())}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("note")
    make(out, "--format", "html,json")
    return next(out.glob("*.json"))


def check(note: Path) -> int:
    return run(["note", str(demo_path()), "--check", str(note)])


def test_a_note_of_the_demonstration_says_it_is_fictional(made: Path) -> None:
    data = json.loads(made.read_text("utf-8"))
    assert data["options"] == {"minimum": 3, "compare": "previous", "fictional": True}
    assert data["figures"][0]["count"] >= 50
    assert data["pain_points"]
    assert "Données fictives" in made.with_suffix(".html").read_text("utf-8")


def test_the_same_file_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    again = make(tmp_path, "--format", "json,html", "--workers", "2")
    assert again[".json"] == made.read_bytes()
    assert again[".html"] == made.with_suffix(".html").read_bytes()


def test_analyses_kept_give_the_same_note(made: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.npz"
    make(tmp_path / "first", "--format", "json", "--analyses", str(kept))
    scope = ["--network", NETWORK, "--minimum", "3", "--fictional"]
    scope += ["--from", "2025-01-01", "--to", "2025-12-31"]
    out = tmp_path / "second"
    assert (
        run(["note", "--analyses", str(kept), *scope, "--format", "json", "--out", str(out)]) == 0
    )
    assert next(out.glob("*.json")).read_bytes() == made.read_bytes()


def test_analyses_that_are_not_there_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["note", "--analyses", "absent.npz"]) == 1
    assert "absent.npz" in capsys.readouterr().err


def test_a_true_note_passes_its_check(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(made) == 0
    assert "toutes exactes" in capsys.readouterr().out


def test_a_tampered_note_fails_its_check(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = json.loads(made.read_text("utf-8"))
    data["pain_points"][0]["share"] = 0.99
    other = tmp_path / "note.json"
    other.write_text(json.dumps(data), "utf-8")
    assert check(other) == 1
    assert data["pain_points"][0]["label"] in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"scope": {}}', "pas du JSON"])
def test_what_is_no_note_is_said(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "note.json"
    other.write_text(content, "utf-8")
    assert check(other) == 1
    assert "note" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--format", "docx"], "docx"),
        (["--from", "2025-12-31", "--to", "2025-01-01"], "à l’envers"),
        (["--network", "Réseau de nulle part"], "Réseau de nulle part"),
        (["--rating", "note"], "--text"),
    ],
)
def test_a_wrong_call_is_one_french_sentence(
    more: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["note", str(demo_path()), "--out", str(tmp_path), *more]) == 1
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error


def test_any_table_of_texts_makes_a_note(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "avis.csv"
    rows = [
        f"{5 - n % 5},Le guichet était fermé et personne ne répond,Lieu {n % 2}" for n in range(8)
    ]
    table.write_text("\n".join(["note,avis,lieu", *rows]), "utf-8")
    columns = ["--text", "avis", "--rating", "note", "--structure", "lieu"]
    assert run(["note", str(table), *columns, "--format", "terminal"]) == 0
    assert "huit expériences" in capsys.readouterr().out
