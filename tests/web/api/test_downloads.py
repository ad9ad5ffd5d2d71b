"""Files that leave as they are written, to anyone, once when nothing changed."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from portevoix.web.api.anonymity import measure
from portevoix.web.api.files import FILES
from portevoix.web.api.models import MaskedReply
from portevoix.web.api.tasks import mask_new_replies
from portevoix.web.experiences import actions as stories
from portevoix.web.experiences.models import Experience
from tests.web.cast import Cast
from tests.web.factories import make_experience, make_reply

pytestmark = pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume")


def body(response: Any) -> str:
    return b"".join(response).decode()


def rows(response: Any) -> list[dict[str, str]]:
    text = body(response).removeprefix("\ufeff")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


@pytest.fixture
def told(cast: Cast) -> Experience:
    told = make_experience(cast.caf_sambrelle)
    make_reply(told)
    return told


def test_csv_for_a_spreadsheet(client: Client, told: Experience) -> None:
    response = client.get("/donnees-ouvertes/experiences.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="experiences.csv"'
    assert response["Access-Control-Allow-Origin"] == "*"
    (row,) = rows(response)
    assert row["Description"] == told.published_text


def test_json_for_a_program(client: Client, told: Experience) -> None:
    (record,) = json.loads(body(client.get("/donnees-ouvertes/experiences.json")))
    assert record["ID expérience"] == told.official_id
    assert record["Expériences Similaires"] == 0


def test_structures(client: Client, cast: Cast) -> None:
    found = {row["Intitulé de la structure"]: row for row in rows(
        client.get("/donnees-ouvertes/structures.csv")
    )}  # fmt: skip
    nord = found["ANTENNE DE SAMBRELLE-NORD"]
    assert nord["Code SP+ structure parent"] == cast.caf_sambrelle.code
    assert nord["INSEE Département"] == "dep59"
    assert len(json.loads(body(client.get("/donnees-ouvertes/structures.json")))) == 4


def test_nothing_is_sent_twice_until_something_changes(client: Client, told: Experience) -> None:
    address = "/donnees-ouvertes/experiences.csv"
    first = client.get(address)
    body(first)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    stories.say_same(told, "un navigateur")
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert rows(changed)[0]["Expériences Similaires"] == "1"
    assert "Last-Modified" in changed


def test_a_story_taken_back_leaves_at_once(client: Client, told: Experience) -> None:
    stories.withdraw(told)
    assert rows(client.get("/donnees-ouvertes/experiences.csv")) == []


def test_packed_on_the_way(client: Client, told: Experience) -> None:
    plain = body(client.get("/donnees-ouvertes/experiences.csv"))
    packed = client.get("/donnees-ouvertes/experiences.csv", headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(b"".join(packed)).decode() == plain


def test_head_and_other_methods(client: Client, told: Experience) -> None:
    head = client.head("/donnees-ouvertes/experiences.csv")
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"]
    assert client.post("/donnees-ouvertes/experiences.csv").status_code == 405


def test_what_does_not_exist(client: Client, db: None) -> None:
    assert client.get("/donnees-ouvertes/agents.csv").status_code == 404
    assert client.get("/donnees-ouvertes/schema/agents.json").status_code == 404


def test_too_many_downloads_are_told_to_wait(client: Client, told: Experience) -> None:
    for _ in range(30):
        assert client.head("/donnees-ouvertes/experiences.csv").status_code == 200
    refused = client.get("/donnees-ouvertes/experiences.csv")
    assert refused.status_code == 429
    assert refused["Retry-After"] == "3600"


@pytest.mark.parametrize("table", ["experiences", "structures"])
def test_schemas(client: Client, db: None, table: str) -> None:
    schema = client.get(f"/donnees-ouvertes/schema/{table}.json").json()
    headings = rows_headings(client, table)
    assert [field["name"] for field in schema["fields"]] == headings


def rows_headings(client: Client, table: str) -> list[str]:
    first = body(client.get(f"/donnees-ouvertes/{table}.csv")).removeprefix("\ufeff")
    return next(csv.reader(first.splitlines(), delimiter=";"))


def test_the_page(client: Client, told: Experience) -> None:
    assert "Seul dans son cas" not in client.get("/donnees-ouvertes/").content.decode()
    measure()
    page = client.get("/donnees-ouvertes/").content.decode()
    assert "1\u00a0récit" in page
    assert "Seul dans son cas" in page
    assert "100\u00a0%" in page
    assert "/donnees-ouvertes/experiences.csv" in page


def test_a_file_costs_as_many_queries_whatever_its_rows(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        make_reply(make_experience(cast.caf_sambrelle))
    with django_assert_max_num_queries(12):
        assert len(list(FILES["experiences.csv"].text())) == 31


def test_the_clock_masks_ahead(told: Experience, django_assert_num_queries: Any) -> None:
    make_reply(told, text="M. Durand vous attend.")
    mask_new_replies()
    assert sorted(MaskedReply.objects.values_list("text", flat=True)) == [
        "",
        "M. [nom] vous attend.",
    ]
    with django_assert_num_queries(1):
        mask_new_replies()


def test_the_files_in_a_folder(told: Experience, tmp_path: Path) -> None:
    call_command("ecrire_donnees_ouvertes", str(tmp_path / "ouvertes"), verbosity=0)
    names = sorted(path.name for path in (tmp_path / "ouvertes").iterdir())
    assert names == sorted([*FILES, "experiences.schema.json", "structures.schema.json"])
    assert told.published_text in (tmp_path / "ouvertes" / "experiences.csv").read_text("utf-8")
