"""Addresses of the candidate's space."""

from django.urls import path

from jalon.web.candidate import views

app_name = "candidate"
urlpatterns = [
    path("", views.home, name="home"),
    path("<uuid:id>/", views.journey, name="journey"),
    path("commencer/<slug:code>/", views.start, name="start"),
]
