"""Addresses of the architects' space."""

from django.urls import path

from jalon.web.architect import agenda, takeover, today, views, workshops

app_name = "architect"
urlpatterns = [
    path("", views.caseload, name="caseload"),
    path("aujourdhui/", today.page, name="today"),
    path("reprendre/", takeover.one, name="take_over"),
    path("importer/", takeover.many, name="import"),
    path("importer/modele/", takeover.columns, name="import_columns"),
    path("agenda/", agenda.week, name="agenda"),
    path("agenda/reglages/", agenda.settings, name="agenda_settings"),
    path("agenda/plage/", agenda.new_opening, name="new_opening"),
    path("agenda/plage/<int:number>/fermer/", agenda.end_opening, name="end_opening"),
    path("agenda/absence/", agenda.new_absence, name="new_absence"),
    path("agenda/absence/<int:number>/retirer/", agenda.end_absence, name="end_absence"),
    path("agenda/site/", agenda.new_site, name="new_site"),
    path("agenda/dossier/<uuid:id>/", agenda.book, name="book"),
    path("agenda/<int:number>/", agenda.booking, name="booking"),
    path("agenda/<int:number>/deplacer/", agenda.move_booking, name="move_booking"),
    path("agenda/<int:number>/annuler/", agenda.cancel_booking, name="cancel_booking"),
    path("agenda/<int:number>/presence/", agenda.settle, name="settle"),
    path("ateliers/", workshops.listing, name="workshops"),
    path("ateliers/nouveau/", workshops.new, name="new_workshop"),
    path("ateliers/<int:number>/", workshops.workshop, name="workshop"),
    path("ateliers/<int:number>/modifier/", workshops.change, name="change_workshop"),
    path("ateliers/<int:number>/annuler/", workshops.cancel, name="cancel_workshop"),
    path("ateliers/<int:number>/inscrire/", workshops.enrol, name="enrol"),
    path("ateliers/<int:number>/retirer/<int:enrolment>/", workshops.take_off, name="take_off"),
    path("ateliers/<int:number>/presences/<int:half_day>/", workshops.presence, name="presence"),
]
