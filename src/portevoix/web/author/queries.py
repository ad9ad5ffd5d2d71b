"""What the private page shows beside the timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portevoix.web.experiences.enums import Occasion, Urgency
from portevoix.web.experiences.models import AnswerBack, AuthorContact, Concern, Experience
from portevoix.web.moderation.models import ProposedVerdict
from portevoix.web.replies.models import Rating, Reply
from portevoix.web.replies.queries import for_experiences

_ALARMING = (Urgency.DISTRESS, Urgency.DANGER)


@dataclass(frozen=True, slots=True)
class Answered:
    """One service that answered: its answers, and what the author said back to it."""

    concern: Concern
    replies: Sequence[Reply]
    said_back: AnswerBack | None


def answered(experience: Experience) -> Sequence[Answered]:
    """The services that answered a public story, in the order it names them."""
    if not experience.public:
        return ()
    replies = for_experiences([experience])
    said = {
        back.concern_id: back for back in AnswerBack.objects.filter(concern__experience=experience)
    }
    concerns = {reply.concern_id: reply.concern for reply in replies}
    return [
        Answered(concern, [r for r in replies if r.concern_id == key], said.get(key))
        for key, concern in sorted(concerns.items(), key=lambda item: item[1].rank)
    ]


def rated_why(experience: Experience) -> dict[int, str]:
    """Why the author found each answer useful or not."""
    found = Rating.objects.filter(reply__concern__experience=experience, by="author")
    return dict(found.values_list("reply_id", "why"))


def last_message(experience: Experience, occasion: Occasion) -> str:
    """What a person wrote last to the author on such an occasion."""
    told = experience.notices.filter(occasion=occasion).order_by("-at", "-pk").first()
    return told.message if told else ""


def address_of(experience: Experience) -> str:
    contact = AuthorContact.objects.filter(experience=experience).first()
    return contact.email if contact else ""


def alarm_of(experience: Experience) -> str:
    """Distress or danger, as a person noted it or as the engine read it; empty when neither."""
    read = ProposedVerdict.objects.filter(experience=experience).values_list("urgency", flat=True)
    return next((u for u in (experience.urgency, *read) if u in _ALARMING), "")
