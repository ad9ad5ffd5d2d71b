"""Articles: brought in step with a folder, found by a question, read, flagged when old."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from portevoix.opendata.demo import demo_path
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import NotAllowedError
from portevoix.web.journal.models import Entry
from portevoix.web.knowledge import queries
from portevoix.web.knowledge.actions import import_articles, index
from portevoix.web.knowledge.models import Article, Import, Passage
from portevoix.web.runs import drafts
from tests.web.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[Agent], Client]
GIVEN = "Dites que vous l'avez déjà donné. Le service doit alors le chercher lui-même."
ASKED = "On me redemande un papier que j'ai déjà donné"


@pytest.fixture(autouse=True)
def _emptied() -> Iterator[None]:
    yield
    drafts.keep_articles([])


def row(identifier: str = "A1", **fields: Any) -> dict[str, Any]:
    today = timezone.localdate().isoformat()
    return {
        "id": identifier,
        "title": "Ne pas redonner les mêmes papiers",
        "checked": today,
        "url": "https://exemple.fr/une-fois",
        "sections": [{"heading": "Si on vous redemande un papier", "text": GIVEN}],
        **fields,
    }


def written(folder: Path, *rows: dict[str, Any]) -> Path:
    place = folder / "articles.jsonl"
    place.write_text("\n".join(json.dumps(one) for one in rows), encoding="utf-8")
    return place


def counted(done: Import) -> tuple[int, int, int, int]:
    return done.added, done.changed, done.gone, done.kept


def test_a_folder_read_again_changes_only_what_changed(tmp_path: Path) -> None:
    place = written(tmp_path, row("A1"), row("A2"), row("A3"))
    assert counted(import_articles(place)) == (3, 0, 0, 0)
    longer = [{"heading": "Un", "text": "Premier."}, {"heading": "Deux", "text": "Second."}]
    written(tmp_path, row("A1"), row("A2", sections=longer))
    assert counted(import_articles(place)) == (0, 1, 1, 1)
    changed = Article.objects.get(identifier="A2")
    assert list(changed.passages.values_list("text", flat=True)) == ["Premier.", "Second."]
    assert Article.objects.get(identifier="A3").gone_at is not None
    assert Passage.objects.filter(article__identifier="A3").exists()
    written(tmp_path, row("A1"), row("A2", sections=longer), row("A3"))
    assert counted(import_articles(place)) == (0, 1, 0, 2)
    assert Article.objects.get(identifier="A3").gone_at is None
    assert Entry.objects.filter(verb="import_articles").count() == 3


def test_collections_do_not_touch_each_other(tmp_path: Path) -> None:
    import_articles(written(tmp_path, row("A1")))
    done = import_articles(written(tmp_path, row("A1"), row("B1")), collection="caf")
    assert counted(done) == (1, 0, 0, 0)
    assert "« articles »" in done.refusals[0]
    assert queries.count() == 2


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    place = written(tmp_path, row("A1"), {"id": "sans titre"})
    out, err = StringIO(), StringIO()
    call_command("importer_articles", place, stdout=out, stderr=err)
    assert "ajoutés : 1" in out.getvalue()
    assert "ligne 2" in err.getvalue()
    assert Import.objects.get().refused == 1


def test_a_folder_of_markdown(tmp_path: Path) -> None:
    page = (
        "---\ntitle: Le loyer\nchecked: 2020-01-01\n---\n# Le loyer\n## Payer\nÀ la fin du mois.\n"
    )
    (tmp_path / "loyer.md").write_text(page, encoding="utf-8")
    import_articles(tmp_path)
    article = Article.objects.get()
    assert article.stale
    assert article.address == ""
    assert [p.heading for p in article.passages.all()] == ["Payer"]


def test_only_who_imports_may(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(NotAllowedError):
        import_articles(written(tmp_path, row()), cast.manager_caf)
    assert import_articles(written(tmp_path, row()), cast.admin).by == cast.admin


def test_a_question_finds_its_passage_and_nothing_else(tmp_path: Path) -> None:
    import_articles(written(tmp_path, row()))
    (answer,) = queries.ask(ASKED).sure
    assert answer.found.quote == "Dites que vous l'avez déjà donné."
    assert answer.found.after.strip() == "Le service doit alors le chercher lui-même."
    assert not queries.ask("recette de la blanquette de veau").sure
    assert not queries.ask("???").sure
    written(tmp_path, row("A2", title="Autre chose", sections=[{"text": "Rien à voir."}]))
    import_articles(tmp_path)
    assert not queries.ask(ASKED).sure, "a page that left its folder is not found any more"


def test_an_index_thrown_away_comes_back(tmp_path: Path) -> None:
    import_articles(written(tmp_path, row()))
    drafts.keep_articles([])
    assert not queries.ask(ASKED).sure
    index()
    assert queries.ask(ASKED).sure


def test_the_demonstration_answers_its_own_questions_and_no_other() -> None:
    import_articles(demo_path().with_name("articles.jsonl"))
    asked = [q for one in Article.objects.all() for q in one.questions][::4]
    right = sum(bool(queries.ask(question).sure) for question in asked)
    assert right / len(asked) >= 0.95
    for question in (
        "comment réparer un carburateur de tondeuse",
        "horaires de la piscine municipale de Lille",
        "qui a gagné la coupe du monde 1998",
        "prix du litre de gazole",
    ):
        assert not queries.ask(question).sure, question


def test_the_pages(cast: Cast, signed_in: SignIn, tmp_path: Path) -> None:
    old = (timezone.localdate() - timedelta(days=400)).isoformat()
    import_articles(written(tmp_path, row(checked=old, network="Allocations familiales")))
    client = signed_in(cast.agent_caf_sambrelle)
    blank = client.get("/espace/pages/").content.decode()
    assert '<option value="Allocations familiales" selected>' in blank
    found = client.get("/espace/pages/", {"question": ASKED}).content.decode()
    assert "<mark>Dites que vous l&#x27;avez déjà donné.</mark>" in found
    assert "À revérifier" in found
    nothing = client.get("/espace/pages/", {"question": "blanquette de veau"}).content.decode()
    assert "Aucune page ne répond" in nothing
    number = Article.objects.get().pk
    assert "plus d’un an" in client.get(f"/espace/pages/{number}/").content.decode()
    assert client.get("/espace/pages/999999/").status_code == 404
    listed = signed_in(cast.admin).get("/espace/administration/pages/").content.decode()
    assert "Ne pas redonner les mêmes papiers" in listed


def test_an_address_that_runs_a_script_is_not_a_link(
    cast: Cast, signed_in: SignIn, tmp_path: Path
) -> None:
    import_articles(written(tmp_path, row(url="javascript:alert(1)", title="<b>Gras</b>")))
    shown = signed_in(cast.agent_caf_sambrelle).get(f"/espace/pages/{Article.objects.get().pk}/")
    assert "javascript:" not in shown.content.decode()
    assert "<b>Gras" not in shown.content.decode()


@pytest.mark.parametrize("who", ["moderator", "without_role"])
def test_who_answers_nobody_does_not_search(cast: Cast, signed_in: SignIn, who: str) -> None:
    client = signed_in(getattr(cast, who))
    assert client.get("/espace/pages/").status_code == 403
    assert client.get("/espace/pages/1/").status_code == 403
    assert client.get("/espace/administration/pages/").status_code == 403
    assert "/connexion/" in Client().get("/espace/pages/")["Location"]


def test_a_search_costs_the_same_whatever_it_finds(
    cast: Cast, signed_in: SignIn, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    import_articles(written(tmp_path, *(row(f"A{n}") for n in range(20))))
    client = signed_in(cast.agent_caf_sambrelle)
    with django_assert_max_num_queries(10):
        client.get("/espace/pages/", {"question": ASKED})
