"""Answers as open data says them: what an agent wrote to one person, without personal data.

Masking takes milliseconds a text: each answer is masked once and kept, until its words change.
Answers that came from a file were masked when they were read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from portevoix.web.api.around import Around
from portevoix.web.api.models import MaskedReply
from portevoix.web.experiences.models import Experience
from portevoix.web.replies.models import Reply
from portevoix.web.runs.actions import redact_many


def masked(rows: Sequence[Experience], around: Around) -> dict[int, str]:
    """The answers to these stories by number, whole letters, masked."""
    letters: dict[int, str] = {}
    ours: list[int] = []
    for row in rows:
        for reply in (r for c in around.concerns[row.pk] for r in around.replies[c.pk]):
            letters[reply.pk] = _letter(reply)
            if reply.author_id or not row.import_digest:
                ours.append(reply.pk)
    return letters | _kept({key: letters[key] for key in ours})


def keep_masked(replies: Iterable[Reply]) -> None:
    """Mask these answers ahead of the export that will need them."""
    _kept({reply.pk: _letter(reply) for reply in replies})


def _letter(reply: Reply) -> str:
    return "\n\n".join(part for part in (reply.salutation, reply.text, reply.closing) if part)


def _kept(letters: dict[int, str]) -> dict[int, str]:
    """Masked now or before; one query to read, one to write when something is new."""
    if not letters:
        return {}
    known = MaskedReply.objects.in_bulk(list(letters))
    digests = {key: hashlib.sha256(text.encode()).hexdigest() for key, text in letters.items()}
    new = [k for k in letters if k not in known or known[k].digest != digests[k]]
    if new:
        hidden = redact_many([letters[key] for key in new])
        made = [
            MaskedReply(reply_id=k, digest=digests[k], text="" if text == letters[k] else text)
            for k, text in zip(new, hidden, strict=True)
        ]
        MaskedReply.objects.bulk_create(
            made, update_conflicts=True, unique_fields=["reply"], update_fields=["digest", "text"]
        )
        known |= {row.pk: row for row in made}
    return {key: known[key].text or text for key, text in letters.items()}
