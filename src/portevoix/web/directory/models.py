"""Networks, the tree of their structures, and départements by their INSEE code."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portevoix.web.accounts.policies import Place
from portevoix.web.directory import lookups  # noqa: F401 (registers `under`)
from portevoix.web.directory.names import tidy


class Network(models.Model):
    """A body with its structures: a national fund, a ministry, a force."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("nom"), max_length=150)
    # As written in the official exports; what an import recognises it by.
    official_name = models.CharField(max_length=150, unique=True)
    acronym = models.CharField(max_length=20, blank=True)
    # Other words people use for it, for the search: « caf allocations ».
    also_known_as = models.CharField(max_length=300, blank=True)
    answer_days = models.PositiveSmallIntegerField(_("délai de réponse, en jours"), default=15)
    validates_replies = models.BooleanField(
        _("les réponses sont validées par un super-agent"), default=False
    )
    # Of a hundred stories drawn by lot, how many are answered without the help of a machine, so
    # that what the help changes can be measured. None: all may be helped.
    unassisted_percent = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def places(self) -> Sequence[Place]:
        return (Place(network=self.pk),)


class Typology(models.Model):
    """A kind of structure within a network: « CAF », « Sous-préfecture », « Réseau consulaire »."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    network = models.ForeignKey(Network, models.PROTECT, related_name="typologies")

    class Meta:
        ordering = ("name",)
        indexes = (models.Index(fields=["name"], name="typology_name"),)

    def __str__(self) -> str:
        return self.name


class Structure(models.Model):
    """One service; `path` holds the codes of its ancestors and its own: « /lIkRJaf/Caf59/ »."""

    code = models.CharField(_("code SP+"), max_length=20, unique=True)
    official_name = models.CharField(max_length=255)
    public_name = models.CharField(_("nom"), max_length=255)
    network = models.ForeignKey(Network, models.PROTECT, related_name="structures")
    typology = models.ForeignKey(
        Typology, models.PROTECT, null=True, blank=True, related_name="structures"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=255, editable=False)
    address = models.CharField(max_length=255, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    town = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=80, blank=True)
    commune = models.CharField(max_length=16, blank=True)
    departement = models.CharField(max_length=3, blank=True, db_index=True)
    arrondissement = models.CharField(max_length=16, blank=True)
    # « consUS » for a consulate in the United States.
    region = models.CharField(max_length=6, blank=True)
    url = models.CharField(max_length=300, blank=True)
    mailbox = models.EmailField(blank=True)
    tracking_key = models.CharField(max_length=80, blank=True, db_index=True)
    active = models.BooleanField(default=True)
    closed_on = models.DateField(null=True, blank=True)
    fictional = models.BooleanField(default=False)
    # Names of the fields that a person changed: an import leaves them as they are.
    edited = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        ordering = ("public_name", "pk")
        indexes = (
            # `under` is a LIKE on PostgreSQL, which needs this operator class; ignored by SQLite.
            models.Index(fields=["path"], name="structure_path", opclasses=["varchar_pattern_ops"]),
        )

    def __str__(self) -> str:
        return self.public_name

    @property
    def place(self) -> str:
        """Its network and where it stands, to tell it from another of the same name."""
        abroad = self.country if self.country not in {"", "France"} else ""
        town = " ".join(filter(None, [self.postcode, tidy(self.town)]))
        parts = [self.network.acronym or self.network.name, town, abroad]
        return " · ".join(filter(None, parts))

    def places(self) -> Sequence[Place]:
        return (Place(network=self.network_id, path=self.path, departement=self.departement),)


class Departement(models.Model):
    """A département by its INSEE code: 01, 2A, 974."""

    code = models.CharField(max_length=3, primary_key=True)
    name = models.CharField(max_length=60)
    region = models.CharField(max_length=3)
    region_name = models.CharField(max_length=60)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Version(models.Model):
    """How many times the directory changed: indexes in memory compare it with theirs."""

    number = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.number)
