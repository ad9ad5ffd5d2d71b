"""The tree of structures, changed by hand, and the journal that says so."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

import portevoix.web
from portevoix.web.accounts.models import Agent
from portevoix.web.administration.words import VERBS
from portevoix.web.directory import edits
from portevoix.web.directory.actions import Report as Import
from portevoix.web.directory.actions import _update
from portevoix.web.directory.edits import OpenBelowError, WrongParentError
from portevoix.web.directory.models import Structure
from portevoix.web.directory.queries import find_structures
from portevoix.web.journal.actions import record
from tests.web.cast import Cast

SignIn = Callable[[Agent], Client]


def address(name: str, *args: object) -> str:
    return reverse(f"administration:{name}", args=list(args))


@pytest.mark.parametrize("who", ["agent_caf_sambrelle", "moderator", "observer_nord"])
def test_others_are_sent_away(cast: Cast, signed_in: SignIn, who: str) -> None:
    client = signed_in(getattr(cast, who))
    code = cast.caf_sambrelle.code
    assert client.get(address("directory")).status_code == 403
    assert client.get(address("structure", code)).status_code == 403
    for name in ("move", "close_structure", "reopen_structure"):
        assert client.post(address(name, code)).status_code == 403
    assert client.get(address("journal")).status_code == 403


def test_a_manager_edits_their_network_alone(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.manager_gendarmerie)
    assert "Allocations" not in client.get(address("directory")).content.decode()
    assert client.get(address("network", cast.caf.slug)).status_code == 404
    for name in ("move", "close_structure", "reopen_structure"):
        assert client.post(address(name, cast.caf_sambrelle.code)).status_code == 404
    assert client.get(address("structure", cast.caf_sambrelle.code)).status_code == 404
    assert client.get(address("journal")).status_code == 403


def test_renamed_it_is_found_and_an_import_leaves_it(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.manager_caf)
    code = cast.caf_brevigny.code
    assert "Caf de Brévigny" in client.get(address("structure", code)).content.decode()
    page = client.post(address("structure", code), {"public_name": ""}).content.decode()
    assert "Donnez un nom à cette structure" in page
    client.post(address("structure", code), {"public_name": "Caf du Val"})
    renamed = Structure.objects.get(code=code)
    assert renamed.public_name == "Caf du Val"
    assert renamed in find_structures("caf val")
    imported = Structure.objects.get(code=code)
    imported.public_name, imported.town = "Caf de Brévigny", "Brévigny-le-Neuf"
    assert _update(renamed, imported, Import())
    assert (renamed.public_name, renamed.town) == ("Caf du Val", "Brévigny-le-Neuf")


def test_moved_with_all_below_it(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.admin)
    sambrelle, brevigny = cast.caf_sambrelle, cast.caf_brevigny
    client.post(address("move", sambrelle.code), {"parent": brevigny.code})
    sambrelle.refresh_from_db()
    cast.antenne_nord.refresh_from_db()
    assert sambrelle.path == f"{brevigny.path}{sambrelle.code}/"
    assert cast.antenne_nord.path == f"{sambrelle.path}{cast.antenne_nord.code}/"
    assert cast.agent_antenne_nord.roles[0].structure == cast.antenne_nord


def test_no_ring_no_other_network(cast: Cast) -> None:
    for parent in (cast.antenne_nord, cast.caf_sambrelle, cast.brigade_valserine):
        with pytest.raises(WrongParentError):
            edits.move(cast.caf_sambrelle, parent, cast.admin)


def test_closed_it_is_not_found_any_more(cast: Cast, signed_in: SignIn) -> None:
    with pytest.raises(OpenBelowError):
        edits.close(cast.caf_sambrelle, cast.admin)
    client = signed_in(cast.manager_caf)
    client.post(address("close_structure", cast.antenne_nord.code))
    assert cast.antenne_nord not in find_structures("antenne sambrelle")
    client.post(address("reopen_structure", cast.antenne_nord.code))
    assert cast.antenne_nord in find_structures("antenne sambrelle")


def test_the_journal_is_read_and_filtered(cast: Cast, signed_in: SignIn) -> None:
    edits.close(cast.antenne_nord, cast.manager_caf)
    record("deposit", label="usager")
    client = signed_in(cast.admin)
    page = client.get(address("journal")).content.decode()
    assert "ferme une structure" in page
    assert "Remi Reseau" in page
    for wanted, there in (
        ({"verb": "deposit"}, False),
        ({"who": str(cast.manager_caf.pk)}, True),
        ({"who": "usager"}, False),
        ({"subject": f"structure:{cast.antenne_nord.pk}"}, True),
        ({"since": "2020-01-01", "until": "2020-12-31"}, False),
    ):
        rows = client.get(address("journal"), wanted).content.decode().partition("<tbody>")[2]
        assert ("ferme une structure" in rows) is there, wanted


@pytest.mark.parametrize("name", ["verb", "who", "subject", "since", "until", "page"])
@pytest.mark.parametrize("value", ["\0", "x" * 5_000, "-1", "9" * 30, "é:\0", "' OR 1=1"])
def test_hostile_filters(cast: Cast, signed_in: SignIn, name: str, value: str) -> None:
    assert signed_in(cast.admin).get(address("journal"), {name: value}).status_code == 200


@pytest.mark.parametrize("app", ["accounts", "directory", "experiences", "moderation"])
def test_the_verbs_of_the_ground_have_words(app: str) -> None:
    sources = (Path(portevoix.web.__file__).parent / app).rglob("*.py")
    recorded = {
        verb
        for source in sources
        for verb in re.findall(r'\brecord\(\s*"([a-z_]+)"', source.read_text(encoding="utf-8"))
    }
    assert recorded
    assert sorted(recorded - set(VERBS)) == []


def test_a_verb_without_words_is_shown_as_it_is(cast: Cast, signed_in: SignIn) -> None:
    record("count_sheep", label="système")
    assert "count_sheep" in signed_in(cast.admin).get(address("journal")).content.decode()
