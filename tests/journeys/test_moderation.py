"""A moderator at work: by keyboard, by mouse, without scripts; two at once; and what follows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from portevoix.web.experiences.actions import give_key
from portevoix.web.experiences.models import Experience
from portevoix.web.experiences.queries import one
from portevoix.web.moderation import actions, appeals
from portevoix.web.moderation.models import Alert, Decision
from tests.journeys.browser import DESKTOP, PHONE, assert_accessible, screenshot
from tests.journeys.conftest import Opener
from tests.web.cast import Cast
from tests.web.factories import make_experience

TEXT = "Mme Lefèvre m'a bien reçue 😀.\n\nLe chef Bernard du guichet 4 a crié, au 06 39 98 12 34."


@pytest.fixture
def story(cast: Cast) -> Experience:
    return make_experience(cast.caf_sambrelle, published=False, title="Deux accueils", text=TEXT)


def settle() -> None:
    actions.settle_due(timezone.now() + timedelta(seconds=31))


def address(story: Experience) -> str:
    return f"/espace/moderation/{story.pk}/"


def test_masks_and_publishes_by_keyboard_alone(open_page: Opener, cast: Cast) -> None:
    first = make_experience(cast.caf_sambrelle, published=False, title="Premier", text=TEXT)
    second = make_experience(cast.caf_brevigny, published=False, title="Second", text="Très bien.")
    page = open_page("/espace/moderation/suivant/", DESKTOP, cast.moderator)
    expect(page.locator("#preview")).to_contain_text("[téléphone]")
    page.keyboard.press("m")
    expect(page.get_by_role("heading", level=1)).to_have_text("Second")
    expect(page.get_by_role("status")).to_contain_text("Masquer et publier")
    page.keyboard.press("p")
    page.wait_for_url("**/espace/moderation/")
    assert one(first.pk) is None
    settle()
    shown = one(first.pk)
    assert shown is not None
    assert "Lefèvre" not in shown.published_text
    assert "😀" in shown.published_text
    assert one(second.pk) is not None


def test_ticks_and_selections_change_what_would_be_published(
    open_page: Opener, cast: Cast, story: Experience
) -> None:
    page = open_page(address(story), DESKTOP, cast.moderator)
    preview = page.locator("#preview")
    page.locator("mark [data-words]", has_text="Lefèvre").click()
    expect(preview).to_contain_text("Lefèvre")
    # « guichet 4 », selected with the mouse as one does, after an emoji and an empty line.
    page.evaluate(
        """() => {
        const piece = [...document.querySelectorAll('[data-part=text] [data-start]')]
            .find((each) => each.textContent.includes('guichet 4'));
        const at = piece.firstChild.data.indexOf('guichet 4');
        getSelection().setBaseAndExtent(piece.firstChild, at, piece.firstChild, at + 9);
        document.querySelector('[data-part=text]').dispatchEvent(new MouseEvent('mouseup'));
    }"""
    )
    page.get_by_role("button", name="Masquer la sélection").click()
    expect(preview).not_to_contain_text("guichet 4")
    page.get_by_role("button", name="Masquer et publier").click()
    page.wait_for_url("**/espace/moderation/")
    settle()
    shown = one(story.pk)
    assert shown is not None
    assert "Lefèvre" in shown.published_text
    assert "guichet" not in shown.published_text
    assert "a crié" in shown.published_text


def test_without_scripts_a_word_is_added_and_a_refusal_shown_then_sent(
    open_page: Opener, cast: Cast, story: Experience
) -> None:
    page = open_page(address(story), PHONE, cast.moderator, scripts=False)
    page.get_by_label("Masquer aussi").fill("guichet 4")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.locator("#preview")).not_to_contain_text("guichet 4")
    page.locator("summary", has_text="Refuser").click()
    panel = page.locator(".pv-choice[data-key=r]")
    panel.get_by_label("Raison").select_option("accusation")
    panel.get_by_role("button", name="Refuser").click()
    message = page.locator(".pv-choice[data-key=r]").get_by_label("Message à l’auteur")
    assert "procureur de la République" in message.input_value()
    assert not Decision.objects.exists()
    screenshot(page, "moderation-refusal-no-script")
    page.locator(".pv-choice[data-key=r]").get_by_role("button", name="Refuser").click()
    page.wait_for_url("**/espace/moderation/")
    assert Decision.objects.get().reason == "accusation"


def test_refuses_with_a_reason_then_undoes(
    open_page: Opener, cast: Cast, story: Experience
) -> None:
    page = open_page(address(story), DESKTOP, cast.moderator)
    page.keyboard.press("r")
    panel = page.locator(".pv-choice[data-key=r]")
    expect(panel.get_by_label("Raison")).to_be_focused()
    panel.get_by_label("Raison").select_option("insult")
    expect(panel.get_by_label("Message à l’auteur")).to_have_value(
        "Votre récit contient des injures. La charte ne permet pas de les publier."
    )
    screenshot(page, "moderation-refusal")
    assert_accessible(page)
    # Keys are silent while one types.
    panel.get_by_label("Message à l’auteur").press("p")
    panel.get_by_role("button", name="Refuser le récit").click()
    page.wait_for_url("**/espace/moderation/")
    expect(page.get_by_role("status")).to_contain_text("secondes")
    page.get_by_role("button", name="Annuler").click()
    page.wait_for_url(f"**{address(story)}")
    settle()
    story.refresh_from_db()
    assert story.state == "deposited"


def test_escalates_distress_with_who_was_called(open_page: Opener, cast: Cast) -> None:
    sad = make_experience(
        cast.caf_sambrelle, published=False, text="Je veux en finir, je n'en peux plus de vivre."
    )
    page = open_page(address(sad), DESKTOP, cast.moderator)
    panel = page.locator(".pv-choice[data-key=e]")
    expect(panel.get_by_label("Ce que vous craignez")).to_have_value("detresse")
    expect(panel.get_by_text("violences faites aux femmes")).not_to_be_visible()
    screenshot(page, "moderation-alert")
    assert_accessible(page)
    panel.locator("label", has_text="Samu").click()
    panel.get_by_role("button", name="Donner l’alerte").click()
    page.wait_for_url("**/espace/moderation/")
    settle()
    assert Alert.objects.get().decision.contacts == ["15"]
    page.goto("/espace/moderation/?liste=alertes")
    assert_accessible(page)
    page.get_by_role("link", name="Deux heures d'attente").click()
    page.get_by_label("Comment s’est-elle terminée").select_option("handed_over")
    page.get_by_role("button", name="Clore l’alerte").click()
    expect(page.get_by_text("Alerte close.")).to_be_visible()


def test_two_moderators_on_one_story(open_page: Opener, cast: Cast, story: Experience) -> None:
    open_page(address(story), DESKTOP, cast.moderator)
    page = open_page(address(story), PHONE, cast.other_moderator)
    expect(page.get_by_role("alert")).to_contain_text("Maud Moderation lit ce récit")
    screenshot(page, "moderation-held")
    assert_accessible(page)
    page.get_by_role("button", name="Le relire à sa place").click()
    expect(page.get_by_role("button", name="Masquer et publier")).to_be_visible()


def test_this_text_reaches_me(open_page: Opener, cast: Cast, story: Experience) -> None:
    page = open_page(address(story), PHONE, cast.moderator)
    page.get_by_role("button", name="Ce texte m’atteint").click()
    expect(page.get_by_text("C’est confié à un collègue")).to_be_visible()
    expect(page.get_by_text("Rien à relire")).to_be_visible()


def test_an_author_contests_and_another_person_publishes(
    open_page: Opener, cast: Cast, story: Experience
) -> None:
    actions.refuse(story, "off_topic", "Votre message ne parle pas d'un service.", cast.moderator)
    settle()
    page = open_page(f"/mon-avis/{give_key(story)}/", PHONE)
    screenshot(page, "appeal")
    assert_accessible(page)
    page.locator("form[action$='contester/'] textarea").fill("Je parle de la Caf de Sambrelle.")
    page.get_by_role("button", name="Demander un second avis").click()
    expect(page.get_by_text("C’est noté")).to_be_visible()

    moderator = open_page("/espace/moderation/", DESKTOP, cast.other_moderator)
    moderator.get_by_role("link", name="Deux accueils").click()
    expect(moderator.get_by_text("Je parle de la Caf de Sambrelle.")).to_be_visible()
    screenshot(moderator, "moderation-appeal")
    assert_accessible(moderator)
    moderator.keyboard.press("m")
    moderator.wait_for_url("**/espace/moderation/")
    settle()
    assert one(story.pk) is not None


def test_a_reported_leak_is_hidden_at_once(open_page: Opener, cast: Cast) -> None:
    public = make_experience(cast.caf_sambrelle, title="Bon accueil", text=TEXT)
    appeals.report(public, "personal", "Le nom d'une agente")
    page = open_page("/espace/moderation/?liste=signalements", DESKTOP, cast.moderator)
    assert_accessible(page)
    page.get_by_role("link", name="On peut reconnaître").click()
    page.locator("label", has_text="Lefèvre").click()
    screenshot(page, "moderation-reported")
    assert_accessible(page)
    page.get_by_role("button", name="Publier avec ces masques").click()
    page.wait_for_url("**/espace/moderation/")
    shown = one(public.pk)
    assert shown is not None
    assert "Lefèvre" not in shown.published_text
