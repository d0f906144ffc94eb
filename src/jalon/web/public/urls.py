"""Addresses that everyone may open."""

from django.urls import path

from jalon.web.public import offers, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("orientation/", views.orientation, name="orientation"),
    path("certifications/", views.catalogue, name="catalogue"),
    path("certifications/<slug:code>/", views.sheet, name="sheet"),
    path("pages/<slug:name>/", views.page, name="page"),
    path("verifier/", views.verify, name="verify"),
    path("roles/", offers.offers, name="offers"),
    path("roles/<int:number>/", offers.answer, name="answer_offer"),
    path("ensuite/", views.after_sign_in, name="after_sign_in"),
]
