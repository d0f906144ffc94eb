"""Addresses of the jurors' space."""

from django.urls import path

from jalon.web.juror import views

app_name = "juror"
urlpatterns = [
    path("", views.home, name="home"),
    path("session/<int:number>/", views.session, name="session"),
    path("session/<int:number>/agenda.ics", views.agenda, name="agenda"),
    path("passage/<int:number>/", views.hearing, name="hearing"),
    path("passage/<int:number>/independance/", views.declare, name="declare"),
    path("passage/<int:number>/presences/", views.presence, name="presence"),
    path("passage/<int:number>/competences/", views.assessments, name="assessments"),
    path("passage/<int:number>/mes-constats/", views.own_assessments, name="own_assessments"),
    path("passage/<int:number>/votes/", views.votes, name="votes"),
    path("passage/<int:number>/signer/", views.sign, name="sign"),
    path("passage/<int:number>/additif/", views.addendum, name="addendum"),
]
