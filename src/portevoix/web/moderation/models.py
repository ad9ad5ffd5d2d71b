"""Two tables, never a flag: what the engine proposes, what a person decides."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from portevoix.web.experiences.enums import Urgency
from portevoix.web.experiences.models import Experience
from portevoix.web.moderation.contacts import KNOWN
from portevoix.web.moderation.enums import (
    AlertOutcome,
    AppealOutcome,
    Kind,
    Reason,
    ReportOutcome,
    ReportReason,
    ReportSubject,
)


class ProposedVerdict(models.Model):
    """What the engines propose to the moderator, and where they read it in the author's text.

    `reasons`: [{"rule", "start", "end", "why"}], `findings`: [{"kind", "start", "end", "score",
    "reason"}]; places are those of `Experience.text`. No word of the author is kept here.
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
    # Of what was read: an author who corrects makes the proposal out of date.
    text_digest = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.experience_id} {self.verdict}"


class Decision(models.Model):
    """What a person decided. Until `undo_until` it may be taken back and nobody sees anything.

    It takes effect when it is settled. `masks` are places in the author's text: what is published
    is made from it at that moment, and a story withdrawn leaves no word here.
    """

    experience = models.ForeignKey(Experience, models.CASCADE, related_name="decisions")
    moderator = models.ForeignKey(
        "accounts.Agent", models.SET_NULL, null=True, related_name="decisions"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # A `Reason`, or the `Urgency` of an alert.
    reason = models.CharField(max_length=40, blank=True)
    message = models.TextField(blank=True)
    masks = models.JSONField(default=list)
    contacts = models.JSONField(default=list)
    undo_until = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (
            models.Index(fields=["at"], name="decision_at"),
            models.Index(
                fields=["undo_until"],
                condition=models.Q(settled_at=None, undone_at=None),
                name="decision_to_settle",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["experience"],
                condition=models.Q(settled_at=None, undone_at=None),
                name="decision_pending_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.experience_id} {self.kind}"

    @property
    def reason_label(self) -> str:
        for codes in (Reason, Urgency):
            if self.reason in codes.values:
                return str(codes(self.reason).label)
        return ""

    @property
    def contact_names(self) -> list[str]:
        """Whom the moderator called."""
        return [KNOWN[code].name for code in self.contacts if code in KNOWN]


class Hold(models.Model):
    """Who is reading an experience now, so that a second moderator is told."""

    experience = models.OneToOneField(Experience, models.CASCADE, related_name="hold")
    moderator = models.ForeignKey("accounts.Agent", models.CASCADE, related_name="+")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.experience_id} {self.moderator_id}"


class Relief(models.Model):
    """« Ce texte m'atteint »: this moderator is not given this story again. That is all we keep."""

    experience = models.ForeignKey(Experience, models.CASCADE, related_name="reliefs")
    moderator = models.ForeignKey("accounts.Agent", models.CASCADE, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["experience", "moderator"], name="relief_once"),
        )

    def __str__(self) -> str:
        return f"{self.experience_id} {self.moderator_id}"


class Alert(models.Model):
    """Someone must be looked after: what was done about it, until it is closed."""

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="alert")
    experience = models.ForeignKey(Experience, models.CASCADE, related_name="alerts")
    urgency = models.CharField(max_length=20, choices=Urgency.choices)
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=20, choices=AlertOutcome.choices, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"Alerte {self.pk}"


class Appeal(models.Model):
    """An author who asks that a refusal be looked at again, by another person."""

    experience = models.ForeignKey(Experience, models.CASCADE, related_name="appeals")
    message = models.TextField(max_length=2_000)
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=10, choices=AppealOutcome.choices, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["experience"],
                condition=models.Q(closed_at=None),
                name="appeal_open_once",
            ),
        )

    def __str__(self) -> str:
        return f"Recours {self.pk}"


class Report(models.Model):
    """A reader who says that something published should be looked at again."""

    experience = models.ForeignKey(Experience, models.CASCADE, related_name="reports")
    subject = models.CharField(
        max_length=10, choices=ReportSubject.choices, default=ReportSubject.STORY
    )
    reason = models.CharField(max_length=10, choices=ReportReason.choices)
    message = models.TextField(max_length=1_000, blank=True)
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=10, choices=ReportOutcome.choices, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = (
            models.Index(fields=["at"], condition=models.Q(closed_at=None), name="report_open"),
        )

    def __str__(self) -> str:
        return f"Signalement {self.pk}"
