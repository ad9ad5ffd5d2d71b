"""Private pages: whoever holds the link is the author."""

from __future__ import annotations

from django.urls import path

from portevoix.web.author import views

app_name = "author"
urlpatterns = [
    path("<str:token>/", views.page, name="page"),
]
