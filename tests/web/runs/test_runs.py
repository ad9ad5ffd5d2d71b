"""Every call to an engine leaves its trace, and none of the text."""

from __future__ import annotations

import pytest
from django.core.serializers import serialize
from pytest_django import DjangoAssertNumQueries

from portevoix.configuration import Configuration, ConfigurationError
from portevoix.engines import build
from portevoix.web.runs import actions
from portevoix.web.runs.enums import Capability, Outcome
from portevoix.web.runs.models import Run

TEXT = "Merci à Mme Lefèvre, 06 39 98 12 34, qui m'a aidée."


def test_redaction(db: None) -> None:
    redacted = actions.redact(TEXT)
    assert "Lefèvre" not in redacted.text
    assert {finding["kind"] for finding in redacted.findings} == {"PERSON", "PHONE"}
    run = Run.objects.get()
    assert (run.capability, run.outcome, run.engine) == (
        Capability.REDACTION,
        Outcome.ANSWERED,
        "embedded",
    )


def test_many_texts_leave_one_run(db: None) -> None:
    assert actions.redact_many([TEXT, "", "Rien."])[1:] == ["", "Rien."]
    assert Run.objects.get().items == 3


def test_screening_and_advice(db: None) -> None:
    screened = actions.screen("Je veux en finir, je n'en peux plus de ces démarches.")
    assert screened.urgency == "detresse"
    kinds = {advice.kind for advice in actions.advice(TEXT, actions.redact(TEXT).findings)}
    assert "personal_data" in kinds


def test_no_word_of_the_text_is_kept(db: None) -> None:
    actions.redact(TEXT)
    actions.screen(TEXT)
    actions.read_expectations([TEXT])
    kept = serialize("json", Run.objects.all())
    assert not any(word in kept for word in ("Lefèvre", "Merci", "0639", "06 39"))


def test_a_call_is_one_write(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        found = actions.redact(TEXT)
    assert Run.objects.get() == found.run


def test_a_call_that_fails_leaves_how_it_ended(db: None) -> None:
    with pytest.raises(ValueError, match="Lefèvre"), actions.call(Capability.NOTE, TEXT):
        raise ValueError(TEXT)
    run = Run.objects.get()
    assert (run.outcome, run.error) == (Outcome.FAILED, "ValueError")


def test_an_unknown_engine_is_refused_by_name() -> None:
    with pytest.raises(ConfigurationError, match="PORTEVOIX_REDACTION"):
        build(Configuration(redaction="magic"))
