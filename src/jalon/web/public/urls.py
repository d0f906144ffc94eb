"""Addresses that everyone may open."""

from django.urls import path

from jalon.web.public import (
    aids,
    booking,
    catalogue,
    comfort,
    employers,
    feed,
    news,
    offers,
    sheet,
    signing,
    views,
    work,
)

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("hors-ligne.js", views.offline, name="offline"),
    path("orientation/", views.orientation, name="orientation"),
    path("mon-travail/", work.work, name="work"),
    path("certifications/", catalogue.catalogue, name="catalogue"),
    path("certifications/<slug:code>/", sheet.sheet, name="sheet"),
    path("pages/<slug:name>/", views.page, name="page"),
    path("confort/", comfort.comfort, name="comfort"),
    path("verifier/", views.verify, name="verify"),
    path("rendez-vous/lien/<str:token>/", booking.booking, name="booking"),
    path("rendez-vous/lien/<str:token>/deplacer/", booking.move_booking, name="move_booking"),
    path("rendez-vous/lien/<str:token>/annuler/", booking.cancel_booking, name="cancel_booking"),
    path("rendez-vous/lien/<str:token>/plus-tot/", booking.earlier, name="earlier"),
    path("rendez-vous/propose/<str:token>/", booking.earlier_offer, name="earlier_offer"),
    path("signature/lien/<str:token>/", signing.sign, name="sign"),
    path("nouvelles/lien/<str:token>/je-continue/", news.go_on, name="goes_on"),
    path("nouvelles/lien/<str:token>/j-arrete/", news.stop, name="stops"),
    path("entreprise/lien/<str:token>/", employers.employer, name="employer"),
    path("aide/lien/<str:token>/", aids.helps, name="aid"),
    path("aide/lien/<str:token>/<int:number>/", aids.text, name="aid_text"),
    path("aide/lien/<str:token>/<int:number>/garder/", aids.save, name="save_aid_text"),
    path("aide/lien/<str:token>/<int:number>/voix/<uuid:id>/", aids.listen, name="aid_voice"),
    path("agenda/flux/<str:secret>.ics", feed.feed, name="feed"),
    path("roles/", offers.offers, name="offers"),
    path("roles/<int:number>/", offers.answer, name="answer_offer"),
    path("ensuite/", views.after_sign_in, name="after_sign_in"),
]
