"""Keys of the API, and answers as open data publishes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portevoix.web.accounts.policies import Place
from portevoix.web.replies.models import Reply

# What a key allows in an hour.
HOURLY: Final = 10_000


class ApiKey(models.Model):
    """A key lent to someone who asks much: it opens nothing more, it allows more requests.

    Only the digest of the secret is kept; `start` is its first letters, to tell keys apart.
    """

    name = models.CharField(_("à quoi elle sert"), max_length=80)
    start = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    network = models.ForeignKey(
        "directory.Network", models.PROTECT, null=True, blank=True, related_name="+"
    )
    hourly = models.PositiveIntegerField(default=HOURLY)
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
