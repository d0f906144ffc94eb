"""The jurors' space: declare one's independence, read, score, vote, sign."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jalon.catalogue.models import Competence
from jalon.documents import queries as documents
from jalon.journeys.actions import act
from jalon.juries import actions, queries
from jalon.juries.models import Hearing, Seat
from jalon.law.facts import BlocVote, MinutesRequest
from jalon.law.vocabulary import Act, Mastery, PanelRole, Role
from jalon.web import form_actions
from jalon.web.access import Visit, needs
from jalon.web.forms import LongText, field, grouped, law_asks


@needs(Role.JUROR)
@require_safe
def home(request: Visit) -> HttpResponse:
    """List the sessions the person sits in, with the candidates to hear."""
    page = Paginator(queries.sessions_of_juror(request.user), 15).get_page(request.GET.get("page"))
    return render(request, "juror/home.html", {"page": page})


def hearing_or_404(request: Visit, number: int) -> Hearing:
    """Return a hearing the person sits in, or a 404."""
    try:
        found = queries.hearing(request.user, number)
    except Hearing.DoesNotExist as unknown:
        raise Http404 from unknown
    if not found.session.panel.filter(juror__user=request.user).exists():
        raise Http404
    return found


@needs(Role.JUROR)
@require_safe
def hearing(request: Visit, number: int) -> HttpResponse:
    """Show what there is to do for one candidate, in order."""
    shown = hearing_or_404(request, number)
    journey = shown.attempt.journey
    declarations = list(shown.declarations.select_related("juror__user"))
    panel = list(shown.session.panel.select_related("juror__user"))
    return render(
        request,
        "juror/hearing.html",
        {
            "hearing": shown,
            "journey": journey,
            "panel": panel,
            "empty": (empty := set(shown.vacancies.values_list("seat_id", flat=True))),
            "sitting": len(panel) - len(empty),
            "declared": {one.juror_id: one for one in declarations},
            "mine": next(
                (one for one in declarations if one.juror.user_id == request.user.pk), None
            ),
            "president": any(
                seat.juror.user_id == request.user.pk and seat.role == PanelRole.PRESIDENT
                for seat in panel
            ),
            "documents": documents.documents(request.user, journey).filter(
                kind__in=documents.JURY_READS
            ),
            "competences": Competence.objects.filter(bloc__attempts=shown.attempt).count(),
            "found": shown.assessments.count(),
            "votes": shown.votes.select_related("bloc").order_by("bloc__position"),
            "blocs": shown.attempt.blocs.count(),
            "addenda": shown.addenda.all(),
        },
    )


def step(
    request: Visit,
    shown: Hearing,
    form: forms.Form,
    do: Callable[[], Any],
    title: str,
    page: str = "form_page.html",
    **more: Any,
) -> HttpResponse:
    """Show one step's form and do it; a refusal is shown with its rule."""
    if form_actions.submit(request, form, do):
        messages.success(request, "C’est enregistré.")
        return redirect("juror:hearing", shown.pk)
    back = reverse("juror:hearing", args=[shown.pk])
    return form_actions.render_form(request, form, page, title=title, back=back, **more)


class DeclarationForm(forms.Form):
    """Independence towards one candidate (R-064)."""

    related = forms.TypedChoiceField(
        label="Avez-vous, ou avez-vous eu, un lien professionnel ou personnel avec ce candidat ?",
        choices=[("non", "Non, aucun lien"), ("oui", "Oui, un lien")],
        widget=forms.RadioSelect,
        coerce=lambda said: said == "oui",
    )
    detail = forms.CharField(label="Si oui, lequel ?", required=False)


@needs(Role.JUROR)
def declare(request: Visit, number: int) -> HttpResponse:
    """Sign the declaration of independence."""
    shown = hearing_or_404(request, number)
    form = DeclarationForm(request.POST or None)
    name = shown.attempt.journey.candidate.get_full_name()
    return step(
        request,
        shown,
        form,
        lambda: actions.declare(shown, request.user, **form.cleaned_data),
        f"Mon indépendance envers {name}",
        submit="Signer ma déclaration",
        lead="Un lien, même ancien, empêche de juger ce candidat.",
    )


