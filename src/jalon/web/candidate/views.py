"""The candidate's space: one thing a page, a phone first, nothing lost."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jalon.catalogue import queries as catalogue
from jalon.catalogue.models import Certification
from jalon.documents import actions as papers
from jalon.documents import queries as documents
from jalon.documents.models import Document, Origin
from jalon.documents.uploads import UploadRefused
from jalon.journeys import drafts, queries
from jalon.journeys.actions import open_journeys, register
from jalon.journeys.models import Journey, Section
from jalon.juries.models import Hearing
from jalon.law import case as facts
from jalon.law import lifecycle, writing
from jalon.law.admissibility import content_missing, missing_items
from jalon.law.experience import Period, days_covered, duration_label, short_experience_notice
from jalon.law.routing import route_for
from jalon.law.rulebook import Refusal, Refused
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    DocumentKind,
    ExperienceKind,
    OrganisationKind,
    Role,
    Scope,
    Stage,
)
from jalon.now import today
from jalon.people.models import CandidateProfile, Organisation
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
    "Candidature", "Premier rendez-vous", "Dossier de faisabilité", "Dossier de validation", "Jury",
)  # fmt: skip
#: Acts that have a page of their own in this space.
ELSEWHERE = (Act.CONFIRM_FEASIBILITY, Act.SIGN_ORIGINALITY)
#: Stages at which everything aimed at is obtained.
OBTAINED = (S.CERTIFIED, S.BLOCS_CERTIFIED)
#: Acts offered quietly, at the bottom of the page.
QUIET = (
    Act.DROP_OUT,
    Act.REQUEST_EXTRA_FILING,
    Act.RECORD_GIP_NOTICE,
    Act.PURSUE_PLAN_B,
    Act.GIVE_MANDATE,
)


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
    acts = [line for line in position.acts if line.act not in ELSEWHERE]
    shown = [
        line for line in acts
        if line.act not in QUIET and shown_now(line.act, journey, awarded=issued(papers_of))
    ]  # fmt: skip
    states = [
        (title, "past" if n < number else "here" if n == number else "")
        for n, title in enumerate(TITLES, 1)
    ]
    return render(request, "candidate/home.html", {
        "journey": journey, "who": who, "what": what, "states": states, "ended": journey.step in lifecycle.ENDS,
        "acts": shown, "quiet": [line for line in acts if line.act in QUIET],
        "warnings": position.warnings,
        "clocks": [one for one in queries.clocks(request.user, journey) if one.living],
        "documents": papers_of[:20],
        "hearing": Hearing.objects.filter(attempt__journey=journey, cancelled_at__isnull=True, locked_at__isnull=True)
        .select_related("session").last(),
        "decision": journey.decisions.filter(revoked_at__isnull=True).prefetch_related("gaps").first(),
        "awards": journey.awards.filter(withdrawn_on__isnull=True).select_related("bloc"),
        "missing_blocs": missing_blocs(journey),
        "plan": journey.plan.all(), "milestones": journey.milestones.all(),
        "journal": queries.journal(request.user, journey)[:8],
        "may_fill": fills(journey), "answer_first": journey.step == S.PATH_PROPOSED, "may_write": journey.step in writing.EDITABLE_VALIDATION,
    })  # fmt: skip


def turn(journey: Journey, *, awarded: bool) -> tuple[int, str, str]:
    """Return the step of the five, who acts now, and what comes next."""
    if journey.step == S.REGISTERED and journey.accompaniment == Accompaniment.ALONE:
        return 3, "Vous", "Remplissez le dossier de faisabilité, signez-le et envoyez-le."
    if journey.documents_requested_at:
        return 6, "Le certificateur", "Il prépare votre certificat ou vos attestations."
    if journey.step in OBTAINED and awarded:
        return 6, "Vous", "Téléchargez vos documents, plus bas, et gardez-les."
    return WHERE.get(journey.step, (0, "", ""))


def issued(papers_of: QuerySet[Document]) -> bool:
    """Say whether the certificate or the attestations were already delivered."""
    return papers_of.filter(kind__in=(DocumentKind.CERTIFICATE, DocumentKind.ATTESTATION)).exists()


def fills(journey: Journey) -> bool:
    """Say whether it is time to fill in the feasibility file."""
    return journey.step in writing.EDITABLE_FEASIBILITY


def shown_now(act: Act, journey: Journey, *, awarded: bool) -> bool:
    """Say whether an act deserves a button: sending waits for its signature, asking is done once."""
    if act == Act.REQUEST_DOCUMENTS:
        return not awarded and journey.documents_requested_at is None
    if act == Act.SEND_FEASIBILITY:
        return journey.feasibility.sworn_at is not None
    if act == Act.SEND_VALIDATION:
        return journey.attempt.validation.originality_at is not None
    return True


def missing_blocs(journey: Journey) -> list[Any]:
    """Return the targeted blocs that a known result leaves to obtain."""
    if journey.step not in (S.PARTIALLY_CERTIFIED, S.NOT_CERTIFIED):
        return []
    held = journey.awards.filter(withdrawn_on__isnull=True).values("bloc")
    return list(journey.targeted.exclude(pk__in=held))


@login_required
def start(request: Visit, code: str) -> HttpResponse:
    """Register for a certification; an open journey on it is resumed, never doubled (C-28)."""
    certification = get_object_or_404(Certification.objects.prefetch_related("blocs"), code=code)
    if open_journeys(request.user).filter(certification=certification).exists():
        return redirect("candidate:home")
    routing = route_for(catalogue.sheet(certification), today())
    form = forms.StartForm(request.POST or None, certification=certification)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            if routing.refusal or routing.route is None:
                raise Refused(routing.refusal or no_route())
            register(
                request.user, certification,
                facts.Registration(
                    routing.route, Accompaniment(said["accompaniment"]), Scope(said["scope"]),
                    tuple(said["blocs"]), said["consent"], said["in_initial_training"],
                ),
                certifier=Organisation.objects.filter(kind=OrganisationKind.CERTIFIER).earliest("pk"),
                organisation=Organisation.objects.filter(kind=OrganisationKind.ACCOMPANIST).earliest("pk"),
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, f"{refused.why} ({refused.rule}, {refused.refusal.article})")
        else:
            messages.success(request, "Votre candidature est déposée.")
            return redirect("candidate:home")
    return render(request, "candidate/start.html", {
        "form": form, "certification": certification, "routing": routing,
    })  # fmt: skip


def no_route() -> Refusal:
    """Return the refusal of a certification that opens no route."""
    return Refusal("R-003", "Aucune procédure n’est ouverte pour cette certification.")


@needs(Role.CANDIDATE)
@require_safe
def feasibility(request: Visit) -> HttpResponse:
    """List what the file asks for, and what is done."""
    journey = own(request)
    case = queries.position(request.user, journey).case
    done = {claim.bloc_id for claim in journey.feasibility.blocs.filter(done=True)}
    periods = [
        Period(one.started_on, one.ended_on, one.hours_per_week, ExperienceKind(one.kind))
        for one in journey.experiences.all()
    ]
    return render(request, "candidate/feasibility.html", {
        "journey": journey, "missing": missing_items(case), "content_missing": content_missing(case),
        "blocs": [(bloc, bloc.pk in done) for bloc in journey.targeted.order_by("position")],
        "experiences": journey.experiences.all(), "editable": fills(journey),
        "total": duration_label(days_covered(periods, today())) if periods else "",
        "advice": short_experience_notice(periods, today()) if periods else "",
        "profile_done": case.feasibility.civil_status_complete,
        "goals_done": case.feasibility.prerequisites is not None,
        "documents": documents.documents(request.user, journey).filter(origin=Origin.UPLOADED),
        "identity_done": case.feasibility.identity_document,
    })  # fmt: skip


def fill(
    request: Visit,
    form: Any,
    save: Any,
    title: str,
    back: str = "candidate:feasibility",
    **more: Any,
) -> HttpResponse:
    """Show a form; save what is valid, keep what was typed, show a refusal with its rule."""
    if request.method == "POST" and form.is_valid():
        try:
            save(form)
        except Refused as refused:
            form.add_error(None, f"{refused.why} ({refused.rule})")
        except UploadRefused as refused_file:
            form.add_error(None, str(refused_file))
        else:
            messages.success(request, "C’est enregistré.")
            return redirect(back)
    return render(
        request, "form_page.html", {"form": form, "title": title, "back": reverse(back)} | more
    )


@needs(Role.CANDIDATE)
def profile(request: Visit) -> HttpResponse:
    """Fill in the civil status."""
    journey = own(request)
    kept = CandidateProfile.objects.filter(user=request.user).first()
    form = forms.ProfileForm(request.POST or None, instance=kept)
    return fill(
        request,
        form,
        lambda f: drafts.save_profile(journey.pk, request.user, f.cleaned_data),
        "Mon état civil",
    )


@needs(Role.CANDIDATE)
def goals(request: Visit) -> HttpResponse:
    """Fill in prerequisites, expectations and trainings."""
    journey = own(request)
    form = forms.GoalsForm(request.POST or None, instance=journey.feasibility)
    return fill(
        request, form, lambda f: drafts.save_feasibility(journey.pk, request.user, f.cleaned_data),
        "Prérequis et attentes",
    )  # fmt: skip


@needs(Role.CANDIDATE)
def experience(request: Visit, number: int | None = None) -> HttpResponse:
    """Add an experience, or change one."""
    journey = own(request)
    kept = get_object_or_404(journey.experiences, pk=number) if number else None
    form = forms.ExperienceForm(request.POST or None, instance=kept)
    return fill(
        request, form, lambda f: drafts.save_experience(journey.pk, request.user, f.cleaned_data, number),
        "Une expérience", lead="Emploi, intérim, bénévolat, stage : tout compte.",
    )  # fmt: skip


@needs(Role.CANDIDATE)
@require_POST
def remove_experience(request: Visit, number: int) -> HttpResponse:
    """Take an experience out."""
    journey = own(request)
    try:
        drafts.remove_experience(journey.pk, request.user, number)
    except Refused as refused:
        messages.error(request, refused.why)
    return redirect("candidate:feasibility")


@needs(Role.CANDIDATE)
def bloc(request: Visit, number: int) -> HttpResponse:
    """Say which competences of a bloc are held, with examples."""
    journey = own(request)
    shown = get_object_or_404(journey.targeted.prefetch_related("competences"), pk=number)
    claims = {one.competence_id: one for one in journey.feasibility.competences.all()}
    kept = journey.feasibility.blocs.filter(bloc=shown).first()
    form = forms.BlocForm(
        request.POST or None, bloc=shown, claims=claims, text=kept.text if kept else ""
    )

    def save(valid: forms.BlocForm) -> None:
        drafts.save_bloc(
            journey.pk, request.user, shown, text=valid.cleaned_data["text"], claims=valid.claims()
        )

    return fill(
        request,
        form,
        save,
        shown.title,
        lead="Pour chaque compétence, dites si vous savez le faire.",
    )


@needs(Role.CANDIDATE)
def upload(request: Visit) -> HttpResponse:
    """Add a file or a photo."""
    journey = own(request)
    form = forms.UploadForm(request.POST or None, request.FILES or None)

    def save(valid: forms.UploadForm) -> None:
        drafts.open_feasibility_for(journey.pk, request.user)
        papers.store_upload(
            journey,
            DocumentKind(valid.cleaned_data["kind"]),
            valid.cleaned_data["file"],
            request.user,
        )

    return fill(request, form, save, "Ajouter un document")


@needs(Role.CANDIDATE)
@require_POST
def withdraw(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Take back a file before sending."""
    journey = own(request)
    try:
        document = documents.documents(request.user, journey).get(pk=id)
        drafts.open_feasibility_for(journey.pk, request.user)
        papers.withdraw(document, request.user)
    except Document.DoesNotExist as unknown:
        raise Http404 from unknown
    except Refused as refused:
        messages.error(request, refused.why)
    return redirect("candidate:feasibility")


