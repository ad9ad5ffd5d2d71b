"""From experiences to findings: counted, sourced, the same whatever the workers."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from portevoix.corpus.analyses import Analyses
from portevoix.corpus.analyze import analyze
from portevoix.corpus.find import find
from portevoix.corpus.findings import Findings, Scope
from portevoix.corpus.merge import keep, merge
from portevoix.corpus.scope import previous, select
from portevoix.corpus.store import load, save
from portevoix.errors import EmptyScopeError, UnreadableFileError
from portevoix.opendata import read_experiences
from portevoix.opendata.demo import demo_path


@pytest.fixture(scope="module")
def demo() -> Analyses:
    return analyze(read_experiences([demo_path()]).experiences)


@pytest.fixture(scope="module")
def findings(demo: Analyses) -> Findings:
    return find(demo, Scope(networks=("Allocations familiales",)), minimum=3)


def same(one: Analyses, other: Analyses) -> bool:
    return (
        one.experiences.ids == other.experiences.ids
        and one.experiences.texts == other.experiences.texts
        and one.segments.terms.values == other.segments.terms.values
        and np.array_equal(one.segments.terms.codes, other.segments.terms.codes)
        and np.array_equal(one.segments.expectation, other.segments.expectation)
        and np.array_equal(one.segments.experience, other.segments.experience)
    )


def test_parts_merged_are_the_whole(demo: Analyses) -> None:
    size = len(demo.experiences)
    cuts = (0, 100, 101, size)
    parts = [keep(demo, np.arange(a, b)) for a, b in pairwise(cuts)]
    assert same(merge(parts), demo)
    assert same(merge([merge(parts[:2]), parts[2]]), demo)


def test_kept_and_read_again(demo: Analyses, tmp_path: Path) -> None:
    save(demo, tmp_path / "analyses.npz")
    assert same(load(tmp_path / "analyses.npz"), demo)
    (tmp_path / "faux.npz").write_bytes(b"rien")
    with pytest.raises(UnreadableFileError):
        load(tmp_path / "faux.npz")


def test_scope_names_are_matched_loosely(demo: Analyses) -> None:
    assert len(select(demo, Scope(networks=("allocations FAMILIALES",))).experiences) == 74
    with pytest.raises(EmptyScopeError, match="Allocations familiales"):
        select(demo, Scope(networks=("Alocation familiale",)))


def test_the_previous_period_has_the_same_length() -> None:
    year = previous(Scope(start=date(2025, 1, 1), end=date(2025, 12, 31)))
    assert year is not None
    assert (year.start, year.end) == (date(2024, 1, 1), date(2024, 12, 31))
    month = previous(Scope(start=date(2025, 3, 11), end=date(2025, 3, 20)))
    assert month is not None
    assert (month.start, month.end) == (date(2025, 3, 1), date(2025, 3, 10))
    assert previous(Scope()) is None


def test_every_finding_is_sourced(findings: Findings, demo: Analyses) -> None:
    inside = set(select(demo, findings.scope).experiences.ids)
    found = [
        *findings.strengths,
        *findings.pain_points,
        *findings.subjects,
        *findings.suggestions,
        *findings.changes,
    ]
    assert len(found) > 10
    for finding in found:
        assert finding.count == len(set(finding.evidence)) > 0
        assert set(finding.evidence) <= inside
        assert 0 <= finding.interval.low <= finding.share <= finding.interval.high <= 1


def test_quotes_are_exact_and_never_twice(findings: Findings, demo: Analyses) -> None:
    texts = dict(zip(demo.experiences.ids, demo.experiences.texts, strict=True))
    groups = (findings.strengths, findings.pain_points, findings.subjects, findings.changes)
    quotes = [quote for group in groups for finding in group for quote in finding.quotes]
    assert len(quotes) > 5
    assert all(q.text == texts[q.experience][q.start : q.end] for q in quotes)
    assert len({(q.experience, q.start) for q in quotes}) == len(quotes)


def test_the_result_does_not_depend_on_the_workers() -> None:
    experiences = read_experiences([demo_path()]).experiences
    many = [e for _ in range(6) for e in experiences][:2100]
    assert same(analyze(many), analyze(many, workers=2))


def test_several_networks_are_read_together(demo: Analyses) -> None:
    names = ("Allocations familiales", "MSA")
    each = [len(select(demo, Scope(networks=(name,))).experiences) for name in names]
    assert len(select(demo, Scope(networks=names)).experiences) == sum(each)
