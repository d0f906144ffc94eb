"""Addresses of the architects' space."""

from django.urls import path

from jalon.web.architect import views

app_name = "architect"
urlpatterns = [path("", views.caseload, name="caseload")]