@needs(Role.CANDIDATE)
@require_safe
def review(request: Visit) -> HttpResponse:
    """Read the whole file again before signing."""
    journey = own(request)
    claims = {one.competence_id: one for one in journey.feasibility.competences.all()}
    texts = {one.bloc_id: one.text for one in journey.feasibility.blocs.all()}
    return render(request, "candidate/review.html", {
        "journey": journey, "file": journey.feasibility,
        "profile": CandidateProfile.objects.filter(user=request.user).first(),
        "experiences": journey.experiences.all(),
        "blocs": journey.targeted.prefetch_related("competences").order_by("position"),
        "claims": claims, "texts": texts,
        "documents": documents.documents(request.user, journey).filter(origin=Origin.UPLOADED),
        "missing": content_missing(queries.position(request.user, journey).case),
        "editable": fills(journey),
    })  # fmt: skip


@needs(Role.CANDIDATE)
@require_safe
def validation(request: Visit) -> HttpResponse:
    """List the competences to write, and what is written."""
    journey = own(request)
    if not journey.attempts.exists():
        raise Http404
    file = journey.attempt.validation
    sections = list(file.sections.select_related("competence__bloc").prefetch_related("evidence"))
    written = sum(section.written for section in sections)
    return render(request, "candidate/validation.html", {
        "journey": journey, "file": file, "sections": sections, "written": written,
        "editable": journey.step in writing.EDITABLE_VALIDATION, "all_written": written == len(sections),
    })  # fmt: skip


