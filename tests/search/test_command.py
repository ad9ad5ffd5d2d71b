"""portevoix search: from a folder of articles to the passage that answers."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from portevoix.cli.search import search

PAGE = """---
checked: 2020-01-05
url: https://exemple.fr/p
---
# Passeport
Comptez trois semaines.
"""


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(search, list(arguments))
    return result.exit_code, result.stdout, result.stderr


def test_it_shows_the_passage_its_page_and_an_old_date(tmp_path: Path) -> None:
    (tmp_path / "p.md").write_text(PAGE, "utf-8")
    code, out, err = run("--articles", str(tmp_path), "délai", "passeport")
    assert code == 0
    assert "Comptez trois semaines." in out
    assert "05/01/2020 (à revérifier)" in out
    assert "ajoutés : 1" in err


def test_json_and_a_kept_index(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "p.md").write_text(PAGE, "utf-8")
    arguments = ("--articles", str(pages), "--index", str(tmp_path / "i"), "--json", "pasport")
    run(*arguments)
    code, out, err = run(*arguments)
    assert code == 0
    assert json.loads(out)["url"] == "https://exemple.fr/p"
    assert json.loads(out)["stale"] is True
    assert "inchangés : 1" in err


def test_nothing_found_is_said(tmp_path: Path) -> None:
    (tmp_path / "p.md").write_text(PAGE, "utf-8")
    assert "Rien" in run("--articles", str(tmp_path), "🙂")[1]
