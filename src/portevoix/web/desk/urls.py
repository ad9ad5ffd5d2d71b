"""Addresses of the agents' space."""

from __future__ import annotations

from django.urls import path

from portevoix.web.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
]
