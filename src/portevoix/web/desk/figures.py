"""The figures of a place and a period, counted from the database and kept some minutes."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final, TypeVar

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth, TruncWeek
from django.utils import timezone

from portevoix.labels import EXPECTATION_LABELS
from portevoix.note import french
from portevoix.types import Expectation
from portevoix.web.directory.models import Network, Structure
from portevoix.web.directory.queries import departement_name
from portevoix.web.experiences.enums import ConcernState
from portevoix.web.experiences.models import Concern, Experience
from portevoix.web.replies.models import Reply
from portevoix.web.runs import corpora
from portevoix.web.ui.kept import kept

# Fewer stories than this in a place are not shown: they would point at people, and prove nothing.
SMALL: Final = 5
# A place is compared with its peers from this many stories on.
COMPARED: Final = 10
_SHOWN: Final = 4
_CODES: Final = tuple(Expectation)[:15]

Row = TypeVar("Row", Concern, Experience)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at: a network or a structure, a département, a period."""

    network: Network | None = None
    structure: Structure | None = None
    departement: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def key(self) -> str:
        parts = (
            self.network.pk if self.network else 0,
            self.structure.pk if self.structure else 0,
            self.departement,
            self.since,
            self.until,
        )
        return "figures-" + "-".join(str(part) for part in parts)

    def concerns(self) -> QuerySet[Concern]:
        """The parts of public experiences that are looked at."""
        found = Concern.objects.filter(published_at__isnull=False)
        if self.structure is not None:
            found = found.filter(structure__path__under=self.structure.path)
        elif self.network is not None:
            found = found.filter(network=self.network)
        if self.departement:
            found = found.filter(
                Q(structure__departement=self.departement)
                | Q(experience__departement=self.departement)
            )
        return self._dated(found)

    def experiences(self) -> QuerySet[Experience]:
        found = self._dated(Experience.objects.filter(published_at__isnull=False))
        if self.structure is None and self.network is None:
            return found.filter(departement=self.departement) if self.departement else found
        return found.filter(pk__in=self.concerns().values("experience_id"))

    def _dated(self, found: QuerySet[Row]) -> QuerySet[Row]:
        if self.since:
            found = found.filter(published_at__gte=_midnight(self.since))
        if self.until:
            found = found.filter(published_at__lt=_midnight(self.until + timedelta(days=1)))
        return found

    def peers(self) -> QuerySet[Concern]:
        """The parts told of structures of the same kind, or of the whole network."""
        found = self._dated(
            Concern.objects.filter(published_at__isnull=False, structure__isnull=False)
        )
        if self.structure is None:
            return found.filter(network=self.network)
        return found.filter(network=self.structure.network_id, typology=self.structure.typology_id)


@dataclass(frozen=True, slots=True)
class Month:
    """A month: how many of each feeling, and how many complain of each expectation."""

    start: date
    positive: int
    neutral: int
    negative: int
    pains: tuple[int, ...]

    @property
    def total(self) -> int:
        return self.positive + self.neutral + self.negative


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with its counts; `name` empty when the place is unknown."""

    key: str
    name: str
    total: int
    negative: int

    @property
    def share(self) -> float:
        return self.negative / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Alarm:
    """A place that receives far more than usual this week."""

    structure: int
    name: str
    last: int
    usual: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything a dashboard shows."""

    months: Sequence[Month] = ()
    answered: int = 0
    median_hours: float | None = None
    ninth_hours: float | None = None
    useful: int = 0
    useless: int = 0
    late: int = 0
    waiting: int = 0
    departements: Sequence[Spot] = ()
    peers: Sequence[Spot] = ()
    alarms: Sequence[Alarm] = ()
    made_at: Any = field(default_factory=timezone.now)

    @property
    def total(self) -> int:
        return sum(month.total for month in self.months)

    def feeling(self, name: str) -> int:
        return sum(getattr(month, name) for month in self.months)

    @property
    def useful_share(self) -> float | None:
        votes = self.useful + self.useless
        return self.useful / votes if votes else None

    def pains(self) -> list[tuple[str, int, tuple[float, ...]]]:
        """The expectations most complained of: label, count, share of each month."""
        totals = [sum(month.pains[i] for month in self.months) for i in range(len(_CODES))]
        first = sorted(range(len(_CODES)), key=lambda i: -totals[i])[:_SHOWN]
        return [
            (
                EXPECTATION_LABELS[_CODES[i]],
                totals[i],
                tuple(m.pains[i] / m.total if m.total else 0.0 for m in self.months),
            )
            for i in first
            if totals[i]
        ]


def figures(asked: Asked) -> Figures:
    """The figures asked for, kept some minutes; `made_at` says since when."""
    return kept(asked.key, lambda: _counted(asked))


def _counted(asked: Asked) -> Figures:
    concerns = asked.concerns()
    median, ninth, answered = _delays(concerns)
    waiting = concerns.filter(state=ConcernState.WAITING)
    votes = Reply.objects.filter(concern__in=concerns).aggregate(
        yes=Sum("useful_count"), no=Sum("not_useful_count")
    )
    return Figures(
        months=_months(asked),
        answered=answered,
        median_hours=median,
        ninth_hours=ninth,
        useful=votes["yes"] or 0,
        useless=votes["no"] or 0,
        late=waiting.filter(due_on__lt=timezone.localdate()).count(),
        waiting=waiting.count(),
        departements=_departements(asked),
        peers=_peers(asked),
        alarms=_alarms(asked),
    )


