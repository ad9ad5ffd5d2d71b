"""The one rule that Django lacks: a long password that repeats itself is a short one."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portevoix.web.accounts.models import Agent

_LEAST_DIFFERENT: Final = 6


class NotTooSimple:
    """Refuses « aaaaaaaaaaaa », « abcabcabcabc », « 123456789012 »."""

    def validate(self, password: str, user: Agent | None = None) -> None:
        del user
        if len(set(password)) < _LEAST_DIFFERENT or _is_run(password) or _repeats(password):
            raise ValidationError(
                _("Ce mot de passe se devine : essayez une phrase de quatre mots sans lien."),
                code="password_too_simple",
            )

    def get_help_text(self) -> str:
        return str(_("Le plus sûr est une phrase de quatre mots sans lien."))


def _is_run(password: str) -> bool:
    steps = {ord(b) - ord(a) for a, b in pairwise(password)}
    return steps <= {1, -9} or steps <= {-1, 9}


def _repeats(password: str) -> bool:
    return password in (password + password)[1:-1]
