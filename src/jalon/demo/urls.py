"""Addresses that exist in the demonstration only."""

from django.urls import path

from jalon.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.sign_in, name="sign_in"),
    path("courriels/", views.mails, name="mails"),
]
