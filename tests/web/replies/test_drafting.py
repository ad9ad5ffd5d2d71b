"""From a blank page to a published answer, and two people on one page."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone

from portevoix.web.accounts.policies import NotAllowedError
from portevoix.web.experiences.actions import WrongStateError, withdraw
from portevoix.web.experiences.models import AuthorContact, Concern, Experience
from portevoix.web.journal.models import Entry
from portevoix.web.mail.actions import deliver_due
from portevoix.web.replies import drafting
from portevoix.web.replies.blocks import load_templates, write_formulas
from portevoix.web.replies.drafting import NotReadyError, Words
from portevoix.web.replies.enums import DraftState
from portevoix.web.replies.models import Draft, ProposedReply, Reply, ReplyTemplate
from portevoix.web.replies.queries import blocks_of, draft_of
from portevoix.web.runs.models import Run
from tests.web.cast import Cast
from tests.web.factories import make_experience

WORDS = Words("Bonjour,", "Nous ouvrons un second guichet.", "Bonne journée,", "L’équipe d’accueil")


def part(cast: Cast) -> Concern:
    experience = make_experience(cast.caf_sambrelle)
    AuthorContact.objects.create(experience=experience, email="auteur@exemple.fr")
    return experience.concerns.select_related("experience", "network", "structure").get()


def later(draft: Draft) -> None:
    """The half hour is over."""
    Draft.objects.filter(pk=draft.pk).update(leaves_at=timezone.now() - timedelta(seconds=1))


def test_an_answer_is_public_after_half_an_hour_and_its_author_told(cast: Cast) -> None:
    concern = part(cast)
    draft = drafting.save(concern, WORDS, 0, cast.agent_caf_sambrelle).draft
    drafting.submit(draft, cast.agent_caf_sambrelle)
    assert drafting.publish_due() == 0
    assert not Reply.objects.exists()
    later(draft)
    assert drafting.publish_due() == 1
    assert drafting.publish_due() == 0
    reply = Reply.objects.get()
    assert (reply.salutation, reply.text, reply.signature) == (
        "Bonjour,",
        WORDS.text,
        WORDS.signature,
    )
    concern.refresh_from_db()
    assert concern.state == "answered"
    assert concern.answer_hours == 24
    assert Experience.objects.get().answered
    deliver_due()
    (message,) = outbox.outbox
    assert message.to == ["auteur@exemple.fr"]
    assert "second guichet" in message.body


def test_a_sent_answer_can_be_taken_back_until_it_leaves(cast: Cast) -> None:
    concern = part(cast)
    draft = drafting.save(concern, WORDS, 0, cast.agent_caf_sambrelle).draft
    drafting.submit(draft, cast.agent_caf_sambrelle)
    drafting.recall(draft, cast.agent_caf_sambrelle)
    later(draft)
    assert drafting.publish_due() == 0
    drafting.submit(draft, cast.agent_caf_sambrelle)
    later(draft)
    drafting.publish_due()
    with pytest.raises(WrongStateError):
        drafting.recall(draft, cast.agent_caf_sambrelle)


def test_a_network_may_ask_for_a_super_agent(cast: Cast) -> None:
    cast.caf.validates_replies = True
    cast.caf.save()
    concern = part(cast)
    draft = drafting.save(concern, WORDS, 0, cast.agent_caf_sambrelle).draft
    assert drafting.submit(draft, cast.agent_caf_sambrelle).state == DraftState.TO_VALIDATE
    with pytest.raises(NotAllowedError):
        drafting.validate(draft, cast.agent_caf_sambrelle)
    with pytest.raises(WrongStateError):
        drafting.save(concern, Words(text="Autre"), 1, cast.agent_caf_sambrelle)
    drafting.send_back(draft, "Dites quand.", cast.super_agent_caf_sambrelle)
    again = drafting.save(
        concern, Words(text="Dès lundi.", signature="L’équipe"), 1, cast.agent_caf_sambrelle
    ).draft
    drafting.submit(again, cast.agent_caf_sambrelle)
    drafting.validate(again, cast.super_agent_caf_sambrelle)
    later(again)
    assert drafting.publish_due() == 1
    assert list(Entry.objects.filter(verb__contains="reply").values_list("verb", flat=True)) == [
        "submit_reply",
        "send_back_reply",
        "submit_reply",
        "send_reply",
        "publish_reply",
    ]


def test_a_super_agent_sends_without_asking(cast: Cast) -> None:
    cast.caf.validates_replies = True
    cast.caf.save()
    draft = drafting.save(part(cast), WORDS, 0, cast.super_agent_caf_sambrelle).draft
    assert drafting.submit(draft, cast.super_agent_caf_sambrelle).state == DraftState.LEAVING


def test_two_agents_on_one_answer_lose_nothing(cast: Cast) -> None:
    concern = part(cast)
    first = drafting.save(concern, Words(text="Un"), 0, cast.agent_caf_sambrelle)
    second = drafting.save(concern, Words(text="Deux"), 0, cast.super_agent_caf_sambrelle)
    assert not first.aside
    assert second.aside
    assert second.draft.text == "Un"
    aside = second.draft.set_aside.get()
    assert (aside.text, aside.author) == ("Deux", cast.super_agent_caf_sambrelle)
    # Told, the second goes on from the version that stands.
    third = drafting.save(concern, Words(text="Un et deux"), 1, cast.super_agent_caf_sambrelle)
    assert not third.aside
    assert drafting.save(concern, Words(text="Trois"), 1, cast.agent_caf_sambrelle).aside


def test_the_same_words_again_change_nothing(cast: Cast) -> None:
    concern = part(cast)
    drafting.save(concern, WORDS, 0, cast.agent_caf_sambrelle)
    again = drafting.save(concern, WORDS, 0, cast.super_agent_caf_sambrelle)
    assert not again.aside
    assert again.draft.version == 1


@pytest.mark.parametrize(
    "words",
    [
        Words(signature="L’équipe"),
        Words(text="Merci."),
        Words(text="Venez {jour et heure}.", signature="L’équipe"),
        Words(text="Venez [à compléter : jour].", signature="L’équipe"),
    ],
)
def test_an_unfinished_answer_does_not_leave(cast: Cast, words: Words) -> None:
    draft = drafting.save(part(cast), words, 0, cast.agent_caf_sambrelle).draft
    with pytest.raises(NotReadyError):
        drafting.submit(draft, cast.agent_caf_sambrelle)


def test_a_story_withdrawn_meanwhile_is_not_answered(cast: Cast) -> None:
    concern = part(cast)
    draft = drafting.save(concern, WORDS, 0, cast.agent_caf_sambrelle).draft
    drafting.submit(draft, cast.agent_caf_sambrelle)
    withdraw(concern.experience)
    later(draft)
    assert drafting.publish_due() == 0
    assert not Draft.objects.exists()


def test_a_transfer_leaves_the_draft_behind(cast: Cast) -> None:
    concern = part(cast)
    drafting.save(concern, WORDS, 0, cast.agent_caf_sambrelle)
    drafting.hand_over(
        concern, cast.brigade_valserine, cast.agent_caf_sambrelle, "not_ours", "Vu au guichet"
    )
    fresh = draft_of(concern)
    assert fresh.pk is None
    assert "Brigade de Valserine" in fresh.signature
    with pytest.raises(NotAllowedError):
        drafting.save(concern, WORDS, 0, cast.agent_caf_sambrelle)


def test_similarity_is_kept_when_a_machine_proposed(cast: Cast) -> None:
    concern = part(cast)
    run = Run.objects.create(capability="draft", engine="embedded", outcome="answered")
    ProposedReply.objects.create(concern=concern, run=run, text=WORDS.text)
    draft = drafting.save(concern, WORDS, 0, cast.agent_caf_sambrelle).draft
    drafting.submit(draft, cast.agent_caf_sambrelle)
    later(draft)
    drafting.publish_due()
    assert Reply.objects.get().ai_similarity == 100


def test_what_became_of_the_proposal_is_counted_with_its_pages(cast: Cast) -> None:
    concern = part(cast)
    run = Run.objects.create(capability="draft", engine="embedded", outcome="answered")
    kept, changed, left = (
        "Le guichet ouvre à neuf heures.",
        "Vous pouvez prendre rendez-vous sur le site.",
        "Un recours est possible dans les deux mois.",
    )
    parts = [
        {"text": text, "number": n, "source": {"url": f"https://exemple.fr/{n}"}}
        for n, text in enumerate((kept, changed, left), 1)
    ]
    ProposedReply.objects.create(
        concern=concern, run=run, text=f"{kept} {changed} {left}", parts=parts
    )
    said = f"{kept} Vous pouvez prendre un rendez-vous sur notre site. Merci de votre patience."
    words = replace(WORDS, text=said)
    draft = drafting.save(concern, words, 0, cast.agent_caf_sambrelle).draft
    drafting.submit(draft, cast.agent_caf_sambrelle)
    later(draft)
    drafting.publish_due()
    reply = Reply.objects.get()
    assert (reply.kept, reply.changed, reply.written) == (1, 1, 1)
    assert reply.cited == ["https://exemple.fr/1", "https://exemple.fr/2"]


def test_an_improvement_is_told_at_each_step(cast: Cast) -> None:
    concern = part(cast)
    draft = drafting.save(concern, WORDS, 0, cast.agent_caf_sambrelle).draft
    drafting.submit(draft, cast.agent_caf_sambrelle)
    later(draft)
    drafting.publish_due()
    reply = Reply.objects.get()
    for status in ("committed", "committed", "done"):
        drafting.announce_improvement(
            reply, status, "Un second guichet.", None, cast.agent_caf_sambrelle
        )
    assert reply.committed_on == reply.done_on == timezone.localdate()
    deliver_due()
    assert [m.subject for m in outbox.outbox].count("Votre avis a fait bouger les choses") == 2
    with pytest.raises(NotReadyError):
        drafting.announce_improvement(reply, "done", " ", None, cast.agent_caf_sambrelle)


def test_formulas_come_from_the_nearest_structure(cast: Cast) -> None:
    fields = {"salutation": "Bonjour,", "closing": "À bientôt,", "signature": "Le pôle écoute"}
    write_formulas(cast.caf_sambrelle, fields, cast.super_agent_caf_sambrelle)
    experience = make_experience(cast.antenne_nord, pseudonym="Nadia")
    draft = draft_of(experience.concerns.get())
    assert (draft.salutation, draft.signature) == ("Bonjour Nadia,", "Le pôle écoute")
    other = draft_of(make_experience(cast.caf_brevigny).concerns.get())
    assert "Caf de Brévigny" in other.signature


def test_shipped_templates_are_loaded_once(cast: Cast) -> None:
    number = load_templates(cast.caf)
    assert number >= 20
    assert load_templates(cast.caf) == 0
    assert sum(len(blocks) for blocks in blocks_of(cast.caf).values()) == number
    assert blocks_of(cast.gendarmerie) == {}
    # Every place to complete is said in words, and noticed before sending.
    told = "".join(ReplyTemplate.objects.values_list("text", flat=True))
    assert "_" not in told
    assert len(drafting.blanks(told)) > 20
