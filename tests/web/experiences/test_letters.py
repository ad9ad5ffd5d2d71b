"""What authors are told: kept for their page, sent to an address, taken back in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from portevoix.web.experiences import actions, letters
from portevoix.web.experiences.actions import About, Story
from portevoix.web.experiences.models import Experience, Notice
from portevoix.web.experiences.queries import by_key
from portevoix.web.mail.models import Message
from tests.web.cast import Cast
from tests.web.factories import make_experience

LETTERS: dict[str, Callable[[Experience], Notice]] = {
    "received": letters.received,
    "to_correct": lambda e: letters.to_correct(e, "Retirez le nom de l’agent."),
    "refused": lambda e: letters.refused(e, "Une injure visant une personne."),
    "published": letters.published,
    "answered": lambda e: letters.answered(e, "Caf de Sambrelle", "Merci. " * 200),
    "transferred": lambda e: letters.transferred(e, "Caf de Brévigny"),
    "improved": lambda e: letters.improved(e, "la Caf de Sambrelle", "Un second guichet ouvre."),
    "cared_for": lambda e: letters.cared_for(e, "Le 3114 répond à toute heure."),
}


def deposited(cast: Cast, email: str = "nadia@exemple.fr") -> Experience:
    story = Story("Titre", "Mon récit.", "neutral", [About(cast.caf_sambrelle)], email=email)
    return actions.deposit(story)[0]


@pytest.mark.parametrize("name", LETTERS)
def test_each_letter_opens_the_private_page(cast: Cast, name: str) -> None:
    experience = deposited(cast)
    notice = LETTERS[name](experience)
    message = Message.objects.get(key=notice.mail_key)
    assert message.recipient == "nadia@exemple.fr"
    assert message.kind == f"author.{name}"
    token = message.text.split("/mon-avis/")[1].split("/")[0]
    assert by_key(token) == experience
    assert f"/mon-avis/{token}/" in message.html
    assert "Vous recevez ce message parce que" in message.text
    # The author's own words never leave in a letter.
    assert "Mon récit." not in message.text


def test_without_address_it_is_kept_for_the_page_alone(cast: Cast) -> None:
    experience = deposited(cast, email="")
    letters.to_correct(experience, "Retirez le nom.")
    assert not Message.objects.exists()
    assert experience.notices.get().message == "Retirez le nom."


def test_what_was_going_to_be_told_can_be_taken_back(cast: Cast) -> None:
    experience = deposited(cast)
    notice = letters.published(experience, hold=timedelta(seconds=30))
    key = notice.mail_key
    letters.take_back(notice)
    assert Message.objects.get(key=key).state == "cancelled"
    assert not experience.notices.exists()


def test_withdrawing_stops_what_has_not_left(cast: Cast) -> None:
    experience = deposited(cast)
    letters.to_correct(experience, "Retirez le nom.")
    actions.withdraw(experience)
    assert set(Message.objects.values_list("state", "text")) == {("cancelled", "")}
    assert experience.notices.get().message == ""


def test_a_letter_belongs_to_an_act_that_was_done(cast: Cast) -> None:
    """A long answer is quoted from its beginning, on a word."""
    experience = make_experience(cast.caf_sambrelle)
    actions.give_address(experience, "nadia@exemple.fr")
    letters.answered(experience, "Caf", "Bonjour à vous. " * 100)
    quoted = Message.objects.get().text
    assert "vous.…" in quoted or "Bonjour…" in quoted or "à…" in quoted
    assert len(quoted) < 1_800
