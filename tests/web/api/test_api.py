"""What a program is answered: only what is public, page by page, and what to correct."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from portevoix.web.api.actions import create_key, revoke_key
from portevoix.web.api.models import ApiKey
from tests.web.cast import Cast
from tests.web.factories import make_experience, make_reply

PARIS = ZoneInfo("Europe/Paris")
NOON = datetime(2025, 3, 2, 12, tzinfo=PARIS)


def get(client: Client, path: str, status: int = 200, **headers: str) -> Any:
    response = client.get(f"/api/v1{path}", headers=headers)
    assert response.status_code == status, response.content
    kind = "application/json; charset=utf-8" if status == 200 else "application/problem+json"
    assert response["Content-Type"] == kind
    return response.json()


def titles(client: Client, path: str) -> list[str]:
    return [one["titre"] for one in get(client, path)["resultats"]]


def test_a_story_is_what_anyone_may_read(client: Client, cast: Cast) -> None:
    told = make_experience(
        cast.caf_sambrelle,
        title="Mme Dupont",
        published_title="Mme [nom]",
        feeling="negative",
        relation="positive",
        departement="59",
        published_at=NOON,
    )
    make_reply(told, text="Mme Dupont, merci.", ai_similarity=40, author=cast.manager_caf)
    found = get(client, f"/experiences/{told.official_id}")
    assert found["titre"] == "Mme [nom]"
    assert (found["ressenti"], found["etiquettes"]["relation"]) == ("negatif", "positif")
    assert found["etiquettes"]["simplicite"] is None
    assert found["publie_le"] == "2025-03-02T12:00:00+01:00"
    assert found["region"] == "Hauts-de-France"
    (service,) = found["services"]
    assert service["code"] == cast.caf_sambrelle.code
    assert service["reponse"]["texte"] == "Mme [nom], merci."
    assert service["reponse"]["part_machine"] == 40
    assert get(client, "/experiences")["resultats"] == [found]


def test_what_is_not_public_does_not_exist(client: Client, cast: Cast) -> None:
    told = make_experience(cast.caf_sambrelle, published=False)
    assert get(client, "/experiences")["resultats"] == []
    problem = get(client, f"/experiences/{told.official_id}", 404)
    assert problem["detail"] == "Aucun récit publié ne porte cet identifiant."


def test_filters(client: Client, cast: Cast) -> None:
    def tell(title: str, structure: Any, **fields: Any) -> Any:
        fields.setdefault("published_at", NOON)
        return make_experience(
            structure, published_title=title, departement=structure.departement, **fields
        )

    tell("nord", cast.antenne_nord, feeling="positive")
    tell("valserine", cast.brigade_valserine, published_at=NOON + timedelta(days=10))
    make_reply(tell("brevigny", cast.caf_brevigny, feeling="negative"))
    for query, expected in {
        "reseau=allocations-familiales": {"nord", "brevigny"},
        f"structure={cast.caf_sambrelle.code}": {"nord"},
        "departement=01": {"valserine"},
        "ressenti=negatif": {"brevigny"},
        "repondu=true": {"brevigny"},
        "depuis=2025-03-03": {"valserine"},
        "jusqua=2025-03-02": {"nord", "brevigny"},
        "reseau=allocations-familiales&ressenti=positif": {"nord"},
    }.items():
        assert set(titles(client, f"/experiences?{query}")) == expected, query


def test_page_after_page_everything_comes_once(client: Client, cast: Cast) -> None:
    told = [
        make_experience(cast.caf_sambrelle, published_title=str(n), published_at=NOON)
        for n in range(7)
    ]
    seen, path = [], "/experiences?taille=3&reseau=allocations-familiales"
    while path:
        page = get(client, path)
        seen += [one["titre"] for one in page["resultats"]]
        path = (page["suivant"] or "").partition("/api/v1")[2]
    assert seen == [one.published_title for one in reversed(told)]


def test_structures(client: Client, cast: Cast) -> None:
    names = [one["nom"] for one in get(client, "/structures")["resultats"]]
    assert len(names) == 4
    below = get(client, f"/structures?depend_de={cast.caf_sambrelle.code}")["resultats"]
    assert [one["nom"] for one in below] == ["Antenne de Sambrelle-Nord"]
    assert below[0]["depend_de"] == cast.caf_sambrelle.code
    assert get(client, f"/structures/{cast.caf_brevigny.code}")["departement"] == "71"
    assert get(client, "/structures?departement=71")["resultats"][0]["nom"] == "Caf de Brévigny"
    assert get(client, "/structures?mots=caf+brevigny")["resultats"][0]["nom"] == "Caf de Brévigny"
    cast.caf_brevigny.active = False
    cast.caf_brevigny.save()
    assert len(get(client, "/structures")["resultats"]) == 3
    assert len(get(client, "/structures?etat=fermees")["resultats"]) == 1
    assert len(get(client, "/structures?etat=toutes")["resultats"]) == 4
    get(client, "/structures/rien", 404)


def test_networks(client: Client, cast: Cast) -> None:
    found = get(client, "/reseaux")["resultats"]
    assert [one["code"] for one in found] == ["allocations-familiales", "gendarmerie-nationale"]


def test_statistics(client: Client, cast: Cast) -> None:
    make_reply(make_experience(cast.caf_sambrelle, feeling="positive", published_at=NOON))
    make_experience(cast.antenne_nord, feeling="negative", published_at=NOON)
    make_experience(cast.brigade_valserine, published_at=NOON)
    everywhere = get(client, "/statistiques")
    assert (everywhere["recits"], everywhere["neutres"], everywhere["repondus"]) == (3, 1, 1)
    assert everywhere["par_annee"] == [{"annee": 2025, "recits": 3, "repondus": 1}]
    caf = get(client, "/statistiques?reseau=allocations-familiales")
    assert (caf["recits"], caf["positifs"], caf["part_repondus"]) == (2, 1, 0.5)
    assert caf["delai_median_heures"] == 24
    nothing = get(client, "/statistiques?depuis=2030-01-01")
    assert (nothing["recits"], nothing["part_repondus"], nothing["delai_median_heures"]) == (
        0,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ("taille=0", "taille", "Au moins 1."),
        ("taille=101", "taille", "Au plus 100."),
        ("taille=dix", "taille", "Un nombre entier est attendu."),
        ("depuis=hier", "depuis", "Une date est attendue, de la forme 2025-03-31."),
        ("ressenti=bof", "ressenti", "Attendu : 'positif', 'neutre' ou 'negatif'."),
        ("departement=999", "departement", "Ce code n’a pas la bonne forme."),
        ("repondu=peut-etre", "repondu", "« true » ou « false » est attendu."),
        ("reseau=rien", "reseau", "aucun réseau ne porte ce code ; voir /reseaux."),
        ("structure=rien", "structure", "aucune structure ne porte ce code ; voir /structures."),
        ("curseur=rien", "curseur", "donnez celui de « suivant », sans rien y changer."),
        ("resenti=positif", "resenti", "ce paramètre n’existe pas."),
    ],
)
def test_what_to_correct_is_said(
    client: Client, db: None, query: str, field: str, said: str
) -> None:
    problem = get(client, f"/experiences?{query}", 422)
    assert problem["erreurs"] == [{"champ": field, "message": said}]
    assert field in problem["detail"]


def test_an_address_that_does_not_exist(client: Client, db: None) -> None:
    assert get(client, "/agents", 404)["title"] == "Introuvable"
    assert client.post("/api/v1/experiences").status_code == 405


def test_an_address_may_ask_so_often(client: Client, db: None, settings: Any) -> None:
    settings.PORTEVOIX_API_PER_MINUTE = 3
    left = [client.get("/api/v1/reseaux")["RateLimit-Remaining"] for _ in range(3)]
    assert left == ["2", "1", "0"]
    response = client.get("/api/v1/reseaux")
    assert response.status_code == 429
    assert response["Retry-After"] == response["RateLimit-Reset"]
    assert "3 demandes par minute" in response.json()["detail"]
    # Another address is not concerned.
    assert client.get("/api/v1/reseaux", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_a_key_has_its_own_count_until_it_is_taken_back(client: Client, cast: Cast) -> None:
    key, secret = create_key(cast.admin, "Observatoire", None)
    ApiKey.objects.update(hourly=2)
    bearer = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/reseaux", headers=bearer)["RateLimit-Remaining"] == "1"
    get(client, "/reseaux", **bearer)
    assert "par heure" in get(client, "/reseaux", 429, **bearer)["detail"]
    get(client, "/reseaux")
    revoke_key(cast.admin, key)
    assert get(client, "/reseaux", 401, **bearer)["title"] == "Clé refusée"


@pytest.mark.parametrize("given", ["Bearer pv_faux", "Bearer", "Basic YTpi", "pv_faux"])
def test_a_key_that_does_not_exist_is_refused(client: Client, db: None, given: str) -> None:
    response = client.get("/api/v1/reseaux", headers={"Authorization": given})
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"


def test_a_list_costs_as_many_queries_whatever_its_rows(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        make_reply(make_experience(cast.caf_sambrelle))
    get(client, "/experiences")
    with django_assert_max_num_queries(9):
        assert len(get(client, "/experiences?taille=30")["resultats"]) == 30
    with django_assert_max_num_queries(2):
        get(client, "/structures")


def test_the_page_says_every_operation_and_parameter(client: Client, db: None) -> None:
    page = client.get("/api/").content.decode()
    schema = client.get("/api/v1/openapi.json").json()
    for path, item in schema["paths"].items():
        assert path in page
        for parameter in item["get"]["parameters"]:
            assert f"<code>{parameter['name']}</code>" in page
    for name in ("resultats", "part_machine", "depend_de", "par_annee"):
        assert f"<code>{name}</code>" in page


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_of_another_age(client: Client, cast: Cast, day: str) -> None:
    make_experience(cast.caf_sambrelle)
    early = day.startswith("0")
    assert len(titles(client, f"/experiences?depuis={day}")) == early
    assert len(titles(client, f"/experiences?jusqua={day}")) == (not early)


@pytest.mark.parametrize("name", ["mots", "reseau", "structure"])
def test_a_nul_is_refused(client: Client, cast: Cast, name: str) -> None:
    assert client.get(f"/api/v1/experiences?{name}=a%00b").status_code == 422
