"""Which place is named among words: towns, villages, départements, postcodes, misspelt or not."""

from __future__ import annotations

import pytest

from portevoix.web.directory.places import Places, gathered, spelt

TOWNS = {
    "nantes": {"44"},
    "lyon": {"69"},
    "vienne": {"38"},
    "saint denis": {"93", "974", "11", "30"},
    "villeurbanne": {"69"},
    "berlin": {""},
}
# The words of services, each with as many services as letters here.
SERVICES = {
    word: ("x" * count, None)
    for word, count in {
        "caf": 99,
        "prefecture": 99,
        "nord": 30,
        "bus": 40,
        "saint": 99,
        "enfant": 9,
    }.items()
}


@pytest.fixture(scope="module")
def places() -> Places:
    return gathered(TOWNS)


def codes(places: Places, text: str) -> set[str]:
    spans = places.named_in(spelt(text), SERVICES)
    return set().union(*(span.codes for span in spans))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("caf Nantes", {"44"}),
        # No service stands there.
        ("caf Montcuit", {"50"}),
        ("caf de Saint-Nabord", {"88"}),
        ("caf st nabord", {"88"}),
        # The surest reading stands.
        ("caf nantes nord", {"44"}),
        ("caf nord", {"59"}),
        ("caf 59", {"59"}),
        ("caf 2a", {"2A"}),
        ("caf 974", {"974"}),
        ("caf Val-de-Marne", {"94"}),
        ("caf 75012", {"75"}),
        ("caf 97120", {"971"}),
        # A town and a département.
        ("caf vienne", {"38", "86"}),
        # Misspelt, alone or among its neighbours.
        ("caf vilurbanne", {"69"}),
        ("caf croix valmmer", {"83"}),
        # Abroad.
        ("consulat berlin", {""}),
        # Borne in too many départements, or an ordinary word, or nothing else is looked for.
        ("caf saint-denis", set()),
        ("caf saint-deniss", set()),
        ("bus caf", set()),
        ("garde enfant caf", set()),
        ("59", set()),
        ("caf", set()),
        ("", set()),
    ],
)
def test_the_departements_of_what_is_named(places: Places, text: str, expected: set[str]) -> None:
    assert codes(places, text) == expected


def test_a_misspelt_place_is_given_as_it_is_spelt(places: Places) -> None:
    [span] = places.named_in(["caf", "vilurbanne"], SERVICES)
    assert (span.start, span.end, span.name) == (1, 2, "villeurbanne")


def test_what_is_nearer_to_a_service_is_no_place(places: Places) -> None:
    assert codes(places, "prefecturee 12 rue") == codes(places, "prefecture 12 rue")


@pytest.mark.parametrize(
    "text", ["\x00" * 9, "paris ²", "lyon ٣", "é" * 5000, "1" * 5000, "saint " * 60, "🦊 🦊"]
)
def test_odd_words_are_read_as_others(places: Places, text: str) -> None:
    words = spelt(text)[:60]
    spans = places.named_in(words, SERVICES)
    ranks = [rank for span in spans for rank in span.ranks]
    assert len(ranks) == len(set(ranks)) <= len(words)
    assert all(span.codes for span in spans)


def test_an_arrondissement_is_written_as_services_write_it() -> None:
    assert spelt("SIP Paris 13") == ["sip", "paris", "13e"]
    assert spelt("Lyon 1") == ["lyon", "1er"]
    assert spelt("Sainte-Foy, Ste Foy") == ["sainte", "foy", "sainte", "foy"]
