"""Addresses of the certifier's space."""

from django.urls import path

from jalon.web.certifier import criteria, equivalences, jurors, settings, views

app_name = "certifier"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("jurys/", views.sessions, name="sessions"),
    path("jurys/nouveau/", views.new_session, name="new_session"),
    path("jurys/<int:number>/", views.session, name="session"),
    path("reglages/", settings.settings, name="settings"),
    path("reglages/<str:name>/", settings.change_setting, name="change_setting"),
    path("jurys/<int:number>/modifier/", views.change_session, name="change_session"),
    path("jurys/<int:number>/composition/", views.panel, name="panel"),
    path("jurys/<int:number>/annuler/", views.cancel_session, name="cancel_session"),
    path("jurys/<int:number>/convoquer/", views.convene_several, name="convene_several"),
    path("criteres/", criteria.sheets, name="criteria"),
    path("criteres/<slug:code>/", criteria.criteria, name="sheet_criteria"),
    path("equivalences/", equivalences.table, name="equivalences"),
    path("equivalences/nouvelle/", equivalences.add, name="new_equivalence"),
    path("equivalences/<int:number>/finir/", equivalences.end, name="end_equivalence"),
    path("membres/", jurors.members, name="jurors"),
    path("membres/nouveau/", jurors.member, name="new_juror"),
    path("membres/participations/", jurors.participations, name="participations"),
    path("membres/<int:number>/", jurors.member, name="juror"),
    path("membres/<int:number>/retirer/", jurors.retire, name="retire_juror"),
    path("convoquer/<uuid:id>/", views.convene, name="convene"),
    path("jurys/lien/<int:number>/lever/", views.lift_link, name="lift_link"),
    path("passage/<int:number>/absence/", views.absence, name="absence"),
    path("passage/<int:number>/report/", views.postpone, name="postpone"),
]
