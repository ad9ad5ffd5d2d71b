"""What is exported is imported again the same, here and elsewhere, and loses nothing."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from portevoix.opendata.demo import demo_path
from portevoix.web.api.files import FILES
from portevoix.web.directory.actions import import_structures
from portevoix.web.directory.models import Structure
from portevoix.web.directory.territories import DATA
from portevoix.web.experiences import actions as stories
from portevoix.web.experiences.models import ChannelUse, Concern, Experience, SameExperience
from portevoix.web.experiences.queries import Filters, published
from portevoix.web.journal.models import Entry
from portevoix.web.replies.actions import import_experiences, rate
from portevoix.web.replies.imports import Report
from portevoix.web.replies.models import Rating, Reply
from tests.paths import SHARED, needs_shared
from tests.web.cast import Cast
from tests.web.factories import make_experience, make_reply

KINDS = pytest.mark.parametrize("kind", ["csv", "json"])


def export(folder: Path, name: str) -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(FILES[name].text())
    return path


def everything() -> list[list[dict[str, Any]]]:
    models = (Experience, Concern, ChannelUse, Reply, Rating, SameExperience, Entry)
    return [list(model._default_manager.order_by("pk").values()) for model in models]


def summary(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, len(report.refused)


def told_here(cast: Cast) -> Experience:
    """A story told on this site, answered by an agent of it, rated by a visitor."""
    told = make_experience(
        cast.caf_sambrelle,
        title="Bien reçue par Mme Dupont",
        published_title="Bien reçue par [nom]",
        departement="59",
        relation="positive",
        procedure="Demander une aide",
    )
    ChannelUse.objects.create(concern=told.concerns.get(), channel="desk", feeling="positive")
    reply = make_reply(told, author=cast.agent_caf_sambrelle, signature="Le pôle accueil")
    rate(reply, "un navigateur", useful=True)
    return told


@KINDS
def test_a_site_that_reads_its_own_export_changes_nothing(
    cast: Cast, tmp_path: Path, kind: str
) -> None:
    import_experiences(demo_path())
    told_here(cast)
    before = everything()
    report = import_experiences(export(tmp_path, f"experiences.{kind}"))
    assert summary(report) == (0, 0, 391, 0)
    assert everything() == before


@needs_shared
def test_real_rows_exported_then_read_change_nothing(db: None, tmp_path: Path) -> None:
    import_experiences(SHARED / "data" / "spplus" / "experiences.csv")
    before = everything()
    report = import_experiences(export(tmp_path, "experiences.csv"))
    assert (report.added, report.changed, report.read) == (0, 0, 801)
    assert everything() == before


@KINDS
def test_another_site_gives_the_same_rows(cast: Cast, tmp_path: Path, kind: str) -> None:
    import_experiences(demo_path())
    told_here(cast)
    first = export(tmp_path, f"experiences.{kind}")
    content = first.read_text("utf-8")
    first.rename(first.with_name(f"first.{kind}"))
    numbers = dict(Experience.objects.values_list("official_id", "number"))
    erase()
    import_experiences(tmp_path / f"first.{kind}")
    again = export(tmp_path, f"experiences.{kind}").read_text("utf-8")
    for identifier, number in Experience.objects.values_list("official_id", "number"):
        # The address of a page belongs to the site; all else is the story's.
        old = f"/experiences/{numbers[identifier]}/"
        again = again.replace(f"/experiences/{number}/", f"«{old}»")
    assert again.replace("«", "").replace("»", "") == content.replace("«", "").replace("»", "")


def erase() -> None:
    Experience.objects.all().delete()


def test_what_is_exported_is_what_anyone_may_read(cast: Cast, tmp_path: Path) -> None:
    told = told_here(cast)
    Reply.objects.update(text="Mme Dupont, appelez le 06 39 98 12 34.")
    make_experience(cast.caf_sambrelle, published=False, title="Pas encore relue")
    content = export(tmp_path, "experiences.csv").read_text("utf-8-sig")
    (row,) = csv.DictReader(content.splitlines(), delimiter=";")
    assert "Dupont" not in content
    assert "06 39" not in content
    assert row["Titre"] == "Bien reçue par [nom]"
    assert row["ID expérience"] == told.official_id
    assert row["Réponse structure 1"] == "Mme [nom], appelez le [téléphone]."
    assert row["Signature réponse structure 1"] == "Le pôle accueil"
    assert row["Canaux Typologie 1"] == "Accueil"
    assert row["Intitulé structure 1"] == "Caf de Sambrelle"
    assert row["Evaluation utile réponse structure 1 par visiteurs"] == "1"
    # The hour of writing is not anyone's business.
    assert row["Écrit le"].endswith("T00:00:00")


def test_a_masked_answer_is_masked_again_when_it_changes(cast: Cast, tmp_path: Path) -> None:
    told_here(cast)
    assert "second guichet" in export(tmp_path, "experiences.csv").read_text("utf-8")
    Reply.objects.update(text="Le guichet de M. Durand est ouvert.")
    content = export(tmp_path, "experiences.csv").read_text("utf-8")
    assert "Le guichet de M. [nom] est ouvert." in content


def one_imported(folder: Path, **cells: str) -> Path:
    """An export of one row, with these cells changed."""
    path = folder / "export.csv"
    row = {
        "ID expérience": "77",
        "Date de publication": "2025-03-02T10:00:00",
        "Écrit le": "2025-03-01T09:30:00",
        "Titre": "Reçue vite",
        "Description": "Mme Dupont m'a reçue.",
        "Ressenti usager": "Positif",
        "Intitulé structure 1": "Caf de Sambrelle",
        "Canaux Typologie 1": "Accueil",
        "Expériences Similaires": "2",
        "Réponse structure 1": "Merci de votre récit.",
        "Date réponse structure 1": "2025-03-05T10:00:00",
        "Evaluation utile réponse structure 1 par visiteurs": "9",
    } | cells
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row), delimiter=";")
        writer.writeheader()
        writer.writerow(row)
    return path


@pytest.fixture
def imported(cast: Cast, tmp_path: Path) -> Experience:
    import_experiences(one_imported(tmp_path))
    return Experience.objects.get(official_id="77")


def test_a_changed_row_keeps_what_people_did_here(imported: Experience, tmp_path: Path) -> None:
    reply = Reply.objects.get()
    for voter in ("un", "deux"):
        rate(reply, voter, useful=True)
    stories.say_same(imported, "un")
    report = import_experiences(
        one_imported(tmp_path, **{"Réponse structure 1": "Merci, M. Petit vous écrira."})
    )
    assert summary(report) == (0, 1, 0, 0)
    kept = Reply.objects.get()
    assert kept.pk == reply.pk
    assert kept.text == "Merci, M. [nom] vous écrira."
    assert (kept.useful_count, kept.ratings.count()) == (11, 2)
    imported.refresh_from_db()
    assert (imported.similar_count, imported.votes.count()) == (3, 1)


def test_reading_it_again_does_not_add_votes_twice(imported: Experience, tmp_path: Path) -> None:
    rate(Reply.objects.get(), "un", useful=True)
    path = export(tmp_path, "experiences.csv")
    assert summary(import_experiences(path)) == (0, 0, 1, 0)
    assert Reply.objects.get().useful_count == 10


def test_counts_of_a_file_grow(imported: Experience, tmp_path: Path) -> None:
    import_experiences(one_imported(tmp_path, **{"Expériences Similaires": "40"}))
    imported.refresh_from_db()
    assert imported.similar_count == 40


def test_new_words_are_found_and_the_old_no_longer(imported: Experience, tmp_path: Path) -> None:
    import_experiences(one_imported(tmp_path, Titre="Chauffage réparé"))
    assert published(Filters(words="chauffage"))
    assert not published(Filters(words="vite"))


def test_a_story_refused_here_does_not_come_back(
    cast: Cast, imported: Experience, tmp_path: Path
) -> None:
    stories.refuse(imported, cast.moderator, "hors_sujet")
    report = import_experiences(one_imported(tmp_path, Titre="Autre titre"))
    assert summary(report) == (0, 0, 1, 0)
    imported.refresh_from_db()
    assert (imported.state, imported.published_at) == ("refused", None)


def test_a_transfer_made_here_is_not_undone(
    cast: Cast, imported: Experience, tmp_path: Path
) -> None:
    concern = imported.concerns.get()
    stories.reassign(concern, cast.brigade_valserine, cast.agent_caf_sambrelle, "autre")
    import_experiences(
        one_imported(tmp_path, Titre="Autre titre", **{"Expériences Similaires": "12"})
    )
    concern.refresh_from_db()
    imported.refresh_from_db()
    assert concern.structure == cast.brigade_valserine
    assert (imported.published_title, imported.similar_count) == ("Reçue vite", 12)


def test_an_answer_written_here_is_not_replaced(
    cast: Cast, imported: Experience, tmp_path: Path
) -> None:
    Reply.objects.update(author=cast.agent_caf_sambrelle)
    import_experiences(one_imported(tmp_path, **{"Réponse structure 1": "Une autre."}))
    assert Reply.objects.get().text == "Merci de votre récit."


def test_an_older_export_without_answers_erases_none(imported: Experience, tmp_path: Path) -> None:
    report = import_experiences(one_imported(tmp_path, **{"Réponse structure 1": ""}))
    assert report.refused == []
    assert Reply.objects.get().text == "Merci de votre récit."


def test_channels_that_stay_keep_their_feeling(imported: Experience, tmp_path: Path) -> None:
    ChannelUse.objects.update(feeling="positive")
    import_experiences(one_imported(tmp_path, **{"Canaux Typologie 1": "Téléphone,Accueil"}))
    uses = ChannelUse.objects.order_by("channel").values_list("channel", "feeling")
    assert list(uses) == [("desk", "positive"), ("phone", "")]


def test_the_real_directory_exported_then_read_changes_nothing(db: None, tmp_path: Path) -> None:
    import_structures(DATA / "structures.csv.gz")
    before = list(Structure.objects.order_by("pk").values())
    report = import_structures(export(tmp_path, "structures.csv"))
    assert (report.changed, report.unchanged) == (0, len(before))
    assert list(Structure.objects.order_by("pk").values()) == before
