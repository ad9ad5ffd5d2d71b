"""Private pages: whoever holds the link is the author."""

from __future__ import annotations

from django.urls import path

from portevoix.web.author import views

app_name = "author"
urlpatterns = [
    path("<str:token>/", views.page, name="page"),
    path("<str:token>/corriger/", views.correct, name="correct"),
    path("<str:token>/corriger/enregistrer/", views.save_correction, name="save_correction"),
    path("<str:token>/retirer/", views.withdraw, name="withdraw"),
    path("<str:token>/adresse/", views.address, name="address"),
    path("<str:token>/contester/", views.appeal, name="appeal"),
    path("<str:token>/reponses/<int:number>/avis/", views.rate, name="rate"),
    path("<str:token>/services/<int:rank>/repondre/", views.answer_back, name="answer_back"),
]
