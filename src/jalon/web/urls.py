"""Which space answers under which address."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("jalon.web.public.urls")),
    path("compte/", include("allauth.urls")),
    path("candidat/", include("jalon.web.candidate.urls")),
    path("accompagnement/", include("jalon.web.architect.urls")),
    path("certificateur/", include("jalon.web.certifier.urls")),
    path("jury/", include("jalon.web.juror.urls")),
    path("gestion/", include("jalon.web.office.urls")),
    path("dossiers/", include("jalon.web.dossiers.urls")),
    path("dossiers/<uuid:id>/", include("jalon.web.writing.urls")),
]

if settings.DEMO or settings.TEST:
    urlpatterns.append(path("demo/", include("jalon.web.demo.urls")))
