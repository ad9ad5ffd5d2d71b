"""What is hidden: stretches of the author's words, and nothing else changes."""

from __future__ import annotations

import pytest

from portevoix.web.moderation import marks, masks
from portevoix.web.moderation.actions import propose
from portevoix.web.moderation.masks import Mask, NotInStoryError
from tests.web.cast import Cast
from tests.web.factories import make_experience

TEXT = "Mme Lefèvre m'a reçue.\r\nQuel abruti, ce chef ! Tél : 06 39 98 12 34 😀 merci."


def test_what_the_engine_finds_is_proposed_and_applied(cast: Cast) -> None:
    story = make_experience(published=False, title="Merci à Mme Lefèvre", text=TEXT)
    proposed = masks.proposed(propose(story), story)
    assert {mask.words(story) for mask in proposed} >= {"Lefèvre", "06 39 98 12 34"}
    title, text = masks.apply(story, proposed)
    assert title == "Merci à Mme [nom]"
    assert "Lefèvre" not in text
    assert "06 39" not in text
    assert "[propos masqué]" in text
    assert text.endswith("😀 merci.")


def test_what_is_unticked_stays(cast: Cast) -> None:
    story = make_experience(published=False, text=TEXT)
    assert masks.apply(story, []) == (story.title, TEXT)


def test_words_typed_are_found_everywhere_whatever_their_case(cast: Cast) -> None:
    story = make_experience(
        published=False, title="Bureau 12", text="Au BUREAU\n12, oui, bureau 12."
    )
    found = masks.find("bureau 12", "PERSON", story)
    assert masks.apply(story, found) == ("[nom]", "Au [nom], oui, [nom].")
    for words in ("guichet", "", "   "):
        with pytest.raises(NotInStoryError):
            masks.find(words, "PERSON", story)
    with pytest.raises(NotInStoryError):
        masks.find("bureau", "NOTHING", story)


@pytest.mark.parametrize(
    "code",
    [
        "text-5-2-PERSON", "text-0-99999-PERSON", "body-0-1-PERSON", "text-0-1-WHAT", "",
        "text--1-3-PERSON", "text-0-1-PERSON\n", "text-٠-1-PERSON", "text-0-0-PERSON",
    ],
)  # fmt: skip
def test_what_is_no_stretch_of_the_story_is_left_out(cast: Cast, code: str) -> None:
    assert masks.read([code], make_experience(published=False, text="Bonjour")) == []


def test_masks_that_overlap_are_one(cast: Cast) -> None:
    story = make_experience(published=False, text="abcdefghij")
    some = [
        Mask("text", 2, 6, "PERSON"),
        Mask("text", 4, 8, "ADDRESS"),
        Mask("text", 8, 9, "WORDS"),
    ]
    assert masks.apply(story, some)[1] == "ab[nom][propos masqué]j"


def test_the_text_is_shown_whole_with_three_styles(cast: Cast) -> None:
    text = TEXT + " Je veux en finir, je n'en peux plus de vivre."
    story = make_experience(published=False, text=text)
    proposal = propose(story)
    lines = marks.of_text(story, proposal, masks.proposed(proposal, story))
    shown = "\r\n".join("".join(piece.text for piece in line) for line in lines)
    assert shown == text
    assert {piece.style for line in lines for piece in line} == {"", "name", "insult", "danger"}
    for line in lines:
        for piece in line:
            assert text[piece.start : piece.start + len(piece.text)] == piece.text
