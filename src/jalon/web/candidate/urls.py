"""Addresses of the candidate's space."""

from django.urls import path

from jalon.web.candidate import booking, company, data, hours, survey, views, workshops
from jalon.web.dossiers import reads

app_name = "candidate"
urlpatterns = [
    path("", views.home, name="home"),
    path("mes-donnees/", data.data, name="data"),
    path("mes-donnees/lectures/", reads.mine, name="reads"),
    path("mes-donnees/entreprise/", company.reads, name="employer_reads"),
    path("mes-donnees/copie/", data.ask_copy, name="ask_copy"),
    path("mes-donnees/copie/<uuid:id>/", data.copy, name="copy"),
    path("mes-donnees/reconnexion/", data.sign_in_again, name="sign_in_again"),
    path("<uuid:id>/", views.journey, name="journey"),
    path("<uuid:id>/rendez-vous/", booking.booking, name="booking"),
    path("<uuid:id>/rendez-vous/deplacer/", booking.move_booking, name="move_booking"),
    path("<uuid:id>/rendez-vous/plus-tot/", booking.earlier, name="earlier"),
    path("<uuid:id>/rendez-vous/agenda.ics", booking.calendar, name="booking_file"),
    path("<uuid:id>/rendez-vous/annuler/", booking.cancel_booking, name="cancel_booking"),
    path("<uuid:id>/heures/", hours.hours, name="hours"),
    path("<uuid:id>/heures/<slug:kind>/<int:number>/", hours.sign, name="sign"),
    path("<uuid:id>/ateliers/", workshops.listing, name="workshops"),
    path("<uuid:id>/ateliers/<int:number>/", workshops.workshop, name="workshop"),
    path("<uuid:id>/ateliers/<int:number>/inscription/", workshops.join, name="join_workshop"),
    path("<uuid:id>/ateliers/<int:number>/quitter/", workshops.leave, name="leave_workshop"),
    path("<uuid:id>/entreprise/", company.company, name="company"),
    path("<uuid:id>/entreprise/retirer/", company.withdraw, name="withdraw_agreement"),
    path("<uuid:id>/entreprise/quitter/", company.leave, name="leave_company"),
    path("<uuid:id>/avis/", survey.survey, name="survey"),
    path("commencer/<slug:code>/", views.start, name="start"),
]
