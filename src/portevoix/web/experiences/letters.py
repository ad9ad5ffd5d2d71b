"""What the author of a story is told: kept for the private page, and sent when there is an address.

One function an occasion. Call it in the transaction of the act it tells. `hold` leaves the time to
take the act back: until then the page shows nothing and nothing is sent (`take_back`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portevoix.web.experiences.actions import give_address, give_key
from portevoix.web.experiences.enums import Occasion
from portevoix.web.experiences.models import AuthorContact, Experience, Notice
from portevoix.web.mail import actions as mail
from portevoix.web.mail.letters import Letter, Link

_AT_ONCE: Final = timedelta(0)
_LONGEST_QUOTE: Final = 600


def received(experience: Experience) -> Notice:
    """The story is kept, and a person will read it."""
    return _tell(
        experience,
        Occasion.RECEIVED,
        subject=_("Nous avons bien reçu votre récit"),
        paragraphs=[
            _("Merci d’avoir raconté votre expérience."),
            _(
                "Une personne va lire votre récit. S’il respecte la charte, il sera publié "
                "et le service concerné pourra vous répondre."
            ),
        ],
        link=_("Suivre, corriger ou retirer mon récit"),
        after=[
            _(
                "Gardez ce message : ce lien est le seul moyen de retrouver votre récit. "
                "Ne le donnez à personne."
            )
        ],
    )


@transaction.atomic
def reach_at(experience: Experience, email: str) -> Notice:
    """Write to the author at this address from now on, beginning with the private link."""
    give_address(experience, email)
    return received(experience)


def to_correct(experience: Experience, message: str, *, hold: timedelta = _AT_ONCE) -> Notice:
    """A moderator gives the story back and says what to change."""
    return _tell(
        experience,
        Occasion.TO_CORRECT,
        message=message,
        subject=_("Votre récit est à corriger avant d’être publié"),
        paragraphs=[_("Une personne a lu votre récit. Voici ce qu’elle vous demande :")],
        quote=message,
        link=_("Corriger mon récit"),
        after=[_("Votre texte est gardé tel que vous l’avez écrit.")],
        hold=hold,
    )


def refused(experience: Experience, message: str, *, hold: timedelta = _AT_ONCE) -> Notice:
    """A moderator does not publish the story and says why; the author may ask for another look."""
    return _tell(
        experience,
        Occasion.REFUSED,
        message=message,
        subject=_("Votre récit ne sera pas publié"),
        paragraphs=[
            _("Une personne a lu votre récit. Il ne peut pas être publié, pour cette raison :")
        ],
        quote=message,
        link=_("Voir mon récit ou demander un second avis"),
        after=[_("Si vous le demandez, une autre personne relira votre récit.")],
        hold=hold,
    )


def published(experience: Experience, *, hold: timedelta = _AT_ONCE) -> Notice:
    """The story is public, in the words that a moderator decided."""
    return _tell(
        experience,
        Occasion.PUBLISHED,
        subject=_("Votre récit est publié"),
        paragraphs=[
            _("Tout le monde peut maintenant lire votre récit."),
            _("Le service concerné en est averti. Nous vous écrirons quand il aura répondu."),
        ],
        link=_("Voir mon récit publié"),
        hold=hold,
    )


def answered(experience: Experience, by: str, text: str, *, hold: timedelta = _AT_ONCE) -> Notice:
    """A service answered; its words are public."""
    return _tell(
        experience,
        Occasion.ANSWERED,
        message=by,
        subject=_("Un service a répondu à votre récit"),
        paragraphs=[_("%(service)s vous a répondu :") % {"service": by}],
        quote=_beginning(text),
        link=_("Lire la réponse et dire si elle est utile"),
        hold=hold,
    )


def transferred(experience: Experience, to: str, *, hold: timedelta = _AT_ONCE) -> Notice:
    """The story was handed to the service that can answer it."""
    return _tell(
        experience,
        Occasion.TRANSFERRED,
        message=to,
        subject=_("Votre récit est confié à un autre service"),
        paragraphs=[
            _(
                "Le service que vous aviez choisi ne pouvait pas vous répondre. "
                "Votre récit est maintenant confié à ce service : %(service)s."
            )
            % {"service": to},
            _("Vous n’avez rien à faire."),
        ],
        link=_("Suivre mon récit"),
        hold=hold,
    )


def improved(experience: Experience, by: str, change: str, *, hold: timedelta = _AT_ONCE) -> Notice:
    """Something changes after this story and others."""
    return _tell(
        experience,
        Occasion.IMPROVED,
        message=change,
        subject=_("Votre avis a fait bouger les choses"),
        paragraphs=[
            _(
                "Après votre récit et ceux d’autres personnes, "
                "%(service)s a décidé de changer ceci :"
            )
            % {"service": by}
        ],
        quote=change,
        link=_("Voir mon récit"),
        hold=hold,
    )


def cared_for(experience: Experience, message: str, *, hold: timedelta = _AT_ONCE) -> Notice:
    """A moderator is worried for someone and says where help is."""
    return _tell(
        experience,
        Occasion.CARED_FOR,
        message=message,
        subject=_("Nous avons lu votre message"),
        paragraphs=[],
        quote=message,
        link=_("Voir mon récit"),
        hold=hold,
    )


def take_back(notice: Notice) -> None:
    """Forget what was going to be told: the act was taken back in time."""
    mail.cancel(notice.mail_key)
    notice.delete()


def _tell(
    experience: Experience,
    occasion: Occasion,
    *,
    subject: str,
    paragraphs: Sequence[str],
    link: str,
    message: str = "",
    quote: str = "",
    after: Sequence[str] = (),
    hold: timedelta = _AT_ONCE,
) -> Notice:
    notice = Notice.objects.create(
        experience=experience, occasion=occasion, message=message, at=timezone.now() + hold
    )
    contact = AuthorContact.objects.filter(experience=experience).first()
    if contact is None:
        return notice
    letter = Letter(
        subject=subject,
        paragraphs=tuple(paragraphs),
        quote=quote,
        link=Link(link, reverse("author:page", args=[give_key(experience)])),
        after=tuple(after),
        reason=_(
            "Vous recevez ce message parce que vous avez donné cette adresse en racontant "
            "une expérience sur %(site)s."
        )
        % {"site": settings.PORTEVOIX_NAME},
    )
    mail.owe(f"author.{occasion}", contact.email, letter, key=notice.mail_key, hold=hold)
    return notice


def _beginning(text: str) -> str:
    if len(text) <= _LONGEST_QUOTE:
        return text
    return text[:_LONGEST_QUOTE].rsplit(None, 1)[0] + "…"