class PresenceForm(forms.Form):
    """Who sits for one candidate (R-059, R-071): the votes are those of the members present."""

    present = forms.ModelMultipleChoiceField(
        label="Qui siège pour ce candidat ?",
        queryset=Seat.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Décochez les absents, et qui se retire pour ce candidat : leur voix ne compte pas.",
    )

    def __init__(self, *args: Any, shown: Hearing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = shown.session.panel.select_related("juror__user")
        field(self, "present").queryset = seats
        law_asks(self, "present")
        field(self, "present").initial = list(present_seats(shown))


def present_seats(shown: Hearing) -> QuerySet[Seat]:
    """Return the seats held while a candidate is heard, the president's first."""
    held = shown.session.panel.exclude(vacancies__hearing=shown)
    return held.select_related("juror__user").order_by("-role", "pk")


@needs(Role.JUROR)
def presence(request: Visit, number: int) -> HttpResponse:
    """Record who sits, by the president."""
    shown = hearing_or_404(request, number)
    form = PresenceForm(request.POST or None, shown=shown)

    def mark() -> None:
        kept = [seat.pk for seat in form.cleaned_data["present"]]
        actions.mark_presence(shown, request.user, kept)

    return step(request, shown, form, mark, "Noter les présences")


class AssessmentsForm(forms.Form):
    """What the panel finds, competence by competence (R-072)."""

    def __init__(self, *args: Any, shown: Hearing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = {one.competence_id: one for one in shown.assessments.all()}
        self.competences = list(
            Competence.objects.filter(bloc__attempts=shown.attempt)
            .select_related("bloc")
            .prefetch_related("criteria")
            .order_by("bloc__position", "position")
        )
        for one in self.competences:
            found = kept.get(one.pk)
            self.fields[f"mastery_{one.pk}"] = forms.ChoiceField(
                label=one.title,
                choices=Mastery.choices(),
                widget=forms.RadioSelect,
                required=False,
                help_text=" ".join(criterion.text for criterion in one.criteria.all()),
                initial=found.mastery if found else None,
            )
            self.fields[f"comment_{one.pk}"] = forms.CharField(
                label=f"Remarque sur « {one.title} »",
                required=False,
                initial=found.comment if found else "",
            )
            law_asks(self, f"mastery_{one.pk}")
            grouped(self, one.bloc.title, f"mastery_{one.pk}", f"comment_{one.pk}")

    def found(self) -> dict[Competence, tuple[Mastery, str]]:
        """Return what was found so far."""
        said = self.cleaned_data
        return {
            one: (Mastery(said[f"mastery_{one.pk}"]), said[f"comment_{one.pk}"])
            for one in self.competences
            if said[f"mastery_{one.pk}"]
        }


@needs(Role.JUROR)
def assessments(request: Visit, number: int) -> HttpResponse:
    """Score each competence with its criteria."""
    shown = hearing_or_404(request, number)
    form = AssessmentsForm(request.POST or None, shown=shown)
    return step(
        request,
        shown,
        form,
        lambda: actions.record_assessments(shown, request.user, form.found()),
        "Évaluer les compétences",
    )


def assessments_in_words(shown: Hearing) -> dict[int, str]:
    """Return what the panel found for each bloc, as « 2 maîtrisée(s) » would be said, by its key."""
    said: dict[int, Counter[str]] = {}
    for one in shown.assessments.select_related("competence"):
        said.setdefault(one.competence.bloc_id, Counter())[one.get_mastery_display().lower()] += 1
    return {
        bloc: "Évaluation du jury : "
        + ", ".join(f"{n} {word}" for word, n in counted.items())
        + "."
        for bloc, counted in said.items()
    }


#: The president's vote, as the form says it.
CASTING = {None: "", True: "oui", False: "non"}


class VotesForm(forms.Form):
    """The votes, bloc by bloc (R-062)."""

    def __init__(self, *args: Any, shown: Hearing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = {one.bloc_id: one for one in shown.votes.all()}
        found = assessments_in_words(shown)
        self.blocs = list(shown.attempt.blocs.order_by("position"))
        for bloc in self.blocs:
            vote = kept.get(bloc.pk)
            asked = {
                f"for_{bloc.pk}": forms.IntegerField(
                    label="Voix pour",
                    min_value=0,
                    initial=vote.votes_for if vote else None,
                    help_text=found.get(bloc.pk, "Aucune compétence n’est encore évaluée."),
                ),
                f"against_{bloc.pk}": forms.IntegerField(
                    label="Voix contre",
                    min_value=0,
                    initial=vote.votes_against if vote else None,
                ),
                f"president_{bloc.pk}": forms.ChoiceField(
                    label="Vote du président, s’il y a égalité",
                    required=False,
                    choices=[("", "Pas d’égalité"), ("oui", "Pour"), ("non", "Contre")],
                    initial=CASTING[vote.president_for] if vote else "",
                ),
                f"ground_{bloc.pk}": LongText(
                    label="Motif, si le bloc n’est pas acquis",
                    required=False,
                    help_text="Au regard du référentiel seulement.",
                    initial=vote.ground if vote else "",
                ),
            }
            self.fields.update(asked)
            grouped(self, bloc.title, *asked)

    def votes(self) -> dict[Any, BlocVote]:
        """Return the votes."""
        said = self.cleaned_data
        return {
            bloc: BlocVote(
                bloc.code,
                said[f"for_{bloc.pk}"],
                said[f"against_{bloc.pk}"],
                next(
                    kept for kept, word in CASTING.items() if word == said[f"president_{bloc.pk}"]
                ),
                said[f"ground_{bloc.pk}"],
            )
            for bloc in self.blocs
        }


@needs(Role.JUROR)
def votes(request: Visit, number: int) -> HttpResponse:
    """Write the votes of the panel."""
    shown = hearing_or_404(request, number)
    form = VotesForm(request.POST or None, shown=shown)
    sitting = present_seats(shown).count()
    return step(
        request,
        shown,
        form,
        lambda: actions.vote(shown, request.user, form.votes()),
        "Délibérer, bloc par bloc",
        lead=f"Siègent : {sitting}. Le total des voix d’un bloc ne dépasse pas ce nombre.",
    )


class SignForm(forms.Form):
    """The president closes the deliberation (R-076)."""

    condition = forms.CharField(
        label="Réserve",
        required=False,
        help_text="Seulement si tout est acquis, sous une condition à prouver.",
    )
    imbalance_reason = forms.CharField(
        label="Si le jury présent ne compte que des femmes ou que des hommes, pourquoi ?",
        required=False,
    )
    grounds_confirmed = forms.BooleanField(
        label="Chaque motif porte sur les compétences du référentiel.", required=False
    )
    signed = forms.BooleanField(
        label="Je signe le procès-verbal. Il ne pourra plus être modifié.", required=False
    )


@needs(Role.JUROR)
def sign(request: Visit, number: int) -> HttpResponse:
    """Sign the minutes: every jury rule is asked here."""
    shown = hearing_or_404(request, number)
    form = SignForm(request.POST or None)
    return step(
        request,
        shown,
        form,
        lambda: act(
            shown.attempt.journey_id,
            Act.RECORD_DELIBERATION,
            by=request.user,
            facts=MinutesRequest(shown.pk, **form.cleaned_data),
        ),
        "Signer le procès-verbal",
        page="juror/sign.html",
        submit="Signer",
        sitting=present_seats(shown),
        votes=shown.votes.select_related("bloc").order_by("bloc__position"),
    )


class AddendumForm(forms.Form):
    """A correction of signed minutes."""

    text = LongText(label="Additif au procès-verbal")


@needs(Role.JUROR)
def addendum(request: Visit, number: int) -> HttpResponse:
    """Correct signed minutes by an addendum."""
    shown = hearing_or_404(request, number)
    form = AddendumForm(request.POST or None)
    return step(
        request,
        shown,
        form,
        lambda: actions.add_addendum(shown, request.user, form.cleaned_data["text"]),
        "Ajouter un additif",
    )
