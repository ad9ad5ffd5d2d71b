"""Who is told of an alert: the author, where help is; the people on call, no word of the story.

What authors are told of other decisions is in `experiences.letters`.
"""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from portevoix.web.accounts.enums import Role
from portevoix.web.accounts.models import Agent
from portevoix.web.experiences import letters
from portevoix.web.mail import actions as mail
from portevoix.web.mail.letters import Letter, Link
from portevoix.web.moderation.models import Decision


def alert(decision: Decision) -> None:
    """Tell the author where help is, and the people on call that someone must be looked after."""
    if decision.message:
        letters.cared_for(decision.experience, decision.message)
    letter = Letter(
        subject=_("Alerte de modération : %(kind)s") % {"kind": decision.reason_label.lower()},
        paragraphs=[
            _("Une personne qui modère signale qu’il faut peut-être protéger quelqu’un."),
            _("Par précaution, ce message ne contient rien du récit."),
        ],
        link=Link(_("Suivre l’alerte"), reverse("moderation:item", args=[decision.experience_id])),
        reason=_("Vous recevez ce message parce que vous êtes d’astreinte sur ce site."),
    )
    for rank, address in enumerate(_on_call()):
        mail.owe("alert", address, letter, key=f"alert:{decision.pk}:{rank}")


def _on_call() -> list[str]:
    """The addresses of the settings; else everyone who administers the site."""
    named: list[str] = settings.PORTEVOIX_ALERT_ADDRESSES
    if named:
        return named
    administrators = Agent.objects.filter(
        is_active=True, memberships__role=Role.ADMINISTRATOR
    ).order_by("pk")
    return list(administrators.values_list("email", flat=True).distinct())
