"""Keys are lent by people in charge, shown once, kept as a digest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

import pytest
from django.test import Client

from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import NotAllowedError
from portevoix.web.api.actions import create_key, revoke_key
from portevoix.web.api.models import ApiKey
from portevoix.web.journal.models import Entry
from tests.web.cast import Cast

SignIn = Callable[[Agent], Client]
PAGE = "/espace/cles-api/"


def test_a_key_is_shown_once_and_kept_as_a_digest(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.manager_caf)
    response = client.post(PAGE, {"name": "Tableau de bord", "network": cast.caf.pk})
    found = re.search(r"pv_[0-9a-f]{48}", response.content.decode())
    assert found
    key = ApiKey.objects.get()
    assert key.digest == hashlib.sha256(found.group().encode()).hexdigest()
    assert found.group() not in str(vars(key))
    assert (key.network, key.created_by) == (cast.caf, cast.manager_caf)
    assert found.group() not in client.get(PAGE).content.decode()
    assert Entry.objects.get(verb="create_api_key").data["network"] == cast.caf.pk


def test_a_key_opens_the_reply_service_when_it_is_asked_for(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.manager_caf)
    client.post(PAGE, {"name": "Logiciel", "network": cast.caf.pk, "drafts": "on"})
    assert ApiKey.objects.get().drafts
    assert "Brouillons de réponse" in client.get(PAGE).content.decode()
    assert Entry.objects.get(verb="create_api_key").data["opens"] == ["drafts"]


def test_who_may_lend_to_whom(cast: Cast) -> None:
    create_key(cast.admin, "Pour un journal", None)
    create_key(cast.admin, "Pour un réseau", cast.gendarmerie)
    create_key(cast.manager_caf, "Pour le mien", cast.caf)
    refused = [
        (cast.manager_caf, cast.gendarmerie),
        (cast.manager_caf, None),
        (cast.agent_caf_sambrelle, cast.caf),
        (cast.super_agent_caf_sambrelle, cast.caf),
        (cast.moderator, None),
        (cast.observer_nord, cast.caf),
        (cast.without_role, cast.caf),
    ]
    for agent, network in refused:
        with pytest.raises(NotAllowedError):
            create_key(agent, "Non", network)
    assert ApiKey.objects.count() == 3


def test_everyone_sees_the_keys_they_look_after(cast: Cast, signed_in: SignIn) -> None:
    create_key(cast.admin, "Clé nationale", None)
    create_key(cast.admin, "Clé de la gendarmerie", cast.gendarmerie)
    create_key(cast.manager_caf, "Clé de la Caf", cast.caf)
    shown = signed_in(cast.manager_caf).get(PAGE).content.decode()
    assert "Clé de la Caf" in shown
    assert "gendarmerie" not in shown
    assert "Clé nationale" not in shown
    everything = signed_in(cast.admin).get(PAGE).content.decode()
    assert "Clé nationale" in everything
    assert "Clé de la gendarmerie" in everything


@pytest.mark.parametrize(
    "who",
    [
        "agent_caf_sambrelle",
        "super_agent_caf_sambrelle",
        "moderator",
        "observer_nord",
        "without_role",
    ],
)
def test_others_are_refused_the_page(cast: Cast, signed_in: SignIn, who: str) -> None:
    client = signed_in(getattr(cast, who))
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"name": "Non", "network": cast.caf.pk}).status_code == 403
    key, _ = create_key(cast.manager_caf, "La mienne", cast.caf)
    assert client.post(f"{PAGE}{key.pk}/retirer/").status_code == 403
    assert ApiKey.objects.get().revoked_at is None


def test_a_stranger_signs_in_first(cast: Cast, client: Client) -> None:
    assert client.get(PAGE).status_code == 302
    assert client.post(f"{PAGE}1/retirer/").status_code == 302


def test_a_key_is_taken_back_by_who_looks_after_it(cast: Cast, signed_in: SignIn) -> None:
    key, _ = create_key(cast.manager_caf, "La mienne", cast.caf)
    with pytest.raises(NotAllowedError):
        revoke_key(cast.manager_gendarmerie, key)
    response = signed_in(cast.manager_caf).post(f"{PAGE}{key.pk}/retirer/", follow=True)
    assert "elle ne permet plus rien" in response.content.decode()
    assert "Retirée" in response.content.decode()
    revoke_key(cast.manager_caf, key)
    assert Entry.objects.filter(verb="revoke_api_key").count() == 1


def test_what_is_missing_is_said(cast: Cast, signed_in: SignIn) -> None:
    response = signed_in(cast.admin).post(PAGE, {"name": ""})
    assert response.status_code == 422
    assert "Dites à quoi servira cette clé." in response.content.decode()
    assert not ApiKey.objects.exists()


def test_another_network_cannot_be_chosen(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.manager_caf)
    assert client.post(PAGE, {"name": "x", "network": cast.gendarmerie.pk}).status_code == 422
    assert not ApiKey.objects.exists()
