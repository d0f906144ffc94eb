"""The root of every address."""

from django.urls import include, path

from jalon.config.health import health

urlpatterns = [
    path("healthz", health, name="health"),
    path("", include("jalon.web.urls")),
]

handler400 = "jalon.web.errors.bad_request"
handler403 = "jalon.web.errors.forbidden"
handler404 = "jalon.web.errors.not_found"
handler500 = "jalon.web.errors.server_error"
