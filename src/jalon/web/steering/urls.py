"""Addresses of the figures: a page for each theme, a list behind each figure."""

from django.urls import path

from jalon.web.steering import views

app_name = "steering"
urlpatterns = [
    path("", views.home, name="home"),
    path("qualite/", views.quality, name="quality"),
    path("<slug:slug>/", views.theme, name="theme"),
    path("<slug:slug>/liste/", views.listed, name="list"),
]
