"""The demonstration has a study to read, with what was promised and done because of it."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from portevoix.web.notes.demonstration import load
from portevoix.web.notes.enums import Status
from portevoix.web.notes.models import Improvement, Study


@pytest.mark.slow
def test_a_study_is_made_once_with_its_improvements(db: None, client: Client) -> None:
    call_command("charger_demonstration")
    call_command("charger_etude")
    study = Study.objects.get()
    assert study.current is not None
    assert study.current.ready
    assert study.current.experiences >= 40
    assert study.signatures.exists()
    promised = Improvement.objects.get(status=Status.COMMITTED)
    done = Improvement.objects.get(status=Status.DONE)
    assert done.effects.exists()
    for one in (promised, done):
        assert one.description
        page = client.get(f"/ameliorations/{one.pk}/")
        assert page.status_code == 200
        assert one.description[:40] in page.content.decode().replace("&#x27;", "'")
    assert load() is None
    assert Study.objects.count() == 1


def test_nothing_without_the_demonstration(db: None) -> None:
    assert load() is None


def test_never_on_a_real_site(db: None) -> None:
    with (
        override_settings(PORTEVOIX_MODE="production"),
        pytest.raises(CommandError, match="production"),
    ):
        call_command("charger_etude")
