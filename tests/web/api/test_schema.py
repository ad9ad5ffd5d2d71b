"""Schemathesis asks the API whatever its schema allows, and does not: each answer is as it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as tried
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.web.cast import Cast
from tests.web.factories import make_experience, make_reply

pytestmark = pytest.mark.slow
OPERATIONS = ("experiences", "experience", "reseaux", "structures", "structure", "statistiques")


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """As Django's own client does: the connection of the test outlives each request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def asked(cast: Cast, settings: Any, _one_connection: None) -> schemathesis.BaseSchema:
    settings.PORTEVOIX_API_PER_MINUTE = 1_000_000
    for structure in (cast.caf_sambrelle, cast.brigade_valserine):
        make_reply(make_experience(structure, departement="59", relation="positive"))
    make_experience(cast.antenne_nord)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


def test_every_operation_is_asked(asked: schemathesis.BaseSchema) -> None:
    found = {one.ok().definition.raw["operationId"] for one in asked.get_all_operations()}
    assert found == set(OPERATIONS)


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode))
@pytest.mark.parametrize("name", OPERATIONS)
def test_every_answer_is_one_the_schema_says(
    asked: schemathesis.BaseSchema, name: str, mode: schemathesis.GenerationMode
) -> None:
    operation = asked.find_operation_by_id(name)
    if not operation.query and not operation.path_parameters:
        mode = schemathesis.GenerationMode.POSITIVE

    @tried(
        max_examples=30,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        # A code or cursor of the right form that names nothing is refused: no schema can say that.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    ask()
