"""Someone tells a story: by keyboard alone, without scripts, in two tabs, in distress."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from portevoix.web.deposit.models import Draft
from portevoix.web.directory.actions import touch
from portevoix.web.experiences import letters
from portevoix.web.experiences.actions import About, Story, ask_correction, deposit, give_key
from portevoix.web.experiences.models import Experience
from portevoix.web.mail.models import Message
from tests.journeys.browser import DESKTOP, PHONE, assert_accessible, screenshot, tab_to
from tests.journeys.conftest import Opener
from tests.web.cast import Cast
from tests.web.factories import make_experience, make_reply

STORY = (
    "J'ai attendu deux heures à la caf de Brévigny. Mme Durand m'a reçue "
    "et m'a donné son numéro, le 06 39 98 12 34. Tout a été réglé le lendemain."
)


def look(page: Page, name: str) -> None:
    screenshot(page, f"deposit-{name}")
    assert_accessible(page)


def test_on_a_phone_by_keyboard_alone(open_page: Opener, cast: Cast) -> None:
    touch()
    page = open_page("/", PHONE)
    press(page, "Moyen")
    page.wait_for_url("**/recit/**")
    tell_by_keyboard(page)
    choose_by_keyboard(page)
    detail_by_keyboard(page)
    send_by_keyboard(page)
    told = Experience.objects.get()
    assert told.text == STORY
    assert told.concerns.get().structure == cast.caf_brevigny
    channels = dict(told.concerns.get().channels.values_list("channel", "feeling"))
    assert channels == {"phone": "positive"}
    assert Message.objects.get().recipient == "nadia@exemple.fr"


def press(page: Page, name: str, key: str = "Enter") -> None:
    tab_to(page, name)
    page.keyboard.press(key)


def tell_by_keyboard(page: Page) -> None:
    look(page, "story-empty")
    tab_to(page, "Que s’est-il passé")
    page.keyboard.type(STORY)
    expect(page.locator("#conseils")).to_contain_text("sera masqué")
    expect(page.locator("[data-saved]")).to_contain_text(re.compile(r"Enregistré à \d+\sh\s\d\d"))
    look(page, "story")
    press(page, "Titre proposé")
    expect(page.get_by_label("Titre")).to_be_focused()
    press(page, "Continuer")
    page.wait_for_url("**/service/")


def choose_by_keyboard(page: Page) -> None:
    look(page, "service")
    tab_to(page, "Cherchez le service")
    page.keyboard.type("caf brevigni")
    found = page.locator("#trouves .pv-service").first
    expect(found).to_contain_text("Caf de Brévigny")
    look(page, "service-found")
    found.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".pv-chosen")).to_contain_text("Caf de Brévigny")
    look(page, "service-chosen")
    press(page, "Continuer")
    page.wait_for_url("**/precisions/")


def detail_by_keyboard(page: Page) -> None:
    press(page, "Téléphone", "Space")
    press(page, "Bien", "Space")
    look(page, "details")
    press(page, "Continuer")
    page.wait_for_url("**/envoi/")


def send_by_keyboard(page: Page) -> None:
    expect(page.locator(".pv-preview")).to_contain_text("Mme [nom] m'a reçue")
    look(page, "summary")
    tab_to(page, "Votre adresse électronique")
    page.keyboard.type("nadia@exemple.fr")
    press(page, "J’accepte que mon récit", "Space")
    press(page, "Envoyer mon avis")
    page.wait_for_url("**/merci/")
    look(page, "receipt")


def test_without_scripts(open_page: Opener, cast: Cast) -> None:
    touch()
    page = open_page("/donner-mon-avis/", PHONE, scripts=False)
    look_without_scripts(page, "start")
    page.get_by_role("button", name="Mal").click()
    page.get_by_label("Que s’est-il passé").fill(STORY)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Cherchez le service").fill("caf brevigni")
    page.get_by_role("button", name="Chercher").click()
    page.locator("#trouves .pv-service").first.click()
    look_without_scripts(page, "service")
    page.get_by_role("button", name="Continuer").click()
    page.locator("label[for=id_used-1-phone]").click()
    expect(page.locator("#id_felt-1-phone")).to_be_visible()
    expect(page.locator("#id_felt-1-desk")).not_to_be_visible()
    look_without_scripts(page, "details")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Envoyer mon avis").click()
    expect(page.locator("#erreurs")).to_contain_text("Cochez cette case")
    page.locator("label[for=id_consent]").click()
    page.get_by_role("button", name="Envoyer mon avis").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Merci, votre avis est envoyé")
    look_without_scripts(page, "receipt")
    page.get_by_role("link", name="Ouvrir ma page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon avis")
    assert Experience.objects.get().feeling == "negative"


def look_without_scripts(page: Page, name: str) -> None:
    """axe-core needs scripts: only a picture is taken."""
    screenshot(page, f"deposit-no-script-{name}")


def test_reload_and_back_lose_nothing(open_page: Opener, cast: Cast) -> None:
    page = open_page("/donner-mon-avis/?ressenti=positive", PHONE)
    page.get_by_label("Que s’est-il passé").fill(STORY)
    expect(page.locator("[data-saved]")).to_contain_text("Enregistré à")
    page.reload()
    expect(page.get_by_label("Que s’est-il passé")).to_have_value(STORY)
    # Typed, then left at once: the page saves as it closes.
    page.get_by_label("Que s’est-il passé").fill(f"{STORY} Merci encore.")
    page.goto("/")
    page.goto("/donner-mon-avis/")
    expect(page.locator(".fr-callout")).to_contain_text("Vous avez commencé un avis")
    look(page, "begun")
    page.get_by_role("link", name="Reprendre cet avis").click()
    expect(page.get_by_label("Que s’est-il passé")).to_have_value(f"{STORY} Merci encore.")


def test_two_tabs_keep_both_texts(open_page: Opener, cast: Cast) -> None:
    page = open_page("/donner-mon-avis/?ressenti=positive")
    page.get_by_label("Que s’est-il passé").fill("Début.")
    expect(page.locator("[data-saved]")).to_contain_text("Enregistré à")
    second = page.context.new_page()
    second.goto("/donner-mon-avis/recit/")
    page.get_by_label("Que s’est-il passé").fill("Le premier onglet va plus loin.")
    expect(page.locator("input[name=version]")).to_have_value("2")
    second.get_by_label("Que s’est-il passé").fill("Le second onglet raconte autre chose.")
    expect(second.locator("[data-saved]")).to_contain_text("il est gardé")
    second.reload()
    expect(second.locator(".pv-aside")).to_contain_text("Le premier onglet va plus loin.")
    look(second, "two-tabs")
    second.get_by_role("button", name="Reprendre ce texte").click()
    expect(second.get_by_label("Que s’est-il passé")).to_have_value(
        "Le premier onglet va plus loin."
    )
    assert Draft.objects.count() == 1


def test_help_comes_while_one_writes(open_page: Opener, cast: Cast) -> None:
    page = open_page("/donner-mon-avis/?ressenti=negative", PHONE)
    page.get_by_label("Que s’est-il passé").fill(
        "Plus de RSA depuis trois mois. Je n'en peux plus, je veux en finir avec la vie."
    )
    panel = page.locator(".pv-emergency")
    expect(panel).to_be_visible()
    expect(panel.get_by_role("link").first).to_contain_text("3114")
    look(page, "emergency")
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url("**/service/")
    expect(page.locator(".pv-emergency")).to_be_visible()
    assert_accessible(page)


def test_a_cut_connection_is_told_then_made_good(open_page: Opener, cast: Cast) -> None:
    page = open_page("/donner-mon-avis/?ressenti=positive", DESKTOP)
    page.context.set_offline(True)
    page.get_by_label("Que s’est-il passé").fill(STORY)
    expect(page.locator("[data-saved]")).to_contain_text("la connexion est coupée")
    page.context.set_offline(False)
    expect(page.locator("[data-saved]")).to_contain_text("Enregistré à")
    assert Draft.objects.get().text == STORY


def test_its_author_corrects_then_withdraws(open_page: Opener, cast: Cast) -> None:
    told, token = deposit(
        Story("Deux heures", STORY, "negative", [About(structure=cast.caf_brevigny)])
    )
    ask_correction(told, cast.moderator, "injure")
    letters.to_correct(told, "Retirez le nom de l’agente, s’il vous plaît.")
    page = open_page(f"/mon-avis/{token}/", PHONE)
    look(page, "to-correct")
    page.get_by_role("link", name="Corriger mon récit").click()
    look(page, "correct")
    page.get_by_label("Que s’est-il passé").fill("Une agente m'a reçue et tout a été réglé.")
    page.get_by_role("button", name="Renvoyer mon récit").click()
    expect(page.locator(".fr-alert--success")).to_contain_text("Une personne va le relire")
    look(page, "corrected")
    page.get_by_role("link", name="Retirer mon récit").click()
    look(page, "withdraw")
    page.get_by_role("button", name="Retirer mon récit").click()
    expect(page.get_by_text("Vous avez retiré ce récit")).to_be_visible()
    look(page, "withdrawn")
    assert Experience.objects.get().text == ""


def test_its_author_rates_and_answers_back(open_page: Opener, cast: Cast) -> None:
    told = make_experience(cast.caf_brevigny)
    reply = make_reply(told)
    page = open_page(f"/mon-avis/{give_key(told)}/", PHONE, scripts=False)
    page.get_by_text("Pas utile").click()
    page.get_by_label("Pourquoi").fill("Rien de concret.")
    page.get_by_role("button", name="Envoyer mon avis sur cette réponse").click()
    page.get_by_text("Répondre à ce service, une seule fois").click()
    page.get_by_label("Votre message au service").fill("Merci, mais je n'ai pas de date.")
    page.get_by_role("button", name="Envoyer mon message").click()
    expect(page.get_by_text("Une personne va le relire avant de le publier")).to_be_visible()
    reply.refresh_from_db()
    assert reply.author_found_useful is False
    seen = open_page(f"/mon-avis/{give_key(told)}/", PHONE)
    look(seen, "answered")
