"""What is done in the background: drafts asked for by other programs, answers masked ahead."""

from __future__ import annotations

from typing import Final

from django.db.models import Q
from django_tasks import task

from portevoix.web.api import asked
from portevoix.web.api.masking import keep_masked
from portevoix.web.api.models import MaskedReply
from portevoix.web.replies.models import Reply

# About two seconds of work; what is left waits for the next time.
_AT_ONCE: Final = 1_000


@task()
def draft_asked(key: int) -> None:
    """Write one draft that a program asked for."""
    asked.write(key)


def keep_asking() -> None:
    """A job of the clock: what was interrupted is begun again, what is old is forgotten."""
    for key in asked.interrupted():
        draft_asked.enqueue(key)
    asked.forget_old()


def mask_new_replies() -> None:
    """Mask the answers written here since the last time, so that no download waits for it."""
    here = Reply.objects.filter(
        Q(author__isnull=False) | Q(concern__experience__import_digest=""),
        concern__published_at__isnull=False,
    )
    new = here.exclude(pk__in=MaskedReply.objects.values("reply")).order_by("-pk")
    keep_masked(new[:_AT_ONCE])
