"""The directory follows the official list, and stays as it is when nothing changed."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from portevoix.web.accounts.policies import NotAllowedError
from portevoix.web.directory.actions import import_structures
from portevoix.web.directory.models import Departement, Structure, Version
from portevoix.web.journal.models import Entry
from tests.paths import SHARED, needs_shared
from tests.web.cast import Cast

HEADINGS = (
    "Code SP+ de la structure;Intitulé du réseau;Intitulé de la typologie;Intitulé de la structure;"
    "Code SP+ structure parent;Code postal de la structure;Ville;PAYS;Actif;"
    "Code sp+ de la typologie;INSEE Département"
)
ROOT = "A;CNAF;CNAF;CAISSE NATIONALE;;75013;PARIS;France;Oui;T1;dep75"
CAF = "B;CNAF;CAF;CAF DE L'HERAULT;A;34000;MONTPELLIER;France;Oui;T2;dep34"
DESK = "C;CNAF;CAF;ANTENNE DE SETE;B;4200;SETE;France;Oui;T2;dep34"


def write(folder: Path, *rows: str) -> Path:
    path = folder / "structures.csv"
    path.write_text("\n".join([HEADINGS, *rows]) + "\n", encoding="utf-8")
    return path


def test_the_tree_comes_with_readable_names_and_places(db: None, tmp_path: Path) -> None:
    report = import_structures(write(tmp_path, DESK, ROOT, CAF))
    assert (report.read, report.added) == (3, 3)
    desk = Structure.objects.get(code="C")
    assert (desk.path, desk.postcode, desk.departement) == ("/A/B/C/", "04200", "34")
    assert Structure.objects.get(code="B").public_name == "CAF de l’Hérault"
    assert desk.network.name == "Allocations familiales"
    assert Departement.objects.get(pk="34").region_name == "Occitanie"
    assert [s.code for s in Structure.objects.filter(path__under="/A/B/").order_by("code")] == [
        "B",
        "C",
    ]


def test_read_again_it_changes_nothing(db: None, tmp_path: Path) -> None:
    path = write(tmp_path, ROOT, CAF, DESK)
    import_structures(path)
    entries, version = Entry.objects.count(), Version.objects.get().number
    report = import_structures(path)
    assert (report.changed, report.unchanged) == (0, 3)
    assert (Entry.objects.count(), Version.objects.get().number) == (entries, version)


def test_it_follows_what_changes(db: None, tmp_path: Path) -> None:
    import_structures(write(tmp_path, ROOT, CAF, DESK, DESK.replace("C;", "D;", 1)))
    renamed = CAF.replace("CAF DE L'HERAULT", "CAF DU LEZ")
    moved = DESK.replace(";B;", ";A;")
    report = import_structures(write(tmp_path, ROOT, renamed, moved, "E" + DESK[1:]))
    assert (report.renamed, report.moved, report.closed, report.added) == (1, 1, 1, 1)
    assert Structure.objects.get(code="C").path == "/A/C/"
    closed = Structure.objects.get(code="D")
    assert not closed.active
    assert closed.closed_on is not None


def test_a_move_takes_along_what_is_below(db: None, tmp_path: Path) -> None:
    other = ROOT.replace("A;", "Z;", 1)
    import_structures(write(tmp_path, ROOT, other, CAF, DESK))
    import_structures(write(tmp_path, ROOT, other, CAF.replace(";A;", ";Z;"), DESK))
    assert Structure.objects.get(code="C").path == "/Z/B/C/"


def test_fictional_structures_are_left_alone(cast: Cast, tmp_path: Path) -> None:
    import_structures(write(tmp_path, ROOT))
    cast.caf_sambrelle.refresh_from_db()
    assert cast.caf_sambrelle.active


def test_an_account_needs_the_right(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(NotAllowedError):
        import_structures(write(tmp_path, ROOT), cast.manager_caf)
    assert import_structures(write(tmp_path, ROOT), cast.admin).added == 1


def test_a_compressed_export_is_read(db: None, tmp_path: Path) -> None:
    packed = tmp_path / "structures.csv.gz"
    packed.write_bytes(gzip.compress(write(tmp_path, ROOT).read_bytes()))
    assert import_structures(packed).added == 1


@needs_shared
@pytest.mark.slow
def test_the_official_list(db: None) -> None:
    path = SHARED / "data" / "spplus" / "export-structures.csv"
    report = import_structures(path)
    assert report.added + len(report.refused) == 14_763
    assert import_structures(path).changed == 0
