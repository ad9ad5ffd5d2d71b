"""A site of many experiences, written straight into the database: what benchmarks read.

Sentences of the demonstration, put on the 14 763 real structures over five years; nothing in them
is measured but their number, length and spread.
"""

from __future__ import annotations

import os
import random
import re
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

BATCH: Final = 5_000
WAITING: Final = 400


def open_site(folder: Path) -> None:
    """Let Django work on the site kept in a folder."""
    os.environ.setdefault("PORTEVOIX_MODE", "test")
    os.environ["PORTEVOIX_HOME"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "portevoix.web.config.settings"
    import django

    django.setup()


def open_directory(folder: Path) -> None:
    """Make the database of a site that knows the official structures, and nothing told of them."""
    open_site(folder)
    from django.core.management import call_command

    from portevoix.web.directory.actions import import_structures
    from portevoix.web.directory.territories import DATA

    call_command("migrate", verbosity=0)
    import_structures(DATA / "structures.csv.gz")


def prepare(rows: int, folder: Path) -> None:
    """Make the database and fill it."""
    open_directory(folder)
    start = time.perf_counter()
    fill(rows)
    print(f"{rows} expériences écrites en {time.perf_counter() - start:.0f} s", flush=True)
    settle()


def fill(rows: int, seed: int = 7) -> None:
    """Write `rows` published experiences with their concerns, channels, answers, search entries."""
    from portevoix.web.directory.models import Structure

    chance = random.Random(seed)
    structures = list(
        Structure.objects.filter(active=True).values_list(
            "pk", "network_id", "typology_id", "departement", "region"
        )
    )
    # Some services are told of a hundred times more than others.
    weights = [1 / (1 + chance.random() * 100) for _ in structures]
    sentences = _sentences()
    for start in range(0, rows, BATCH):
        size = min(BATCH, rows - start)
        drawn = chance.choices(structures, weights, k=size)
        _batch(chance, drawn, sentences, start)
    wait_for_moderators(chance, chance.choices(structures, weights, k=WAITING), sentences)


def wait_for_moderators(
    chance: random.Random, drawn: list[tuple[Any, ...]], sentences: list[str]
) -> None:
    """Stories that wait to be read, as after a long week-end, with what the engine proposes."""
    from django.utils import timezone

    from portevoix.web.experiences.models import Concern, Experience
    from portevoix.web.moderation.actions import propose

    for place in drawn:
        text = " ".join(s.strip() for s in chance.choices(sentences, k=chance.randint(3, 9)))
        at = timezone.now() - timedelta(minutes=chance.randint(5, 4 * 24 * 60))
        story = Experience.objects.create(
            title=text[:80], text=text, feeling="negative", deposited_at=at, fictional=True
        )
        Concern.objects.create(experience=story, structure_id=place[0], network_id=place[1])
        propose(story)


def _sentences() -> list[str]:
    from portevoix.opendata.demo import demo_path
    from portevoix.opendata.experiences import read_experiences

    texts = [experience.text for experience in read_experiences([demo_path()]).experiences]
    return [s for text in texts for s in re.findall(r"[^.!?]+[.!?]", text) if 25 < len(s) < 220]


def _batch(
    chance: random.Random, drawn: list[tuple[Any, ...]], sentences: list[str], start: int
) -> None:
    from django.db import transaction
    from django.utils import timezone

    from portevoix.web.experiences import fulltext
    from portevoix.web.experiences.enums import Channel
    from portevoix.web.experiences.models import ChannelUse, Concern, Experience, SearchEntry
    from portevoix.web.replies.models import Reply

    now, channels = timezone.now(), list(Channel)
    stories = [
        _story(chance, place, sentences, f"banc-{start + rank}", now)
        for rank, place in enumerate(drawn)
    ]
    with transaction.atomic():
        Experience.objects.bulk_create(stories)
        concerns = [_concern(Concern, e, place) for e, place in zip(stories, drawn, strict=True)]
        Concern.objects.bulk_create(concerns)
        ChannelUse.objects.bulk_create(
            ChannelUse(concern=c, channel=channel)
            for c in concerns
            for channel in chance.sample(channels, chance.randint(1, 2))
        )
        Reply.objects.bulk_create(_reply(chance, c, sentences) for c in concerns if c.answered_at)
        SearchEntry.objects.bulk_create(
            SearchEntry(experience=e, stems=" ".join(fulltext.stems(e.published_text)))
            for e in stories
        )


def _story(
    chance: random.Random,
    place: tuple[Any, ...],
    sentences: list[str],
    identifier: str,
    now: datetime,
) -> Any:
    from portevoix.web.experiences.enums import Feeling, State
    from portevoix.web.experiences.models import Experience

    text = " ".join(s.strip() for s in chance.choices(sentences, k=chance.randint(3, 9)))
    at = now - timedelta(minutes=chance.randint(60, 5 * 365 * 24 * 60))
    answered = chance.random() < 0.75
    return Experience(
        official_id=identifier,
        state=State.PUBLISHED,
        title=text[:80],
        text=text,
        published_title=text[:80],
        published_text=text,
        feeling=chance.choice(list(Feeling)),
        departement=place[3],
        region=place[4][:3],
        published_at=at,
        deposited_at=at - timedelta(days=1),
        answered=answered,
        answered_at=at + timedelta(hours=chance.randint(1, 900)) if answered else None,
        similar_count=chance.randint(0, 9),
        fictional=True,
    )


def _reply(chance: random.Random, concern: Any, sentences: list[str]) -> Any:
    from portevoix.web.replies.models import Reply

    changed = chance.random() < 0.05
    return Reply(
        concern=concern,
        text=f"Merci de votre récit. {chance.choice(sentences)}",
        signature="Le service",
        published_at=concern.answered_at,
        useful_count=chance.randint(0, 5),
        improvement_status="done" if changed else "none",
        improvement_text=chance.choice(sentences) if changed else "",
        done_on=concern.answered_at.date() if changed else None,
        not_useful_count=chance.randint(0, 2),
        author_found_useful=chance.choice([True, False, None]),
    )


def _concern(model: Any, experience: Any, place: tuple[Any, ...]) -> Any:
    answered = experience.answered_at
    hours = round((answered - experience.published_at).total_seconds() / 3600) if answered else None
    return model(
        experience=experience,
        structure_id=place[0],
        network_id=place[1],
        typology_id=place[2],
        published_at=experience.published_at,
        due_on=(experience.published_at + timedelta(days=15)).date(),
        state="answered" if answered else "waiting",
        answered_at=answered,
        answer_hours=hours,
    )


def settle() -> None:
    """What both databases do by themselves after a while."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            connection.set_autocommit(True)
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("PRAGMA optimize=0x10002")
