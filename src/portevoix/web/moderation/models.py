"""Two tables, never a flag: what the engine proposes, what a person decides."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from portevoix.web.experiences.enums import Urgency
from portevoix.web.experiences.models import Experience
from portevoix.web.moderation.enums import Kind


class ProposedVerdict(models.Model):
    """What the engines propose to the moderator, and where they read it in the author's text.

    `reasons`: [{"rule", "start", "end", "why"}], `findings`: [{"kind", "start", "end", "score",
    "reason"}]; places are those of `Experience.text`. `redacted_*` is the masking proposed.
    """

    experience = models.OneToOneField(Experience, models.CASCADE, related_name="proposed_verdict")
    run = models.ForeignKey("runs.Run", models.PROTECT, related_name="+")
    redaction_run = models.ForeignKey("runs.Run", models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=20)
    score = models.FloatField(default=0)
    reasons = models.JSONField(default=list)
    urgency = models.CharField(max_length=20, choices=Urgency.choices, default=Urgency.NONE)
    urgency_reasons = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    title_findings = models.JSONField(default=list)
    redacted_title = models.CharField(max_length=300, blank=True)
    redacted_text = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.experience_id} {self.verdict}"


class Decision(models.Model):
    """What a person decided. `undo_until`: until then the author and the public see nothing."""

    experience = models.ForeignKey(Experience, models.CASCADE, related_name="decisions")
    moderator = models.ForeignKey(
        "accounts.Agent", models.SET_NULL, null=True, related_name="decisions"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.CharField(max_length=40, blank=True)
    message = models.TextField(blank=True)
    undo_until = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["at"], name="decision_at"),)

    def __str__(self) -> str:
        return f"{self.experience_id} {self.kind}"


class Hold(models.Model):
    """Who is reading an experience now, so that a second moderator is told."""

    experience = models.OneToOneField(Experience, models.CASCADE, related_name="hold")
    moderator = models.ForeignKey("accounts.Agent", models.CASCADE, related_name="+")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.experience_id} {self.moderator_id}"


class Appeal(models.Model):
    """An author who asks that a refusal be looked at again, by another person."""

    experience = models.ForeignKey(Experience, models.CASCADE, related_name="appeals")
    message = models.TextField(max_length=2_000)
    at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"Recours {self.pk}"
