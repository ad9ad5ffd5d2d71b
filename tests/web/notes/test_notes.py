"""A study, its note, what people decide of it, and what becomes of that at the next version."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import NotAllowedError
from portevoix.web.experiences import actions as stories
from portevoix.web.experiences.models import Experience
from portevoix.web.mail.models import Message
from portevoix.web.notes import actions, compositions, readings, tasks
from portevoix.web.notes.actions import WrittenMeanwhileError
from portevoix.web.notes.compositions import Composition
from portevoix.web.notes.differences import differences
from portevoix.web.notes.enums import Choice, Making, Rhythm, Visibility
from portevoix.web.notes.forms import StudyForm
from portevoix.web.notes.models import Block, NoteVersion, Reading, Study
from portevoix.web.notes.policies import may_read
from portevoix.web.notes.queries import sentence
from portevoix.web.notes.selection import experiences
from tests.web.cast import Cast
from tests.web.factories import make_experience
from tests.web.notes.crowd import crowd

YEAR = {"start": date(2025, 1, 1), "end": date(2025, 12, 31)}


def made(cast: Cast, agent: Agent | None = None, **scope: object) -> Study:
    """A study of Caf de Sambrelle in 2025 with its note, unless told otherwise."""
    scope = scope or {"structure": cast.caf_sambrelle, "network": cast.caf}
    study = Study(**YEAR, **scope)
    version = actions.start(study, agent or cast.super_agent_caf_sambrelle)
    tasks.make_note.func(version.pk)
    study.refresh_from_db()
    return study


@pytest.fixture
def study(cast: Cast) -> Study:
    crowd(cast.caf_sambrelle, "Allocations familiales")
    return made(cast)


def note(study: Study) -> Composition:
    assert study.current is not None
    return compositions.compose(study, study.current)


def test_a_note_counts_the_experiences_of_its_scope(cast: Cast) -> None:
    here = crowd(cast.caf_sambrelle, "Allocations familiales", 60)
    crowd(cast.antenne_nord, "Allocations familiales", 5)
    crowd(cast.caf_brevigny, "Allocations familiales", 7)
    crowd(cast.brigade_valserine, "Gendarmerie nationale", 9)
    study = made(cast)
    assert study.current is not None
    assert study.current.state == Making.READY
    assert study.current.experiences == len(here) + 5
    whole = note(study)
    assert "65 expériences" in whole.part("figures").sentences[0].text
    first = study.current.evidence.get(key=whole.part("figures").sentences[0].key)
    assert len(first.numbers) == 65
    assert set(first.numbers) >= {one.pk for one in here}


def test_every_sentence_with_a_count_has_that_many_experiences(study: Study) -> None:
    assert study.current is not None
    evidence = {one.key: one.numbers for one in study.current.evidence.all()}
    counted = [said for said in note(study).sentences() if said.count]
    assert len(counted) > 10
    for said in counted:
        assert len(set(evidence[said.key])) == said.count, said.text


def test_every_quote_stands_in_its_public_text(study: Study) -> None:
    quotes = [q for part in note(study).parts for p in part.points for q in p.quotes]
    assert quotes
    for quote in quotes:
        text = Experience.objects.get(pk=quote.experience).published_text
        assert text[quote.start : quote.end] == quote.text


def test_an_empty_scope_says_so(cast: Cast) -> None:
    study = made(cast)
    assert study.versions.get().state == Making.EMPTY


def test_readings_follow_what_is_public(cast: Cast) -> None:
    told = crowd(cast.caf_sambrelle, "Allocations familiales", 20)
    assert readings.is_late()
    assert readings.refresh() == 20
    assert not readings.is_late()
    assert readings.refresh() == 0
    gone = told[3].published_text.encode()[:30]
    assert gone in bytes(Block.objects.get().content)
    stories.withdraw(told[3])
    assert readings.is_late()
    readings.refresh()
    assert not Reading.objects.filter(pk=told[3].pk).exists()
    block = Block.objects.get()
    assert block.size == 19
    assert told[4].published_text.encode()[:30] in bytes(block.content)
    assert gone not in bytes(block.content)


def test_a_text_changed_by_an_import_is_read_again(cast: Cast) -> None:
    told = crowd(cast.caf_sambrelle, "Allocations familiales", 10)
    readings.refresh()
    Experience.objects.filter(pk=told[0].pk).update(
        published_text="Personne ne répond jamais au téléphone.", import_digest="autre"
    )
    assert readings.refresh() == 1
    assert b"Personne ne r" in bytes(Block.objects.get().content)


def test_reading_goes_on_where_it_stopped(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    crowd(cast.caf_sambrelle, "Allocations familiales", 30)
    monkeypatch.setattr(readings, "BATCH", 10)
    seen: list[int] = []

    def stop(done: int, _total: int) -> None:
        seen.append(done)
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        readings.refresh(stop)
    assert Reading.objects.count() == 20
    assert readings.refresh() == 10
    assert seen == [0, 10, 20]


def test_words_of_a_person_are_marked_and_kept_by_the_next_version(
    cast: Cast, study: Study
) -> None:
    agent = cast.super_agent_caf_sambrelle
    said = note(study).part("pain_points").points[0].sentences[0]
    actions.word(study, said.key, "Beaucoup nous le disent.", agent, over=said.machine)
    changed = note(study).part("pain_points").points[0].sentences[0]
    assert (changed.text, changed.human, changed.stale) == ("Beaucoup nous le disent.", True, False)
    version = actions.remake(study, agent)
    tasks.make_note.func(version.pk)
    study.refresh_from_db()
    assert study.current_id != version.pk, "the one in place stays until somebody looked"
    version.refresh_from_db()
    assert compositions.compose(study, version).part("pain_points").points[0].sentences[0].human
    actions.take(study, version, agent)
    assert note(study).part("pain_points").points[0].sentences[0].text == "Beaucoup nous le disent."


def test_two_people_on_one_sentence_lose_nothing(cast: Cast, study: Study) -> None:
    actions.show_to(study, Visibility.INSIDE, cast.super_agent_caf_sambrelle)
    said = note(study).part("pain_points").points[0].sentences[0]
    actions.word(study, said.key, "La mienne.", cast.manager_caf, over=said.machine)
    with pytest.raises(WrittenMeanwhileError) as met:
        actions.word(study, said.key, "L'autre.", cast.super_agent_caf_sambrelle)
    assert met.value.theirs.text == "La mienne."
    actions.word(study, said.key, "Les deux.", cast.super_agent_caf_sambrelle, number=1)
    assert [w.text for w in study.wordings.all()] == ["La mienne.", "Les deux."]


def test_merging_counts_each_experience_once(cast: Cast, study: Study) -> None:
    agent = cast.super_agent_caf_sambrelle
    first, second = note(study).part("pain_points").points[:2]
    actions.merge(study, second.key, first.key, agent)
    part = note(study).part("pain_points")
    assert second.key not in {point.key for point in part.points}
    merged = part.points[0]
    assert study.current is not None
    numbers = {
        n for key in (first.key, second.key) for n in study.current.evidence.get(key=key).numbers
    }
    assert merged.sentences[0].count == len(numbers)
    assert merged.parts == (second.title.text,)
    actions.split(study, second.key, agent)
    assert second.key in {point.key for point in note(study).part("pain_points").points}


def test_a_precise_subject_becomes_a_theme_and_a_theme_goes(cast: Cast, study: Study) -> None:
    agent = cast.super_agent_caf_sambrelle
    points = note(study).part("pain_points").points
    whole = next(point for point in points if point.details)
    detail = whole.details[0].key
    actions.split(study, detail, agent)
    part = note(study).part("pain_points")
    assert detail in {point.key for point in part.points}
    actions.drop(study, whole.key, agent)
    part = note(study).part("pain_points")
    assert whole.key not in {point.key for point in part.points}
    assert whole.key in {point.key for point in part.dropped}
    actions.restore(study, whole.key, agent)
    assert whole.key in {point.key for point in note(study).part("pain_points").points}


def test_leads_are_accepted_refused_and_written(cast: Cast, study: Study) -> None:
    agent = cast.super_agent_caf_sambrelle
    leads = note(study).part("leads").points
    assert leads
    actions.judge(study, leads[0].key, Choice.REFUSED, agent)
    actions.write_lead(study, "Ouvrir le samedi matin", "Un guichet sur trois.", "", agent)
    part = note(study).part("leads")
    assert [point.key for point in part.dropped] == [leads[0].key]
    assert part.points[0].title.text == "Ouvrir le samedi matin"
    assert part.points[0].own


def test_a_withdrawn_story_is_quoted_no_more(study: Study) -> None:
    point = next(p for part in note(study).parts for p in part.points if p.quotes)
    quote = point.quotes[0]
    stories.withdraw(Experience.objects.get(pk=quote.experience))
    texts = [q.text for part in note(study).parts for p in part.points for q in p.quotes]
    assert quote.text not in texts


def test_a_picked_quote_is_exact(cast: Cast, study: Study) -> None:
    agent = cast.super_agent_caf_sambrelle
    point = note(study).part("pain_points").points[0]
    story = Experience.objects.filter(published_at__isnull=False)[0]
    actions.pick_quote(study, point.key, story, (0, 20), agent)
    assert [q.text for q in note(study).part("pain_points").points[0].quotes] == [
        story.published_text[:20]
    ]
    with pytest.raises(actions.NotAQuoteError):
        actions.pick_quote(study, point.key, story, (5, 5), agent)


def test_a_signature_is_of_one_revision(cast: Cast, study: Study) -> None:
    agent = cast.super_agent_caf_sambrelle
    signed = actions.sign(study, agent)
    assert signed.revision == study.revision
    actions.drop(study, note(study).part("strengths").points[0].key, agent)
    assert signed.revision != study.revision


def test_the_difference_says_what_changed(cast: Cast, study: Study) -> None:
    agent = cast.super_agent_caf_sambrelle
    crowd(cast.caf_sambrelle, "MSA", 30)
    version = actions.remake(study, agent)
    tasks.make_note.func(version.pk)
    version.refresh_from_db()
    before, after = note(study), compositions.compose(study, version)
    found = differences(before, after)
    assert any("80" in one.before or "expériences" in one.before for one in found)
    assert differences(before, before) == []


def test_corrections_come_along_in_the_next_study_of_the_scope(cast: Cast, study: Study) -> None:
    agent = cast.super_agent_caf_sambrelle
    point = note(study).part("pain_points").points[0]
    actions.word(study, f"{point.key}/title", "Le site en panne", agent)
    again = made(cast)
    titles = [p.title.text for p in note(again).part("pain_points").points]
    assert "Le site en panne" in titles


@pytest.mark.parametrize("who", ["agent_caf_sambrelle", "agent_brigade_valserine", "without_role"])
def test_those_who_make_no_study_start_none(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowedError):
        actions.start(Study(network=cast.caf), getattr(cast, who))


def test_a_study_stays_inside_its_subtree(cast: Cast) -> None:
    with pytest.raises(NotAllowedError):
        actions.start(Study(network=cast.caf), cast.super_agent_caf_sambrelle)
    with pytest.raises(NotAllowedError):
        actions.start(Study(network=cast.caf), cast.manager_gendarmerie)
    with pytest.raises(NotAllowedError):
        actions.start(Study(), cast.manager_caf)
    assert actions.start(Study(network=cast.caf), cast.manager_caf).pk
    assert actions.start(Study(), cast.admin).pk
    assert actions.start(Study(departement="59"), cast.observer_nord).pk


def test_a_study_of_several_networks_asks_for_a_right_on_each(cast: Cast) -> None:
    both = {"network": cast.caf, "other_networks": [cast.gendarmerie.pk]}
    with pytest.raises(NotAllowedError):
        actions.start(Study(**both), cast.manager_caf)
    study = Study(**both)
    assert actions.start(study, cast.admin).pk
    assert [network.name for network in study.networks] == [cast.caf.name, cast.gendarmerie.name]
    told = [make_experience(place) for place in (cast.caf_sambrelle, cast.brigade_valserine)]
    make_experience(cast.caf_sambrelle, published=False)
    assert {one.pk for one in experiences(study, None, None)} == {one.pk for one in told}
    assert cast.gendarmerie.name in sentence(study)
    study.visibility = Visibility.INSIDE
    study.author = None
    assert not may_read(cast.manager_caf, study)
    assert may_read(cast.admin, study)


def test_several_networks_are_chosen_in_the_form(cast: Cast) -> None:
    data = {"place": f"reseau:{cast.caf.pk}", "others": [cast.gendarmerie.pk, cast.caf.pk]}
    data |= {"comparison": "none", "rhythm": "never"}
    form = StudyForm(data, agent=cast.admin)
    assert form.is_valid(), form.errors
    assert form.study().network_ids == (cast.caf.pk, cast.gendarmerie.pk)
    alone = StudyForm(data | {"words": "caf de sambrelle"}, agent=cast.admin)
    assert "others" in alone.errors
    assert "others" not in StudyForm(agent=cast.manager_caf).fields


def test_a_scheduled_study_is_made_again_and_its_readers_told(cast: Cast, study: Study) -> None:
    actions.send_to(study, [cast.manager_caf], cast.super_agent_caf_sambrelle)
    actions.schedule(study, Rhythm.MONTHLY, cast.super_agent_caf_sambrelle)
    study.refresh_from_db()
    today = timezone.localdate()
    assert study.next_on is not None
    assert study.next_on > today
    actions.renew(study, date(2025, 11, 1))
    version = NoteVersion.objects.filter(study=study).order_by("-number")[0]
    assert (version.start, version.end) == (date(2025, 10, 1), date(2025, 10, 31))
    tasks.make_note.func(version.pk)
    told = set(Message.objects.filter(kind="note").values_list("recipient", flat=True))
    assert told == {cast.manager_caf.email, cast.super_agent_caf_sambrelle.email}


@pytest.mark.parametrize(
    ("rhythm", "today", "due", "period"),
    [
        (Rhythm.MONTHLY, "2026-01-01", "2026-02-01", ("2025-12-01", "2025-12-31")),
        (Rhythm.MONTHLY, "2026-12-15", "2027-01-01", ("2026-11-01", "2026-11-30")),
        (Rhythm.QUARTERLY, "2026-04-01", "2026-07-01", ("2026-01-01", "2026-03-31")),
        (Rhythm.QUARTERLY, "2026-11-26", "2027-01-01", ("2026-07-01", "2026-09-30")),
    ],
)
def test_periods(rhythm: str, today: str, due: str, period: tuple[str, str]) -> None:
    day = date.fromisoformat(today)
    assert actions.next_day(rhythm, day) == date.fromisoformat(due)
    start, end = actions.period_over(rhythm, day)
    assert (str(start), str(end)) == period


def test_what_was_said_before_and_no_more_is_a_change(cast: Cast) -> None:
    for day in range(40):
        for year, text in (
            (2024, f"Personne ne répond au téléphone, j'ai appelé vingt fois en vain. {day}"),
            (2025, f"L'agente au guichet a été aimable et m'a tout expliqué avec soin. {day}"),
        ):
            make_experience(
                cast.caf_sambrelle,
                text=text,
                feeling="negative" if year == 2024 else "positive",
                published_at=datetime(year, 1 + day % 12, 10, 12, tzinfo=UTC),
            )
    study = made(cast)
    fallen = [
        said.text
        for point in note(study).part("changes").points
        for said in point.details
        if "moins" in said.text
    ]
    assert fallen
    assert study.current is not None
    evidence = study.current.evidence.filter(key__startswith="changes/fall")[0].numbers
    years = {one.published_at.year for one in Experience.objects.filter(pk__in=evidence)}
    assert years == {2024}


def test_the_command_reads_what_is_left_and_says_so(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    crowd(cast.caf_sambrelle, "Allocations familiales", 12)
    call_command("lire_experiences")
    assert "12 récits lus, 12 au total." in capsys.readouterr().out
    call_command("lire_experiences")
    assert "0 récit lu, 12 au total." in capsys.readouterr().out


def test_the_clock_has_new_texts_read_and_due_studies_made(cast: Cast) -> None:
    crowd(cast.caf_sambrelle, "Allocations familiales", 12)
    study = made(cast)
    Study.objects.filter(pk=study.pk).update(rhythm=Rhythm.MONTHLY, next_on=timezone.localdate())
    told = make_experience(cast.caf_sambrelle)
    tasks.keep_up()
    assert Reading.objects.filter(pk=told.pk).exists()
    study.refresh_from_db()
    assert study.next_on is not None
    assert study.next_on > timezone.localdate()
    assert study.versions.count() == 2
    tasks.keep_up()
    assert study.versions.count() == 2
