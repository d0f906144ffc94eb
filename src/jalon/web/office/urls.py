"""Addresses of the office: people and roles."""

from django.urls import path

from jalon.web.office import views

app_name = "office"
urlpatterns = [
    path("", views.people, name="people"),
    path("ajouter/", views.add, name="add"),
    path("<int:number>/terminer/", views.end, name="end"),
]
