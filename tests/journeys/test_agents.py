"""From the list of an agent to the e-mail of an author, through another network."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone
from playwright.sync_api import Page, expect

from portevoix.web.directory.actions import touch
from portevoix.web.experiences.models import AuthorContact, Concern
from portevoix.web.mail.actions import deliver_due
from portevoix.web.replies.blocks import load_templates
from portevoix.web.replies.drafting import Words, publish_due, save
from portevoix.web.replies.models import Draft, Reply
from tests.journeys.browser import DESKTOP, PHONE, assert_accessible, screenshot, tab_to
from tests.journeys.conftest import Opener
from tests.web.cast import Cast
from tests.web.factories import make_experience

ANSWER = "Nous avons rappelé la personne. Un second accueil ouvre le lundi matin."


def answer_address(number: int, rank: int = 1) -> str:
    return f"/espace/recits/{number}/{rank}/"


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_from_one_network_to_another_until_the_author_is_told(
    open_page: Opener, cast: Cast, size: dict[str, int]
) -> None:
    cast.gendarmerie.validates_replies = True
    cast.gendarmerie.save()
    touch()
    told = make_experience(cast.caf_sambrelle, title="La brigade ne répond pas")
    AuthorContact.objects.create(experience=told, email="auteur@exemple.fr")
    _find_correct_and_transfer(open_page("/espace/", size, cast.agent_caf_sambrelle))
    _answer(open_page("/espace/", size, cast.agent_brigade_valserine))
    _validate(open_page("/espace/a-traiter/", size, cast.manager_gendarmerie))
    assert not Reply.objects.exists()
    Draft.objects.update(leaves_at=timezone.now() - timedelta(seconds=1))
    assert publish_due() == 1
    deliver_due()
    subjects = [message.subject for message in outbox.outbox]
    assert subjects == [
        "Votre récit est confié à un autre service",
        "Un service a répondu à votre récit",
    ]
    _announce(open_page(answer_address(told.pk), size, cast.agent_brigade_valserine))
    assert Reply.objects.get().improvement_status == "done"
    concern = Concern.objects.get()
    assert (concern.state, concern.structure) == ("answered", cast.brigade_valserine)
    public = open_page(told.get_absolute_url(), size)
    expect(public.get_by_text("Un second accueil ouvre le lundi matin")).to_be_visible()


def _find_correct_and_transfer(page: Page) -> None:
    page.get_by_role("link", name="Répondre").click()
    assert_accessible(page)
    page.get_by_role("link", name="La brigade ne répond pas").click()
    screenshot(page, "answer")
    assert_accessible(page)
    page.get_by_role("link", name="Corriger les étiquettes").click()
    assert_accessible(page)
    page.get_by_label("Réactivité").select_option("negative")
    page.get_by_label("Téléphone").select_option("negative")
    page.get_by_role("button", name="Enregistrer les étiquettes").click()
    expect(page.get_by_text("Réactivité : négatif".replace(" :", "\u00a0:"))).to_be_visible()
    page.get_by_role("link", name="Transférer").click()
    page.get_by_label("Quel service peut répondre").fill("brigade valserine")
    page.get_by_role("button", name="Chercher").click()
    assert_accessible(page)
    page.get_by_role("link", name="Brigade de Valserine").click()
    page.get_by_role("button", name="Transférer à ce service").click()
    expect(page.locator("#erreurs")).to_contain_text("Dites pourquoi")
    assert_accessible(page)
    page.get_by_label("Pourquoi").select_option("not_ours")
    page.get_by_label("Un mot pour vos collègues").fill("La personne attend un rappel.")
    screenshot(page, "transfer")
    page.get_by_role("button", name="Transférer à ce service").click()
    expect(page.get_by_text("Son auteur en est averti")).to_be_visible()


def _answer(page: Page) -> None:
    page.get_by_role("link", name="Répondre").click()
    page.get_by_role("link", name="La brigade ne répond pas").click()
    expect(page.get_by_text("La personne attend un rappel.")).to_be_visible()
    page.locator("#id_text").fill(ANSWER)
    expect(page.locator("#enregistre")).to_contain_text("Enregistré à")
    page.get_by_role("button", name="Relire avant d’envoyer").click()
    screenshot(page, "preview")
    assert_accessible(page)
    page.get_by_role("button", name="Envoyer pour accord").click()
    expect(page.get_by_role("heading", name="Réponse en attente d’accord")).to_be_visible()
    assert_accessible(page)


def _validate(page: Page) -> None:
    page.get_by_role("link", name="À valider").click()
    page.get_by_role("link", name="La brigade ne répond pas").click()
    screenshot(page, "validation")
    assert_accessible(page)
    page.get_by_role("button", name="Valider et envoyer").click()
    expect(page.get_by_role("heading", name="Réponse envoyée")).to_be_visible()
    assert_accessible(page)


def _announce(page: Page) -> None:
    page.get_by_role("link", name="Annoncer une amélioration").click()
    assert_accessible(page)
    page.get_by_label("C’est fait").check(force=True)
    page.get_by_label("Ce qui change").fill("Un second accueil est ouvert.")
    page.get_by_role("button", name="Publier l’annonce").click()
    expect(page.get_by_text("L’auteur du récit en est averti")).to_be_visible()


def test_answering_by_keyboard_alone(open_page: Opener, cast: Cast) -> None:
    told = make_experience(cast.caf_sambrelle)
    page = open_page(answer_address(told.pk), agent=cast.agent_caf_sambrelle)
    tab_to(page, "Votre réponse")
    page.keyboard.type(ANSWER)
    tab_to(page, "Relire avant d’envoyer")
    page.keyboard.press("Enter")
    page.wait_for_url("**/relire/")
    tab_to(page, "Envoyer la réponse")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Réponse envoyée")).to_be_visible()
    tab_to(page, "Reprendre cette réponse")
    page.keyboard.press("Enter")
    expect(page.locator("#id_text")).to_have_value(ANSWER)


def test_without_scripts(open_page: Opener, cast: Cast) -> None:
    told = make_experience(cast.caf_sambrelle)
    page = open_page(answer_address(told.pk), PHONE, cast.agent_caf_sambrelle, scripts=False)
    page.locator("#id_text").fill("Appelez Mme Durand au 06 12 34 56 78.")
    page.get_by_role("button", name="Relire avant d’envoyer").click()
    expect(page.get_by_text("06 12 34 56 78").last).to_be_visible()
    page.get_by_role("button", name="Envoyer la réponse").click()
    page.get_by_label("J’ai regardé").check(force=True)
    page.get_by_role("button", name="Envoyer la réponse").click()
    expect(page.get_by_role("heading", name="Réponse envoyée")).to_be_visible()


def test_two_agents_on_one_answer(open_page: Opener, cast: Cast) -> None:
    told = make_experience(cast.caf_sambrelle)
    first = open_page(answer_address(told.pk), agent=cast.agent_caf_sambrelle)
    second = open_page(answer_address(told.pk), PHONE, cast.super_agent_caf_sambrelle)
    first.locator("#id_text").fill("Le texte d’Aline.")
    expect(first.locator("#enregistre")).to_contain_text("Enregistré à")
    second.locator("#id_text").fill("Le texte de Sami.")
    expect(second.locator("#enregistre")).to_contain_text("Aline Agent a enregistré")
    second.get_by_role("link", name="Rouvrir la page").click()
    expect(second.locator("#mis-de-cote")).to_contain_text("Le texte de Sami.")
    expect(second.locator("#id_text")).to_have_value("Le texte d’Aline.")
    screenshot(second, "two-agents")
    assert_accessible(second)
    second.get_by_role("link", name="Mettre mon texte dans l’éditeur").click()
    expect(second.locator("#id_text")).to_have_value("Le texte de Sami.")
    second.get_by_role("button", name="Enregistrer").click()
    expect(second.locator("#id_text")).to_have_value("Le texte de Sami.")
    expect(second.locator("#mis-de-cote")).to_have_count(0)


def test_a_template_is_put_in_and_its_first_place_selected(open_page: Opener, cast: Cast) -> None:
    load_templates(cast.caf)
    told = make_experience(cast.caf_sambrelle)
    page = open_page(answer_address(told.pk), agent=cast.agent_caf_sambrelle)
    page.locator(".pv-templates > summary").click()
    assert_accessible(page)
    page.get_by_text("Délai trop long", exact=True).click()
    page.get_by_role("button", name="Insérer « Délai trop long »").click()
    selected = page.evaluate(
        "document.activeElement.value.slice("
        "document.activeElement.selectionStart, document.activeElement.selectionEnd)"
    )
    assert selected.startswith("{")
    page.get_by_role("button", name="Relire avant d’envoyer").click()
    expect(page.get_by_role("heading", name="à compléter")).to_be_visible()
    expect(page.get_by_role("button", name="Envoyer")).to_have_count(0)
    assert_accessible(page)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_what_the_charter_forbids_is_shown_and_asked_about(
    open_page: Opener, cast: Cast, size: dict[str, int]
) -> None:
    told = make_experience(cast.caf_sambrelle, title="Deux heures au guichet")
    page = open_page(answer_address(told.pk), size, cast.agent_caf_sambrelle)
    page.locator("#id_text").fill("Vous êtes un imbécile. Rappelez Mme Durand au 06 39 98 12 34.")
    page.get_by_role("button", name="Relire avant d’envoyer").click()
    checks = page.locator(".pv-check")
    expect(checks).to_contain_text("Contraire à la charte")
    expect(checks.locator("mark").first).to_have_text("imbécile")
    expect(checks).not_to_contain_text("Chiffre à vérifier")
    screenshot(page, "preview-charter")
    assert_accessible(page)
    page.get_by_role("button", name="Envoyer la réponse").click()
    assert not Reply.objects.exists()
    expect(page.get_by_role("heading", name="Relire avant d’envoyer")).to_be_visible()
    # Shown, never a wall: who has looked may send.
    page.get_by_text("J’ai relu").click()
    page.get_by_role("button", name="Envoyer la réponse").click()
    expect(page.get_by_role("heading", name="Réponse envoyée")).to_be_visible()


def test_a_super_agent_sends_back_and_gives_many(open_page: Opener, cast: Cast) -> None:
    cast.caf.validates_replies = True
    cast.caf.save()
    told = make_experience(cast.caf_sambrelle, title="Premier")
    make_experience(cast.antenne_nord, title="Second")
    words = Words("Bonjour,", ANSWER, "Merci,", "L’équipe")
    save(told.concerns.get(), words, 0, cast.agent_caf_sambrelle)
    Draft.objects.update(state="to_validate")
    page = open_page(answer_address(told.pk), PHONE, cast.super_agent_caf_sambrelle)
    page.get_by_text("Renvoyer à son auteur").click()
    page.get_by_label("Ce qu’il faut changer").fill("Dites quel lundi.")
    page.get_by_role("button", name="Renvoyer").click()
    expect(page.get_by_text("Dites quel lundi.")).to_be_visible()
    page.goto("/espace/a-traiter/")
    for box in page.locator("input[name=part]").all():
        box.check(force=True)
    page.get_by_label("Confier à").select_option(label="Aline Agent")
    page.get_by_role("button", name="Confier", exact=True).click()
    expect(page.get_by_text("2 récits confiés")).to_be_visible()
    page.get_by_text("Mes recherches").click()
    page.get_by_label("Nom de cette recherche").fill("Tout")
    page.get_by_role("button", name="Enregistrer cette recherche").click()
    expect(page.get_by_text("Recherche enregistrée")).to_be_visible()
    assert_accessible(page)
