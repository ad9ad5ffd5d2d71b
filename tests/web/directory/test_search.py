"""People find the service they name, with their own words and typing errors."""

from __future__ import annotations

import random
import time

import pytest
from pytest_django import DjangoAssertNumQueries

from portevoix.opendata.territories import communes
from portevoix.web.directory.actions import import_structures, touch
from portevoix.web.directory.models import Structure
from portevoix.web.directory.queries import find_structures
from portevoix.web.directory.territories import DATA
from tests.web.cast import Cast

# What people type → what must be among the first three.
ASKED = {
    "caf lyon": "Caf du Rhône",
    "caff marseile": "Caf des Bouches-du-Rhône",
    "caf villeurbanne": "Caf du Rhône",
    "passeport consulat londres": "Consulat Général de France à Londres",
    "consula geneve": "Consulat Général de France à Genève",
    "cpam lile": "CPAM Lille Douai",
    "prefecture bobigny": "Préfecture de la Seine-Saint-Denis",
    "titre de séjour nanterre": "Préfecture des Hauts-de-Seine",
    "pole emploi dijon": "France Travail – Dijon Sud",
    "carsat toulouse": "Carsat Midi-Pyrénées",
    "gendarmerie brest": "Groupement de gendarmerie départementale du Finistère",
    "SIP Lens": "Service des Impôts des particuliers (SIP) Lens",
    "carte grise": "ANTS",
    "urssaf bretagne": "URSSAF Bretagne",
    "tribunal judiciaire creteil": "Tribunal judiciaire de Créteil",
    "crous lille": "CROUS Lille-Nors-Pas de Calais",
    "caf de vilurbanne": "Caf du Rhône",
    "caf montcuit": "Caf de la Manche",
    "caf croix valmmer": "Caf du Var",
    "caf 59": "Caf du Nord",
    "pref 93": "Préfecture de la Seine-Saint-Denis",
    "cpam val de marne": "CPAM Creteil",
    "sip paris 13": "Service des Impôts des particuliers (SIP) Paris 13E Gare",
    "impots nantes nord": "Service des Impôts des particuliers (SIP) Nantes Nord",
    "tresorerie toul": "Trésorerie Toul-Collectivites",
    # Named after its region, and in no structure of the département.
    "crous nanterre": "CROUS Versailles",
    "consulat berlin": "Ambassade de France en Allemagne",
}


@pytest.fixture
def official(db: None) -> None:
    import_structures(DATA / "structures.csv.gz")
    find_structures("pour faire l'index")


@pytest.mark.slow
def test_the_official_list_is_searched_as_people_speak(
    official: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    missed = {}
    for words, wanted in ASKED.items():
        with django_assert_max_num_queries(2):
            found = [structure.public_name for structure in find_structures(words, limit=3)]
        if wanted not in found:
            missed[words] = found
    assert not missed
    start = time.perf_counter()
    for words in ASKED:
        find_structures(words)
    assert (time.perf_counter() - start) / len(ASKED) < 0.1


@pytest.mark.slow
@pytest.mark.parametrize("service", ["caf", "prefecture"])
def test_the_service_of_any_commune_is_found_from_its_name(official: None, service: str) -> None:
    """Most communes have no service of their own; thirty of them, drawn once for all."""
    every = sorted((name, code) for name, codes in communes().items() for code in codes)
    missed = {
        name: found
        for name, code in random.Random(4).sample([row for row in every if row[1] < "96"], 30)
        if (found := find_structures(f"{service} {name}", limit=3))
        and code not in {structure.departement for structure in found}
    }
    # Names borne in many départements say nothing of the place.
    assert len(missed) <= 2, missed


@pytest.mark.slow
def test_once_a_place_is_named_what_is_elsewhere_is_left_out(official: None) -> None:
    assert [s.public_name for s in find_structures("caf lyon")] == ["Caf du Rhône"]
    assert len(find_structures("caf")) > 5


def test_closed_structures_are_not_found(cast: Cast) -> None:
    touch()
    assert cast.caf_brevigny in find_structures("caf brevigny")
    Structure.objects.filter(pk=cast.caf_brevigny.pk).update(active=False)
    touch()
    assert cast.caf_brevigny not in find_structures("caf brevigny")


def test_within_a_network(cast: Cast) -> None:
    touch()
    found = find_structures("sambrelle valserine", network=cast.gendarmerie)
    assert set(found) == {cast.brigade_valserine}


@pytest.mark.parametrize("words", ["", "   ", "%%%", "de la", "\u202e\x00", "a" * 5000])
def test_odd_words_find_nothing_and_break_nothing(cast: Cast, words: str) -> None:
    touch()
    assert list(find_structures(words)) == []
