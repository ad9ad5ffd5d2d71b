"""Studies and the versions of their notes, what people chose of them, and improvements.

What a machine wrote (`NoteVersion`, `ProposedTheme`, `ProposedLead`) is never changed. What people
decided (`ChosenTheme`, `ChosenLead`, `ChosenQuote`, `Wording`) belongs to the study, by the key of
what it is about: a new version finds it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portevoix.web.accounts.policies import Place
from portevoix.web.experiences.enums import Channel, Feeling
from portevoix.web.notes import packing
from portevoix.web.notes.enums import (
    Choice,
    Comparison,
    Making,
    Rhythm,
    Side,
    Status,
    Verdict,
    Visibility,
)

_KEY = 120


class Block(models.Model):
    """What engines read in up to a thousand texts of one network; `content` is `runs.corpora`'s."""

    network = models.ForeignKey("directory.Network", models.CASCADE, null=True, related_name="+")
    engine = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=1)
    size = models.PositiveIntegerField(default=0)
    content = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=["network", "size"], name="block_room"),)

    def __str__(self) -> str:
        return f"Bloc {self.pk}"


class Reading(models.Model):
    """One published text was read: in which block, and the expectations it says met or not.

    `published_at` and `import_digest` are those of the text read: another means to read it again.
    """

    experience = models.OneToOneField(
        "experiences.Experience", models.CASCADE, primary_key=True, related_name="reading"
    )
    block = models.ForeignKey(Block, models.CASCADE, related_name="readings")
    published_at = models.DateTimeField()
    import_digest = models.CharField(max_length=64, blank=True)
    praise = models.IntegerField(default=0)
    pain = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"Lecture {self.experience_id}"


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

    def places(self) -> Sequence[Place]:
        if self.structure is not None:
            return self.structure.places()
        if self.network_id or self.departement:
            return (Place(network=self.network_id, departement=self.departement),)
        return ()


class Study(Scope):
    """A scope, a period, a comparison: what its note is about, and who may read it."""

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


class Evidence(models.Model):
    """The experiences behind one statement of a version, as packed numbers."""

    version = models.ForeignKey(NoteVersion, models.CASCADE, related_name="evidence")
    key = models.CharField(max_length=_KEY)
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
    key = models.CharField(max_length=_KEY)
    parent = models.CharField(max_length=_KEY, blank=True)
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


class ChosenTheme(models.Model):
    """What people made of themes: `parts` are the keys brought together under `key`."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="chosen_themes")
    key = models.CharField(max_length=_KEY)
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
    key = models.CharField(max_length=_KEY)
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


class Wording(models.Model):
    """A sentence as a person wrote it, over what the machine had written. Never changed: the next
    one has the next number, so that two people who write at once lose nothing.

    An empty text gives the machine's words back.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="wordings")
    key = models.CharField(max_length=_KEY)
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


class ProposedLead(models.Model):
    """A lead that the machine proposes, with the pain point it answers."""

    version = models.ForeignKey(NoteVersion, models.CASCADE, related_name="leads")
    key = models.CharField(max_length=_KEY)
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


class ChosenLead(models.Model):
    """A lead accepted or refused by a person, or written by one (then with its own words)."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="chosen_leads")
    key = models.CharField(max_length=_KEY)
    choice = models.CharField(max_length=10, choices=Choice.choices)
    # Empty when the machine proposed it.
    title = models.CharField(_("titre"), max_length=200, blank=True)
    text = models.TextField(_("ce que vous proposez"), max_length=2000, blank=True)
    theme = models.CharField(_("difficulté"), max_length=_KEY, blank=True)
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


class Improvement(models.Model):
    """Something a service changes because users asked: from what, who, when, with what effect."""

    study = models.ForeignKey(
        Study, models.SET_NULL, null=True, blank=True, related_name="improvements"
    )
    lead = models.CharField(max_length=_KEY, blank=True)
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
