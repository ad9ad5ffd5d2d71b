"""One row an act. Nothing personal in it: identifiers only, so that it can be kept."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.utils import timezone

from portevoix.errors import PortevoixError


class AppendOnlyError(PortevoixError):
    """Le journal ne se modifie pas et ne s'efface pas."""


class Entry(models.Model):
    """Who did what to what. The database refuses to change or delete it (see the migration)."""

    at = models.DateTimeField(default=timezone.now, editable=False)
    # No foreign key: the entry outlives the account, and knows only its number and role.
    actor_id = models.BigIntegerField(null=True, editable=False)
    actor_label = models.CharField(max_length=40, editable=False)
    verb = models.CharField(max_length=60, editable=False)
    subject_type = models.CharField(max_length=40, blank=True, editable=False)
    subject_id = models.CharField(max_length=40, blank=True, editable=False)
    data = models.JSONField(default=dict, editable=False)

    class Meta:
        indexes = (
            models.Index(fields=["subject_type", "subject_id", "at"], name="journal_subject"),
            models.Index(fields=["actor_id", "at"], name="journal_actor"),
            models.Index(fields=["at"], name="journal_at"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label} {self.verb} {self.subject}"

    @property
    def subject(self) -> str:
        return f"{self.subject_type}:{self.subject_id}" if self.subject_type else ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnlyError
