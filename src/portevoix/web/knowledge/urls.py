"""Addresses of the articles."""

from __future__ import annotations

from django.urls import path

from portevoix.web.knowledge import views

app_name = "knowledge"
urlpatterns = [
    path("", views.search, name="search"),
    path("<int:number>/", views.read, name="article"),
]
