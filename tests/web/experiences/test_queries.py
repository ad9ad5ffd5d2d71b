"""Lists, pages, words and figures; the same on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portevoix.web.accounts.policies import Verb, scope
from portevoix.web.experiences import queries
from portevoix.web.experiences.actions import index
from portevoix.web.experiences.models import Experience
from portevoix.web.experiences.queries import Filters
from tests.web.cast import Cast
from tests.web.factories import make_experience, make_network, make_reply, make_structure


def numbers(found: object) -> set[int]:
    return {experience.pk for experience in found}  # type: ignore[attr-defined]


def test_filters(cast: Cast) -> None:
    here = make_experience(cast.antenne_nord, feeling="negative", departement="59")
    there = make_experience(cast.brigade_valserine, feeling="positive")
    make_experience(cast.caf_sambrelle, published=False)
    make_reply(there)
    assert numbers(queries.published(Filters(structure=cast.caf_sambrelle))) == {here.pk}
    assert numbers(queries.published(Filters(network=cast.gendarmerie))) == {there.pk}
    assert numbers(queries.published(Filters(feeling="negative"))) == {here.pk}
    assert numbers(queries.published(Filters(departement="59"))) == {here.pk}
    assert numbers(queries.published(Filters(answered=True))) == {there.pk}
    today = timezone.localdate()
    assert numbers(queries.published(Filters(since=today))) == set()
    assert len(queries.published(Filters(until=today))) == 2


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("guichets", True),
        ("ATTENDU guichet", True),
        ("expliquer", True),
        ("guichet passeport", False),
        ("de la", False),
        ("'); DROP TABLE", False),
        ('guichet" OR "x', False),
    ],
)
def test_words_are_found_by_their_stems(cast: Cast, words: str, found: bool) -> None:  # noqa: FBT001
    index(make_experience(cast.caf_sambrelle))
    assert bool(queries.published(Filters(words=words))) is found


def test_a_changed_text_is_found_by_its_new_words(cast: Cast) -> None:
    experience = make_experience(cast.caf_sambrelle)
    index(experience)
    experience.published_text = "Le chauffage était en panne."
    index(experience)
    assert queries.published(Filters(words="chauffage"))
    assert not queries.published(Filters(words="patience"))


def test_pages_forth_and_back_hold_each_row_once(cast: Cast) -> None:
    at = timezone.now()
    # Several at the same moment: the number decides.
    made = [make_experience(None, published_at=at - timedelta(hours=n // 3)) for n in range(11)]
    expected = [e.pk for e in sorted(made, key=lambda e: (e.published_at, e.pk), reverse=True)]
    first = queries.page(Filters(), size=4)
    second = queries.page(Filters(), first.next, size=4)
    third = queries.page(Filters(), second.next, size=4)
    pages = [[e.pk for e in p] for p in (first, second, third)]
    assert [*pages[0], *pages[1], *pages[2]] == expected
    assert (first.previous, third.next) == ("", "")
    assert [e.pk for e in queries.page(Filters(), third.previous, size=4)] == pages[1]
    assert [e.pk for e in queries.page(Filters(), second.previous, size=4)] == pages[0]


@pytest.mark.parametrize("cursor", ["x", "é" * 50, "W10", "WyJhZnRlciIsIngiLDFd", "a" * 400])
def test_an_odd_cursor_gives_the_first_page(cast: Cast, cursor: str) -> None:
    make_experience(None)
    assert len(queries.page(Filters(), cursor)) == 1


def test_a_page_costs_the_same_whatever_it_holds(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        make_experience(cast.caf_sambrelle)
    with django_assert_max_num_queries(3):
        for experience in queries.page(Filters()):
            assert [concern.name for concern in experience.concerns.all()] == ["Caf de Sambrelle"]


def test_public_lists_do_not_carry_what_was_written(cast: Cast) -> None:
    make_experience(cast.caf_sambrelle)
    assert {"title", "text"} <= queries.latest()[0].get_deferred_fields()


def test_work_is_what_waits_in_ones_place(cast: Cast) -> None:
    mine = make_experience(cast.antenne_nord)
    make_experience(cast.brigade_valserine)
    make_reply(make_experience(cast.caf_sambrelle))
    for someone in (cast.agent_caf_sambrelle, cast.manager_caf, cast.observer_nord):
        found = queries.at_work(scope(someone, Verb.READ_AT_WORK))
        assert [concern.experience_id for concern in found] == [mine.pk]
    assert not queries.at_work(scope(cast.without_role, Verb.READ_AT_WORK))


def test_figures(cast: Cast) -> None:
    make_reply(make_experience(cast.caf_sambrelle))
    make_experience(cast.caf_sambrelle)
    figures = queries.figures()
    assert (figures.published, figures.answered_share, figures.median_hours) == (2, 0.5, 24)


def test_nothing_counted_is_not_zero(db: None) -> None:
    figures = queries.figures()
    assert (figures.published, figures.answered_share, figures.median_hours) == (0, None, None)
    assert not Experience.objects.exists()


def test_a_big_network_is_listed_as_a_small_one(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = make_experience(cast.caf_sambrelle)
    make_experience(cast.brigade_valserine)
    small = numbers(queries.page(Filters(network=cast.caf)))
    monkeypatch.setattr(queries, "_BIG", 0)
    assert numbers(queries.page(Filters(network=cast.caf))) == small == {mine.pk}


def test_the_head_of_a_network_is_the_network(cast: Cast) -> None:
    head = make_structure("Caisse nationale", make_network("Caisse"))
    type(head).objects.filter(pk=head.pk).update(fictional=False)
    head.refresh_from_db()
    below = make_experience(make_structure("Agence", head.network, parent=head))
    make_experience(cast.caf_sambrelle)
    assert numbers(queries.page(Filters(structure=head))) == {below.pk}
