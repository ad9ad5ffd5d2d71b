"""The tree of structures is rebuilt, and what does not hold in it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from portevoix.errors import MissingColumnError
from portevoix.opendata.structures import StructureTree, read_structures
from tests.paths import SHARED, needs_shared

HEADER = '"\ufeff""Code SP+ de la structure""";Intitulé de la structure;Code SP+ structure parent'


def tree(folder: Path, *rows: str) -> StructureTree:
    path = folder / "structures.csv"
    path.write_text("\ufeff" + "\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return read_structures(path)


def test_the_tree_is_rebuilt(tmp_path: Path) -> None:
    found = tree(tmp_path, "c;Guichet;b", "a;Réseau;", "b;Agence;a", "d;Autre guichet;b")
    assert list(found.descendants("a")) == ["b", "c", "d"]
    assert found.children[""] == ("a",)
    assert [structure.id for structure in found.named("reseau")] == ["a"]


def test_orphans_and_loops_are_said_and_stand_as_roots(tmp_path: Path) -> None:
    found = tree(tmp_path, "a;Seule;z", "b;Deux;c", "c;Trois;b", "d;Sous la boucle;c")
    assert found.orphans == ("a",)
    assert found.loops == ("b", "c")
    assert found.children[""] == ("a", "b", "c")
    assert list(found.descendants("c")) == ["d"]


def test_rows_without_code_or_met_again_are_refused(tmp_path: Path) -> None:
    found = tree(tmp_path, "a;Un;", ";Sans code;", "a;Encore;")
    assert [refusal.line for refusal in found.refused] == [3, 4]


def test_another_table(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a;b\n1;2\n")
    with pytest.raises(MissingColumnError, match="Code SP"):
        read_structures(tmp_path / "x.csv")


@needs_shared
def test_the_official_file() -> None:
    found = read_structures(SHARED / "data" / "spplus" / "export-structures.csv")
    assert len(found.structures) + len(found.refused) == 14_763
    assert not found.loops
    below = sum(1 for root in found.children[""] for _ in found.descendants(root))
    assert below + len(found.children[""]) == len(found.structures)