@needs(Role.CANDIDATE)
def presentation(request: Visit) -> HttpResponse:
    """Write the few lines that present the person."""
    journey = own(request)
    if not journey.attempts.exists():
        raise Http404
    initial = {"presentation": journey.attempt.validation.presentation}
    form = forms.PresentationForm(request.POST or None, initial=initial)
    return fill(
        request, form,
        lambda f: drafts.save_presentation(journey.pk, request.user, f.cleaned_data["presentation"]),
        "Me présenter", back="candidate:validation",
    )  # fmt: skip


@needs(Role.CANDIDATE)
def section(request: Visit, number: int) -> HttpResponse:
    """Write one competence; on a conflict both texts are shown, nothing is overwritten."""
    journey = own(request)
    if not journey.attempts.exists():
        raise Http404
    kept = get_object_or_404(
        journey.attempt.validation.sections.select_related("competence__bloc"), competence_id=number
    )
    form = forms.SectionForm(
        request.POST or None, request.FILES or None, instance=kept, initial={"seen": kept.version}
    )
    theirs: Any = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            saved = drafts.save_section(
                journey.pk, request.user, number, {name: said[name] for name in Section.QUESTIONS},
                seen=said["seen"],
            )  # fmt: skip
            if saved.conflict:
                theirs = saved
            elif said["evidence"]:
                papers.store_upload(
                    journey, DocumentKind.EVIDENCE, said["evidence"], request.user, kept
                )
        except Refused as refused:
            form.add_error(None, f"{refused.why} ({refused.rule})")
        except UploadRefused as refused_file:
            form.add_error("evidence", str(refused_file))
        else:
            if not theirs:
                messages.success(request, "C’est enregistré.")
                return redirect("candidate:validation")
    return render(request, "candidate/section.html", {
        "form": form, "section": kept, "title": kept.competence.title, "theirs": theirs,
        "evidence": kept.evidence.filter(removed_at__isnull=True),
    })  # fmt: skip
