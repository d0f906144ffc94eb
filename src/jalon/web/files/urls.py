"""Addresses of one journey, for everyone who may see it."""

from django.urls import path

from jalon.web.files import views

app_name = "files"
urlpatterns = [
    path("avis/", views.notices, name="notices"),
    path("document/<uuid:id>/", views.download, name="download"),
    path("<uuid:id>/", views.journey, name="journey"),
    path("<uuid:id>/calendrier/<int:milestone>/", views.keep, name="keep"),
    path("<uuid:id>/faire/<slug:name>/", views.do, name="act"),
]
