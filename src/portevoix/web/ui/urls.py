"""Addresses that belong to no part."""

from __future__ import annotations

from django.urls import path

from portevoix.web.ui import views

app_name = "ui"
urlpatterns = [
    path("sante/", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("mentions-legales/", views.legal, name="legal"),
    path("donnees-personnelles/", views.privacy, name="privacy"),
    path("plan-du-site/", views.site_map, name="site_map"),
]
