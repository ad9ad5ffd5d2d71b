"""Schemathesis asks the reply service whatever its schema allows, and does not."""

from __future__ import annotations

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from portevoix.web.api.actions import create_key
from portevoix.web.api.models import ApiKey
from tests.web.api.test_schema import _one_connection  # noqa: F401 (a fixture)
from tests.web.cast import Cast

pytestmark = pytest.mark.slow


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode))
@pytest.mark.parametrize("name", ["anonymize", "ditp_get_data"])
def test_every_answer_is_one_the_schema_says(
    cast: Cast, name: str, mode: schemathesis.GenerationMode
) -> None:
    _key, secret = create_key(cast.manager_caf, "Logiciel", cast.caf, drafts=True)
    ApiKey.objects.update(hourly=1_000_000)
    service = schemathesis.openapi.from_wsgi("/prod/openapi.json", get_wsgi_application())
    operation = service.find_operation_by_id(name)

    @settings(
        max_examples=30,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        # An identifier of the right form that nobody sent is refused: no schema can say that.
        case.call_and_validate(
            headers={"Authorization": f"Bearer {secret}"},
            excluded_checks=[positive_data_acceptance],
        )

    ask()
