"""The steps of a deposit, in their order."""

from __future__ import annotations

from django.urls import path

from portevoix.web.deposit import autosave, views

app_name = "deposit"
urlpatterns = [
    path("", views.start, name="start"),
    path("recit/", views.story, name="story"),
    path("service/", views.service, name="service"),
    path("service/chercher/", views.search, name="search"),
    path("precisions/", views.details, name="details"),
    path("envoi/", views.summary, name="summary"),
    path("merci/", views.receipt, name="receipt"),
    path("enregistrer/<slug:step>/", autosave.save, name="save"),
    path("effacer/", views.forget, name="forget"),
]
