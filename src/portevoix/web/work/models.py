"""Remarks between services, searches to come back to, e-mails an agent wants."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portevoix.web.experiences.models import Experience
from portevoix.web.work.enums import Rhythm


class Comment(models.Model):
    """A remark on a story, read by the services it concerns and never by the public."""

    experience = models.ForeignKey(Experience, models.CASCADE, related_name="comments")
    author = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+")
    # The service in whose name it was written, as it was called then.
    service = models.CharField(max_length=255, blank=True)
    text = models.TextField(_("commentaire"), max_length=2_000)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"Commentaire {self.pk}"


class SavedSearch(models.Model):
    """A list an agent comes back to: a name and the filters of its address."""

    agent = models.ForeignKey("accounts.Agent", models.CASCADE, related_name="saved_searches")
    name = models.CharField(_("nom"), max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["agent", "name"], name="saved_search_once"),)

    def __str__(self) -> str:
        return f"Recherche {self.pk}"


class Subscription(models.Model):
    """How often an agent is told what waits; `told_at` is when they last were."""

    agent = models.OneToOneField("accounts.Agent", models.CASCADE, related_name="subscription")
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices, default=Rhythm.DAILY)
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["rhythm", "told_at"], name="subscription_due"),)

    def __str__(self) -> str:
        return f"{self.agent_id} {self.rhythm}"
