"""Large corpora made by resampling real experiences with light noise, seeded."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from portevoix.opendata import read_experiences
from portevoix.types import Experience

SEED = 2025


def resampled(source: Path, size: int) -> list[Experience]:
    """Return `size` experiences drawn from `source`: a few words dropped, dates moved."""
    draw = random.Random(SEED)
    real = read_experiences([source]).experiences
    return [_noisy(draw.choice(real), number, draw) for number in range(size)]


def _noisy(experience: Experience, number: int, draw: random.Random) -> Experience:
    words = experience.text.split(" ")
    kept = [word for word in words if draw.random() > 0.03] or words
    moment = experience.published
    moved = moment + timedelta(days=draw.randint(-200, 200)) if moment else None
    return replace(experience, id=str(number), text=" ".join(kept), published=moved)
