"""What someone is writing. One row a draft, known by the digest of a key in a cookie."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from django.db import models
from django.utils import timezone

from portevoix.web.experiences.enums import Feeling, Urgency

KEPT: Final = timedelta(days=30)


class Draft(models.Model):
    """A story being written. Everything may be wrong or missing: it is checked when it is sent.

    `services`: up to three of {"structure": number} or {"label": words}, {} for « je ne sais pas »,
    each with its "channels" (channel → feeling). `details`: the optional answers.
    `others`: texts that another tab had saved and that a later save replaced.
    Once sent, only `experience` stays, so that sending again makes no second story.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    feeling = models.CharField(max_length=10, choices=Feeling.choices, blank=True)
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    story_version = models.PositiveIntegerField(default=0)
    others = models.JSONField(default=list, blank=True)
    services = models.JSONField(default=list, blank=True)
    details = models.JSONField(default=dict, blank=True)
    email = models.CharField(max_length=254, blank=True)
    urgency = models.CharField(max_length=20, choices=Urgency.choices, default=Urgency.NONE)
    origin = models.CharField(max_length=80, blank=True)
    origin_procedure = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now, db_index=True)
    experience = models.OneToOneField(
        "experiences.Experience", models.CASCADE, null=True, blank=True, related_name="draft"
    )

    def __str__(self) -> str:
        return f"Brouillon {self.pk}"

    @property
    def sent(self) -> bool:
        return self.experience_id is not None

    @property
    def alarming(self) -> bool:
        """Whether the text speaks of someone in distress or in danger."""
        return self.urgency in {Urgency.DISTRESS, Urgency.DANGER}

    @property
    def kept_until(self) -> Any:
        return self.saved_at + KEPT

    @property
    def structures(self) -> Sequence[int]:
        return [service["structure"] for service in self.services if "structure" in service]
