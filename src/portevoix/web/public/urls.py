"""Addresses that anyone may read."""

from __future__ import annotations

from django.urls import path

from portevoix.web.public import views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("experiences/", views.experiences, name="experiences"),
    path("experiences/<int:number>/", views.experience, name="experience"),
]
