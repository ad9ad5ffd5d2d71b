"""« Proposer une réponse »: kept as the machine wrote it, taken up only by the agent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from portevoix.opendata.articles import Article, Section
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import NotAllowedError
from portevoix.web.experiences.models import Concern, Experience
from portevoix.web.journal.models import Entry
from portevoix.web.replies.drafting import blanks
from portevoix.web.replies.models import Draft, ProposedReply, Reply
from portevoix.web.replies.proposing import NoProposalError, propose, take_up
from portevoix.web.replies.queries import draft_of, proposal_of
from portevoix.web.runs import drafts
from portevoix.web.runs.models import Run
from tests.web.cast import Cast
from tests.web.factories import make_experience

pytestmark = pytest.mark.django_db
TWICE = "On me redemande encore mon justificatif de domicile que j'ai déjà envoyé trois fois."
GIVEN = "Dites que vous l'avez déjà donné."
ARTICLE = Article(
    "A1",
    "« Dites-le-nous une fois » : ne pas redonner les mêmes papiers",
    (Section("Si on vous redemande un papier", GIVEN),),
    url="https://exemple.fr/once",
    checked=date(2020, 1, 1),
)


@pytest.fixture(autouse=True)
def articles() -> Iterator[None]:
    drafts.keep_articles([ARTICLE])
    yield
    drafts.keep_articles([])


def part(cast: Cast, text: str = TWICE) -> Concern:
    experience = make_experience(cast.caf_sambrelle)
    Experience.objects.filter(pk=experience.pk).update(published_text=text, feeling="negative")
    return Concern.objects.select_related("experience", "network", "structure").get(
        experience=experience
    )


def signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def address(name: str, concern: Concern) -> str:
    return reverse(f"desk:{name}", args=[concern.experience_id, concern.rank])


def test_a_proposal_is_kept_with_its_sources_and_its_run(cast: Cast) -> None:
    concern = part(cast)
    proposed = propose(concern, cast.agent_caf_sambrelle)
    assert GIVEN in proposed.text
    assert "Bonjour" not in proposed.text
    (sourced,) = proposed.sourced
    assert sourced["source"]["url"] == "https://exemple.fr/once"
    assert sourced["source"]["stale"] is True
    assert Run.objects.get(pk=proposed.run_id).engine == "embedded"
    assert Entry.objects.filter(verb="propose_reply").exists()
    assert not Draft.objects.exists()
    assert not Reply.objects.exists()


def test_taken_up_it_follows_what_is_written_and_its_blanks_hold_the_letter(cast: Cast) -> None:
    concern = part(cast)
    agent = cast.agent_caf_sambrelle
    proposed = propose(concern, agent)
    draft = draft_of(concern)
    draft.text = "Déjà écrit."
    saved = take_up(draft, proposed, agent).draft
    assert saved.text.startswith("Déjà écrit.\n\nMerci")
    assert blanks(saved.text)


def test_only_who_answers_may_ask(cast: Cast) -> None:
    concern = part(cast)
    with pytest.raises(NotAllowedError):
        propose(concern, cast.moderator)
    assert not ProposedReply.objects.exists()


def test_distress_gets_no_proposal(cast: Cast) -> None:
    concern = part(cast, "Je n'en peux plus, je veux mourir, je pense au suicide chaque jour.")
    with pytest.raises(NoProposalError, match="personne"):
        propose(concern, cast.agent_caf_sambrelle)


def test_the_page_shows_points_sources_and_what_to_complete(cast: Cast) -> None:
    concern = part(cast)
    client = signed_in(cast.agent_caf_sambrelle)
    asked = client.post(address("propose", concern), {"style": "standard"}, follow=True)
    shown = asked.content.decode()
    assert "https://exemple.fr/once" in shown
    assert "À revérifier" in shown
    assert "Une page répond" in shown
    assert "Mettre ce brouillon dans ma réponse" in shown
    client.post(address("take_up", concern))
    assert GIVEN in draft_of(concern).text
    client.post(address("propose", concern), {"style": "nonsense"})
    latest = proposal_of(concern)
    assert latest is not None
    assert ProposedReply.objects.count() == 2


def test_another_service_finds_nothing(cast: Cast) -> None:
    concern = part(cast)
    client = signed_in(cast.agent_brigade_valserine)
    assert client.post(address("propose", concern)).status_code == 404
    assert client.get(address("propose", concern)).status_code == 405
