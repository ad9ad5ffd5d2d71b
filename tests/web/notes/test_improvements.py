"""From an accepted lead to an effect, and to what the public reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import NotAllowedError
from portevoix.web.directory.models import Network, Structure, Typology
from portevoix.web.experiences.models import AuthorContact, Experience
from portevoix.web.mail.models import Message
from portevoix.web.notes import actions, compositions, effects, improvements
from portevoix.web.notes.enums import Choice, Status, Verdict
from portevoix.web.notes.grounds import Part, ground_of
from portevoix.web.notes.improvements import ChangedMeanwhileError, NotYetError
from portevoix.web.notes.models import Effect, Improvement, Study
from tests.web.cast import Cast
from tests.web.factories import make_experience, make_network, make_structure
from tests.web.notes.crowd import crowd
from tests.web.notes.test_notes import made

SignIn = Callable[[Agent], Client]
CALLS = "Personne ne répond au téléphone, j'ai appelé vingt fois sans jamais avoir quelqu'un."
FINE = "L'agente au guichet a été aimable et m'a tout expliqué avec patience."


@pytest.fixture
def study(cast: Cast) -> Study:
    crowd(cast.caf_sambrelle, "Allocations familiales", 60)
    return made(cast)


@pytest.fixture
def improvement(cast: Cast, study: Study) -> Improvement:
    agent = cast.super_agent_caf_sambrelle
    assert study.current is not None
    key = compositions.compose(study, study.current).part("leads").points[0].key
    actions.judge(study, key, Choice.ACCEPTED, agent)
    lead = compositions.compose(study, study.current).part("leads").points[0]
    return improvements.improve(study, lead, agent)


def ready(improvement: Improvement, agent: Agent) -> None:
    words = {"public_wording": "Vous demandiez à nous joindre : nous rappelons sous deux jours."}
    improvements.change(improvement, words, improvement.revision, agent)


def test_an_improvement_knows_who_asked_for_it(cast: Cast, improvement: Improvement) -> None:
    assert improvement.asked_by == len(improvement.numbers) > 0
    assert improvement.expectation
    assert improvement.structure == cast.caf_sambrelle
    assert improvement.steps.count() == 1


def test_a_lead_makes_one_improvement(cast: Cast, improvement: Improvement) -> None:
    study = improvement.study
    assert study is not None
    assert study.current is not None
    lead = compositions.compose(study, study.current).part("leads").points[0]
    again = improvements.improve(study, lead, cast.super_agent_caf_sambrelle)
    assert again.pk == improvement.pk
    later = made(cast)
    assert later.current is not None
    points = compositions.compose(later, later.current).part("leads").points
    assert improvement.pk in {point.improvement for point in points}


def test_nothing_is_promised_without_public_words(cast: Cast, improvement: Improvement) -> None:
    agent = cast.super_agent_caf_sambrelle
    with pytest.raises(NotYetError):
        improvements.move(improvement, Status.COMMITTED, agent)
    ready(improvement, agent)
    improvements.move(improvement, Status.COMMITTED, agent)
    assert improvement.committed_on == timezone.localdate()


def test_authors_are_told_once_it_is_done(cast: Cast, improvement: Improvement) -> None:
    agent = cast.super_agent_caf_sambrelle
    story = Experience.objects.get(pk=improvement.numbers[0])
    AuthorContact.objects.create(experience=story, email="auteure@exemple.fr")
    ready(improvement, agent)
    improvements.move(improvement, Status.DONE, agent)
    sent = Message.objects.get(recipient="auteure@exemple.fr")
    assert "rappelons sous deux jours" in sent.text
    improvements.move(improvement, Status.COMMITTED, agent)
    improvements.move(improvement, Status.DONE, agent)
    assert Message.objects.filter(recipient="auteure@exemple.fr").count() == 1


def test_two_people_on_one_improvement_lose_nothing(
    cast: Cast, improvement: Improvement, signed_in: SignIn
) -> None:
    seen = improvement.revision
    improvements.change(improvement, {"title": "La mienne"}, seen, cast.manager_caf)
    with pytest.raises(ChangedMeanwhileError):
        improvements.change(improvement, {"title": "L'autre"}, seen, cast.manager_caf)
    client = signed_in(cast.super_agent_caf_sambrelle)
    sent = {"title": "Celle du second", "revision": str(seen)}
    page = client.post(improvement.get_absolute_url(), sent).content.decode()
    assert "La mienne" in page
    assert "Celle du second" in page


@pytest.mark.parametrize(
    "who", ["manager_gendarmerie", "observer_nord", "moderator", "agent_brigade_valserine"]
)
def test_those_outside_change_nothing(cast: Cast, improvement: Improvement, who: str) -> None:
    with pytest.raises(NotAllowedError):
        improvements.change(improvement, {"title": "Non"}, 0, getattr(cast, who))
    with pytest.raises(NotAllowedError):
        improvements.move(improvement, Status.ABANDONED, getattr(cast, who))


def test_the_public_reads_what_is_promised_and_nothing_before(
    cast: Cast, improvement: Improvement, client: Client
) -> None:
    page = reverse("notes:told", args=[improvement.pk])
    assert client.get(page).status_code == 404
    ready(improvement, cast.super_agent_caf_sambrelle)
    assert client.get(page).status_code == 404
    improvements.move(improvement, Status.COMMITTED, cast.super_agent_caf_sambrelle)
    assert "rappelons sous deux jours" in client.get(page).content.decode()
    promised = client.get("/ce-qui-a-change/", {"etat": "engagees"}).content.decode()
    assert "rappelons sous deux jours" in promised
    assert "rappelons" not in client.get("/ce-qui-a-change/").content.decode()
    listed = client.get("/ameliorations/", {"structure": cast.caf_sambrelle.code})
    assert "rappelons sous deux jours" in listed.content.decode()
    other = client.get("/ameliorations/", {"structure": cast.caf_brevigny.code})
    assert "rappelons sous deux jours" not in other.content.decode()


def test_the_board_shows_what_is_in_reach(
    cast: Cast, improvement: Improvement, signed_in: SignIn
) -> None:
    for who, shown in (("agent_caf_sambrelle", True), ("agent_antenne_nord", False),
                       ("manager_gendarmerie", False), ("observer_nord", True)):  # fmt: skip
        page = signed_in(getattr(cast, who)).get("/espace/ameliorations/").content.decode()
        assert (improvement.title in page) is shown, who


def call_back(done: date, **place: object) -> Improvement:
    """An improvement of the telephone, done on a day."""
    return Improvement.objects.create(
        title="Rappeler", expectation="TEL", status=Status.DONE, done_on=done, **place
    )


def _tell(
    structure: object, done: date, before: float, after: float, size: int = 60, **more: object
) -> None:
    """Stories before and after a day, a share of which cannot reach the service by telephone."""
    for side, share in ((-1, before), (0, after)):
        for rank in range(size):
            at = done + timedelta(days=side * 100 + rank % 90 + (1 if side == 0 else 0))
            complains = rank < share * size
            make_experience(
                structure,  # type: ignore[arg-type]
                text=f"{CALLS if complains else FINE} {rank}",
                feeling="negative" if complains else "positive",
                published_at=timezone.make_aware(timezone.datetime(at.year, at.month, at.day, 12)),
                **more,
            )


def test_an_effect_is_measured_against_comparable_structures(cast: Cast) -> None:
    done = date(2025, 6, 1)
    for number in range(4):
        _tell(make_structure(f"Caf {number}", cast.caf), done, 0.5, 0.45)
    _tell(cast.caf_sambrelle, done, 0.5, 0.1)
    improvement = call_back(done, network=cast.caf, structure=cast.caf_sambrelle)
    effect = effects.measured(improvement, done + timedelta(days=100))
    assert effect is not None
    assert effect.verdict == Verdict.BETTER
    assert effect.difference is not None
    assert -0.5 < effect.difference < -0.15
    assert (effect.before_total, effect.after_total) == (60, 60)
    early = effects.measured(improvement, done + timedelta(days=20))
    assert early is not None
    assert early.verdict == Verdict.TOO_EARLY


def test_what_moves_everywhere_is_no_effect(cast: Cast) -> None:
    done = date(2025, 6, 1)
    for number in range(4):
        _tell(make_structure(f"Caf {number}", cast.caf), done, 0.5, 0.2)
    _tell(cast.caf_sambrelle, done, 0.5, 0.2)
    improvement = call_back(done, network=cast.caf, structure=cast.caf_sambrelle)
    effect = effects.measured(improvement, done + timedelta(days=100))
    assert effect is not None
    assert effect.verdict == Verdict.UNDECIDED, vars(effect)


def test_a_story_belongs_to_the_nearest_comparable_place(cast: Cast) -> None:
    large = make_structure("Caf large", cast.caf)
    inner = make_structure("Caf dedans", cast.caf, large)
    desk = make_structure("Guichet", cast.caf, inner)
    own = make_structure("Caf ici", cast.caf)
    kind = Typology.objects.create(name="Caf", network=cast.caf)
    Structure.objects.filter(pk__in=[large.pk, inner.pk, own.pk]).update(typology=kind)
    own.refresh_from_db()
    ground = ground_of(call_back(date(2025, 6, 1), network=cast.caf, structure=own))
    assert ground.place(Part(cast.caf.pk, desk.path, "")) == inner.path
    assert ground.place(Part(cast.caf.pk, large.path, "")) == large.path
    assert ground.place(Part(cast.caf.pk, own.path, "")) == ""
    assert ground.place(Part(cast.caf.pk, "", "")) is None


def test_a_network_is_compared_with_the_other_networks_that_did_not_do_it(cast: Cast) -> None:
    done = date(2025, 6, 1)
    for number in range(5):
        _tell(make_structure(f"Service {number}", make_network(f"Réseau {number}")), done, 0.5, 0.5)
    _tell(cast.caf_sambrelle, done, 0.5, 0.1)
    did = Network.objects.get(name="Réseau 4")
    call_back(done, network=did)
    improvement = call_back(done, network=cast.caf)
    effect = effects.measured(improvement, done + timedelta(days=100))
    assert effect is not None
    assert (effect.verdict, effect.peers) == (Verdict.BETTER, 4)
    assert improvement.peers_words == "autre réseau,autres réseaux"


def test_a_departement_is_compared_with_the_others_of_its_network(cast: Cast) -> None:
    done = date(2025, 6, 1)
    for departement in ("59", "62", "75", "974"):
        place = make_structure(f"Caf {departement}", cast.caf)
        share = 0.1 if departement == "974" else 0.5
        _tell(place, done, 0.5, share, departement=departement)
    improvement = call_back(done, network=cast.caf, departement="974")
    effect = effects.measured(improvement, done + timedelta(days=100))
    assert effect is not None
    assert (effect.after_count, effect.after_total, effect.peers) == (6, 60, 3)
    assert effect.verdict == Verdict.BETTER


def test_the_effect_is_read_by_the_manager_and_by_the_public(
    cast: Cast, improvement: Improvement, signed_in: SignIn, client: Client
) -> None:
    agent = cast.super_agent_caf_sambrelle
    ready(improvement, agent)
    improvements.move(improvement, Status.DONE, agent, date(2025, 7, 1))
    Effect.objects.create(
        improvement=improvement,
        days=120,
        before_count=30,
        before_total=60,
        after_count=9,
        after_total=60,
        peers=4,
        peers_before=0.4,
        peers_after=0.38,
        difference=-0.33,
        low=-0.5,
        high=-0.16,
        verdict=Verdict.BETTER,
    )
    for reader, path in (
        (signed_in(agent), improvement.get_absolute_url()),
        (client, reverse("notes:told", args=[improvement.pk])),
    ):
        page = reader.get(path).content.decode()
        assert "La difficulté a reculé ici plus qu’ailleurs." in page
        assert "−33\u00a0points (de −50\u00a0points à −16\u00a0points" in page
        assert "30 sur 60" in page
