"""The verbs of a draft. Each locks its row: two tabs, or two clicks, act one after the other."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portevoix.errors import PortevoixError
from portevoix.web.deposit.models import KEPT, Draft
from portevoix.web.deposit.words import suggested_title
from portevoix.web.directory.models import Structure
from portevoix.web.directory.queries import by_tracking_key, departement
from portevoix.web.experiences import actions as experiences
from portevoix.web.experiences import letters
from portevoix.web.experiences.actions import About, Story
from portevoix.web.experiences.enums import PostedAs
from portevoix.web.experiences.models import Experience
from portevoix.web.experiences.queries import digest

MOST_SERVICES: Final = 3
_OTHERS_KEPT: Final = 10
_PURGED_AT_ONCE: Final = 500


class AlreadySentError(PortevoixError):
    """Votre avis est déjà envoyé : ce qui a été écrit depuis n'y est pas ajouté."""


class ChangedSinceError(PortevoixError):
    """Votre récit a changé dans un autre onglet : relisez-le avant de l'envoyer."""


class TooManyServicesError(PortevoixError):
    """Trois services au plus : retirez-en un pour en choisir un autre."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save made: the version that the tab now holds, and whether it replaced another's."""

    draft: Draft
    replaced: bool = False


def private_key(token: str) -> str:
    """The key of the private page, made from the draft's: sending twice gives the same link."""
    made = hmac.digest(token.encode(), b"mon-avis", hashlib.sha256)
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


@transaction.atomic
def begin(
    *, feeling: str = "", origin: str = "", procedure: str = "", token: str = ""
) -> tuple[Draft, str]:
    """Open a draft; the key returned is the only way back to it. `origin`: a tracking key."""
    token = token or secrets.token_urlsafe(24)
    known = by_tracking_key(origin)
    draft = Draft.objects.create(
        token_hash=digest(token),
        feeling=feeling,
        origin=origin[:80],
        origin_procedure=procedure[:80],
        services=[{"structure": known.pk}] if known else [],
    )
    return draft, token


@transaction.atomic
def tell_feeling(draft: Draft, feeling: str) -> Draft:
    draft = _open(draft)
    draft.feeling = feeling
    return _save(draft, "feeling")


@transaction.atomic
def tell_story(draft: Draft, title: str, text: str, version: int) -> Saved:
    """Keep a text as it is typed. The last tab to save wins; what it replaces is kept aside."""
    draft = _open(draft)
    if (title, text) == (draft.title, draft.text):
        return Saved(draft)
    replaced = version != draft.story_version and draft.text.strip() != ""
    others = list(draft.others)
    if replaced:
        others.append({"title": draft.title, "text": draft.text})
    draft.title, draft.text = title, text
    draft.others = _worth_keeping(others, text)
    draft.story_version += 1
    return Saved(_save(draft, "title", "text", "others", "story_version"), replaced)


def _worth_keeping(others: list[dict[str, str]], text: str) -> list[dict[str, str]]:
    """Without what the present text, or a later one, already says from its first letter."""
    kept: list[dict[str, str]] = []
    for other in reversed(others):
        said = other["text"].strip()
        later = [text, *(known["text"] for known in kept)]
        if said and not any(longer.strip().startswith(said) for longer in later):
            kept.append(other)
    return kept[:_OTHERS_KEPT][::-1]


@transaction.atomic
def keep_aside(draft: Draft, title: str, text: str) -> None:
    """Keep what a page left open says after the story was sent, to be shown with the receipt."""
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    sent = draft.experience.text if draft.experience else ""
    draft.others = _worth_keeping([*draft.others, {"title": title, "text": text}], sent)
    _save(draft, "others")


@transaction.atomic
def take_other(draft: Draft, rank: int) -> Draft:
    """Put back a text that was kept aside; the present one takes its place aside."""
    draft = _open(draft)
    if not 0 <= rank < len(draft.others):
        return draft
    others = list(draft.others)
    other = others.pop(rank)
    if draft.text.strip():
        others.append({"title": draft.title, "text": draft.text})
    draft.title, draft.text = other["title"] or draft.title, other["text"]
    draft.others = _worth_keeping(others, draft.text)
    draft.story_version += 1
    return _save(draft, "title", "text", "others", "story_version")


@transaction.atomic
def drop_others(draft: Draft) -> Draft:
    draft = _open(draft)
    draft.others = []
    return _save(draft, "others")


