from dataclasses import replace

from portevoix.corpus.findings import Figures
from portevoix.note.document import Note, Sentence
from portevoix.note.levers import read_levers
from tests.note.example import SOURCES, findings, note, write
from tests.paths import SHARED, needs_shared


def every_sentence(written: Note) -> list[Sentence]:
    said: list[Sentence] = []
    for section in written.sections:
        said += section.sentences
        for point in section.points:
            said += [*point.sentences, *point.details, *(row for _, row in point.rows)]
    return said


def test_every_sentence_counts_its_evidence() -> None:
    for sentence in every_sentence(note()):
        assert sentence.count == len(set(sentence.evidence)), sentence.text


def test_sentences_are_finished_and_never_said_twice() -> None:
    texts = [s.text for s in every_sentence(note()) if s.evidence]
    titled = [(p.title, *p.sentences) for s in note().sections for p in s.points]
    assert len(titled) == len(set(titled))
    for text in texts:
        assert text[0].isupper() or text[0] in "«0123456789"
        assert text.endswith((".", "!", "?", "…"))
        assert "  " not in text


def test_a_lead_answers_the_precise_topic_else_the_expectation() -> None:
    leads = note().leads
    assert [lead.lever.id for lead in leads if lead.lever] == ["L1", "L3"]


def test_no_lever_is_used_twice() -> None:
    chosen = [lead.lever.id for lead in note().leads if lead.lever]
    assert len(chosen) == len(set(chosen))


def test_what_grows_comes_before_what_does_not() -> None:
    first = note().leads[0]
    assert first.change is not None
    assert (
        "revient plus souvent depuis juin 2025" in note().section("leads").points[0].rows[0][1].text
    )


def test_a_scope_that_says_nothing_still_makes_a_note() -> None:
    empty = replace(
        findings(), strengths=(), pain_points=(), subjects=(), suggestions=(), changes=(),
        figures=Figures(experiences=1, segments=0, first=None, last=None),
    )  # fmt: skip
    written = write(empty, SOURCES[:1])
    assert written.leads == ()
    assert "une expérience, écrite" in written.section("figures").sentences[0].text
    assert "Aucune difficulté" in written.section("pain_points").sentences[0].text


def test_few_experiences_are_counted_without_percentages() -> None:
    few = replace(findings(), figures=replace(findings().figures, experiences=12))
    written = write(few, SOURCES[:12])
    said = [s.text for key in ("figures", "pain_points") for s in written.section(key).sentences]
    said += [s.text for p in written.section("pain_points").points for s in p.sentences]
    assert not [text for text in said if "%" in text]


def test_the_previous_period_is_compared_the_right_way_round() -> None:
    before = replace(findings().figures, experiences=20)
    written = write(replace(findings(), previous=before))
    said = " ".join(s.text for s in written.section("figures").sentences)
    assert "20 expériences\u00a0: celle-ci en compte 20\u00a0% de plus" in said


@needs_shared
def test_levers_of_the_library_load() -> None:
    lines = (SHARED / "demo" / "levers.jsonl").read_text("utf-8").splitlines()
    levers = read_levers(lines)
    assert len({lever.id for lever in levers}) == len(levers) >= 90
