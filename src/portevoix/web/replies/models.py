"""Answers as they were published, and what people think of them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portevoix.web.accounts.policies import Place
from portevoix.web.experiences.models import Concern
from portevoix.web.replies.enums import Improvement, Rater


class Reply(models.Model):
    """A signed, published answer of one service to one experience."""

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="replies")
    salutation = models.CharField(max_length=120, blank=True)
    text = models.TextField(_("réponse"), max_length=10_000)
    closing = models.CharField(max_length=200, blank=True)
    signature = models.CharField(max_length=200, blank=True)
    author = models.ForeignKey(
        "accounts.Agent", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(default=timezone.now)
    # The official « Taux de similarité réponse IA », 0 to 100; null when no draft was asked for.
    ai_similarity = models.PositiveSmallIntegerField(null=True, blank=True)
    improvement_status = models.CharField(
        max_length=10, choices=Improvement.choices, default=Improvement.NONE
    )
    improvement_text = models.TextField(blank=True)
    committed_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    # Kept beside the ratings: imports give counts, not votes.
    useful_count = models.PositiveIntegerField(default=0)
    not_useful_count = models.PositiveIntegerField(default=0)
    author_found_useful = models.BooleanField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "replies"
        ordering = ("published_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ai_similarity=None) | models.Q(ai_similarity__lte=100),
                name="reply_similarity_percent",
            ),
        )
        indexes = (
            models.Index(
                fields=["improvement_status", "-done_on"],
                condition=~models.Q(improvement_status="none"),
                name="reply_improvement",
            ),
            models.Index(fields=["-published_at"], name="reply_latest"),
        )

    def __str__(self) -> str:
        return f"Réponse {self.pk}"

    def places(self) -> Sequence[Place]:
        return self.concern.places()


class Rating(models.Model):
    """« Cette réponse est-elle utile ? », by the author or once a browser."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="ratings")
    by = models.CharField(max_length=10, choices=Rater.choices)
    useful = models.BooleanField()
    why = models.CharField(max_length=500, blank=True)
    voter_hash = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["reply", "voter_hash"], name="rating_once"),)

    def __str__(self) -> str:
        return f"{self.reply_id} {self.by}"
