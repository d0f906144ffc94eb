"""Addresses of the architects' space."""

from django.urls import path

from jalon.web.architect import takeover, views

app_name = "architect"
urlpatterns = [
    path("", views.caseload, name="caseload"),
    path("reprendre/", takeover.one, name="take_over"),
    path("importer/", takeover.many, name="import"),
    path("importer/modele/", takeover.columns, name="import_columns"),
]
