"""Improvements, their steps, their measured effects."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portevoix.web.accounts.policies import Place
from portevoix.web.notes import packing
from portevoix.web.notes.enums import (
    Status,
    Verdict,
)
from portevoix.web.notes.models.studies import KEY, Study


class Improvement(models.Model):
    """Something a service changes because users asked: from what, who, when, with what effect."""

    study = models.ForeignKey(
        Study, models.SET_NULL, null=True, blank=True, related_name="improvements"
    )
    lead = models.CharField(max_length=KEY, blank=True)
    network = models.ForeignKey(
        "directory.Network", models.CASCADE, null=True, blank=True, related_name="+"
    )
    structure = models.ForeignKey(
        "directory.Structure", models.CASCADE, null=True, blank=True, related_name="+"
    )
    departement = models.CharField(max_length=3, blank=True)
    title = models.CharField(_("titre"), max_length=200)
    description = models.TextField(_("ce qui change"), max_length=3000, blank=True)
    # The pain point it answers, in words and in the codes that are counted again.
    origin = models.CharField(_("difficulté de départ"), max_length=200, blank=True)
    expectation = models.CharField(max_length=4, blank=True)
    topic = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PROPOSED)
    owner = models.ForeignKey(
        "accounts.Agent", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(_("échéance"), null=True, blank=True)
    committed_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(_("réalisée le"), null=True, blank=True)
    abandoned_why = models.CharField(max_length=500, blank=True)
    public_wording = models.TextField(_("ce que le public lira"), max_length=1000, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    # The experiences that asked for it, as packed numbers.
    concerned = models.BinaryField(default=bytes)
    asked_by = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("due_on", "-created_at")
        indexes = (models.Index(fields=["status", "-done_on"], name="improvement_status"),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("notes:improvement", args=[self.pk])

    def places(self) -> Sequence[Place]:
        if self.structure is not None:
            return self.structure.places()
        if self.network_id or self.departement:
            return (Place(network=self.network_id, departement=self.departement),)
        return ()

    @property
    def peers_words(self) -> str:
        """What its effect is compared with, singular and plural, as the `count` filter reads."""
        if self.structure_id:
            return gettext("service comparable,services comparables")
        if self.departement:
            return gettext("autre département,autres départements")
        return gettext("autre réseau,autres réseaux")

    @property
    def peers_word(self) -> str:
        """The plural alone."""
        return self.peers_words.split(",")[1]

    @property
    def numbers(self) -> list[int]:
        return packing.numbers(bytes(self.concerned))

    @property
    def late(self) -> bool:
        going = self.status in {Status.PROPOSED, Status.COMMITTED}
        return going and self.due_on is not None and self.due_on < date.today()

    @property
    def public(self) -> bool:
        return self.status in {Status.COMMITTED, Status.DONE} and bool(self.public_wording)


class Step(models.Model):
    """One thing to do for an improvement."""

    improvement = models.ForeignKey(Improvement, models.CASCADE, related_name="steps")
    text = models.CharField(_("étape"), max_length=300)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text


class Effect(models.Model):
    """An effect as it was measured one day: shares before and after, here and in comparable
    structures, and what may be said of it."""

    improvement = models.ForeignKey(Improvement, models.CASCADE, related_name="effects")
    measured_at = models.DateTimeField(default=timezone.now)
    days = models.PositiveIntegerField()
    before_count = models.PositiveIntegerField(default=0)
    before_total = models.PositiveIntegerField(default=0)
    after_count = models.PositiveIntegerField(default=0)
    after_total = models.PositiveIntegerField(default=0)
    peers = models.PositiveIntegerField(default=0)
    peers_before = models.FloatField(null=True)
    peers_after = models.FloatField(null=True)
    difference = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)

    class Meta:
        ordering = ("-measured_at",)

    def __str__(self) -> str:
        return f"{self.improvement_id} {self.verdict}"

    @property
    def before_share(self) -> float | None:
        return self.before_count / self.before_total if self.before_total else None

    @property
    def after_share(self) -> float | None:
        return self.after_count / self.after_total if self.after_total else None
