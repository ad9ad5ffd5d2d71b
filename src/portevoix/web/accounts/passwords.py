"""The one rule that Django lacks: a long password that repeats itself is a short one."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portevoix.opendata.headings import fold
from portevoix.web.accounts.models import Agent

_LEAST_DIFFERENT: Final = 6
# What French passwords are made of most often; alone with figures around, they are no secret.
_COMMON: Final = frozenset(
    "administrateur admin administration alexandre anniversaire autorisation azerty azertyuiop "
    "bienvenue bonjour bretagne camille chocolat choupette connexion coucou doudou famille "
    "football france gendarmerie internet jetaime jesuis lapin liberte liverpool loulou marseille "
    "maman mercredi ministere monmotdepasse motdepasse mdp nicolas nouveau ordinateur papillon "
    "paris password passe pompier portevoix prefecture printemps princesse provisoire republique "
    "septembre secret service servicepublic soleil sousprefecture temporaire test toulouse "
    "tresor utilisateur vacances vendredi welcome".split()
)


class NotTooSimple:
    """Refuses « aaaaaaaaaaaa », « abcabcabcabc », « 123456789012 »."""

    def validate(self, password: str, user: Agent | None = None) -> None:
        del user
        if len(set(password)) < _LEAST_DIFFERENT or _is_known(password):
            raise ValidationError(
                _("Ce mot de passe se devine : essayez une phrase de quatre mots sans lien."),
                code="password_too_simple",
            )

    def get_help_text(self) -> str:
        return str(_("Le plus sûr est une phrase de quatre mots sans lien."))


def _is_known(password: str) -> bool:
    letters = "".join(c for c in fold(password) if c.isalpha())
    return _is_run(password) or _repeats(password) or letters in _COMMON


def _is_run(password: str) -> bool:
    steps = {ord(b) - ord(a) for a, b in pairwise(password)}
    return steps <= {1, -9} or steps <= {-1, 9}


def _repeats(password: str) -> bool:
    return password in (password + password)[1:-1]
