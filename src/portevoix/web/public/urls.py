"""Addresses that anyone may read."""

from __future__ import annotations

from django.urls import path

from portevoix.web.public.views import changes, figures, home, pages, places, stories

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("experiences/", stories.experiences, name="experiences"),
    path("experiences/liste.csv", stories.experiences_csv, name="experiences_csv"),
    path("experiences/flux.atom", pages.feed, name="feed"),
    path("experiences/<int:number>/", stories.experience, name="experience"),
    path("experiences/<int:number>/meme-chose/", stories.same, name="same"),
    path("reponses/<int:number>/utile/", stories.rate_reply, name="rate"),
    path("ce-qui-a-change/", changes.done, name="done"),
    path("services/", places.networks, name="networks"),
    path("services/chercher/", places.find_services, name="find_services"),
    path("services/<slug:slug>/", places.network, name="network"),
    path("structures/<slug:code>/", places.structure, name="structure"),
    path("statistiques/", figures.statistics, name="statistics"),
    path("statistiques/<slug:key>.csv", figures.statistics_csv, name="statistics_csv"),
    path("comment-ca-marche/", pages.how_it_works, name="how_it_works"),
    path("charte/", pages.charter, name="charter"),
]
