"""Addresses of the candidate's space."""

from django.urls import path

from jalon.web.candidate import data, views
from jalon.web.dossiers import reads

app_name = "candidate"
urlpatterns = [
    path("", views.home, name="home"),
    path("mes-donnees/", data.data, name="data"),
    path("mes-donnees/lectures/", reads.mine, name="reads"),
    path("mes-donnees/copie/", data.ask_copy, name="ask_copy"),
    path("mes-donnees/copie/<uuid:id>/", data.copy, name="copy"),
    path("mes-donnees/reconnexion/", data.sign_in_again, name="sign_in_again"),
    path("<uuid:id>/", views.journey, name="journey"),
    path("commencer/<slug:code>/", views.start, name="start"),
]
