"""The replay of weeks counts what it should: quiet ones stay quiet, a burst is heard."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from portevoix.corpus.analyses import Analyses
from portevoix.evaluation.changes import CASES, demonstration, read_trends
from portevoix.evaluation.peaks import MOST, replay, weekly


@pytest.fixture(scope="module")
def networks() -> dict[str, Analyses]:
    return demonstration()


def test_quiet_weeks_of_the_demonstration_seldom_alarm(networks: dict[str, Analyses]) -> None:
    found = replay(networks, read_trends(CASES / "trends.json"))
    assert found.quiet > 1_000
    assert found.false_alarms <= MOST * found.quiet


def test_each_story_is_counted_in_its_week(networks: dict[str, Analyses]) -> None:
    analyses = networks["MSA"]
    services, first, counts = weekly(analyses)
    assert counts.shape[0] == len(services)
    assert counts.sum() == len(analyses.experiences.structures.codes)
    assert first.weekday() == 0


def test_a_burst_where_nothing_was_written_is_a_false_alarm(
    networks: dict[str, Analyses],
) -> None:
    """Thirty stories of one service moved to one day: without a trend that says so, it is one."""
    analyses = networks["MSA"]
    days = analyses.experiences.days.copy()
    rows = np.argsort(days, kind="stable")[-30:]
    days[rows] = days[rows].max()
    moved = replace(analyses, experiences=replace(analyses.experiences, days=days))
    labels = moved.experiences.structures
    one = replace(labels, codes=np.zeros_like(labels.codes))
    burst = replace(moved, experiences=replace(moved.experiences, structures=one))
    assert replay({"MSA": burst}, []).false_alarms >= 1
