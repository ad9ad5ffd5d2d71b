"""Who, when and where of experiences: as the database says, whatever is missing."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest

from portevoix.web.experiences.models import ChannelUse, Concern, Experience
from portevoix.web.notes import columns
from portevoix.web.notes.columns import columns_of
from tests.web.cast import Cast
from tests.web.factories import make_experience

LATE = datetime(2025, 6, 1, 23, 30, tzinfo=UTC)  # already the second of June in Paris


@pytest.mark.django_db
def test_nothing_gives_empty_columns() -> None:
    assert len(columns_of(Experience.objects.none()).numbers) == 0


@pytest.mark.parametrize("many", [0, 20_000])
def test_each_experience_keeps_its_services_days_and_channels(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(columns, "_MANY", many)
    one = make_experience(cast.caf_sambrelle, published_at=LATE, departement="59", written_on=None)
    second = Concern.objects.create(
        experience=one,
        rank=2,
        network=cast.gendarmerie,
        structure=cast.brigade_valserine,
        published_at=LATE,
    )
    first = one.concerns.get(rank=1)
    first.channels.all().delete()
    for concern, channel in ((second, "desk"), (first, "post"), (first, "phone")):
        ChannelUse.objects.create(concern=concern, channel=channel)
    two = make_experience(None, published_at=LATE, written_on=date(2025, 5, 3))
    left_out = make_experience(cast.caf_brevigny, published_at=LATE)
    found = columns_of(Experience.objects.exclude(pk=left_out.pk))
    assert found.numbers.tolist() == [one.pk, two.pk]
    assert found.days.tolist() == [date(2025, 6, 2), date(2025, 5, 3)]
    assert found.departements.of(0) == ("59",)
    assert found.networks.of(0) == (cast.caf.name, cast.gendarmerie.name)
    assert found.structures.of(0) == (
        cast.caf_sambrelle.public_name,
        cast.brigade_valserine.public_name,
    )
    assert found.channels.of(0) == ("Accueil", "Téléphone", "Courrier")
    assert (found.networks.of(1), found.structures.of(1), found.channels.of(1)) == ((), (), ())
    assert found.numbers.dtype == np.int64
