"""Addresses of the jurors' space."""

from django.urls import path

from jalon.web.juror import views

app_name = "juror"
urlpatterns = [
    path("", views.home, name="home"),
    path("passage/<int:number>/", views.hearing, name="hearing"),
    path("passage/<int:number>/independance/", views.declare, name="declare"),
    path("passage/<int:number>/presences/", views.presence, name="presence"),
    path("passage/<int:number>/competences/", views.assessments, name="assessments"),
    path("passage/<int:number>/votes/", views.votes, name="votes"),
    path("passage/<int:number>/signer/", views.sign, name="sign"),
    path("passage/<int:number>/additif/", views.addendum, name="addendum"),
]
