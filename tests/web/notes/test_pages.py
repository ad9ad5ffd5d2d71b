"""The pages of studies and notes: who opens what, and that each action has its button."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from portevoix.web.accounts.models import Agent
from portevoix.web.notes import actions, compositions
from portevoix.web.notes.enums import Visibility
from portevoix.web.notes.models import Study
from tests.web.cast import Cast
from tests.web.notes.crowd import crowd
from tests.web.notes.test_notes import made

SignIn = Callable[[Agent], Client]


@pytest.fixture
def study(cast: Cast) -> Study:
    crowd(cast.caf_sambrelle, "Allocations familiales", 60)
    return made(cast)


def address(study: Study, name: str = "study", **query: str) -> str:
    return reverse(f"notes:{name}", args=[study.pk], query=query or None)


def test_a_study_from_its_sentence(cast: Cast, signed_in: SignIn) -> None:
    crowd(cast.caf_sambrelle, "Allocations familiales", 30)
    client = signed_in(cast.super_agent_caf_sambrelle)
    page = client.get("/espace/etudes/nouvelle/")
    assert "Caf de Sambrelle" in page.content.decode()
    sent = client.post(
        "/espace/etudes/nouvelle/",
        {
            "place": f"structure:{cast.caf_sambrelle.pk}",
            "start": "2025-01-01",
            "end": "2025-12-31",
            "comparison": "previous",
            "rhythm": "never",
        },
        follow=True,
    )
    assert sent.status_code == 200
    study = Study.objects.get()
    assert study.structure == cast.caf_sambrelle
    assert study.network == cast.caf


def test_a_place_outside_is_not_a_choice(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.super_agent_caf_sambrelle)
    data = {"place": f"reseau:{cast.gendarmerie.pk}", "comparison": "none", "rhythm": "never"}
    assert (
        "Une chose est à corriger" in client.post("/espace/etudes/nouvelle/", data).content.decode()
    )
    assert not Study.objects.exists()


def test_a_structure_named_outside_is_refused(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.super_agent_caf_sambrelle)
    data = {
        "place": f"structure:{cast.caf_sambrelle.pk}",
        "words": f"#{cast.brigade_valserine.pk}",
        "comparison": "none",
        "rhythm": "never",
    }
    assert client.post("/espace/etudes/nouvelle/", data).status_code == 403


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("super_agent_caf_sambrelle", 200),
        ("manager_caf", 404),
        ("agent_caf_sambrelle", 404),
        ("manager_gendarmerie", 404),
        ("moderator", 404),
    ],
)
def test_a_private_note_is_read_by_its_author(
    cast: Cast, study: Study, signed_in: SignIn, who: str, expected: int
) -> None:
    assert signed_in(getattr(cast, who)).get(address(study)).status_code == expected


def test_a_shared_note_is_read_and_changed_inside_its_subtree_alone(
    cast: Cast, study: Study, signed_in: SignIn
) -> None:
    actions.show_to(study, Visibility.INSIDE, cast.super_agent_caf_sambrelle)
    assert signed_in(cast.manager_caf).get(address(study)).status_code == 200
    assert signed_in(cast.observer_nord).get(address(study)).status_code == 200
    for outside in (cast.manager_gendarmerie, cast.agent_antenne_nord, cast.moderator):
        client = signed_in(outside)
        assert client.get(address(study)).status_code == 404
        assert client.post(address(study, "remake")).status_code == 404
        assert client.post(address(study, "sign")).status_code == 404


def test_a_reader_does_not_change_what_is_sent(cast: Cast, study: Study, signed_in: SignIn) -> None:
    actions.send_to(study, [cast.agent_caf_sambrelle], cast.super_agent_caf_sambrelle)
    client = signed_in(cast.agent_caf_sambrelle)
    page = client.get(address(study)).content.decode()
    assert "Note de synthèse" in page
    assert "Signer et partager" not in page
    for name in ("remake", "sign", "link"):
        assert client.post(address(study, name)).status_code == 403
    assert client.get(address(study, "share")).status_code == 403


def test_a_figure_opens_its_experiences(cast: Cast, study: Study, signed_in: SignIn) -> None:
    client = signed_in(cast.super_agent_caf_sambrelle)
    assert study.current is not None
    said = compositions.compose(study, study.current).part("figures").sentences[0]
    page = client.get(address(study, "proof", enonce=said.key)).content.decode()
    assert page.count('class="fr-h6') == 10
    assert "Récits suivants" in page
    alone = client.get(address(study, "proof", enonce=said.key), headers={"HX-Request": "true"})
    assert "<html" not in alone.content.decode()
    assert client.get(address(study, "proof", enonce="autre")).status_code == 404


def test_two_people_see_both_sentences(cast: Cast, study: Study, signed_in: SignIn) -> None:
    actions.show_to(study, Visibility.INSIDE, cast.super_agent_caf_sambrelle)
    assert study.current is not None
    said = compositions.compose(study, study.current).part("pain_points").points[0].sentences[0]
    where = address(study, "wording", enonce=said.key)
    first, second = signed_in(cast.super_agent_caf_sambrelle), signed_in(cast.manager_caf)
    assert first.post(where, {"text": "La première.", "number": "0"}).status_code == 302
    met = second.post(where, {"text": "La seconde.", "number": "0"}).content.decode()
    assert "La première." in met
    assert "La seconde." in met
    assert second.post(where, {"text": "Les deux.", "number": "1"}).status_code == 302
    assert "Les deux." in first.get(address(study)).content.decode()


def test_a_private_link_opens_until_it_is_closed(
    cast: Cast, study: Study, signed_in: SignIn, client: Client
) -> None:
    token = actions.give_link(study, cast.super_agent_caf_sambrelle)
    opened = reverse("notes:private", args=[token])
    page = client.get(opened)
    assert page.status_code == 200
    assert page["X-Robots-Tag"] == "noindex"
    assert "Travailler ce point" not in page.content.decode()
    actions.withdraw_links(study, cast.super_agent_caf_sambrelle)
    assert client.get(opened).status_code == 404


def test_a_public_note_is_public_and_no_other(cast: Cast, study: Study, client: Client) -> None:
    public = reverse("notes:published", args=[study.pk])
    assert client.get(public).status_code == 404
    actions.show_to(study, Visibility.PUBLIC, cast.super_agent_caf_sambrelle)
    assert client.get(public).status_code == 200


def test_files_hold_what_people_wrote(cast: Cast, study: Study, signed_in: SignIn) -> None:
    agent = cast.super_agent_caf_sambrelle
    assert study.current is not None
    said = compositions.compose(study, study.current).part("pain_points").points[0].sentences[0]
    actions.word(study, said.key, "Nos mots à nous.", agent)
    client = signed_in(agent)

    def download(form: str) -> bytes:
        got = client.get(reverse("notes:download", args=[study.pk, form]))
        assert got.status_code == 200
        return b"".join(got) if got.streaming else got.content  # type: ignore[attr-defined]

    with zipfile.ZipFile(io.BytesIO(download("odt"))) as odt:
        assert "Nos mots à nous." in odt.read("content.xml").decode()
    assert "Nos mots à nous." in download("html").decode()
    assert download("pdf").startswith(b"%PDF-1.")
    data = json.loads(download("json"))
    sentences = [
        one
        for section in data["sections"]
        for point in section["points"]
        for one in point["sentences"]
    ]
    ours = next(one for one in sentences if one["human"])
    assert len(ours["evidence"]) == ours["count"] == said.count
    rows = list(csv.reader(io.StringIO(download("csv").decode("utf-8-sig")), delimiter=";"))
    assert sum(row[0] == "Nos mots à nous." for row in rows) == said.count


def test_hostile_addresses_are_answered_without_failing(
    cast: Cast, study: Study, signed_in: SignIn
) -> None:
    client = signed_in(cast.super_agent_caf_sambrelle)
    for bad in ("\x00", "a" * 5000, "'; DROP", "🙂", "-1", "9" * 30):
        for name in ("proof", "wording", "study"):
            for field in ("enonce", "version", "depuis", "citer"):
                got = client.get(address(study, name, **{field: bad}))
                assert got.status_code < 500, (name, field)
        for name in ("theme", "judge", "quote"):
            sent = dict.fromkeys(("theme", "verbe", "avec", "piste", "choix", "experience"), bad)
            assert client.post(address(study, name), sent).status_code < 500
        assert client.get(f"/espace/etudes/?page={bad[:50]}").status_code < 500
        for field in ("structure", "reseau", "page"):
            assert client.get("/ameliorations/", {field: bad}).status_code < 500


def test_a_note_costs_a_fixed_number_of_questions(
    cast: Cast,
    study: Study,
    signed_in: SignIn,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    client = signed_in(cast.super_agent_caf_sambrelle)
    client.get(address(study))
    with django_assert_max_num_queries(24):  # type: ignore[attr-defined]
        client.get(address(study))
