"""The embedded drafter thanks, answers what a source answers, and leaves the rest to the agent."""

from __future__ import annotations

import pytest

from portevoix.reply import PointKind, SentenceKind, Style
from portevoix.types import Feeling
from tests.reply.library import KIND_WORDS, LOCKED, TWICE, drafter, story


def test_a_point_is_answered_by_an_exact_passage_with_its_page() -> None:
    draft = drafter().draft(story(TWICE))
    told = [s for s in draft.sentences if s.kind is SentenceKind.ANSWER]
    assert told[0].text.startswith("Dites que vous l'avez déjà donné")
    for sentence in told:
        assert sentence.source is not None
        assert sentence.source.url == "https://exemple.fr/once"
        assert sentence.source.quote in sentence.source.passage
    assert [p.answered for p in draft.points if p.kind is PointKind.REPROACH] == [True]
    assert draft.abstained == ""


def test_what_only_the_agent_knows_is_a_blank() -> None:
    draft = drafter().draft(story("Aucun agent ne décroche jamais au téléphone depuis lundi."))
    assert draft.abstained
    assert draft.blanks
    for blank in draft.blanks:
        assert draft.text[blank.start : blank.end] == f"[à compléter : {blank.asks}]"
    assert not any(s.kind is SentenceKind.ANSWER for s in draft.sentences)


def test_praise_is_thanked_in_the_words_of_the_author_and_asks_nothing() -> None:
    draft = drafter().draft(story(KIND_WORDS, Feeling.POSITIVE))
    assert "Vous avez apprécié l'accueil." in draft.text
    assert "L'agent d'accueil a été très aimable et très patient avec moi\u00a0»" in draft.text
    assert not draft.blanks
    assert all(point.answered for point in draft.points)


def test_points_and_quotes_are_exact_stretches_of_the_story() -> None:
    text = f"{KIND_WORDS} {TWICE} {LOCKED}"
    for point in drafter().draft(story(text, None)).points:
        assert text[point.start : point.end] == point.text
        assert point.words in point.text


def test_an_old_page_is_said() -> None:
    draft = drafter().draft(story(LOCKED))
    (fresh,) = [check for check in draft.checks if check.name == "fresh"]
    assert not fresh.holds
    assert "Compte en ligne" in fresh.said


def test_a_structure_keeps_its_manners() -> None:
    draft = drafter().draft(story(TWICE, structure="Mairie de Pontbrun"))
    assert draft.text.startswith("Madame, Monsieur,\n\n")
    assert draft.text.endswith("À bientôt,\n\nLe service accueil")


def test_distress_is_left_to_a_person() -> None:
    draft = drafter().draft(story("Je n'en peux plus, je veux mourir, je pense au suicide."))
    assert draft.text == ""
    assert "une personne" in draft.abstained


@pytest.mark.parametrize("text", ["", "  ", "ok", "🙂 🙂", "?"])
def test_a_text_too_short_gets_no_draft(text: str) -> None:
    assert drafter().draft(story(text)).abstained


@pytest.mark.parametrize("style", list(Style))
def test_every_style_keeps_the_sources(style: Style) -> None:
    draft = drafter().draft(story(TWICE), style)
    assert any(s.source for s in draft.sentences)
    if style is Style.EASY:
        assert all(s.opens for s in draft.sentences)


def test_a_warmer_draft_says_the_same_facts_in_other_words() -> None:
    plain, warm = (drafter().draft(story(TWICE), s) for s in (Style.STANDARD, Style.WARM))
    assert plain.text != warm.text
    facts = [[s.text for s in d.sentences if s.source] for d in (plain, warm)]
    assert facts[0] == facts[1]


def test_the_same_story_gets_the_same_draft() -> None:
    text = f"{KIND_WORDS} {TWICE} {LOCKED}"
    assert drafter().draft(story(text, None)) == drafter().draft(story(text, None))


def test_no_promise_no_decision_and_no_masked_word_in_a_quote() -> None:
    masked = "Madame [nom] m'a dit que mon dossier était perdu et personne ne me rappelle jamais."
    draft = drafter().draft(story(masked))
    assert "[nom]" not in draft.text
    assert all(check.holds for check in draft.checks if check.name in ("sources", "promises"))
