"""Addresses of the law as it is applied."""

from django.urls import path

from jalon.web.law import views

app_name = "law"
urlpatterns = [path("", views.applied, name="applied")]
