"""Addresses of administration."""

from __future__ import annotations

from django.urls import path

from portevoix.web.administration.views import accounts, articles, directory, journal

app_name = "administration"
urlpatterns = [
    path("comptes/", accounts.index, name="accounts"),
    path("comptes/ouvrir/", accounts.invite, name="invite"),
    path("comptes/<int:number>/", accounts.one, name="account"),
    path("comptes/<int:number>/inviter/", accounts.invite_again, name="invite_again"),
    path("comptes/<int:number>/fermer/", accounts.close, name="close_account"),
    path("comptes/<int:number>/rouvrir/", accounts.reopen, name="reopen_account"),
    path("roles/<int:number>/retirer/", accounts.revoke, name="revoke"),
    path("annuaire/", directory.index, name="directory"),
    path("annuaire/reseaux/<slug:slug>/", directory.network, name="network"),
    path("annuaire/<str:code>/", directory.one, name="structure"),
    path("annuaire/<str:code>/deplacer/", directory.move, name="move"),
    path("annuaire/<str:code>/fermer/", directory.close, name="close_structure"),
    path("annuaire/<str:code>/rouvrir/", directory.reopen, name="reopen_structure"),
    path("pages/", articles.index, name="articles"),
    path("journal/", journal.index, name="journal"),
]
