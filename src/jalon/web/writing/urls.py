"""Addresses of the files that are written, and read, on one journey."""

from django.urls import path

from jalon.web.writing import (
    aids,
    autosave,
    feasibility,
    helping,
    reading,
    remarks,
    rereading,
    validation,
    versions,
    voice,
)

app_name = "writing"
urlpatterns = [
    path("frappe/", autosave.save, name="autosave"),
    path("faisabilite/", feasibility.feasibility, name="feasibility"),
    path("faisabilite/etat-civil/", feasibility.profile, name="profile"),
    path("faisabilite/attentes/", feasibility.goals, name="goals"),
    path("faisabilite/demande/", feasibility.admissibility_request, name="request"),
    path("faisabilite/demande.pdf", feasibility.request_pdf, name="request_pdf"),
    path("faisabilite/experience/", feasibility.experience, name="experience"),
    path("faisabilite/experience/<int:number>/", feasibility.experience, name="experience"),
    path(
        "faisabilite/experience/<int:number>/retirer/",
        feasibility.remove_experience,
        name="remove_experience",
    ),
    path("faisabilite/bloc/<int:number>/", feasibility.bloc, name="bloc"),
    path("faisabilite/documents/", feasibility.upload, name="upload"),
    path("faisabilite/documents/<uuid:document>/retirer/", feasibility.withdraw, name="withdraw"),
    path("faisabilite/relire/", reading.review, name="review"),
    path("validation/", validation.validation, name="validation"),
    path("validation/presentation/", validation.presentation, name="presentation"),
    path("validation/<int:number>/", validation.section, name="section"),
    path("validation/<int:number>/voix/", voice.record, name="record"),
    path("validation/<int:number>/ecrire/", helping.write, name="help"),
    path("validation/aide-a-l-ecriture/", aids.list_aids, name="aids"),
    path(
        "validation/aide-a-l-ecriture/<int:number>/renvoyer/",
        aids.send_again,
        name="send_aid_again",
    ),
    path("validation/aide-a-l-ecriture/<int:number>/retirer/", aids.withdraw, name="withdraw_aid"),
    path("validation/aide/<int:number>/", helping.helped, name="helped"),
    path("validation/<int:number>/remarques/", remarks.on_text, name="remarks"),
    path(
        "validation/<int:number>/remarques/<slug:question>/<int:start>/",
        remarks.remark,
        name="remark",
    ),
    path("validation/remarques/<int:number>/", remarks.reply, name="reply"),
    path("validation/<int:number>/versions/", versions.versions, name="versions"),
    path("validation/<int:number>/versions/comparer/", versions.compare, name="compare"),
    path("validation/suivi/", rereading.follow, name="follow"),
    path("validation/suivi/<int:number>/", rereading.ready, name="ready"),
    path("validation/avant-envoi/", rereading.before_sending, name="before_sending"),
    path("validation/relire/", reading.reading, name="reading"),
]
