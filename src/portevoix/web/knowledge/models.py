"""Articles as they were last imported, their passages, and what each import did."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils import timezone

from portevoix.opendata.articles import is_stale

# Where articles stand when nobody says: a site with one folder needs no other name.
DEFAULT: Final = "articles"


class Import(models.Model):
    """One reading of a folder: what it changed, what it could not use."""

    collection = models.CharField(max_length=80, default=DEFAULT)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+")
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    # The first of what was refused, in words: « file, line 3: why ».
    refusals = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.collection} {self.at:%Y-%m-%d}"

    @property
    def refusals_left_out(self) -> int:
        return self.refused - len(self.refusals)


class Article(models.Model):
    """A page that may be quoted. One that left its folder stays readable: past answers cite it."""

    identifier = models.CharField(max_length=200, unique=True)
    collection = models.CharField(max_length=80, default=DEFAULT)
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=500, blank=True)
    lead = models.TextField(blank=True)
    path = models.JSONField(default=list, blank=True)
    # The name of a network as the folder gives it; empty when it serves every network.
    network = models.CharField(max_length=160, blank=True)
    audience = models.CharField(max_length=80, blank=True)
    checked = models.DateField(null=True, blank=True)
    acronyms = models.JSONField(default=dict, blank=True)
    questions = models.JSONField(default=list, blank=True)
    # A digest of all it says, by which a change is known.
    digest = models.CharField(max_length=32)
    imported_at = models.DateTimeField(default=timezone.now)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("title", "pk")
        indexes = (
            models.Index(fields=["collection", "gone_at"], name="article_collection"),
            models.Index(
                fields=["checked", "id"],
                condition=models.Q(gone_at=None),
                name="article_checked",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def stale(self) -> bool:
        """Whether someone should make sure that it is still right."""
        return is_stale(self.checked, timezone.localdate())

    @property
    def address(self) -> str:
        """Its public address, empty when it is not one that may be followed."""
        return self.url if self.url.startswith(("https://", "http://")) else ""


class Passage(models.Model):
    """A section of an article: what can be quoted."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="passages")
    rank = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=300, blank=True)
    text = models.TextField()

    class Meta:
        ordering = ("article", "rank")
        constraints = (
            models.UniqueConstraint(fields=["article", "rank"], name="passage_rank_once"),
        )

    def __str__(self) -> str:
        return f"{self.article_id}.{self.rank}"
