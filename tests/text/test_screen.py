"""What screening proposes, in the words people write."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from portevoix.cli.screen import screen as command
from portevoix.text.screen import Screener, Urgency, Verdict, windows
from portevoix.text.screening.charter import BY_CODE, RULES, charter_page
from portevoix.text.screening.folding import fold
from portevoix.text.screening.phrases import Phrases, words_of
from tests.paths import ROOT
from tests.timing import in_proportion

SCREENER = Screener.load()


@pytest.mark.parametrize(
    "text",
    [
        "L'agent du guichet est un c0nn@rd, il m'a laissé attendre deux heures dehors.",
        "L'agent du guichet est un c o n n a r d, il m'a laissé attendre deux heures dehors.",
        "L'agent du guichet est un co**ard, il m'a laissé attendre deux heures dehors.",
        "L'agent du guichet est un connnnarrrd, il m'a laissé attendre deux heures dehors.",
        "L'agent du guichet est un CÔNNÂRD, il m'a laissé attendre deux heures dehors.",
        "Bande de voleurs, vous êtes des parasites payés à ne rien faire.",
    ],
)
def test_an_injury_is_read_through_its_masks(text: str) -> None:
    result = SCREENER.screen(text)
    assert result.verdict is Verdict.INSULT
    assert all(text[r.start : r.end] for r in result.reasons)


@pytest.mark.parametrize(
    "text",
    [
        "Votre site de merde m'a déconnecté trois fois, on a fini au guichet en dix minutes.",
        "Il m'a traité de connard devant tout le monde et personne n'a rien dit à l'accueil.",
        "L'agente m'a dit « espèce d'abruti » quand j'ai demandé un reçu à la mairie.",
        "Quel idiot je suis, j'avais oublié ma pièce. Je suis un idiot, la dame en a ri avec moi.",
        "Je ne suis pas d'accord avec la réforme, la mesure est absurde et chère pour la mairie.",
        "Cette saloperie d'imprimante a avalé mon passeport, l'agent de la mairie a bien aidé.",
        "On est mort de rire devant ce formulaire, mais la dame de la CAF a tout réglé vite.",
        "C'est bête mais j'avais oublié ma pièce, la dame de la mairie m'a attendu.",
        "Un homme aborde les gens dans la file. Je ne sais pas si c'est un menteur, prévenez-les.",
    ],
)
def test_anger_quotes_and_self_mockery_are_publishable(text: str) -> None:
    result = SCREENER.screen(text)
    assert result.verdict is Verdict.PUBLISH


def test_an_idiom_of_death_is_not_distress() -> None:
    text = "On est mort de rire devant ce formulaire, mais la dame de la CAF a tout réglé vite."
    assert SCREENER.screen(text).urgency is Urgency.NONE


@pytest.mark.parametrize(
    "text",
    [
        "Cet outil est une horreur, je vais le tuer ce site. Le jeune de l'accueil m'a aidé.",
        "Mon oncle est mort au travail, écrasé par une palette. La CPAM a été d'une grande écoute.",
        "J'ai écrit une lettre à la mairie puis j'ai pris rendez-vous, reçue en dix minutes.",
        "Formulaire d'un autre âge, à se tirer une balle. La conseillère m'a tout rempli en ligne.",
    ],
)
def test_a_harmless_likeness_raises_nothing(text: str) -> None:
    assert SCREENER.screen(text).urgency is Urgency.NONE


@pytest.mark.parametrize(
    "text",
    [
        "Je vous rends la carte, je n'en aurai plus l'usage. Ne cherchez personne. Adieu à tous.",
        "Quand il rentre il ferme les volets et prend mon téléphone. J'écris depuis la mairie.",
        "La petite du troisième a encore dormi sur le palier. Six ans. Elle a peur de tonton.",
    ],
)
def test_what_is_said_without_its_words_is_raised(text: str) -> None:
    assert SCREENER.screen(text).urgency in (Urgency.DISTRESS, Urgency.DANGER)


def test_a_long_text_is_read_by_parts_that_cover_it() -> None:
    assert windows("trop court. " * 3) == []
    text = "une phrase de récit ordinaire. " * 40
    parts = windows(text)
    assert len(parts) > 2
    assert [end for _, end in parts[:-1]] < [start for start, _ in parts[1:]]


def test_a_threat_comes_before_an_injury() -> None:
    text = "Connard du guichet 3, je sais où tu habites et demain je te casse la mâchoire."
    result = SCREENER.screen(text)
    assert result.verdict is Verdict.THREAT
    assert result.urgency is Urgency.DANGER


def test_distress_is_raised_whatever_the_verdict() -> None:
    text = "L'accueil était poli. De toute façon je vais me suicider ce soir, j'ai écrit la lettre."
    assert SCREENER.screen(text).urgency is Urgency.DISTRESS


@pytest.mark.parametrize(
    "text", ["ok", "", "The staff was very kind and they have answered to my question."]
)
def test_what_cannot_be_judged_goes_to_a_person(text: str) -> None:
    result = SCREENER.screen(text)
    assert result.verdict is None
    assert result.score <= 0.5
    assert result.reasons[0].rule == "a_lire"


def test_gibberish_is_off_topic() -> None:
    assert SCREENER.screen("qsdfghjklm zzzz mlkjhgf").verdict is Verdict.OFF_TOPIC


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), st.text(max_size=30))
def test_places_lie_inside_the_text(text: str, title: str) -> None:
    result = SCREENER.screen(text, title)
    assert result == SCREENER.screen(text, title)
    for reason in result.reasons + result.urgency_reasons:
        assert 0 <= reason.start <= reason.end <= len(text)
        assert reason.rule in BY_CODE
    assert 0 <= result.score <= 1


@given(st.text(max_size=200))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "c o n ",
        "je vais ",
        "* ",
        "« il m'a traité de ",
        "con…",
        "agent ",
        "noirs ",
        "1@",
        "\u0301",
    ],
)
def test_a_hostile_text_costs_in_proportion(unit: str) -> None:
    assert in_proportion(lambda size: SCREENER.screen((unit * size)[:size]), 50_000)


def test_a_pattern_is_taken_apart_into_what_begins_it() -> None:
    pattern = r"idees? noires|(?:un |le )?pont|tu(?:er|e)\b(?! le temps)|d(?:e |')ici|[- ]x|\d+ ?%"
    phrases = Phrases({"found": pattern})
    texts = ["des idees noires", "le pont", "pont", "tuer", "tuer le temps", "d'ici", "50%", "idee"]
    met = [text for text in texts if phrases.met(text, words_of(text))]
    assert met == [text for text in texts if re.search(rf"\b(?:{pattern})", text)]


def test_the_command_answers_every_line() -> None:
    lines = '{"id": 1, "text": "Accueil très agréable à la mairie."}\nnon\n{"id": 3}\n'
    result = CliRunner().invoke(command, ["-"], input=lines)
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [1, "ligne 2", 3]
    assert set(answers[0]) == {"id", "verdict", "reasons", "urgency", "urgency_reasons", "score"}
    assert all("error" in answer for answer in answers[1:])


def test_the_reference_page_says_what_the_rules_say() -> None:
    page = (ROOT / "docs" / "reference" / "charte.md").read_text("utf-8")
    assert page == charter_page()
    assert len({rule.code for rule in RULES}) == len(RULES)
