"""The moderators' space, and what readers may do about moderation."""

from __future__ import annotations

from django.urls import include, path

from portevoix.web.moderation import public_views, views

app_name = "moderation"
_moderators = [
    path("", views.queue, name="queue"),
    path("suivant/", views.next_item, name="next"),
    path("<int:number>/", views.item, name="item"),
    path("<int:number>/apercu/", views.preview, name="preview"),
    path("<int:number>/confier/", views.pass_on, name="pass_on"),
    path("<int:number>/reprendre/", views.take_over, name="take_over"),
    path("<int:number>/transferer/", views.reassign, name="reassign"),
    path("<int:number>/signalements/", views.close_reports, name="close_reports"),
    path("decisions/<int:number>/annuler/", views.undo, name="undo"),
    path("alertes/<int:number>/clore/", views.close_alert, name="close_alert"),
    path("reponses/<int:number>/", views.answer_back, name="answer_back"),
]
urlpatterns = [
    path("espace/moderation/", include(_moderators)),
    path("moderation/", public_views.figures, name="figures"),
    path("experiences/<int:number>/signaler/", public_views.report, name="report"),
]
