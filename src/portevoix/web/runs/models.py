"""One row a call to a machine: which engine, on what (by digest), how long, how it ended."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from portevoix.web.runs.enums import Capability, Outcome


class Run(models.Model):
    """A call to an engine. The text it read is not kept, only its keyed digest."""

    capability = models.CharField(max_length=20, choices=Capability.choices)
    engine = models.CharField(max_length=40)
    model = models.CharField(max_length=120, blank=True)
    prompt_version = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    items = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField(default=timezone.now)
    duration_ms = models.PositiveIntegerField(default=0)
    tokens = models.PositiveIntegerField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    error = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = (models.Index(fields=["capability", "started_at"], name="run_capability"),)

    def __str__(self) -> str:
        return f"{self.capability} {self.engine} {self.outcome}"
