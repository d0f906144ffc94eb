"""Addresses of the candidate's space."""

from django.urls import path

from jalon.web.candidate import views

app_name = "candidate"
urlpatterns = [
    path("", views.home, name="home"),
    path("commencer/<slug:code>/", views.start, name="start"),
    path("dossier/", views.feasibility, name="feasibility"),
    path("dossier/etat-civil/", views.profile, name="profile"),
    path("dossier/attentes/", views.goals, name="goals"),
    path("dossier/experience/", views.experience, name="experience"),
    path("dossier/experience/<int:number>/", views.experience, name="experience"),
    path(
        "dossier/experience/<int:number>/retirer/",
        views.remove_experience,
        name="remove_experience",
    ),
    path("dossier/bloc/<int:number>/", views.bloc, name="bloc"),
    path("dossier/documents/", views.upload, name="upload"),
    path("dossier/documents/<uuid:id>/retirer/", views.withdraw, name="withdraw"),
    path("dossier/relire/", views.review, name="review"),
    path("ecrire/", views.validation, name="validation"),
    path("ecrire/presentation/", views.presentation, name="presentation"),
    path("ecrire/<int:number>/", views.section, name="section"),
]
