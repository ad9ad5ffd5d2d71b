"""Where keys are lent and taken back."""

from __future__ import annotations

from django.urls import path

from portevoix.web.api import key_views

app_name = "api_keys"
urlpatterns = [
    path("", key_views.keys, name="list"),
    path("<int:number>/retirer/", key_views.revoke, name="revoke"),
]
