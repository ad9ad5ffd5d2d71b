"""Sign-in forms in our words; what they do is allauth's."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from allauth.mfa.base.forms import AuthenticateForm as MfaAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as MfaReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as MfaActivateForm
from django import forms


def _plain(form: forms.Form, labels: dict[str, str], **hints: str) -> None:
    """Our labels and hints, and no placeholder: it vanishes as soon as one types."""
    for name, field in form.fields.items():
        field.label = labels.get(name, field.label)
        field.help_text = hints.get(name, "")
        field.widget.attrs.pop("placeholder", None)
        field.error_messages["required"] = f"Remplissez « {field.label} »."


class LoginForm(allauth.LoginForm):  # type: ignore[misc]
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, {"login": "Adresse électronique", "password": "Mot de passe"})


class ResetPasswordForm(allauth.ResetPasswordForm):  # type: ignore[misc]
    """The address a link is sent to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, {"email": "Adresse électronique"})


class ResetPasswordKeyForm(allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, from a link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, {"password1": "Nouveau mot de passe", "password2": "Le même, une fois encore"})


class ChangePasswordForm(allauth.ChangePasswordForm):  # type: ignore[misc]
    """A new password, knowing the former."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(
            self,
            {
                "oldpassword": "Mot de passe actuel",
                "password1": "Nouveau mot de passe",
                "password2": "Le même, une fois encore",
            },
        )


class ReauthenticateForm(allauth.ReauthenticateForm):  # type: ignore[misc]
    """The password again, before something sensitive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, {"password": "Mot de passe"})


class CodeForm(MfaAuthenticateForm):  # type: ignore[misc]
    """A code of the telephone, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, {"code": "Code à 6 chiffres ou code de secours"})
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}


class CodeAgainForm(MfaReauthenticateForm):  # type: ignore[misc]
    """A code again, before something sensitive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, {"code": "Code à 6 chiffres"})
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}


class ActivateForm(MfaActivateForm):  # type: ignore[misc]
    """The first code, which proves that the telephone holds the key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, {"code": "Code à 6 chiffres"})
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}
