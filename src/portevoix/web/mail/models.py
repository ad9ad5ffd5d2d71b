"""The outbox: one row a message owed. Once sent, what it said and to whom are erased."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from portevoix.web.mail.enums import MessageState


class Message(models.Model):
    """A message owed to someone. `key` says what it is for, so that it is owed once."""

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40)
    state = models.CharField(
        max_length=10, choices=MessageState.choices, default=MessageState.WAITING
    )
    recipient = models.EmailField(blank=True)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    owed_at = models.DateTimeField(default=timezone.now)
    # Not before this moment: the time to take an act back, or to let a server recover.
    leaves_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["leaves_at"],
                condition=models.Q(state__in=("waiting", "leaving")),
                name="message_due",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
