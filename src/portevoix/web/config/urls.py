"""Every address of the site. Paths are French, names are code."""

from __future__ import annotations

from django.urls import include, path

from portevoix.web.api.endpoints import api
from portevoix.web.api.state_service import service
from portevoix.web.api.views import unknown

urlpatterns = [
    path("", include("portevoix.web.public.urls")),
    path("", include("portevoix.web.ui.urls")),
    path("donner-mon-avis/", include("portevoix.web.deposit.urls")),
    path("", include("portevoix.web.moderation.urls")),
    path("mon-avis/", include("portevoix.web.author.urls")),
    path("espace/pages/", include("portevoix.web.knowledge.urls")),
    path("espace/administration/", include("portevoix.web.administration.urls")),
    path("compte/", include("portevoix.web.accounts.urls")),
    path("", include("portevoix.web.api.urls")),
    path("", include("portevoix.web.notes.urls")),
    path("api/v1/", api.urls),
    path("api/v1/<path:rest>", unknown),
    path("espace/cles-api/", include("portevoix.web.api.key_urls")),
    path("espace/", include("portevoix.web.desk.urls")),
    # At the addresses of the State's service: those who call it keep theirs.
    path("", service.urls),
]
handler400 = "portevoix.web.ui.views.bad_request"
handler403 = "portevoix.web.ui.views.forbidden"
handler404 = "portevoix.web.ui.views.not_found"
handler500 = "portevoix.web.ui.views.server_error"
