"""A decision, half a minute to undo it, then its effects, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from portevoix.web.accounts.policies import NotAllowedError
from portevoix.web.experiences import actions as experiences
from portevoix.web.experiences.enums import Occasion, State
from portevoix.web.experiences.models import AuthorContact, Experience
from portevoix.web.experiences.queries import one
from portevoix.web.journal.models import Entry
from portevoix.web.mail.models import Message
from portevoix.web.moderation import actions, appeals, holds, masks, queries
from portevoix.web.moderation.actions import AlreadyDecidedError, NothingHiddenError, TooLateError
from portevoix.web.moderation.appeals import ClosedError, NoAppealError, SecondPersonError
from portevoix.web.moderation.enums import AlertOutcome, Kind
from portevoix.web.moderation.holds import HeldError
from portevoix.web.moderation.models import Appeal, Decision, ProposedVerdict
from tests.web.cast import Cast
from tests.web.factories import make_experience

TEXT = "Mme Lefèvre m'a bien reçue, elle répond au 06 39 98 12 34."


@pytest.fixture
def story(cast: Cast) -> Experience:
    told = make_experience(cast.caf_sambrelle, published=False, text=TEXT)
    AuthorContact.objects.create(experience=told, email="auteure@exemple.fr")
    return told


def settle() -> int:
    """What the clock does once the time to undo has passed."""
    return actions.settle_due(timezone.now() + timedelta(seconds=31))


def told(experience: Experience) -> list[str]:
    return list(experience.notices.order_by("pk").values_list("occasion", flat=True))


def hide_all(story: Experience) -> list[masks.Mask]:
    return masks.proposed(actions.propose(story), story)


def test_nothing_is_seen_before_the_time_to_undo_has_passed(cast: Cast, story: Experience) -> None:
    actions.mask(story, hide_all(story), cast.moderator)
    assert actions.settle_due() == 0
    assert one(story.pk) is None
    assert not Message.objects.exists()
    assert not queries.waiting().exists()

    assert settle() == 1
    shown = one(story.pk)
    assert shown is not None
    assert "Lefèvre" not in shown.published_text
    assert "[téléphone]" in shown.published_text
    assert told(story) == [Occasion.PUBLISHED]
    assert Message.objects.get().recipient == "auteure@exemple.fr"
    assert settle() == 0


def test_undone_it_never_happened(cast: Cast, story: Experience) -> None:
    decision = actions.refuse(story, "insult", "Non.", cast.moderator)
    actions.undo(decision, cast.moderator)
    assert settle() == 0
    story.refresh_from_db()
    assert story.state == State.DEPOSITED
    assert told(story) == []
    assert queries.next_for(cast.moderator) == story.pk
    verbs = Entry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["decide", "undo_decision"]


def test_too_late_to_undo_and_not_by_another(cast: Cast, story: Experience) -> None:
    decision = actions.publish(story, cast.moderator)
    with pytest.raises(NotAllowedError):
        actions.undo(decision, cast.other_moderator)
    settle()
    with pytest.raises(TooLateError):
        actions.undo(decision, cast.moderator)


def test_masking_nothing_is_said(cast: Cast, story: Experience) -> None:
    with pytest.raises(NothingHiddenError):
        actions.mask(story, [], cast.moderator)


def test_asked_then_corrected_it_is_read_again(cast: Cast, story: Experience) -> None:
    actions.propose_missing()
    actions.ask(story, "too_short", "Dites-en plus.", cast.moderator)
    settle()
    story.refresh_from_db()
    assert (story.state, told(story)) == (State.TO_CORRECT, [Occasion.TO_CORRECT])
    assert story.notices.get().message == "Dites-en plus."
    experiences.correct(story, "Autre titre", "M. Petit, au 06 39 98 00 11, a tout réglé.")
    assert queries.proposal_of(story) is None
    assert actions.propose_missing() == 1
    assert actions.propose_missing() == 0
    assert {mask.words(story) for mask in hide_all(story)} >= {"Petit", "06 39 98 00 11"}


@pytest.mark.parametrize("who", ["admin", "agent_caf_sambrelle", "manager_caf", "observer_nord"])
def test_only_moderators_decide(cast: Cast, story: Experience, who: str) -> None:
    someone = getattr(cast, who)
    for act in (
        lambda: actions.publish(story, someone),
        lambda: actions.refuse(story, "insult", "x", someone),
        lambda: actions.escalate(story, "danger", "x", [], someone),
        lambda: holds.claim(story, someone),
        lambda: holds.pass_on(story, someone),
    ):
        with pytest.raises(NotAllowedError):
            act()


def test_two_moderators_the_second_is_told(cast: Cast, story: Experience) -> None:
    assert holds.claim(story, cast.moderator).moderator == cast.moderator
    assert holds.claim(story, cast.other_moderator).moderator == cast.moderator
    with pytest.raises(HeldError):
        actions.publish(story, cast.other_moderator)
    holds.take_over(story, cast.other_moderator)
    with pytest.raises(HeldError):
        actions.publish(story, cast.moderator)
    actions.publish(story, cast.other_moderator)
    with pytest.raises(AlreadyDecidedError):
        actions.refuse(story, "insult", "x", cast.moderator)
    assert Decision.objects.count() == 1


def test_a_hold_ends_by_itself(cast: Cast, story: Experience) -> None:
    hold = holds.claim(story, cast.moderator)
    type(hold).objects.update(until=timezone.now() - timedelta(seconds=1))
    assert holds.claim(story, cast.other_moderator).moderator == cast.other_moderator


def test_what_is_passed_on_is_not_given_again_nor_named(cast: Cast, story: Experience) -> None:
    holds.claim(story, cast.moderator)
    holds.pass_on(story, cast.moderator)
    assert queries.next_for(cast.moderator) is None
    assert queries.next_for(cast.other_moderator) == story.pk
    entry = Entry.objects.get(verb="pass_on")
    assert (entry.actor_id, entry.data) == (None, {})


def test_withdrawn_meanwhile_nothing_is_published(cast: Cast, story: Experience) -> None:
    actions.publish(story, cast.moderator)
    experiences.withdraw(story)
    assert settle() == 0
    story.refresh_from_db()
    assert story.state == State.WITHDRAWN
    assert Decision.objects.get().undone_at is not None


def test_an_account_closed_meanwhile_decides_nothing(cast: Cast, story: Experience) -> None:
    actions.publish(story, cast.moderator)
    cast.moderator.is_active = False
    cast.moderator.save()
    assert settle() == 0
    assert queries.next_for(cast.other_moderator) == story.pk


def test_an_alert_tells_the_author_and_those_on_call_without_the_story(
    cast: Cast, story: Experience
) -> None:
    actions.escalate(story, "detresse", "Appelez le 3114.", ["3114", "17"], cast.moderator)
    settle()
    story.refresh_from_db()
    assert (story.state, story.escalated, story.urgency) == (State.DEPOSITED, True, "detresse")
    assert told(story) == [Occasion.CARED_FOR]
    letter = Message.objects.get(recipient=cast.admin.email)
    assert "Lefèvre" not in letter.text + letter.subject
    assert queries.next_for(cast.moderator) is None
    assert queries.queue().alerts == 1

    appeals.close_alert(queries.open_alerts()[0], AlertOutcome.HANDED_OVER, cast.moderator)
    assert queries.next_for(cast.moderator) == story.pk


def test_a_silent_alert_writes_nothing_to_the_author(cast: Cast, story: Experience) -> None:
    actions.escalate(story, "danger", "", [], cast.moderator)
    settle()
    assert told(story) == []


def test_an_appeal_is_heard_by_another_person(cast: Cast, story: Experience) -> None:
    actions.refuse(story, "off_topic", "Hors sujet.", cast.moderator)
    with pytest.raises(NoAppealError):
        appeals.appeal(story, "trop tôt")
    settle()
    story.refresh_from_db()
    appeals.appeal(story, "Je parle bien de la Caf.")
    with pytest.raises(NoAppealError):
        appeals.appeal(story, "encore")
    assert queries.next_for(cast.moderator) is None
    assert queries.next_for(cast.other_moderator) == story.pk
    with pytest.raises(SecondPersonError):
        actions.publish(story, cast.moderator)

    actions.publish(story, cast.other_moderator)
    settle()
    assert one(story.pk) is not None
    assert Appeal.objects.get().outcome == "heard"


def test_a_refusal_upheld_ends_the_appeal(cast: Cast, story: Experience) -> None:
    actions.refuse(story, "off_topic", "Hors sujet.", cast.moderator)
    settle()
    story.refresh_from_db()
    appeals.appeal(story, "Je parle bien de la Caf.")
    actions.refuse(story, "off_topic", "Toujours hors sujet.", cast.other_moderator)
    settle()
    story.refresh_from_db()
    assert (story.state, Appeal.objects.get().outcome) == (State.REFUSED, "upheld")
    assert not queries.waiting().exists()
    with pytest.raises(ClosedError):
        actions.publish(story, cast.other_moderator)


def test_a_leak_seen_late_is_hidden_at_once(cast: Cast, story: Experience) -> None:
    actions.publish(story, cast.moderator)
    settle()
    story.refresh_from_db()
    appeals.report(story, "personal", "Le nom de l'agente")
    actions.mask_published(story, hide_all(story), cast.other_moderator)
    shown = one(story.pk)
    assert shown is not None
    assert "Lefèvre" not in shown.published_text
    actions.withdraw_published(story, "personal", "Retiré.", cast.other_moderator)
    assert one(story.pk) is None
    story.refresh_from_db()
    assert told(story)[-1] == Occasion.REFUSED


def test_transferred_it_is_still_to_be_decided(cast: Cast, story: Experience) -> None:
    concern = story.concerns.get()
    actions.reassign(concern, cast.brigade_valserine, cast.moderator)
    assert story.concerns.get().structure == cast.brigade_valserine
    assert queries.next_for(cast.moderator) == story.pk


def test_a_withdrawn_story_leaves_no_word_in_moderation(cast: Cast, story: Experience) -> None:
    actions.propose(story)
    actions.refuse(story, "off_topic", "Hors sujet.", cast.moderator)
    settle()
    story.refresh_from_db()
    appeals.appeal(story, "Lefèvre m'a pourtant reçue")
    experiences.withdraw(story)
    appeals.forget_withdrawn()
    rows = [*ProposedVerdict.objects.values(), *Decision.objects.values(), *Appeal.objects.values()]
    assert "Lefèvre" not in str(rows)
    assert Decision.objects.get().kind == Kind.REFUSE
