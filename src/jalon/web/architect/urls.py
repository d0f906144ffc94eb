"""Addresses of the architects' space."""

from django.urls import path

from jalon.web.architect import agenda, attendance, covers, takeover, today, views, workshops

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
    path("remplacements/", covers.listing, name="covers"),
    path("remplacements/nouveau/", covers.new, name="new_cover"),
    path("remplacements/<int:number>/", covers.cover, name="cover"),
    path("remplacements/<int:number>/retirer/", covers.end, name="end_cover"),
    path("remplacements/<int:number>/confier/", covers.entrust, name="entrust"),
    path("ateliers/", workshops.listing, name="workshops"),
    path("ateliers/nouveau/", workshops.new, name="new_workshop"),
    path("ateliers/<int:number>/", workshops.workshop, name="workshop"),
    path("ateliers/<int:number>/modifier/", workshops.change, name="change_workshop"),
    path("ateliers/<int:number>/annuler/", workshops.cancel, name="cancel_workshop"),
    path("ateliers/<int:number>/inscrire/", workshops.enrol, name="enrol"),
    path("ateliers/<int:number>/retirer/<int:enrolment>/", workshops.take_off, name="take_off"),
    path("ateliers/<int:number>/presences/<int:half_day>/", workshops.presence, name="presence"),
    path("emargement/", attendance.half_days, name="attendance"),
    path("emargement/<int:number>/", attendance.half_day, name="half_day"),
    path("emargement/<int:number>/codes/", attendance.send_codes, name="send_codes"),
    path("emargement/<int:number>/animation/", attendance.sign_leader, name="sign_leader"),
    path("emargement/<int:number>/<uuid:id>/", attendance.sign_half_day, name="sign_half_day"),
    path("emargement/rendez-vous/<int:number>/", attendance.sign_meeting, name="sign_meeting"),
    path("emargement/atelier/<int:number>/", attendance.sheet, name="attendance_sheet"),
]
