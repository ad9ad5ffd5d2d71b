"""Open data and the API: what other programs read."""

from __future__ import annotations

from django.urls import path

from portevoix.web.api import views

app_name = "api"
urlpatterns = [
    path("api/", views.documentation, name="documentation"),
    path("donnees-ouvertes/", views.open_data, name="open_data"),
    path("donnees-ouvertes/schema/<slug:table>.json", views.schema, name="schema"),
    path("donnees-ouvertes/<str:name>", views.download, name="download"),
]
