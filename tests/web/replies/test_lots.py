"""What the help changes: drawn by lot, once; compared with intervals, or said to be too few."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portevoix.web.accounts.models import Agent
from portevoix.web.directory.rules import set_rules
from portevoix.web.experiences.models import Concern
from portevoix.web.replies.comparison import compare
from portevoix.web.replies.lots import draw_waiting, is_assisted
from portevoix.web.replies.models import Lot, ProposedReply
from portevoix.web.replies.proposing import NoProposalError, propose
from tests.web.cast import Cast
from tests.web.factories import make_experience, make_reply

SignIn = Callable[[Agent], Client]
PAGE = "/espace/reseaux/allocations-familiales/aide/"


def measuring(cast: Cast, percent: int) -> None:
    set_rules(
        cast.caf,
        answer_days=15,
        validates_replies=False,
        unassisted_percent=percent,
        by=cast.manager_caf,
    )


def told(cast: Cast, number: int) -> list[Concern]:
    long_ago = timezone.now() - timedelta(days=40)
    made = [make_experience(cast.caf_sambrelle, published_at=long_ago) for _ in range(number)]
    for concern in Concern.objects.all():
        concern.network = cast.caf
        concern.save()
    return [one.concerns.get() for one in made]


def test_about_the_share_asked_for_is_drawn_and_stays(cast: Cast) -> None:
    measuring(cast, 25)
    concerns = told(cast, 200)
    draw_waiting()
    alone = set(Lot.objects.filter(assisted=False).values_list("concern_id", flat=True))
    assert Lot.objects.count() == 200
    assert 30 <= len(alone) <= 70
    measuring(cast, 50)
    draw_waiting()
    assert set(Lot.objects.filter(assisted=False).values_list("concern_id", flat=True)) == alone
    assert {c.pk for c in concerns if not is_assisted(c)} == alone


def test_nothing_is_drawn_where_nothing_is_measured(cast: Cast) -> None:
    (concern,) = told(cast, 1)
    draw_waiting()
    assert is_assisted(concern)
    assert not Lot.objects.exists()


def test_a_story_drawn_to_go_without_gets_no_draft(cast: Cast, signed_in: SignIn) -> None:
    (concern,) = told(cast, 1)
    Lot.objects.create(concern=concern, network=cast.caf, assisted=False)
    with pytest.raises(NoProposalError):
        propose(concern, cast.agent_caf_sambrelle)
    assert not ProposedReply.objects.exists()
    page = f"/espace/recits/{concern.experience.number}/{concern.rank}/"
    shown = signed_in(cast.agent_caf_sambrelle).get(page).content.decode()
    assert "tiré au sort" in shown
    assert "Proposer une réponse" not in shown


def answered(cast: Cast, number: int, *, useful: int) -> None:
    """Half with the help, answered in a day; half without, in ten. `useful` of ten are."""
    for rank, concern in enumerate(told(cast, number)):
        helped = rank % 2 == 0
        Lot.objects.create(concern=concern, network=cast.caf, assisted=helped)
        make_reply(
            concern.experience,
            author_found_useful=helped or (rank // 2) % 10 < useful,
            ai_similarity=60 if helped else None,
        )
        hours = (24 if helped else 240) + rank
        Concern.objects.filter(pk=concern.pk).update(answer_hours=hours)


def test_a_clear_difference_is_told_with_its_interval(cast: Cast) -> None:
    answered(cast, 80, useful=5)
    found = compare(cast.caf)
    assert (found.assisted, found.alone) == (40, 40)
    delay, in_time, author, visitors = found.measures
    assert delay.clear
    assert delay.difference
    assert delay.difference.low < delay.difference.value < delay.difference.high < 0
    assert not in_time.clear
    assert author.clear
    assert author.alone
    assert author.alone.value == 0.5
    # Wilson, 20 of 40.
    assert (round(author.alone.low, 3), round(author.alone.high, 3)) == (0.352, 0.648)
    assert visitors.alone is None
    assert not visitors.enough
    assert found.kept
    assert found.kept.value == 0.6
    assert compare(cast.caf) == found


def test_too_few_is_said(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.manager_caf)
    assert "Aucun récit n’a encore été tiré au sort" in client.get(PAGE).content.decode()
    answered(cast, 10, useful=0)
    shown = client.get(PAGE).content.decode()
    assert shown.count("Trop peu pour conclure") == 4
    assert "Plus court avec l’aide" not in shown


def test_the_page_and_its_file(
    cast: Cast, signed_in: SignIn, django_assert_max_num_queries: Callable[..., object]
) -> None:
    answered(cast, 80, useful=5)
    client = signed_in(cast.manager_caf)
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        shown = client.get(PAGE).content.decode()
    assert "Plus court avec l’aide" in shown
    assert "Plus avec l’aide" in shown
    rows = client.get("/espace/reseaux/allocations-familiales/aide.csv").content.decode()
    assert len(rows.splitlines()) == 13
    assert "Utiles, selon les auteurs;sans l’aide;0.5000;0.3520;0.6480;40" in rows


def test_who_may_read_it(cast: Cast, signed_in: SignIn) -> None:
    for agent in (cast.agent_caf_sambrelle, cast.manager_gendarmerie, cast.without_role):
        assert signed_in(agent).get(PAGE).status_code == 403
    assert signed_in(cast.admin).get(PAGE).status_code == 200


def test_the_rules_of_a_network_set_the_share(cast: Cast, signed_in: SignIn) -> None:
    client, rules = signed_in(cast.manager_caf), "/espace/reseaux/allocations-familiales/regles/"
    client.post(rules, {"answer_days": "15", "unassisted_percent": "20"})
    cast.caf.refresh_from_db()
    assert cast.caf.unassisted_percent == 20
    refused = client.post(rules, {"answer_days": "15", "unassisted_percent": "80"})
    assert "50" in refused.content.decode()
    cast.caf.refresh_from_db()
    assert cast.caf.unassisted_percent == 20
