"""Services read from a story: what is named, near the town that is named."""

from __future__ import annotations

import pytest

from portevoix.web.directory.actions import touch
from portevoix.web.directory.models import Network
from portevoix.web.directory.suggestions import read_from
from tests.web.cast import Cast
from tests.web.factories import make_structure


@pytest.fixture
def directory(cast: Cast) -> Cast:
    """Caf in two towns, and enough of them that the network is a big one."""
    Network.objects.filter(pk=cast.caf.pk).update(official_name="CNAF")
    head = make_structure("Caisse nationale", cast.caf)
    for name in ("Caf de Lierville", "Caf de Montbrun", "Caf de Saint-Aubin"):
        make_structure(name, cast.caf, parent=head, town=name.removeprefix("Caf de "))
    touch()
    return cast


def names(text: str) -> list[str]:
    return [structure.public_name for structure in read_from(text)]


def test_the_town_tells_which(directory: Cast) -> None:
    assert names("Mon dossier d'APL à Brévigny attend depuis mars.")[0] == "Caf de Brévigny"


def test_a_service_named_whole_comes_first_even_in_small_letters(directory: Cast) -> None:
    told = "la caf de montbrun m'a renvoyé vers la gendarmerie, j'habite 71000 Brévigny"
    assert names(told)[0] == "Caf de Montbrun"


def test_a_village_without_any_service_tells_which(directory: Cast) -> None:
    make_structure("Caf de la Manche", directory.caf, town="Avranches", departement="50")
    touch()
    assert names("J'habite à Montcuit et la caf ne répond plus.") == ["Caf de la Manche"]


def test_abroad_the_embassy_is_proposed_where_no_consulate_stands(cast: Cast) -> None:
    Network.objects.filter(pk=cast.caf.pk).update(
        official_name="Ministère de l’Europe et des Affaires étrangères (MEAE)"
    )
    for town, country, name in [
        ("Munich", "Allemagne", "Consulat général de France à Munich"),
        ("Rome", "Italie", "Ambassade de France en Italie"),
        ("Milan", "Italie", "Consulat général de France à Milan"),
        ("Naples", "Italie", "Consulat général de France à Naples"),
    ]:
        make_structure(name, cast.caf, town=town, country=country, departement="")
    touch()
    assert names("Le consulat de Rome refuse mon passeport.") == ["Ambassade de France en Italie"]
    assert names("Mon visa demandé en Allemagne") == ["Consulat général de France à Munich"]


def test_without_a_town_the_network_is_proposed(directory: Cast) -> None:
    assert names("La caf ne répond pas au téléphone.") == ["Caf de Sambrelle"]


def test_what_names_no_service_proposes_nothing(directory: Cast) -> None:
    assert names("Tout s'est bien passé, merci à la personne de l'accueil.") == []
    assert names("") == []


@pytest.mark.parametrize(
    "text", ["\x00caf\x00", "caf " * 3_000, "À" * 9_000, "🦊 caf 🦊", "A-" * 900]
)
def test_hostile_texts_are_read_as_others(directory: Cast, text: str) -> None:
    assert len(read_from(text)) <= 3


def test_three_at_most(directory: Cast) -> None:
    assert len(names("caf gendarmerie brigade Brévigny Sambrelle Valserine")) <= 3