def _months(asked: Asked) -> list[Month]:
    bits = {f"p{i}": Sum(F("reading__pain").bitrightshift(i).bitand(1)) for i in range(len(_CODES))}
    rows: Any = (
        asked.experiences()
        .annotate(month=TruncMonth("published_at"))
        .values("month")
        .annotate(
            positive=Count("pk", Q(feeling="positive")),
            neutral=Count("pk", Q(feeling="neutral")),
            negative=Count("pk", Q(feeling="negative")),
            **bits,
        )
        .order_by("month")
    )
    return [
        Month(
            row["month"].date(),
            row["positive"],
            row["neutral"],
            row["negative"],
            tuple(row[f"p{i}"] or 0 for i in range(len(_CODES))),
        )
        for row in rows
    ]


def _delays(concerns: QuerySet[Concern]) -> tuple[float | None, float | None, int]:
    """Median and ninth decile of the first answer, in hours, and how many were answered."""
    found = concerns.filter(answer_hours__isnull=False).order_by()
    known = sorted(one for one in found.values_list("answer_hours", flat=True) if one is not None)
    answered = concerns.filter(state=ConcernState.ANSWERED).count()
    if not known:
        return None, None, answered
    return statistics.median(known), known[min(len(known) - 1, len(known) * 9 // 10)], answered


def _departements(asked: Asked) -> list[Spot]:
    rows = (
        asked.experiences()
        .exclude(departement="")
        .values("departement")
        .annotate(total=Count("pk"), negative=Count("pk", Q(feeling="negative")))
        .order_by("departement")
    )
    return [
        Spot(
            r["departement"],
            departement_name(r["departement"]),
            r["total"],
            r["negative"],
        )
        for r in rows
    ]


def _peers(asked: Asked) -> list[Spot]:
    """Structures of the same kind and network, with what is looked at among them."""
    if asked.network is None and asked.structure is None:
        return []
    rows = (
        asked.peers()
        .values("structure_id", "structure__public_name")
        .annotate(total=Count("pk"), negative=Count("pk", Q(experience__feeling="negative")))
        .filter(total__gte=COMPARED)
        .order_by("-total", "structure_id")[:300]
    )
    return [
        Spot(str(r["structure_id"]), r["structure__public_name"], r["total"], r["negative"])
        for r in rows
    ]


def _alarms(asked: Asked) -> list[Alarm]:
    """Structures that receive far more this week than the twenty-six before."""
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=corpora.WEEKS - 1)
    rows = (
        Asked(asked.network, asked.structure, asked.departement, since=first)
        .concerns()
        .filter(structure__isnull=False)
        .annotate(week=TruncWeek("published_at"))
        .values_list("structure_id", "week")
        .annotate(number=Count("pk"))
        .order_by("structure_id")
    )
    counts: dict[int, list[int]] = defaultdict(lambda: [0] * corpora.WEEKS)
    for structure, week, number in rows:
        place = (week.date() - first).days // 7
        if 0 <= place < corpora.WEEKS:
            counts[structure][place] += number
    keys = list(counts)
    found = [keys[row] for row in corpora.alarms([counts[key] for key in keys])]
    names = dict(Structure.objects.filter(pk__in=found).values_list("pk", "public_name"))
    return [
        Alarm(key, names[key], counts[key][-1], sum(counts[key][:-1]) / (corpora.WEEKS - 1))
        for key in found
    ]


def attention(found: Figures) -> list[str]:
    """What needs a look this week, in three sentences at most."""
    said = []
    for one in found.alarms[:1]:
        usual = french.number(round(one.usual)) if one.usual >= 1 else "moins d’un"
        said.append(
            f"{one.name} a reçu {french.number(one.last)} récits cette semaine, "
            f"contre {usual} d’habitude."
        )
    if found.late:
        late = french.plural(found.late, "récit attend", "récits attendent")
        said.append(f"{french.number(found.late)} {late} une réponse au-delà du délai promis.")
    worse = _worse(found)
    if worse:
        said.append(worse)
    return [french.typeset(one) for one in said[:3]]


def _worse(found: Figures) -> str:
    """The complaint that grew most in the last three months, when its intervals part."""
    if len(found.months) < 6:
        return ""
    last, before = found.months[-3:], found.months[:-3]
    totals = sum(m.total for m in last), sum(m.total for m in before)
    grown = []
    for i, code in enumerate(_CODES):
        now, then = sum(m.pains[i] for m in last), sum(m.pains[i] for m in before)
        low, _high = corpora.interval(now, totals[0])
        _low, high = corpora.interval(then, totals[1])
        if low > high:
            grown.append((low - high, code, now / totals[0], then / totals[1]))
    if not grown:
        return ""
    _gap, code, recent, earlier = max(grown)
    label = EXPECTATION_LABELS[code].lower()
    return (
        f"« {label} » revient plus souvent : {french.percent(recent)} des récits des trois "
        f"derniers mois s’en plaignent, contre {french.percent(earlier)} avant."
    )
