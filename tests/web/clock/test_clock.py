"""The clock does each job at its time, once, and survives the ones that fail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from portevoix.web.clock.actions import run_due
from portevoix.web.clock.models import Tick

_HERE = "tests.web.clock.test_clock"
done: list[str] = []


def work() -> None:
    done.append("work")


def fail() -> None:
    raise ValueError


@pytest.fixture(autouse=True)
def _jobs(settings: Any) -> None:
    done.clear()
    settings.PORTEVOIX_JOBS = {
        f"{_HERE}.fail": timedelta(hours=1),
        f"{_HERE}.work": timedelta(hours=1),
    }


def test_a_job_runs_once_an_interval(db: None) -> None:
    assert run_due() == [f"{_HERE}.work"]
    assert run_due() == []
    Tick.objects.update(due_at="2020-01-01T00:00Z")
    assert run_due() == [f"{_HERE}.work"]
    assert done == ["work", "work"]


def test_a_job_that_fails_is_said_and_stops_no_other(db: None) -> None:
    run_due()
    assert Tick.objects.get(job=f"{_HERE}.fail").error == "ValueError"
    assert done == ["work"]
