"""Addresses of the agents' space."""

from __future__ import annotations

from django.urls import include, path

from portevoix.web.desk.views import (
    answer,
    blocks,
    comparison,
    figures,
    handling,
    home,
    judging,
    messages,
    proof,
    queue,
    wording,
)

app_name = "desk"
_one = [
    path("", answer.answer, name="answer"),
    path("enregistrer/", answer.save, name="save"),
    path("brouillon/", answer.autosave, name="autosave"),
    path("garder-l-autre/", answer.drop_aside, name="drop_aside"),
    path("proposer/", answer.propose, name="propose"),
    path("reprendre-la-proposition/", answer.take_up, name="take_up"),
    path("juger/", judging.judge, name="judge"),
    path("ameliorer-le-texte/", wording.improve, name="wording"),
    path("relire/", answer.preview, name="preview"),
    path("envoyer/", answer.send, name="send"),
    path("valider/", answer.validate, name="validate"),
    path("renvoyer/", answer.send_back, name="send_back"),
    path("reprendre/", answer.recall, name="recall"),
    path("etiquettes/", handling.labels, name="labels"),
    path("transferer/", handling.transfer, name="transfer"),
    path("confier/", handling.assign, name="assign"),
    path("commenter/", handling.comment, name="comment"),
    path("preuve/<int:pk>/", proof.proof, name="proof"),
    path("ameliorer/<int:pk>/", handling.improvement, name="improvement"),
]
urlpatterns = [
    path("", home.home, name="home"),
    path("a-traiter/", queue.work, name="work"),
    path("a-traiter/telecharger/", queue.download, name="download"),
    path("a-traiter/confier/", queue.assign_many, name="assign_many"),
    path("a-traiter/recherches/", queue.save_search, name="save_search"),
    path("a-traiter/recherches/<int:pk>/oublier/", queue.forget_search, name="forget_search"),
    path("recits/<int:number>/<int:rank>/", include(_one)),
    path("modeles/", blocks.templates, name="templates"),
    path("modeles/<int:pk>/", blocks.write_template, name="template"),
    path("modeles/<int:pk>/supprimer/", blocks.delete_template, name="delete_template"),
    path("modeles/nouveau/<slug:slug>/", blocks.write_template, name="new_template"),
    path("reseaux/<slug:slug>/regles/", blocks.rules, name="rules"),
    path("reseaux/<slug:slug>/aide/", comparison.comparison, name="comparison"),
    path("reseaux/<slug:slug>/aide.csv", comparison.comparison_csv, name="comparison_csv"),
    path("avis/", judging.to_review, name="judgements"),
    path("avis/<int:pk>/", judging.review, name="review_judgement"),
    path("formules/<str:code>/", blocks.formulas, name="formulas"),
    path("chiffres/", figures.dashboard, name="figures"),
    path("chiffres/<slug:what>.csv", figures.table, name="figures_csv"),
    path("messages/", messages.rhythm, name="rhythm"),
    path("ne-plus-recevoir/<str:key>/", messages.unsubscribe, name="unsubscribe"),
]