def note_urgency(draft: Draft, urgency: str) -> Draft:
    """Remember what the text was read to say, so that help is shown on every page after."""
    if draft.urgency == urgency:
        return draft
    with transaction.atomic():
        draft = _open(draft)
        draft.urgency = urgency
        return _save(draft, "urgency")


@transaction.atomic
def choose_service(draft: Draft, service: Mapping[str, Any]) -> Draft:
    """Add a service; « je ne sais pas » ({}) leaves place to the first one that is named."""
    draft = _open(draft)
    named = [known for known in draft.services if _names(known)]
    if not service:
        draft.services = named or [{}]
    elif not any(_names(known) == _names(service) for known in named):
        if len(named) >= MOST_SERVICES:
            raise TooManyServicesError
        draft.services = [*named, dict(service)]
    return _save(draft, "services")


@transaction.atomic
def drop_service(draft: Draft, rank: int) -> Draft:
    draft = _open(draft)
    draft.services = [known for place, known in enumerate(draft.services, 1) if place != rank]
    return _save(draft, "services")


def _names(service: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in service.items() if key != "channels"}


@transaction.atomic
def tell_details(
    draft: Draft, details: Mapping[str, Any], channels: Mapping[int, Mapping[str, str]]
) -> Draft:
    """Keep the optional answers; `channels`: rank of the service → channel → feeling."""
    draft = _open(draft)
    draft.details = dict(details)
    draft.services = [
        {**known, "channels": dict(channels.get(rank, {}))}
        for rank, known in enumerate(draft.services or [{}], 1)
    ]
    return _save(draft, "details", "services")


@transaction.atomic
def tell_address(draft: Draft, email: str) -> Draft:
    draft = _open(draft)
    draft.email = email[:254]
    return _save(draft, "email")


@transaction.atomic
def send(draft: Draft, token: str, version: int) -> Experience:
    """Make the story that moderators will read, once whatever the number of clicks.

    `version` is that of the text which its author was shown last.
    """
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if draft.experience is not None:
        return draft.experience
    if draft.story_version != version:
        raise ChangedSinceError
    experience, _key = experiences.deposit(_story(draft), private_key(token))
    letters.received(experience)
    draft.experience = experience
    draft.title = draft.text = draft.email = ""
    draft.services, draft.details = [], {}
    _save(draft, "experience", "title", "text", "email", "services", "details")
    return experience


def _story(draft: Draft) -> Story:
    details = draft.details
    territory = departement(details.get("departement") or "")
    return Story(
        title=draft.title or suggested_title(draft.text),
        text=draft.text,
        feeling=draft.feeling,
        about=_about(draft),
        tags=details.get("tags") or {},
        procedure=details.get("procedure") or "",
        departement=territory.code if territory else "",
        region=territory.region if territory else "",
        posted_as=details.get("posted_as") or PostedAs.CONCERNED,
        pseudonym=details.get("pseudonym") or "",
        written_on=timezone.localdate(),
        origin=draft.origin,
        origin_procedure=draft.origin_procedure,
        email=draft.email,
        fictional=settings.PORTEVOIX_DEMONSTRATION,
    )


def _about(draft: Draft) -> list[About]:
    found = Structure.objects.select_related("network", "typology").in_bulk(draft.structures)
    return [
        About(
            structure=found.get(service.get("structure", 0)),
            label=service.get("label", ""),
            channels=service.get("channels", {}),
        )
        for service in draft.services
    ]


@transaction.atomic
def forget(draft: Draft) -> None:
    """Erase a draft, as its author asks."""
    Draft.objects.filter(pk=draft.pk).delete()


def forget_old() -> int:
    """Erase the drafts that nobody touched for thirty days; called by the clock."""
    old = Draft.objects.filter(saved_at__lt=timezone.now() - KEPT)
    keys = list(old.values_list("pk", flat=True)[:_PURGED_AT_ONCE])
    erased, _by_model = Draft.objects.filter(pk__in=keys).delete()
    return erased


def _open(draft: Draft) -> Draft:
    """The row as it is now, locked until the end of the transaction."""
    now = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if now is None or now.sent:
        raise AlreadySentError
    return now


def _save(draft: Draft, *fields: str) -> Draft:
    draft.saved_at = timezone.now()
    draft.save(update_fields=[*fields, "saved_at"])
    return draft
