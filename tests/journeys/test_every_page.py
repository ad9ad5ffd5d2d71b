"""Each page on a phone and on a desktop: axe-core finds nothing, nothing overflows."""

from __future__ import annotations

import pytest

from portevoix.web.experiences.models import Concern
from portevoix.web.replies.judging import judge
from portevoix.web.replies.proposing import propose
from tests.journeys.browser import DESKTOP, PHONE, assert_accessible, screenshot
from tests.journeys.conftest import Opener
from tests.web.cast import Cast
from tests.web.factories import make_experience, make_reply
from tests.web.replies.test_lots import answered

PUBLIC = {
    "improvements": "/ameliorations/",
    "list": "/experiences/",
    "list-filtered": "/experiences/?mots=guichet&ressenti=neutral&service=caf&du=2020-01-01",
    "home": "/",
    "networks": "/services/?service=caf",
    "network": "/services/allocations-familiales/",
    "done": "/ce-qui-a-change/",
    "promised": "/ce-qui-a-change/?etat=engagees",
    "statistics": "/statistiques/?reseau=allocations-familiales",
    "how-it-works": "/comment-ca-marche/",
    "charter": "/charte/",
    "sign-in": "/compte/connexion/",
    "forgotten": "/compte/mot-de-passe/oublie/",
    "accessibility": "/accessibilite/",
    "legal": "/mentions-legales/",
    "privacy": "/donnees-personnelles/",
    "open-data": "/donnees-ouvertes/",
    "api": "/api/",
    "site-map": "/plan-du-site/",
    "deposit": "/donner-mon-avis/",
    "deposit-story": "/donner-mon-avis/recit/?ressenti=neutral",
    "moderation-figures": "/moderation/",
    "not-found": "/nulle-part/",
}


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", PUBLIC)
def test_public_pages(open_page: Opener, cast: Cast, name: str, size: dict[str, int]) -> None:
    for number in range(6):
        told = make_experience(cast.caf_sambrelle, feeling=("positive", "negative")[number % 2])
        make_reply(told, improvement_status="done", improvement_text="Fait.", done_on="2026-03-02")
    page = open_page(PUBLIC[name], size)
    screenshot(page, name)
    assert_accessible(page)


# name → address and who reads it.
AGENTS = {
    "desk-moderator": ("/espace/", "moderator"),
    "desk-agent": ("/espace/", "agent_caf_sambrelle"),
    "desk-admin": ("/espace/", "admin"),
    "desk-nobody": ("/espace/", "without_role"),
    "accounts": ("/espace/administration/comptes/", "admin"),
    "invite": ("/espace/administration/comptes/ouvrir/", "manager_caf"),
    "directory": ("/espace/administration/annuaire/", "admin"),
    "articles-admin": ("/espace/administration/pages/", "admin"),
    "articles": ("/espace/pages/?question=payer", "agent_caf_sambrelle"),
    "journal": ("/espace/administration/journal/", "admin"),
    "moderation-queue": ("/espace/moderation/", "moderator"),
    "moderation-item": ("/espace/moderation/suivant/", "moderator"),
    "moderation-alerts": ("/espace/moderation/?liste=alertes", "moderator"),
    "moderation-answers": ("/espace/moderation/?liste=reponses", "moderator"),
    "api-keys": ("/espace/cles-api/", "manager_caf"),
    "work": ("/espace/a-traiter/?ressenti=neutral", "super_agent_caf_sambrelle"),
    "work-empty": ("/espace/a-traiter/?etape=repondues", "observer_nord"),
    "templates": ("/espace/modeles/", "manager_caf"),
    "template": ("/espace/modeles/nouveau/allocations-familiales/", "manager_caf"),
    "rules": ("/espace/reseaux/allocations-familiales/regles/", "manager_caf"),
    "rhythm": ("/espace/messages/", "agent_caf_sambrelle"),
    "studies": ("/espace/etudes/", "super_agent_caf_sambrelle"),
    "study-new": ("/espace/etudes/nouvelle/", "manager_caf"),
    "improvements-board": ("/espace/ameliorations/", "manager_caf"),
    "figures": ("/espace/chiffres/", "manager_caf"),
    "corrections": ("/espace/etudes/corrections/", "manager_caf"),
    "account": ("/compte/", "super_agent_caf_sambrelle"),
    "second-factor": ("/compte/double-authentification/", "moderator"),
    "password": ("/compte/mot-de-passe/", "moderator"),
}


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", AGENTS)
def test_agents_pages(open_page: Opener, cast: Cast, name: str, size: dict[str, int]) -> None:
    make_experience(cast.antenne_nord)
    make_experience(cast.caf_sambrelle, published=False)
    path, who = AGENTS[name]
    page = open_page(path, size, getattr(cast, who))
    screenshot(page, name)
    assert_accessible(page)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_what_the_help_changes(open_page: Opener, cast: Cast, size: dict[str, int]) -> None:
    answered(cast, 80, useful=5)
    page = open_page("/espace/reseaux/allocations-familiales/aide/", size, cast.manager_caf)
    screenshot(page, "comparison")
    assert_accessible(page)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_how_an_answer_was_written_and_what_was_thought_of_the_draft(
    open_page: Opener, cast: Cast, size: dict[str, int]
) -> None:
    told = make_experience(cast.caf_sambrelle, text="Le guichet était fermé sans prévenir.")
    concern = Concern.objects.select_related("experience", "structure", "network").get()
    proposal = propose(concern, cast.agent_caf_sambrelle)
    for one in (propose(concern, cast.agent_caf_sambrelle), proposal):
        judge(one, cast.agent_caf_sambrelle, helpful=False, faults=["imprecise"])
    page = open_page(f"/espace/recits/{told.pk}/1/", size, cast.agent_caf_sambrelle)
    page.locator(".pv-judge summary").click()
    screenshot(page, "judgement")
    assert_accessible(page)
    reply = make_reply(told, ai_similarity=40)
    for name, path in {
        "judgements": "/espace/avis/",
        "proof": f"/espace/recits/{told.pk}/1/preuve/{reply.pk}/",
    }.items():
        page = open_page(path, size, cast.manager_caf)
        screenshot(page, name)
        assert_accessible(page)


def test_one_story(open_page: Opener, cast: Cast) -> None:
    told = make_experience(cast.caf_sambrelle, text="Mme [nom] m'a reçue au [adresse].")
    make_reply(told, ai_similarity=40, signature="La responsable")
    page = open_page(told.get_absolute_url(), PHONE)
    assert page.locator(".pv-told .pv-mask").count() == 2
    screenshot(page, "story")
    assert_accessible(page)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_one_structure(open_page: Opener, cast: Cast, size: dict[str, int]) -> None:
    make_reply(make_experience(cast.antenne_nord))
    page = open_page(f"/structures/{cast.caf_sambrelle.code}/", size)
    screenshot(page, "structure")
    assert_accessible(page)
