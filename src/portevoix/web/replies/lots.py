"""Which stories are handled without the help of a machine: drawn by lot, once, and kept.

A network that wants to know what the help changes gives a share of its stories to answer without.
The lot depends on the story and on our key alone: nobody chooses it, and drawing again gives the
same. What was drawn stays, whatever the share becomes.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from django.conf import settings

from portevoix.web.experiences.enums import ConcernState
from portevoix.web.experiences.models import Concern
from portevoix.web.replies.models import Lot

_AT_ONCE: Final = 2_000


def draw_waiting() -> None:
    """A job of the clock: draw for the stories that arrived in the networks that measure."""
    arrived = Concern.objects.filter(
        state=ConcernState.WAITING,
        published_at__isnull=False,
        network__unassisted_percent__gt=0,
        lot=None,
    ).select_related("network")
    Lot.objects.bulk_create(
        (_drawn(concern) for concern in arrived.order_by("-pk")[:_AT_ONCE]), ignore_conflicts=True
    )


def draw(concern: Concern) -> bool:
    """Whether this part of a story may be answered with the help, kept when its network measures.

    For the story that an agent opens before the clock has drawn.
    """
    lot = _drawn(concern)
    if concern.network and concern.network.unassisted_percent:
        Lot.objects.bulk_create([lot], ignore_conflicts=True)
    return is_assisted(concern)


def is_assisted(concern: Concern) -> bool:
    """Whether this part of a story may be answered with the help. Writes nothing."""
    kept = Lot.objects.filter(concern=concern).first()
    return (kept or _drawn(concern)).assisted


def _drawn(concern: Concern) -> Lot:
    percent = concern.network.unassisted_percent if concern.network else 0
    # Two parts of one story in one network have the same lot.
    name = f"lot:{concern.network_id}:{concern.experience_id}"
    digest = hmac.new(settings.SECRET_KEY.encode(), name.encode(), hashlib.sha256).digest()
    at = int.from_bytes(digest[:8], "big") / 2**64
    return Lot(concern=concern, network=concern.network, assisted=at >= percent / 100)
