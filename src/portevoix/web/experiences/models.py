"""An experience: one story, the services it concerns, how they were reached.

`title` and `text` are the author's words, for the author and moderators alone. Everybody else
reads `published_title` and `published_text`, which a person decided.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portevoix.web.accounts.policies import Place
from portevoix.web.experiences.enums import (
    AnswerBackState,
    Channel,
    ConcernState,
    Feeling,
    Occasion,
    PostedAs,
    State,
    TransferReason,
    Urgency,
)


def new_official_id() -> str:
    """An identity that no export of another site has, and that tells nothing of how many."""
    return f"pv{secrets.token_hex(6)}"


class Experience(models.Model):
    """What a person tells of their contact with a public service."""

    number = models.BigAutoField(primary_key=True)
    # The « ID expérience » of open data: that of an imported row, else one of ours.
    official_id = models.CharField(
        max_length=40, unique=True, null=True, blank=True, default=new_official_id
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.DEPOSITED)
    escalated = models.BooleanField(default=False)
    title = models.CharField(_("titre"), max_length=200)
    text = models.TextField(_("récit"), max_length=10_000)
    published_title = models.CharField(max_length=200, blank=True)
    published_text = models.TextField(blank=True)
    feeling = models.CharField(max_length=10, choices=Feeling.choices)
    accessibility = models.CharField(max_length=10, choices=Feeling.choices, blank=True)
    information = models.CharField(max_length=10, choices=Feeling.choices, blank=True)
    relation = models.CharField(max_length=10, choices=Feeling.choices, blank=True)
    reactivity = models.CharField(max_length=10, choices=Feeling.choices, blank=True)
    simplicity = models.CharField(max_length=10, choices=Feeling.choices, blank=True)
    procedure = models.CharField(_("démarche"), max_length=200, blank=True)
    trade_tags = models.JSONField(default=list, blank=True)
    departement = models.CharField(max_length=3, blank=True)
    region = models.CharField(max_length=3, blank=True)
    country = models.CharField(max_length=80, blank=True)
    posted_as = models.CharField(
        max_length=10, choices=PostedAs.choices, default=PostedAs.CONCERNED
    )
    pseudonym = models.CharField(_("pseudonyme"), max_length=40, blank=True)
    similar_count = models.PositiveIntegerField(default=0)
    urgency = models.CharField(max_length=20, choices=Urgency.choices, default=Urgency.NONE)
    deposited_at = models.DateTimeField(default=timezone.now)
    written_on = models.DateField(null=True, blank=True)
    # Dated exactly while it is public (a constraint): lists need no other condition.
    published_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # True as soon as one service answered, even when an export does not say when.
    answered = models.BooleanField(default=False)
    improvement_considered = models.BooleanField(default=False)
    origin = models.CharField(max_length=80, blank=True)
    origin_procedure = models.CharField(max_length=80, blank=True)
    # What an import read last, so that the same row read again changes nothing. Empty for a story
    # told here, which no file changes.
    import_digest = models.CharField(max_length=64, blank=True)
    fictional = models.BooleanField(default=False)

    class Meta:
        indexes = (
            models.Index(
                fields=["-published_at", "-number"],
                condition=models.Q(published_at__isnull=False),
                name="experience_latest",
            ),
            models.Index(
                fields=["feeling", "-published_at", "-number"],
                condition=models.Q(published_at__isnull=False),
                name="experience_by_feeling",
            ),
            models.Index(
                fields=["departement", "-published_at", "-number"],
                condition=models.Q(published_at__isnull=False),
                name="experience_by_departement",
            ),
            models.Index(
                fields=["answered", "-published_at", "-number"],
                condition=models.Q(published_at__isnull=False),
                name="experience_by_answer",
            ),
            # The moderation queue: everything that waits, which is little.
            models.Index(
                fields=["state", "deposited_at", "number"],
                condition=models.Q(published_at__isnull=True),
                name="experience_waiting",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=(
                    models.Q(state="published", published_at__isnull=False)
                    & ~models.Q(published_text="")
                )
                | (~models.Q(state="published") & models.Q(published_at=None)),
                name="experience_public_when_dated",
            ),
        )

    def __str__(self) -> str:
        return f"Expérience {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("public:experience", args=[self.number])

    @property
    def public(self) -> bool:
        return self.published_at is not None

    def places(self) -> Sequence[Place]:
        """Every place that it concerns; the author's département for those who follow one."""
        own = (Place(departement=self.departement),) if self.departement else ()
        return (*own, *(place for c in self.concerns.all() for place in c.places()))


