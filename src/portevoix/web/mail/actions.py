"""Owe a message, take it back, send what is due.

`owe` is called in the transaction of the act it tells: the message exists if and only if the act
does. The clock calls `deliver_due` every few seconds; a server that is down makes messages later,
never lost. The same Message-ID at each attempt lets the receiving side drop a second copy.
"""

from __future__ import annotations

import smtplib
from datetime import timedelta
from email.utils import make_msgid
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils import timezone

from portevoix.web.mail.enums import MessageState
from portevoix.web.mail.letters import Letter
from portevoix.web.mail.models import Message

_AT_ONCE: Final = timedelta(0)
# What a dead process was sending is tried again after this long.
_LEASE: Final = timedelta(minutes=5)
_FIRST_WAIT: Final = timedelta(seconds=30)
_LONGEST_WAIT: Final = timedelta(hours=1)
_GIVE_UP_AFTER: Final = timedelta(days=5)
_BATCH: Final = 100
_DUE: Final = (MessageState.WAITING, MessageState.LEAVING)


def owe(kind: str, to: str, letter: Letter, *, key: str, hold: timedelta = _AT_ONCE) -> Message:
    """Owe a letter to an address, once for a `key`; it leaves after `hold`.

    Call it again with the same key: the first message is returned, nothing is sent twice.
    """
    now = timezone.now()
    message, _new = Message.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "recipient": to,
            "subject": " ".join(letter.subject.split())[:200],
            "text": letter.text(),
            "html": letter.html(),
            "headers": letter.all_headers() | {"Message-ID": _identifier()},
            "owed_at": now,
            "leaves_at": now + hold,
        },
    )
    return message


def cancel(key: str) -> bool:
    """Take back a message that has not left; tell whether it was still here."""
    return bool(
        Message.objects.filter(key=key, state=MessageState.WAITING).update(
            state=MessageState.CANCELLED, **_ERASED
        )
    )


def deliver_due() -> int:
    """Send the messages whose time has come, oldest first; return how many left."""
    now = timezone.now()
    due = list(
        Message.objects.filter(state__in=_DUE, leaves_at__lte=now)
        .order_by("leaves_at")
        .values_list("pk", flat=True)[:_BATCH]
    )
    if not due:
        return 0
    connection = get_connection()
    try:
        return sum(_deliver(pk, connection) for pk in due)
    finally:
        connection.close()


_ERASED: Final = {"recipient": "", "subject": "", "text": "", "html": "", "headers": {}}


def _deliver(pk: int, connection: BaseEmailBackend) -> bool:
    message = _claim(pk)
    if message is None:
        return False
    try:
        _mail(message, connection).send()
    except smtplib.SMTPRecipientsRefused as error:
        _abandon(message, error)
    except (OSError, smtplib.SMTPException) as error:
        # The connection may be of no use any more: the next message opens another.
        connection.close()
        _put_off(message, error)
    else:
        Message.objects.filter(pk=pk).update(
            state=MessageState.SENT, sent_at=timezone.now(), error="", **_ERASED
        )
        return True
    return False


def _claim(pk: int) -> Message | None:
    """Take a message for this process alone; None when another was quicker."""
    now = timezone.now()
    taken = Message.objects.filter(pk=pk, state__in=_DUE, leaves_at__lte=now).update(
        state=MessageState.LEAVING, leaves_at=now + _LEASE, attempts=F("attempts") + 1
    )
    return Message.objects.get(pk=pk) if taken else None


def _mail(message: Message, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        message.subject,
        message.text,
        to=[message.recipient],
        headers=message.headers,
        connection=connection,
    )
    mail.attach_alternative(message.html, "text/html")
    return mail


def _put_off(message: Message, error: Exception) -> None:
    now = timezone.now()
    if now - message.owed_at > _GIVE_UP_AFTER:
        _abandon(message, error)
        return
    wait = min(_FIRST_WAIT * 2 ** min(message.attempts - 1, 12), _LONGEST_WAIT)
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.WAITING, leaves_at=now + wait, error=type(error).__name__
    )


def _abandon(message: Message, error: Exception) -> None:
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.ABANDONED, error=type(error).__name__, **_ERASED
    )


def _identifier() -> str:
    return make_msgid(domain=urlsplit(settings.PORTEVOIX_BASE_URL).hostname or "localhost")
