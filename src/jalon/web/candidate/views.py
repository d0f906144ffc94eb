"""The candidate's space: one thing a page, a phone first, nothing lost."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from jalon.catalogue import queries as catalogue
from jalon.catalogue.models import Certification
from jalon.documents import queries as documents
from jalon.documents.models import Document
from jalon.journeys import queries
from jalon.journeys.actions import register
from jalon.journeys.models import Journey
from jalon.juries.models import Hearing
from jalon.law import facts, writing
from jalon.law.routing import route_for
from jalon.law.rulebook import Refusal, Refused
from jalon.law.stages import ENDS
from jalon.law.transitions import Offer
from jalon.law.vocabulary import (
    Accompaniment,
    DocumentKind,
    OrganisationKind,
    Role,
    Scope,
    Stage,
)
from jalon.now import today
from jalon.people.models import Organisation
from jalon.web import form_actions
from jalon.web.access import Visit, needs
from jalon.web.candidate import forms

S = Stage
#: For each stage: the step of the five it belongs to, who acts now, and what comes next.
WHERE: dict[Stage, tuple[int, str, str]] = {
    S.REGISTERED: (
        2,
        "Votre organisme accompagnateur",
        "Un architecte vous contacte pour un premier rendez-vous.",
    ),
    S.TAKEN_ON: (2, "Votre architecte", "Vous faites le point au premier rendez-vous."),
    S.MEETING_HELD: (2, "Votre architecte", "Il vous propose un parcours avec des dates."),
    S.PATH_PROPOSED: (2, "Vous", "Lisez le parcours proposé et donnez votre réponse."),
    S.PATH_ACCEPTED: (
        3,
        "Vous et votre architecte",
        "Remplissez le dossier de faisabilité, puis signez-le.",
    ),
    S.FEASIBILITY_SENT: (3, "Le certificateur", "Il vérifie que le dossier est complet."),
    S.FEASIBILITY_INCOMPLETE: (3, "Vous", "Ajoutez ce qui manque, signez et renvoyez le dossier."),
    S.FEASIBILITY_COMPLETE: (3, "Le certificateur", "Il décide si votre demande est recevable."),
    S.ADMISSIBLE: (4, "Vous", "Écrivez le dossier de validation, compétence par compétence."),
    S.VALIDATION_SENT: (4, "Le certificateur", "Il vérifie le dossier de validation."),
    S.VALIDATION_RETURNED: (4, "Vous", "Complétez le dossier de validation et renvoyez-le."),
    S.VALIDATION_ACCEPTED: (5, "Le certificateur", "Il fixe la date du jury."),
    S.JURY_SCHEDULED: (5, "Vous", "Préparez votre passage devant le jury."),
    S.DELIBERATED: (5, "Le certificateur", "Il vous envoie le résultat."),
    S.CERTIFIED: (6, "Vous", "Demandez votre certificat."),
    S.CONDITIONALLY_CERTIFIED: (
        6,
        "Le certificateur",
        "Il lève la réserve quand la preuve est là.",
    ),
    S.BLOCS_CERTIFIED: (6, "Vous", "Demandez vos attestations de bloc."),
    S.PARTIALLY_CERTIFIED: (
        5,
        "Vous et votre architecte",
        "Préparez les blocs qui restent à obtenir.",
    ),
    S.NOT_CERTIFIED: (5, "Vous et votre architecte", "Faites le point et choisissez la suite."),
}
TITLES = (
    "Candidature",
    "Premier rendez-vous",
    "Dossier de faisabilité",
    "Dossier de validation",
    "Jury",
)
#: Stages at which everything aimed at is obtained.
OBTAINED = (S.CERTIFIED, S.BLOCS_CERTIFIED)


def own(request: Visit) -> Journey:
    """Return the journey the candidate is on, or a 404."""
    journey = queries.current(request.user)
    if journey is None:
        raise Http404
    return journey


@needs(Role.CANDIDATE)
@require_safe
def home(request: Visit) -> HttpResponse:
    """Answer: where am I, what is next, by when and why, who acts now."""
    journey = queries.current(request.user)
    if journey is None:
        return render(request, "candidate/welcome.html")
    papers_of = documents.documents(request.user, journey)
    number, who, what = turn(journey, awarded=issued(papers_of))
    position = queries.position(request.user, journey)
    acts = [row for row in position.acts if row.offer != Offer.WITHIN]
    states = [
        (title, "past" if n < number else "here" if n == number else "")
        for n, title in enumerate(TITLES, 1)
    ]
    return render(
        request,
        "candidate/home.html",
        {
            "journey": journey,
            "who": who,
            "what": what,
            "states": states,
            "ended": journey.stage in ENDS,
            "acts": [row for row in acts if row.offer != Offer.QUIET],
            "quiet": [row for row in acts if row.offer == Offer.QUIET],
            "warnings": position.warnings,
            "clocks": position.deadlines,
            "documents": papers_of[:20],
            "hearing": Hearing.objects.filter(
                attempt__journey=journey, cancelled_at__isnull=True, locked_at__isnull=True
            )
            .select_related("session")
            .last(),
            "decision": journey.decisions.filter(revoked_at__isnull=True)
            .prefetch_related("gaps")
            .first(),
            "awards": journey.awards.filter(withdrawn_on__isnull=True).select_related("bloc"),
            "missing_blocs": missing_blocs(journey),
            "plan": journey.plan.all(),
            "milestones": journey.milestones.all(),
            "journal": queries.journal(request.user, journey)[:8],
            "may_fill": fills(journey),
            "answer_first": journey.stage == S.PATH_PROPOSED,
            "may_write": journey.stage in writing.VALIDATION.stages,
        },
    )


def turn(journey: Journey, *, awarded: bool) -> tuple[int, str, str]:
    """Return the step of the five, who acts now, and what comes next."""
    if journey.stage == S.REGISTERED and journey.accompaniment == Accompaniment.ALONE:
        return 3, "Vous", "Remplissez le dossier de faisabilité, signez-le et envoyez-le."
    if journey.documents_requested_at:
        return 6, "Le certificateur", "Il prépare votre certificat ou vos attestations."
    if journey.stage in OBTAINED and awarded:
        return 6, "Vous", "Téléchargez vos documents, plus bas, et gardez-les."
    return WHERE.get(journey.stage, (0, "", ""))


def issued(papers_of: QuerySet[Document]) -> bool:
    """Say whether the certificate or the attestations were already delivered."""
    return papers_of.filter(kind__in=(DocumentKind.CERTIFICATE, DocumentKind.ATTESTATION)).exists()


def fills(journey: Journey) -> bool:
    """Say whether it is time to fill in the feasibility file."""
    return journey.stage in writing.FEASIBILITY.stages


def missing_blocs(journey: Journey) -> list[Any]:
    """Return the targeted blocs that a known result leaves to obtain."""
    if journey.stage not in (S.PARTIALLY_CERTIFIED, S.NOT_CERTIFIED):
        return []
    held = journey.awards.filter(withdrawn_on__isnull=True).values("bloc")
    return list(journey.targeted.exclude(pk__in=held))


@login_required
def start(request: Visit, code: str) -> HttpResponse:
    """Register for a certification; an open journey on it is resumed, never doubled."""
    certification = get_object_or_404(Certification.objects.prefetch_related("blocs"), code=code)
    if queries.under_way(request.user).filter(certification=certification).exists():
        return redirect("candidate:home")
    routing = route_for(catalogue.sheet(certification), today())
    form = forms.StartForm(request.POST or None, certification=certification)

    def apply() -> None:
        said = form.cleaned_data
        certifier = first(OrganisationKind.CERTIFIER)
        organisation = first(OrganisationKind.ACCOMPANIST)
        if routing.refusal or routing.route is None:
            raise Refused(routing.refusal or no_route())
        if certifier is None or organisation is None:
            raise Refused(not_open())
        wanted = facts.Registration(
            routing.route,
            Accompaniment(said["accompaniment"]),
            Scope(said["scope"]),
            tuple(said["blocs"]),
            said["consent"],
            said["in_initial_training"],
        )
        register(
            request.user, certification, wanted, certifier=certifier, organisation=organisation
        )

    if form_actions.submit(request, form, apply):
        messages.success(request, "Votre candidature est déposée.")
        return redirect("candidate:home")
    return form_actions.render_form(
        request, form, "candidate/start.html", certification=certification, routing=routing
    )


def first(kind: OrganisationKind) -> Organisation | None:
    """Return the organisation of a kind that this installation was opened for."""
    return Organisation.objects.filter(kind=kind).order_by("pk").first()


def not_open() -> Refusal:
    """Return the refusal of an installation whose organisations are not known yet."""
    return Refusal("TABLE", "Le dépôt de candidature n’est pas encore ouvert ici. Contactez-nous.")


def no_route() -> Refusal:
    """Return the refusal of a certification that opens no route."""
    return Refusal("R-003", "Aucune procédure n’est ouverte pour cette certification.")
