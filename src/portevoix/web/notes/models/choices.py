"""What people decided of a note, and who answers for it or may open it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portevoix.web.notes.enums import (
    Choice,
    Correction,
    Side,
)
from portevoix.web.notes.models.studies import KEY, NoteVersion, Study


class ChosenTheme(models.Model):
    """What people made of themes: `parts` are the keys brought together under `key`."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="chosen_themes")
    key = models.CharField(max_length=KEY)
    side = models.CharField(max_length=12, choices=Side.choices)
    parts = models.JSONField(default=list)
    dropped = models.BooleanField(default=False)
    by = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["study", "key"], name="chosen_theme_once"),)

    def __str__(self) -> str:
        return self.key


class ChosenQuote(models.Model):
    """An exact stretch of a published text that a person picked to illustrate a point."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="chosen_quotes")
    key = models.CharField(max_length=KEY)
    experience = models.ForeignKey("experiences.Experience", models.CASCADE, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    by = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["study", "key", "experience", "start"], name="chosen_quote_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.experience_id}"


class ChosenLead(models.Model):
    """A lead accepted or refused by a person, or written by one (then with its own words)."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="chosen_leads")
    key = models.CharField(max_length=KEY)
    choice = models.CharField(max_length=10, choices=Choice.choices)
    # Empty when the machine proposed it.
    title = models.CharField(_("titre"), max_length=200, blank=True)
    text = models.TextField(_("ce que vous proposez"), max_length=2000, blank=True)
    theme = models.CharField(_("difficulté"), max_length=KEY, blank=True)
    by = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["study", "key"], name="chosen_lead_once"),)

    def __str__(self) -> str:
        return self.key

    @property
    def own(self) -> bool:
        return bool(self.title)


class Wording(models.Model):
    """A sentence as a person wrote it, over what the machine had written. Never changed: the next
    one has the next number, so that two people who write at once lose nothing.

    An empty text gives the machine's words back.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="wordings")
    key = models.CharField(max_length=KEY)
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True, max_length=2000)
    over = models.TextField(blank=True)
    by = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["study", "key", "number"], name="wording_once"),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.number}"


class Signature(models.Model):
    """Somebody answers for a note as it stood at one revision."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="signatures")
    version = models.ForeignKey(NoteVersion, models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField()
    agent = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=120)
    function = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.study_id} r{self.revision}"


class PrivateLink(models.Model):
    """Opens one note to whoever holds it, until it is withdrawn; only its digest is kept."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Lien {self.pk}"


class CorrectionReview(models.Model):
    """Whether a correction becomes a case by which readings are measured, decided by a person.

    `corrected` is the number of the `ChosenQuote` or `ChosenTheme`.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="reviews")
    kind = models.CharField(max_length=10, choices=Correction.choices)
    corrected = models.PositiveBigIntegerField()
    retained = models.BooleanField()
    by = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "corrected"], name="correction_review_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.corrected}"
