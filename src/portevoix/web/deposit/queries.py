"""What a draft shows: the services chosen, what the text says, what will be public."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.core.cache import caches
from django.utils import timezone
from django.utils.translation import gettext as _

from portevoix.errors import PortevoixError
from portevoix.web.deposit.forms import TAGS, DetailsForm, StoryForm
from portevoix.web.deposit.models import KEPT, Draft
from portevoix.web.deposit.words import suggested_title
from portevoix.web.directory.models import Structure
from portevoix.web.directory.queries import departement_name
from portevoix.web.experiences import likeness
from portevoix.web.experiences.enums import Channel, Feeling, Urgency
from portevoix.web.experiences.models import AuthorContact, Experience
from portevoix.web.experiences.queries import digest
from portevoix.web.runs import actions as runs

STEPS: Final = ("start", "story", "service", "details", "summary")
_MOST_HINTS: Final = 5
_LONGEST_WORDS: Final = 60
_READING_SECONDS: Final = 600
Kept = TypeVar("Kept")
_URGENT: Final = (Urgency.DISTRESS, Urgency.DANGER)


@dataclass(frozen=True, slots=True)
class Hint:
    """Something an author may want to know while writing: the words meant, and what of them."""

    kind: str
    words: Sequence[str]
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the engines read in a text, for its author: hints, and whether help must be shown."""

    hints: Sequence[Hint] = ()
    urgency: str = Urgency.NONE


@dataclass(frozen=True, slots=True)
class Chosen:
    """A service of a draft as it is shown; `place` is where it stands, `rank` its order."""

    rank: int
    name: str
    place: str = ""
    structure: Structure | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """Exactly what would be public, its masking done."""

    title: str
    text: str
    masked: int
    services: Sequence[str]
    channels: Sequence[tuple[str, str]]
    tags: Sequence[tuple[str, str]]
    departement: str
    procedure: str
    pseudonym: str


def draft_of(token: str) -> Draft | None:
    """Return the draft that a key opens, unless nobody touched it for thirty days."""
    if not token:
        return None
    since = timezone.now() - KEPT
    return Draft.objects.filter(token_hash=digest(token), saved_at__gte=since).first()


def missing_step(draft: Draft) -> str:
    """The first step whose answer is missing or wrong; empty when all is there."""
    if draft.feeling not in Feeling.values:
        return "start"
    if not StoryForm({"title": draft.title, "text": draft.text}).is_valid():
        return "story"
    return "" if draft.services else "service"


def has_address(draft: Draft) -> bool:
    """Whether the author of a story that was sent gave an address."""
    return AuthorContact.objects.filter(experience=draft.experience_id).exists()


def read(text: str) -> Reading:
    """Read a text for its author. Nothing here stops them, an engine that fails neither.

    The page that comes next asks the same again: what was read is kept a few minutes.
    """
    if not text.strip():
        return Reading()
    return _kept_a_while(f"reading:{digest(text)}", lambda: _read(text))


def _read(text: str) -> Reading:
    try:
        _masked, findings = _hidden(text)
        advice = runs.advice(text, findings)
    except PortevoixError:
        return Reading()
    urgency = next((u for u in _URGENT if any(a.kind == u for a in advice)), Urgency.NONE)
    return Reading(_hints([a for a in advice if a.kind not in _URGENT], text), str(urgency))


def _hidden(text: str) -> tuple[str, tuple[dict[str, Any], ...]]:
    """A text as the engines mask it, and what they found; kept as long as what was read."""

    def hide() -> tuple[str, tuple[dict[str, Any], ...]]:
        redacted = runs.redact(text)
        return redacted.text, redacted.findings

    return _kept_a_while(f"hidden:{digest(text)}", hide)


def _kept_a_while(key: str, read: Callable[[], Kept]) -> Kept:
    found: Kept | None = caches["local"].get(key)
    if found is None:
        found = read()
        caches["local"].set(key, found, _READING_SECONDS)
    return found


def _hints(advice: Sequence[runs.Advice], text: str) -> Sequence[Hint]:
    """One hint a message, with the words that it is about."""
    meant: dict[tuple[str, str], list[str]] = {}
    for one in advice:
        words = " ".join(text[one.start : one.end].split())
        said = meant.setdefault((one.kind, one.message), [])
        if words and len(words) <= _LONGEST_WORDS and words not in said:
            said.append(words)
    return [Hint(kind, tuple(words), message) for (kind, message), words in meant.items()][
        :_MOST_HINTS
    ]


def chosen(draft: Draft) -> Sequence[Chosen]:
    """The services of a draft, named; one query."""
    found = Structure.objects.select_related("network").in_bulk(draft.structures)
    return [
        _chosen(rank, service, found)
        for rank, service in enumerate(draft.services, 1)
        if service.get("structure", 0) in found or "structure" not in service
    ]


def _chosen(rank: int, service: Mapping[str, Any], found: Mapping[int, Structure]) -> Chosen:
    structure = found.get(service.get("structure", 0))
    if structure is not None:
        return Chosen(rank, structure.public_name, structure.place, structure)
    return Chosen(rank, service.get("label") or _("Je ne sais pas quel service"))


def summary(draft: Draft) -> Summary:
    """What everybody would read, as the engines would mask it now."""
    title, in_title = _hidden(draft.title or suggested_title(draft.text))
    text, in_text = _hidden(draft.text)
    details = draft.details
    labels = dict(Feeling.choices)
    tags = details.get("tags") or {}
    return Summary(
        title=title,
        text=text,
        masked=len(in_title) + len(in_text),
        services=[service.name for service in chosen(draft)],
        channels=_channels(draft),
        tags=[(str(TAGS[tag]), str(labels.get(tags[tag], ""))) for tag in TAGS if tag in tags],
        departement=departement_name(details.get("departement") or ""),
        procedure=_hidden(details["procedure"])[0] if details.get("procedure") else "",
        pseudonym=details.get("pseudonym") or "",
    )


def alike(draft: Draft) -> Sequence[Experience]:
    """Public stories that tell of the same thing and were answered."""
    networks = {one.structure.network_id for one in chosen(draft) if one.structure}
    return likeness.alike(f"{draft.title} {draft.text}", networks=networks)


def _channels(draft: Draft) -> Sequence[tuple[str, str]]:
    channels, feelings = dict(Channel.choices), dict(Feeling.choices)
    return [
        (str(channels[channel]), str(feelings.get(felt, "")))
        for service in draft.services
        for channel, felt in service.get("channels", {}).items()
        if channel in channels
    ]


def details_form(draft: Draft, data: Mapping[str, Any] | None = None) -> DetailsForm:
    """The form of the optional answers, with what the draft holds."""
    services = [service.name for service in chosen(draft)] or [_("le service")]
    initial = DetailsForm.initial_of(draft.details, draft.services)
    first = next((s.structure for s in chosen(draft) if s.structure), None)
    if "departement" not in draft.details and first is not None:
        initial["departement"] = first.departement
    if "procedure" not in draft.details and draft.origin_procedure:
        initial["procedure"] = _readable(draft.origin_procedure)
    return DetailsForm(data, services=services, initial=initial)


def _readable(identifier: str) -> str:
    """The name of a procedure, when an address gives one rather than a number."""
    words = identifier.replace("-", " ").replace("_", " ").strip()
    return "" if any(sign.isdigit() for sign in words) else words
