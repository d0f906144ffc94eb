"""Which space answers under which address."""

from django.urls import include, path

from jalon.web import sign_in

urlpatterns = [
    path("", include("jalon.web.public.urls")),
    path("compte/login/", sign_in.PasswordView.as_view(), name="account_login"),
    path("compte/login/code/", sign_in.AddressView.as_view(), name="account_request_login_code"),
    path(
        "compte/login/code/confirm/", sign_in.CodeView.as_view(), name="account_confirm_login_code"
    ),
    path("compte/signup/", sign_in.NewcomerView.as_view(), name="account_signup"),
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
