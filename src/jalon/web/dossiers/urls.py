"""Addresses of one journey, for everyone who may see it."""

from django.urls import path

from jalon.web.acts.views import do_act
from jalon.web.dossiers import (
    complaints,
    feed,
    hours,
    mails,
    notes,
    plan,
    proofs,
    questions,
    reads,
    rehearsals,
    reports,
    thread,
    views,
)

app_name = "dossiers"
urlpatterns = [
    path("reclamations/", complaints.register, name="complaints"),
    path("reclamations/<int:id>/", complaints.answer, name="answer_complaint"),
    path("avis/", views.notices, name="notices"),
    path("avis/courriels/", mails.choose, name="mails"),
    path("agenda/", feed.feed, name="feed"),
    path("agenda/supprimer/", feed.revoke, name="revoke_feed"),
    path("document/<uuid:id>/", views.download, name="download"),
    path("<uuid:id>/", views.journey, name="journey"),
    path("<uuid:id>/echanges/", views.exchanges, name="exchanges"),
    path("<uuid:id>/echanges/<int:number>/", reports.correct, name="correct_report"),
    path("<uuid:id>/messages/", thread.thread, name="thread"),
    path("<uuid:id>/messages/sans-reponse/", thread.settle, name="settle_messages"),
    path("<uuid:id>/messages/fichier/<uuid:file>/", thread.joined, name="joined_file"),
    path("<uuid:id>/notes/", notes.write, name="write_note"),
    path("<uuid:id>/notes/<int:number>/", notes.change, name="change_note"),
    path("<uuid:id>/questions/", questions.ask, name="ask_certifier"),
    path("<uuid:id>/questions/<int:number>/", questions.answer, name="answer_question"),
    path("<uuid:id>/entrainement/", rehearsals.rehearsal, name="rehearsal"),
    path("<uuid:id>/entrainement/bloc/<int:number>/", rehearsals.bloc, name="rehearsal_bloc"),
    path("<uuid:id>/entrainement/partager/", rehearsals.share, name="share_rehearsal"),
    path("<uuid:id>/entrainement/<int:number>/", rehearsals.grid, name="rehearsal_grid"),
    path("<uuid:id>/plan/<int:number>/faite/", plan.keep, name="keep_action"),
    path("<uuid:id>/plan/<int:number>/deplacer/", plan.move, name="move_action"),
    path("<uuid:id>/plan/<int:number>/abandonner/", plan.give_up, name="give_up_action"),
    path("<uuid:id>/ecrits/", views.written, name="written"),
    path("<uuid:id>/documents/", views.papers, name="papers"),
    path("<uuid:id>/journal/", views.journal, name="journal"),
    path("<uuid:id>/lectures/", reads.of_journey, name="reads"),
    path("<uuid:id>/preuve/<int:number>/", proofs.join, name="join_proof"),
    path("<uuid:id>/heures/", hours.hours, name="hours"),
    path("<uuid:id>/agenda.ics", views.agenda, name="agenda"),
    path("<uuid:id>/calendrier/<int:milestone>/", views.keep_milestone, name="keep_milestone"),
    path("<uuid:id>/faire/<slug:name>/", do_act, name="act"),
]
