"""Keys of the API, answers as open data publishes them, drafts that other programs ask for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portevoix.web.accounts.policies import Place
from portevoix.web.api.enums import AskedState
from portevoix.web.replies.models import Reply

# What a key allows in an hour.
HOURLY: Final = 10_000


class ApiKey(models.Model):
    """A key lent to someone who asks much: it allows more requests, and opens nothing more.

    Unless `drafts` is set: it then opens the reply service, which costs machine time. Only the
    digest of the secret is kept; `start` is its first letters, to tell keys apart.
    """

    name = models.CharField(_("à quoi elle sert"), max_length=80)
    start = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    network = models.ForeignKey(
        "directory.Network", models.PROTECT, null=True, blank=True, related_name="+"
    )
    hourly = models.PositiveIntegerField(default=HOURLY)
    drafts = models.BooleanField(default=False)
    created_by = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"Clé {self.pk}"

    def places(self) -> Sequence[Place]:
        return (Place(network=self.network_id),) if self.network_id else ()


class MaskedReply(models.Model):
    """An answer written here as open data says it: masked once, until its words change.

    `text` is empty when nothing had to be hidden.
    """

    reply = models.OneToOneField(Reply, models.CASCADE, primary_key=True, related_name="+")
    digest = models.CharField(max_length=64)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "masked replies"

    def __str__(self) -> str:
        return f"Réponse masquée {self.reply_id}"


class AskedDraft(models.Model):
    """A draft that another program asked for, kept two days. The text it sent is kept redacted.

    `identifier` is the caller's: two keys may use the same one, and neither reads the other's.
    `tries` counts how often it was begun, `queued_at` is when it was last queued or begun.
    """

    key = models.ForeignKey(ApiKey, models.CASCADE, related_name="asked")
    identifier = models.CharField(max_length=200)
    text = models.TextField()
    state = models.CharField(max_length=7, choices=AskedState.choices, default=AskedState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)
    queued_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(blank=True)
    told = models.JSONField(default=dict, blank=True)
    run = models.ForeignKey("runs.Run", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["key", "identifier"], name="asked_once_a_key"),
        )
        indexes = (
            models.Index(
                fields=["queued_at"], condition=models.Q(state="waiting"), name="asked_waiting"
            ),
            models.Index(fields=["asked_at"], name="asked_oldest"),
        )

    def __str__(self) -> str:
        return f"Demande {self.pk}"
