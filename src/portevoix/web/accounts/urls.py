"""Sign-in and one's own account. Names are those that allauth looks for; paths are French."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from django.urls import include, path, re_path

from portevoix.web.accounts import views

_password = [
    path("", account.password_change, name="account_change_password"),
    path("choisir/", account.password_set, name="account_set_password"),
    path("oublie/", account.password_reset, name="account_reset_password"),
    path("oublie/envoye/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "nouveau/fait/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
_second_factor = [
    path("", mfa.index, name="mfa_index"),
    path("code/", mfa.authenticate, name="mfa_authenticate"),
    path("confirmer/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("activer/", totp.activate_totp, name="mfa_activate_totp"),
    path("desactiver/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("secours/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("secours/refaire/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "secours/telecharger/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
]
_identity = [
    path("annulee/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("erreur/", social.login_error, name="socialaccount_login_error"),
    path("inconnue/", social.signup, name="socialaccount_signup"),
    path("", social.connections, name="socialaccount_connections"),
    path("<slug:provider_id>/", views.identity_login, name="openid_connect_login"),
    path("<slug:provider_id>/retour/", views.identity_callback, name="openid_connect_callback"),
]
urlpatterns = [
    path("", include(([path("", views.me, name="me")], "accounts"))),
    path("connexion/", account.login, name="account_login"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("creation/", account.signup, name="account_signup"),
    path("inactif/", account.account_inactive, name="account_inactive"),
    path("confirmer/", account.reauthenticate, name="account_reauthenticate"),
    path("mot-de-passe/", include(_password)),
    path("double-authentification/", include(_second_factor)),
    path("identite/", include(_identity)),
]
