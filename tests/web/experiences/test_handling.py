"""Assign, hand over, involve, correct: who may, what is kept, who is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone

from portevoix.web.accounts.policies import NotAllowedError
from portevoix.web.experiences import handling
from portevoix.web.experiences.handling import Labels, SamePlaceError, TooManyServicesError
from portevoix.web.experiences.models import AuthorContact, Concern, Experience
from portevoix.web.journal.models import Entry
from portevoix.web.mail.actions import deliver_due
from tests.web.cast import Cast
from tests.web.factories import make_experience


def part(cast: Cast) -> Concern:
    experience = make_experience(cast.caf_sambrelle)
    concern = experience.concerns.get()
    concern.due_on = timezone.localdate() + timedelta(days=1)
    concern.save()
    return concern


def test_a_transfer_keeps_its_trace_its_clock_and_tells_the_author(cast: Cast) -> None:
    concern = part(cast)
    AuthorContact.objects.create(experience=concern.experience, email="auteur@exemple.fr")
    handling.hand_over(
        concern, cast.brigade_valserine, cast.agent_caf_sambrelle, "not_ours", "Plainte perdue"
    )
    concern.refresh_from_db()
    assert concern.structure == cast.brigade_valserine
    assert concern.network == cast.gendarmerie
    assert concern.due_on == timezone.localdate() + timedelta(days=5)
    trace = concern.transfers.get()
    assert (trace.former, trace.to, trace.word) == (
        cast.caf_sambrelle,
        cast.brigade_valserine,
        "Plainte perdue",
    )
    entry = Entry.objects.get(verb="reassign")
    assert entry.data["reason"] == "not_ours"
    deliver_due()
    assert "Brigade de Valserine" in str(outbox.outbox[0].body)
    assert "Plainte perdue" not in str(outbox.outbox[0].body)


def test_a_service_asks_another_to_answer_too(cast: Cast) -> None:
    concern = part(cast)
    handling.involve(concern, cast.brigade_valserine, cast.agent_caf_sambrelle, "Votre avis ?")
    parts = list(Concern.objects.order_by("rank"))
    assert [p.structure for p in parts] == [cast.caf_sambrelle, cast.brigade_valserine]
    assert parts[1].published_at == parts[0].published_at
    assert parts[1].due_on == timezone.localdate() + timedelta(days=15)
    with pytest.raises(SamePlaceError):
        handling.involve(concern, cast.brigade_valserine, cast.agent_caf_sambrelle)
    handling.involve(concern, cast.antenne_nord, cast.agent_caf_sambrelle)
    with pytest.raises(TooManyServicesError):
        handling.involve(concern, cast.caf_brevigny, cast.agent_caf_sambrelle)


def test_who_is_outside_hands_nothing_over(cast: Cast) -> None:
    with pytest.raises(NotAllowedError):
        handling.hand_over(part(cast), cast.caf_brevigny, cast.agent_brigade_valserine, "not_ours")


def test_assignment(cast: Cast) -> None:
    concern = part(cast)
    agent, head = cast.agent_caf_sambrelle, cast.super_agent_caf_sambrelle
    assert handling.assign([concern], agent, agent) == 1
    assert handling.assign([concern], agent, agent) == 0
    assert handling.assign([concern], None, agent) == 1
    assert handling.assign([concern], agent, head) == 1
    for to, actor in (
        (head, agent),
        (cast.agent_brigade_valserine, head),
        (cast.agent_brigade_valserine, cast.agent_brigade_valserine),
    ):
        with pytest.raises(NotAllowedError):
            handling.assign([concern], to, actor)


def test_labels_are_corrected_never_the_words_nor_the_feeling(cast: Cast) -> None:
    concern = part(cast)
    before = Experience.objects.get()
    labels = Labels(
        tags={"relation": "positive"},
        procedure="Prime d’activité",
        trade_tags=("guichet",),
        channels={"desk": "negative", "phone": ""},
        improvement_considered=True,
    )
    handling.correct_labels(concern, labels, cast.agent_caf_sambrelle)
    after = Experience.objects.get()
    assert (after.relation, after.information, after.procedure) == (
        "positive",
        "",
        "Prime d’activité",
    )
    assert (after.text, after.published_text, after.feeling) == (
        before.text,
        before.published_text,
        before.feeling,
    )
    assert {(c.channel, c.feeling) for c in concern.channels.all()} == {
        ("desk", "negative"),
        ("phone", ""),
    }
    with pytest.raises(NotAllowedError):
        handling.correct_labels(concern, labels, cast.manager_caf)
