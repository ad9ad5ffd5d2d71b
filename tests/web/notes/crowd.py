"""Many stories in the structures of the cast: those of the demonstration, moved there."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any

from portevoix.opendata.demo import demo_path
from portevoix.opendata.experiences import read_experiences
from portevoix.web.directory.models import Structure
from portevoix.web.experiences.enums import State
from portevoix.web.experiences.models import ChannelUse, Concern, Experience


@cache
def told(network: str) -> tuple[Any, ...]:
    """The stories of the demonstration about a network."""
    every = read_experiences([demo_path()]).experiences
    return tuple(e for e in every if any(c.network == network for c in e.concerns))


def crowd(structure: Structure, network: str, number: int = 80) -> list[Experience]:
    """Publish stories about a structure, on the days they were written, in 2025."""
    made = []
    for one in told(network)[:number]:
        day = one.day
        at = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
        made.append(
            Experience(
                state=State.PUBLISHED,
                title=one.title,
                text=one.text,
                published_title=one.title,
                published_text=one.text,
                feeling=str(one.feeling),
                departement=structure.departement,
                deposited_at=at,
                written_on=day,
                published_at=at,
            )
        )
    Experience.objects.bulk_create(made)
    concerns = [
        Concern(
            experience=one,
            structure=structure,
            network=structure.network,
            published_at=one.published_at,
        )
        for one in made
    ]
    Concern.objects.bulk_create(concerns)
    ChannelUse.objects.bulk_create(ChannelUse(concern=c, channel="phone") for c in concerns[::3])
    return made
