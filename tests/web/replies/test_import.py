"""Official experiences into the site: whole, masked, once."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.core.management import call_command

from portevoix.opendata.demo import demo_path
from portevoix.web.accounts.policies import NotAllowedError
from portevoix.web.experiences.models import Concern, Experience
from portevoix.web.experiences.queries import Filters, published
from portevoix.web.journal.models import Entry
from portevoix.web.replies.actions import import_experiences
from portevoix.web.replies.models import Reply
from tests.paths import SHARED, needs_shared
from tests.web.cast import Cast

HEADINGS = [
    "ID expérience", "Statut de l'expérience", "Date de publication", "Écrit le", "Titre",
    "Description", "Ressenti usager", "Code INSEE Département usager", "Intitulé Typologie 1",
    "Canaux Typologie 1", "ID structure 1", "Intitulé structure 1", "Relation",
    "Réponse structure 1", "Date réponse structure 1",
    "Taux de similarité réponse IA structure 1", "Evaluation  réponse structure 1 par auteur",
    "Evaluation utile réponse structure 1 par visiteurs", "Action", "Date action réalisée",
]  # fmt: skip
ROW = [
    "77", "Expérience avec réponse", "02/03/2025 10:00", "01/03/2025 09:00", "Reçue vite",
    "M. Dupont m'a reçue, appelez-le au 06 39 98 12 34.", "Positif", "59",
    "Allocations familiales", "Accueil,Téléphone", "", "Caf de Sambrelle", "Positif",
    "Merci de votre récit.", "05/03/2025 10:00", "41", "utile", "9", "Un guichet de plus",
    "04/04/2025",
]  # fmt: skip


def write(folder: Path, *rows: list[str]) -> Path:
    path = folder / "experiences.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *rows])
    return path


def changed(**cells: str) -> list[str]:
    names = [heading.split()[0] for heading in HEADINGS]
    return [cells.get(name, value) for name, value in zip(names, ROW, strict=True)]


def test_one_row_becomes_a_public_story_with_its_answer(cast: Cast, tmp_path: Path) -> None:
    report = import_experiences(write(tmp_path, ROW))
    assert (report.added, report.replies, report.structures_found) == (1, 1, 1)
    experience = Experience.objects.get(official_id="77")
    assert "Dupont" not in experience.published_text
    assert "[téléphone]" in experience.published_text
    assert (experience.relation, experience.region) == ("positive", "")
    concern = experience.concerns.get()
    assert (concern.structure, concern.network) == (cast.caf_sambrelle, cast.caf)
    assert {use.channel for use in concern.channels.all()} == {"desk", "phone"}
    assert (concern.answer_hours, concern.state) == (72, "answered")
    reply = Reply.objects.get()
    assert (reply.ai_similarity, reply.useful_count, reply.author_found_useful) == (41, 9, True)
    assert (reply.improvement_status, reply.improvement_text) == ("done", "Un guichet de plus")
    assert published(Filters(words="reçue vite"))


def test_read_again_it_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    path = write(tmp_path, ROW)
    import_experiences(path)
    before = (list(Concern.objects.values()), list(Reply.objects.values()), Entry.objects.count())
    report = import_experiences(path)
    assert (report.added, report.changed, report.unchanged) == (0, 0, 1)
    assert before == (
        list(Concern.objects.values()),
        list(Reply.objects.values()),
        Entry.objects.count(),
    )


def test_a_changed_row_is_brought_in_step(cast: Cast, tmp_path: Path) -> None:
    import_experiences(write(tmp_path, ROW))
    number = Experience.objects.get().pk
    report = import_experiences(write(tmp_path, changed(Description="Le chauffage est réparé.")))
    assert report.changed == 1
    assert Experience.objects.get().pk == number
    assert published(Filters(words="chauffage"))
    assert Reply.objects.count() == 1


def test_rows_that_cannot_be_are_refused_with_their_line(cast: Cast, tmp_path: Path) -> None:
    rows = [ROW, ROW, changed(ID="78", Ressenti="Bof"), changed(ID="79", Date="", Écrit="")]
    report = import_experiences(write(tmp_path, *rows))
    assert (report.read, report.added) == (4, 1)
    assert [refusal.line for refusal in report.refused] == [3, 4, 5]


def test_an_account_needs_the_right(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(NotAllowedError):
        import_experiences(write(tmp_path, ROW), cast.moderator)


def test_the_demonstration_file(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("importer_experiences", str(demo_path()))
    assert "390 lignes lues : 390 ajoutées" in capsys.readouterr().out.replace("\u202f", " ")
    assert Reply.objects.count() == 284


@needs_shared
@pytest.mark.parametrize("name", ["experiences.csv", "experiences_brut.csv"])
def test_the_real_files_twice(db: None, name: str) -> None:
    path = SHARED / "data" / "spplus" / name
    report = import_experiences(path)
    assert report.added + len(report.refused) == 801
    again = import_experiences(path)
    assert (again.added, again.changed) == (0, 0)
