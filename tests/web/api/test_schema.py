"""Schemathesis asks the API whatever its schema allows, and does not: each answer is as it says."""

from __future__ import annotations

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, settings

from portevoix.web.api import gate
from tests.web.cast import Cast
from tests.web.factories import make_experience, make_reply

pytestmark = pytest.mark.slow


@pytest.fixture
def asked(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> schemathesis.BaseSchema:
    monkeypatch.setattr(gate, "WITHOUT_KEY", 1_000_000)
    for structure in (cast.caf_sambrelle, cast.brigade_valserine):
        make_reply(make_experience(structure, departement="59", relation="positive"))
    make_experience(cast.antenne_nord)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


schema = schemathesis.pytest.from_fixture("asked")


@schema.parametrize()
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
def test_every_answer_is_one_the_schema_says(case: schemathesis.Case) -> None:
    case.call_and_validate()
