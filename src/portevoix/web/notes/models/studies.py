"""Studies and the versions of their notes, what people chose of them, and improvements.

What a machine wrote (`NoteVersion`, `ProposedTheme`, `ProposedLead`) is never changed. What people
decided (`ChosenTheme`, `ChosenLead`, `ChosenQuote`, `Wording`) belongs to the study, by the key of
what it is about: a new version finds it again.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.urls import reverse
from django.utils import timezone

from portevoix.web.accounts.policies import Place
from portevoix.web.directory.models import Network
from portevoix.web.experiences.enums import Channel, Feeling
from portevoix.web.notes import packing
from portevoix.web.notes.enums import (
    Comparison,
    Making,
    Rhythm,
    Side,
    Visibility,
)

KEY = 120


class Scope(models.Model):
    """What a study is about; empty means all. `structure` takes what is below it too."""

    network = models.ForeignKey(
        "directory.Network", models.CASCADE, null=True, blank=True, related_name="+"
    )
    typology = models.ForeignKey(
        "directory.Typology", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    structure = models.ForeignKey(
        "directory.Structure", models.CASCADE, null=True, blank=True, related_name="+"
    )
    departement = models.CharField(max_length=3, blank=True)
    procedure = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=12, choices=Channel.choices, blank=True)
    feeling = models.CharField(max_length=10, choices=Feeling.choices, blank=True)

    class Meta:
        abstract = True

    @property
    def network_ids(self) -> tuple[int, ...]:
        return (self.network_id,) if self.network_id else ()

    def places(self) -> Sequence[Place]:
        if self.structure is not None:
            return self.structure.places()
        if self.network_ids:
            return [Place(network=n, departement=self.departement) for n in self.network_ids]
        return (Place(departement=self.departement),) if self.departement else ()


class Study(Scope):
    """A scope, a period, a comparison: what its note is about, and who may read it."""

    # The networks beside `network` when there are several, in the order of their numbers.
    other_networks = models.JSONField(default=list, blank=True)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    comparison = models.CharField(
        max_length=10, choices=Comparison.choices, default=Comparison.PREVIOUS
    )
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices, default=Rhythm.NEVER)
    next_on = models.DateField(null=True, blank=True)
    visibility = models.CharField(
        max_length=10, choices=Visibility.choices, default=Visibility.PRIVATE
    )
    author = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+")
    readers = models.ManyToManyField("accounts.Agent", related_name="+", blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    # How many times people changed the note: a signature is of one revision.
    revision = models.PositiveIntegerField(default=0)
    # The version people work on; a newer one waits until somebody looked at the difference.
    current = models.ForeignKey(
        "NoteVersion", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name_plural = "studies"
        ordering = ("-created_at",)
        indexes = (
            models.Index(
                fields=["next_on"],
                condition=models.Q(next_on__isnull=False),
                name="study_due",
            ),
        )

    def __str__(self) -> str:
        return f"Étude {self.pk}"

    @property
    def network_ids(self) -> tuple[int, ...]:
        return (*super().network_ids, *self.other_networks)

    @property
    def networks(self) -> Sequence[Network]:
        """Those it is about, by name; one query when there are several."""
        if not self.other_networks:
            return [self.network] if self.network else []
        return list(Network.objects.filter(pk__in=self.network_ids).order_by("name"))

    def get_absolute_url(self) -> str:
        return reverse("notes:study", args=[self.pk])


class NoteVersion(models.Model):
    """One note as the machine wrote it, or how far it is."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=Making.choices, default=Making.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    experiences = models.PositiveIntegerField(default=0)
    document = models.JSONField(default=dict)
    run = models.ForeignKey("runs.Run", models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True, blank=True)
    seconds = models.FloatField(default=0)

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["study", "number"], name="version_once"),)

    def __str__(self) -> str:
        return f"{self.study_id} v{self.number}"

    @property
    def ready(self) -> bool:
        return self.state == Making.READY

    @property
    def pending(self) -> bool:
        return self.state in {Making.WAITING, Making.READING, Making.WRITING}


class ModelWording(models.Model):
    """A sentence of a version as a language model said it, checked against what was found."""

    version = models.ForeignKey(NoteVersion, models.CASCADE, related_name="model_wordings")
    key = models.CharField(max_length=KEY)
    text = models.TextField()
    run = models.ForeignKey("runs.Run", models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["version", "key"], name="model_wording_once"),
        )

    def __str__(self) -> str:
        return self.key


class Evidence(models.Model):
    """The experiences behind one statement of a version, as packed numbers."""

    version = models.ForeignKey(NoteVersion, models.CASCADE, related_name="evidence")
    key = models.CharField(max_length=KEY)
    count = models.PositiveIntegerField()
    packed = models.BinaryField()

    class Meta:
        verbose_name_plural = "evidence"
        constraints = (models.UniqueConstraint(fields=["version", "key"], name="evidence_once"),)

    def __str__(self) -> str:
        return self.key

    @property
    def numbers(self) -> list[int]:
        return packing.numbers(bytes(self.packed))


class ProposedTheme(models.Model):
    """A strength or pain point that the machine found, or a precise subject of one (`parent`)."""

    version = models.ForeignKey(NoteVersion, models.CASCADE, related_name="themes")
    key = models.CharField(max_length=KEY)
    parent = models.CharField(max_length=KEY, blank=True)
    side = models.CharField(max_length=12, choices=Side.choices)
    expectation = models.CharField(max_length=4)
    topic = models.CharField(max_length=60, blank=True)
    label = models.CharField(max_length=200)
    rank = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()
    share = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    quotes = models.JSONField(default=list)

    class Meta:
        ordering = ("rank",)
        constraints = (models.UniqueConstraint(fields=["version", "key"], name="theme_once"),)

    def __str__(self) -> str:
        return self.label


class ProposedLead(models.Model):
    """A lead that the machine proposes, with the pain point it answers."""

    version = models.ForeignKey(NoteVersion, models.CASCADE, related_name="leads")
    key = models.CharField(max_length=KEY)
    title = models.CharField(max_length=200)
    rank = models.PositiveSmallIntegerField()
    expectation = models.CharField(max_length=4)
    topic = models.CharField(max_length=60, blank=True)
    origin = models.CharField(max_length=200)
    what = models.TextField(blank=True)
    first_step = models.TextField(blank=True)

    class Meta:
        ordering = ("rank",)
        constraints = (models.UniqueConstraint(fields=["version", "key"], name="lead_once"),)

    def __str__(self) -> str:
        return self.title
