"""Addresses of studies, notes and improvements."""

from __future__ import annotations

from django.urls import path

from portevoix.web.notes.views import cases, improvements, notes, sharing, studies

app_name = "notes"
urlpatterns = [
    path("espace/etudes/", studies.index, name="studies"),
    path("espace/etudes/nouvelle/", studies.new, name="new"),
    path("espace/etudes/corrections/", cases.to_review, name="corrections"),
    path("espace/etudes/corrections/<slug:kind>/<int:key>/", cases.review, name="review"),
    path("espace/etudes/<int:key>/", studies.study, name="study"),
    path("espace/etudes/<int:key>/avancement/", studies.progress, name="progress"),
    path("espace/etudes/<int:key>/refaire/", studies.remake, name="remake"),
    path("espace/etudes/<int:key>/preuves/", notes.proof, name="proof"),
    path("espace/etudes/<int:key>/phrase/", notes.wording, name="wording"),
    path("espace/etudes/<int:key>/theme/", notes.theme, name="theme"),
    path("espace/etudes/<int:key>/citation/", notes.quote, name="quote"),
    path("espace/etudes/<int:key>/piste/", notes.judge, name="judge"),
    path("espace/etudes/<int:key>/piste/nouvelle/", notes.lead, name="lead"),
    path("espace/etudes/<int:key>/version/<int:number>/", notes.compare, name="compare"),
    path("espace/etudes/<int:key>/partage/", sharing.share, name="share"),
    path("espace/etudes/<int:key>/signer/", sharing.sign, name="sign"),
    path("espace/etudes/<int:key>/lien/", sharing.link, name="link"),
    path("espace/etudes/<int:key>/note.<str:form>", sharing.download, name="download"),
    path("espace/etudes/<int:key>/ameliorer/", improvements.improve, name="improve"),
    path("espace/ameliorations/", improvements.board, name="board"),
    path("espace/ameliorations/<int:key>/", improvements.improvement, name="improvement"),
    path("espace/ameliorations/<int:key>/statut/", improvements.move, name="move"),
    path("espace/ameliorations/<int:key>/etape/", improvements.step, name="step"),
    path("espace/ameliorations/<int:key>/mesurer/", improvements.measure, name="measure"),
    path("ameliorations/", improvements.public_list, name="improvements"),
    path("ameliorations/<int:key>/", improvements.public_page, name="told"),
    path("notes/<int:key>/", sharing.published, name="published"),
    path("notes/privee/<str:token>/", sharing.private, name="private"),
]