class Concern(models.Model):
    """One of the up to three services an experience is about, and where it stands with it.

    `published_at` repeats the experience's, so that the list of one network or structure is read
    from one index. `actions` keep it true.
    """

    experience = models.ForeignKey(Experience, models.CASCADE, related_name="concerns")
    rank = models.PositiveSmallIntegerField(default=1)
    network = models.ForeignKey(
        "directory.Network", models.PROTECT, null=True, blank=True, related_name="+"
    )
    typology = models.ForeignKey(
        "directory.Typology", models.PROTECT, null=True, blank=True, related_name="+"
    )
    structure = models.ForeignKey(
        "directory.Structure", models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What the author wrote or an export says, when no structure of the directory was found.
    label = models.CharField(max_length=255, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    country = models.CharField(max_length=80, blank=True)
    state = models.CharField(
        max_length=12, choices=ConcernState.choices, default=ConcernState.WAITING
    )
    published_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # From publication to the first answer: the official delay, kept so that it can be counted.
    answer_hours = models.PositiveIntegerField(null=True, blank=True)
    assigned_to = models.ForeignKey(
        "accounts.Agent", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("rank",)
        constraints = (
            models.UniqueConstraint(fields=["experience", "rank"], name="concern_rank_once"),
            models.CheckConstraint(condition=models.Q(rank__range=(1, 3)), name="concern_rank"),
        )
        indexes = (
            models.Index(
                fields=["network", "-published_at", "-experience"], name="concern_network"
            ),
            models.Index(
                fields=["structure", "-published_at", "-experience"], name="concern_structure"
            ),
            models.Index(fields=["network", "answer_hours"], name="concern_delay"),
            models.Index(
                fields=["due_on", "experience"],
                condition=models.Q(state="waiting"),
                name="concern_due",
            ),
            # What waits in one network, in one structure: the agents' lists.
            models.Index(
                fields=["network", "due_on", "id"],
                condition=models.Q(state="waiting"),
                name="concern_due_network",
            ),
            models.Index(
                fields=["structure", "due_on", "id"],
                condition=models.Q(state="waiting"),
                name="concern_due_structure",
            ),
        )

    def __str__(self) -> str:
        return f"{self.experience_id}/{self.rank}"

    @property
    def name(self) -> str:
        """Who is concerned, as shown: the structure, else what was written, else the network."""
        if self.structure_id and self.structure:
            return self.structure.public_name
        if self.label:
            return self.label
        return self.network.name if self.network else ""

    def places(self) -> Sequence[Place]:
        if self.structure is None:
            return (Place(network=self.network_id),)
        return tuple(
            Place(self.network_id, place.path, place.departement)
            for place in self.structure.places()
        )


class ChannelUse(models.Model):
    """A channel used with one service, with a feeling of its own when it was given."""

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="channels")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    feeling = models.CharField(max_length=10, choices=Feeling.choices, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["concern", "channel"], name="channel_use_once"),
        )

    def __str__(self) -> str:
        return f"{self.concern_id} {self.channel}"


class Transfer(models.Model):
    """One part of a story handed from a service to another: the trace, and the clock of each.

    `to` joins without leaving when `kept`: both services answer, each its part.
    """

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="transfers")
    former = models.ForeignKey(
        "directory.Structure", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    former_label = models.CharField(max_length=255, blank=True)
    to = models.ForeignKey("directory.Structure", models.PROTECT, related_name="+")
    # A moderator's may be said in words of their own: no choice imposed by the database.
    reason = models.CharField(max_length=40, choices=TransferReason.choices, blank=True)
    word = models.TextField(_("un mot pour le service"), max_length=1_000, blank=True)
    kept = models.BooleanField(default=False)
    by = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+")
    former_due_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "pk")
        indexes = (models.Index(fields=["at"], name="transfer_at"),)

    def __str__(self) -> str:
        return f"{self.concern_id} → {self.to_id}"


class AuthorContact(models.Model):
    """Where the author wants the answer sent: apart from the story, and deleted when it is over."""

    experience = models.OneToOneField(Experience, models.CASCADE, related_name="contact")
    email = models.EmailField()
    consented_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Contact {self.experience_id}"


class AuthorKey(models.Model):
    """What opens the private page of an experience: only the digest of the key is kept."""

    experience = models.ForeignKey(Experience, models.CASCADE, related_name="keys")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Clé {self.experience_id}"


class Notice(models.Model):
    """Something the author was told, by e-mail too when there was an address: see `letters`.

    `message` is what a person wrote for it, or the name of a service; shown from `at` on.
    """

    experience = models.ForeignKey(Experience, models.CASCADE, related_name="notices")
    occasion = models.CharField(max_length=12, choices=Occasion.choices)
    message = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.experience_id} {self.occasion}"

    @property
    def mail_key(self) -> str:
        """What its e-mail is known by in the outbox."""
        return f"notice:{self.pk}"


class AnswerBack(models.Model):
    """What the author says, once, to a service that answered; public when a person allows it."""

    concern = models.OneToOneField(Concern, models.CASCADE, related_name="answer_back")
    text = models.TextField(max_length=2_000)
    published_text = models.TextField(blank=True)
    state = models.CharField(
        max_length=10, choices=AnswerBackState.choices, default=AnswerBackState.WAITING
    )
    at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "answers back"
        indexes = (
            models.Index(
                fields=["at"], condition=models.Q(state="waiting"), name="answer_back_waiting"
            ),
        )

    def __str__(self) -> str:
        return f"Retour {self.concern_id}"


class SameExperience(models.Model):
    """« J'ai vécu la même chose »: once a browser, known by the digest of a cookie."""

    experience = models.ForeignKey(Experience, models.CASCADE, related_name="votes")
    voter_hash = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["experience", "voter_hash"], name="same_once"),
        )

    def __str__(self) -> str:
        return f"{self.experience_id} {self.voter_hash[:8]}"


class SearchEntry(models.Model):
    """The folded stems of what is published; full-text indexes stand on it (see the migration)."""

    experience = models.OneToOneField(
        Experience, models.CASCADE, primary_key=True, related_name="search_entry"
    )
    stems = models.TextField()

    def __str__(self) -> str:
        return f"Recherche {self.experience_id}"
