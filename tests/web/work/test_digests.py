"""What agents are told, when, once; and how they stop it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone

from portevoix.web.experiences import handling
from portevoix.web.mail.actions import deliver_due
from portevoix.web.work import digests
from portevoix.web.work.actions import agent_of, choose_rhythm, unsubscribe_key
from portevoix.web.work.enums import Rhythm
from portevoix.web.work.models import Subscription
from tests.web.cast import Cast
from tests.web.factories import make_experience


def told() -> list[tuple[str, str]]:
    outbox.outbox.clear()
    deliver_due()
    return [(m.to[0], m.subject) for m in outbox.outbox]


def yesterday(rhythm: str = Rhythm.DAILY) -> None:
    Subscription.objects.filter(rhythm=rhythm).update(told_at=timezone.now() - timedelta(days=8))


def test_each_morning_what_waits_once(cast: Cast) -> None:
    make_experience(cast.caf_sambrelle)
    late = make_experience(cast.antenne_nord, published_at=timezone.now() - timedelta(days=40))
    assert digests.tell_agents() == 0  # newcomers are told from their next morning
    yesterday()
    assert digests.tell_agents() == 3
    assert digests.tell_agents() == 0
    found = dict(told())
    assert found[cast.agent_caf_sambrelle.email] == "2 récits à traiter, dont 1 en retard"
    assert found[cast.agent_antenne_nord.email] == "1 récit à traiter, dont 1 en retard"
    assert cast.agent_brigade_valserine.email not in found
    assert late.published_title in outbox.outbox[0].body


def test_at_once_what_arrives_and_what_is_handed_over(cast: Cast) -> None:
    choose_rhythm(cast.agent_brigade_valserine, Rhythm.AT_ONCE)
    concern = make_experience(cast.caf_sambrelle).concerns.get()
    assert digests.tell_agents() == 0
    handling.hand_over(concern, cast.brigade_valserine, cast.agent_caf_sambrelle, "not_ours")
    assert digests.tell_agents() == 1
    assert digests.tell_agents() == 0
    assert told() == [(cast.agent_brigade_valserine.email, "Un récit attend votre réponse")]


def test_the_alarm_of_a_moderator_is_told_at_once_and_once(cast: Cast) -> None:
    choose_rhythm(cast.super_agent_caf_sambrelle, Rhythm.NEVER)
    make_experience(cast.antenne_nord, escalated=True, published_at=timezone.now())
    assert digests.tell_agents() == 2
    assert digests.tell_agents() == 0
    found = told()
    assert {to for to, _ in found} == {
        cast.agent_caf_sambrelle.email,
        cast.agent_antenne_nord.email,
    }
    assert all("sans attendre" in subject for _, subject in found)


def test_one_click_stops_them(cast: Cast) -> None:
    make_experience(cast.caf_sambrelle)
    choose_rhythm(cast.agent_caf_sambrelle, Rhythm.WEEKLY)
    yesterday(Rhythm.WEEKLY)
    digests.tell_agents()
    told()
    header = outbox.outbox[0].extra_headers["List-Unsubscribe"]
    path = header.strip("<>").removeprefix("http://127.0.0.1:8000")
    client = Client(enforce_csrf_checks=True)
    assert client.get(path).status_code == 200
    assert Subscription.objects.get(agent=cast.agent_caf_sambrelle).rhythm == Rhythm.WEEKLY
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Subscription.objects.get(agent=cast.agent_caf_sambrelle).rhythm == Rhythm.NEVER


def test_a_false_key_opens_nothing(cast: Cast) -> None:
    key = unsubscribe_key(cast.agent_caf_sambrelle)
    assert agent_of(key) == cast.agent_caf_sambrelle
    assert agent_of(f"{cast.admin.pk}{key[key.index(':') :]}") is None
    assert Client().get("/espace/ne-plus-recevoir/3:abc/").status_code == 404


@pytest.mark.parametrize(
    ("now", "morning", "monday"),
    [
        ("2026-03-04T07:59", "2026-03-03", "2026-03-02"),
        ("2026-03-04T08:00", "2026-03-04", "2026-03-02"),
        ("2026-03-02T07:00", "2026-03-01", "2026-02-23"),
    ],
)
def test_mornings(now: str, morning: str, monday: str) -> None:
    moment = timezone.make_aware(datetime.fromisoformat(now))
    assert timezone.localtime(digests._this_morning(moment)).date().isoformat() == morning
    assert timezone.localtime(digests._this_monday(moment)).date().isoformat() == monday
