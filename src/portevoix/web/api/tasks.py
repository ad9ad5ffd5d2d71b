"""What the clock does for open data."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from portevoix.web.api.masking import keep_masked
from portevoix.web.api.models import MaskedReply
from portevoix.web.replies.models import Reply

# About two seconds of work; what is left waits for the next time.
_AT_ONCE: Final = 1_000


def mask_new_replies() -> None:
    """Mask the answers written here since the last time, so that no download waits for it."""
    here = Reply.objects.filter(
        Q(author__isnull=False) | Q(concern__experience__import_digest=""),
        concern__published_at__isnull=False,
    )
    new = here.exclude(pk__in=MaskedReply.objects.values("reply")).order_by("-pk")
    keep_masked(new[:_AT_ONCE])
