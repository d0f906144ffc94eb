"""Which space answers under which address."""

from django.urls import include, path

urlpatterns = [
    path("", include("jalon.web.public.urls")),
    path("compte/", include("allauth.urls")),
    path("candidat/", include("jalon.web.candidate.urls")),
    path("accompagnement/", include("jalon.web.architect.urls")),
    path("certificateur/", include("jalon.web.certifier.urls")),
    path("jury/", include("jalon.web.juror.urls")),
    path("gestion/", include("jalon.web.office.urls")),
    path("pilotage/", include("jalon.web.steering.urls")),
    path("droit/", include("jalon.web.law.urls")),
    path("dossiers/", include("jalon.web.dossiers.urls")),
    path("dossiers/<uuid:id>/", include("jalon.web.writing.urls")),
]
