"""What an author is shown of a story, from its deposit to its answers."""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from portevoix.web.experiences import actions, letters
from portevoix.web.experiences.actions import About, Story
from portevoix.web.experiences.models import Experience
from portevoix.web.experiences.timeline import timeline
from tests.web.cast import Cast
from tests.web.factories import make_experience, make_reply


def deposited(cast: Cast) -> tuple[Experience, str]:
    return actions.deposit(Story("Titre", "Mon récit.", "neutral", [About(cast.caf_sambrelle)]))


def titles(experience: Experience) -> list[str]:
    return [step.title for step in timeline(experience)]


def test_a_deposit_says_what_comes_next(cast: Cast) -> None:
    experience, _ = deposited(cast)
    assert titles(experience) == [
        "Vous avez envoyé votre récit",
        "Une personne va lire votre récit",
        "Le service concerné pourra vous répondre",
    ]
    assert "15 jours" in timeline(experience)[-1].words


def test_a_promise_of_delay_is_measured(cast: Cast) -> None:
    experience, _ = deposited(cast)
    assert timeline(experience)[1].by is None
    for _rank in range(5):
        make_experience(cast.caf_sambrelle)
    caches["local"].clear()
    assert timeline(experience)[1].by == timezone.localdate() + timedelta(days=1)


def test_a_correction_is_told_with_the_words_of_the_moderator(cast: Cast) -> None:
    experience, token = deposited(cast)
    actions.ask_correction(experience, cast.moderator, "injure")
    letters.to_correct(experience, "Retirez le nom de l’agent.")
    page = Client().get(f"/mon-avis/{token}/").content.decode()
    assert "Retirez le nom de l’agent." in page
    assert "À vous" in page


def test_what_may_be_taken_back_is_not_shown(cast: Cast) -> None:
    experience, _ = deposited(cast)
    letters.refused(experience, "Injure.", hold=timedelta(seconds=30))
    assert "ne l’a pas publié" not in " ".join(titles(experience))


def test_an_answer_closes_the_line(cast: Cast) -> None:
    experience = make_experience(cast.caf_sambrelle)
    assert titles(experience)[-1] == "Réponse attendue\u00a0: Caf de Sambrelle"
    make_reply(experience)
    experience.concerns.update(answered_at=timezone.now())
    assert titles(experience)[-1] == "Caf de Sambrelle vous a répondu"


def test_a_wrong_key_opens_nothing(cast: Cast) -> None:
    deposited(cast)
    for token in ("x", "é" * 40, "a" * 500, "%00", "..%2f"):
        assert Client().get(f"/mon-avis/{token}/").status_code == 404


def test_a_private_page_is_kept_by_nobody(cast: Cast) -> None:
    _, token = deposited(cast)
    response = Client().get(f"/mon-avis/{token}/")
    assert "no-store" in response["Cache-Control"]
    assert 'name="robots" content="noindex"' in response.content.decode()
