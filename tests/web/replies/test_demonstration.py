"""The demonstration loads whole, once, and its accounts open."""

from __future__ import annotations

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from portevoix.web.accounts.models import Agent
from portevoix.web.directory.models import Structure
from portevoix.web.experiences.models import Concern, Experience
from portevoix.web.journal.models import Entry
from portevoix.web.moderation.models import ProposedVerdict
from portevoix.web.moderation.queries import queue
from portevoix.web.replies.models import Reply

LINE = re.compile(r"^ {2}.+?\s{2}(\S+@\S+)\s+(.+)$", re.MULTILINE)


@pytest.mark.slow
def test_it_loads_once_and_its_accounts_open(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("charger_demonstration")
    first = dict(LINE.findall(capsys.readouterr().out))
    assert len(first) == 7
    assert Experience.objects.filter(published_at__isnull=False).count() == 368
    assert queue().waiting == 52
    assert queue().urgent >= 3
    assert ProposedVerdict.objects.filter(findings__gt=[]).count() > 8
    # Every story knows its structure, under a real network.
    assert not Concern.objects.filter(structure=None).exists()
    assert Structure.objects.filter(fictional=True).count() == 44
    email, password = next(iter(first.items()))
    signed = Client().post("/compte/connexion/", {"login": email, "password": password})
    assert signed.status_code == 302

    before = _counts()
    call_command("charger_demonstration")
    second = dict(LINE.findall(capsys.readouterr().out))
    assert _counts() == before
    assert first.keys() == second.keys()
    assert first != second
    assert not any(password in str(list(Entry.objects.values())) for password in second.values())


def _counts() -> list[int]:
    models = (Experience, Concern, Reply, Structure, Agent, ProposedVerdict)
    return [model.objects.count() for model in models]


def test_never_on_a_real_site(db: None) -> None:
    with (
        override_settings(PORTEVOIX_MODE="production"),
        pytest.raises(CommandError, match="production"),
    ):
        call_command("charger_demonstration")
