"""The journal only grows, and holds nothing personal."""

from __future__ import annotations

import pytest
from django.db import Error, transaction

from portevoix.web.journal.actions import PersonalDataRefusedError, record
from portevoix.web.journal.models import AppendOnlyError, Entry
from tests.web.cast import Cast


def test_an_entry_says_who_did_what_to_what(cast: Cast) -> None:
    entry = record("moderate", cast.caf_sambrelle, actor=cast.moderator, reason="injure")
    assert (entry.actor_id, entry.actor_label) == (cast.moderator.pk, "moderator")
    assert entry.subject == f"structure:{cast.caf_sambrelle.pk}"
    assert entry.data == {"reason": "injure"}


@pytest.mark.parametrize("text", ["a@b.fr", "deux\nlignes", "x" * 81])
def test_a_text_is_refused(db: None, text: str) -> None:
    with pytest.raises(PersonalDataRefusedError):
        record("comment", said=text)


def test_nothing_changes_or_leaves_it_through_the_model(db: None) -> None:
    entry = record("sign_in")
    with pytest.raises(AppendOnlyError):
        entry.save()
    with pytest.raises(AppendOnlyError):
        entry.delete()


def test_the_database_itself_refuses_a_change(db: None) -> None:
    record("sign_in")
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        Entry.objects.update(verb="rien")
    assert Entry.objects.get().verb == "sign_in"


def test_the_database_itself_refuses_to_forget(db: None) -> None:
    record("sign_in")
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        Entry.objects.all().delete()
    assert Entry.objects.count() == 1
