"""What may happen to a story, by whom, and what it leaves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from portevoix.web.accounts.policies import NotAllowedError
from portevoix.web.experiences import actions
from portevoix.web.experiences.actions import About, AlreadySaidError, Story, WrongStateError
from portevoix.web.experiences.enums import TRANSITIONS, State
from portevoix.web.experiences.models import AuthorKey, Experience, SearchEntry
from portevoix.web.experiences.queries import by_key, one
from portevoix.web.journal.models import Entry
from tests.web.cast import Cast
from tests.web.factories import make_experience


def told(cast: Cast, **fields: object) -> Story:
    return Story(
        title="Mon dossier est passé",
        text="Mme Durand m'a reçue au 06 39 98 12 34.",
        feeling="positive",
        about=[About(structure=cast.caf_sambrelle, channels={"desk": "positive", "phone": ""})],
        tags={"relation": "positive"},
        email="auteure@exemple.fr",
        **fields,
    )


def verbs(experience: Experience) -> list[str]:
    entries = Entry.objects.filter(subject_type="experience", subject_id=str(experience.pk))
    return list(entries.order_by("pk").values_list("verb", flat=True))


def test_a_story_from_deposit_to_publication(cast: Cast) -> None:
    experience, token = actions.deposit(told(cast))
    assert one(experience.pk) is None
    assert by_key(token) == experience
    assert not AuthorKey.objects.filter(token_hash__contains=token).exists()

    actions.publish(experience, experience.title, "[nom] m'a reçue.", cast.moderator)

    shown = one(experience.pk)
    assert shown is not None
    assert shown.published_text == "[nom] m'a reçue."
    concern = shown.concerns.get()
    assert concern.published_at == shown.published_at
    assert concern.due_on == timezone.localdate(shown.published_at) + timedelta(days=15)
    assert verbs(experience) == ["deposit", "publish"]


def test_only_a_moderator_publishes(cast: Cast) -> None:
    experience, _ = actions.deposit(told(cast))
    for someone in (cast.admin, cast.agent_caf_sambrelle, cast.manager_caf):
        with pytest.raises(NotAllowedError):
            actions.publish(experience, "t", "t", someone)


def test_two_decisions_at_once_the_second_is_told(cast: Cast) -> None:
    first, _ = actions.deposit(told(cast))
    second = Experience.objects.get(pk=first.pk)
    actions.refuse(first, cast.moderator, "injure")
    with pytest.raises(WrongStateError):
        actions.publish(second, "t", "t", cast.other_moderator)


def test_correction_comes_back_to_the_queue(cast: Cast) -> None:
    experience, _ = actions.deposit(told(cast))
    actions.ask_correction(experience, cast.moderator, "injure")
    actions.correct(experience, "Mon dossier", "Tout s'est bien passé.")
    assert (experience.state, experience.text) == (State.DEPOSITED, "Tout s'est bien passé.")


@pytest.mark.parametrize("hide", ["withdraw", "take_back", "refuse"])
def test_what_leaves_the_public_leaves_it_whole(cast: Cast, hide: str) -> None:
    experience, _ = actions.deposit(told(cast))
    actions.publish(experience, "Titre", "Texte masqué", cast.moderator)
    if hide == "withdraw":
        actions.withdraw(experience)
    elif hide == "refuse":
        actions.refuse(experience, cast.moderator, "injure")
    else:
        actions.take_back(experience, cast.moderator)
    assert one(experience.pk) is None
    assert not SearchEntry.objects.exists()
    assert experience.concerns.get().published_at is None


def test_a_withdrawn_story_keeps_no_word_of_its_author(cast: Cast) -> None:
    experience, _ = actions.deposit(told(cast, pseudonym="nadia"))
    actions.withdraw(experience)
    kept = Experience.objects.get(pk=experience.pk)
    assert (kept.title, kept.text, kept.pseudonym) == ("", "", "")
    assert not hasattr(kept, "contact")


@pytest.mark.parametrize("state", State)
def test_no_move_but_those_of_the_table(cast: Cast, state: str) -> None:
    moves = {
        State.PUBLISHED: lambda e: actions.publish(e, "t", "t", cast.moderator),
        State.TO_CORRECT: lambda e: actions.ask_correction(e, cast.moderator, ""),
        State.REFUSED: lambda e: actions.refuse(e, cast.moderator, ""),
        State.WITHDRAWN: actions.withdraw,
    }
    for to, move in moves.items():
        experience = make_experience(cast.caf_sambrelle, published=state == State.PUBLISHED)
        Experience.objects.filter(pk=experience.pk).update(state=state)
        experience.refresh_from_db()
        if to in TRANSITIONS[state]:
            move(experience)
            assert experience.state == to
        else:
            with pytest.raises(WrongStateError):
                move(experience)


def test_same_experience_once_a_browser(cast: Cast) -> None:
    experience = make_experience(cast.caf_sambrelle)
    actions.say_same(experience, "cookie-1")
    with pytest.raises(AlreadySaidError):
        actions.say_same(experience, "cookie-1")
    actions.say_same(experience, "cookie-2")
    experience.refresh_from_db()
    assert experience.similar_count == 2


def test_reassigning_crosses_networks_and_leaves_a_trace(cast: Cast) -> None:
    experience = make_experience(cast.caf_sambrelle)
    concern = experience.concerns.get()
    actions.reassign(concern, cast.brigade_valserine, cast.agent_caf_sambrelle, "autre réseau")
    assert concern.network == cast.gendarmerie
    with pytest.raises(NotAllowedError):
        actions.reassign(concern, cast.caf_sambrelle, cast.agent_caf_sambrelle, "retour")
