"""The root of every address."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from jalon.config.health import health
from jalon.config.metrics import metrics

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health, name="health"),
    path("metrics", metrics, name="metrics"),
    path("", include("jalon.web.urls")),
]
if settings.DEMO or settings.DEV or settings.TEST:
    urlpatterns.append(path("demo/", include("jalon.demo.urls")))

handler400 = "jalon.web.errors.bad_request"
handler403 = "jalon.web.errors.forbidden"
handler404 = "jalon.web.errors.not_found"
handler500 = "jalon.web.errors.server_error"
