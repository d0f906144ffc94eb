"""Journeys that began before Jalon: one by a form, many by a spreadsheet that is tried first."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jalon.catalogue import queries as catalogue
from jalon.catalogue.models import Certification
from jalon.journeys.models import Journey
from jalon.journeys.takeover import Taken, already_here, take_over
from jalon.law.facts import Registration
from jalon.law.plurals import plural
from jalon.law.routing import nobody_certifies, route_for
from jalon.law.rulebook import Refusal, Refused
from jalon.law.support import is_signed
from jalon.law.takeover import SUPPOSES, History, Verdict, faults
from jalon.law.vocabulary import Accompaniment, Role, Route, Scope
from jalon.now import now, today
from jalon.people import queries as people
from jalon.people.actions import account
from jalon.people.models import Certifying, Organisation, User
from jalon.people.policy import organisations
from jalon.web import form_actions
from jalon.web.access import Visit, needs
from jalon.web.architect.spreadsheet import (
    COLUMNS,
    LINE,
    SheetForm,
    columns_file,
    columns_workbook,
    rows_of,
)
from jalon.web.architect.workbook import WorkbookRefused
from jalon.web.asked import Import
from jalon.web.fields import DateField, field, group, validate_phone
from jalon.web.once import not_done

#: For how long a spreadsheet that was tried may be imported, in seconds.
TRIED_FOR = 3600
#: What the signature of a tried spreadsheet is for.
SALT = "jalon.takeover"
ANOTHER_PERSON = "Cette adresse est déjà celle de quelqu’un d’autre : vérifiez-la avec la personne."
ALL, NONE = "tous", "aucun"


class TakeoverForm(forms.Form):
    """A person, their certification, and the days that their journey went through."""

    #: The fields that say what the person aims at.
    aimed_at: ClassVar[tuple[str, ...]] = ("code", "certifier", "route", "blocs")
    first_name = forms.CharField(label="Prénom", max_length=150)
    last_name = forms.CharField(label="Nom", max_length=150)
    email = forms.EmailField(
        label="Adresse e-mail", help_text="La personne se connectera avec cette adresse."
    )
    phone = forms.CharField(
        label="Téléphone", max_length=30, required=False, validators=[validate_phone]
    )
    code = forms.CharField(label="Code RNCP", help_text="Par exemple RNCP38901.")
    certifier: forms.Field = forms.CharField(label="Certificateur", max_length=200, required=False)
    route = forms.TypedChoiceField(
        label="Procédure",
        choices=[("", "Celle qui était ouverte le jour de l’inscription"), *Route.choices()],
        coerce=Route,
        empty_value=None,
        required=False,
    )
    blocs = forms.CharField(
        label="Blocs visés",
        required=False,
        help_text="Leurs codes, séparés par des virgules. Vide : toute la certification.",
    )
    registered_on = DateField(label="Inscription le")
    portal_number = forms.CharField(label="N° de dossier France VAE", max_length=40, required=False)
    filed_on = DateField(label="Dossier de faisabilité déposé le", required=False)
    complete_on = DateField(label="Reconnu complet le", required=False)
    verdict = forms.TypedChoiceField(
        label="Décision",
        choices=[("", "Pas encore de décision"), *Verdict.choices()],
        coerce=Verdict,
        empty_value=None,
        required=False,
    )
    decided_on = DateField(label="Décision du", required=False)
    valid_until = DateField(
        label="Recevabilité valable jusqu’au",
        required=False,
        help_text="Parcours de 2002 : la limite écrite par le certificateur.",
    )
    deposited_on = DateField(label="Dossier de validation déposé le", required=False)
    hearing_on = DateField(label="Jury le", required=False)
    place = forms.CharField(label="Lieu du jury", max_length=300, required=False)
    result_on = DateField(label="Résultat reçu le", required=False)
    won = forms.CharField(
        label="Blocs obtenus",
        required=False,
        help_text=f"« {ALL} », « {NONE} », ou leurs codes séparés par des virgules.",
    )
    condition = forms.CharField(label="Réserve du jury", max_length=500, required=False)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **kwargs)
        group(self, "La personne", "first_name", "last_name", "email", "phone")
        group(self, "Ce qu’elle vise", *self.aimed_at)
        group(self, "L’inscription", "registered_on", "portal_number")
        decision = ("filed_on", "complete_on", "verdict", "decided_on", "valid_until")
        group(self, "La recevabilité", *decision)
        group(
            self, "Le jury", "deposited_on", "hearing_on", "place", "result_on", "won", "condition"
        )

    def clean_code(self) -> str:
        """Return the code of a certification that is in the catalogue."""
        digits = "".join(one for one in self.cleaned_data["code"] if one.isdigit())
        found = Certification.objects.filter(code=f"RNCP{digits}").first()
        if found is None:
            raise forms.ValidationError("Cette certification n’est pas au catalogue.")
        self.certification = found
        return found.code

    def clean_certifier(self) -> Certifying | None:
        """Return the certifier that is named; it must be when several deliver the sheet."""
        said = plain(self.cleaned_data["certifier"])
        if not hasattr(self, "certification"):
            return None
        delivering = list(people.certifying(self.certification))
        names = " ou ".join(f"« {one.organisation.name} »" for one in delivering)
        if not said and len(delivering) > 1:
            raise forms.ValidationError(
                f"Plusieurs certificateurs délivrent cette certification : écrivez {names}."
            )
        found = next((one for one in delivering if plain(one.organisation.name) == said), None)
        if said and delivering and found is None:
            raise forms.ValidationError(
                f"Ce certificateur ne délivre pas cette certification : écrivez {names}."
            )
        return found

    def clean_blocs(self) -> tuple[str, ...]:
        """Return the codes of the blocs aimed at; none for the whole certification."""
        return self.known_blocs("blocs")

    def clean_won(self) -> tuple[str, ...]:
        """Return the codes of the blocs obtained."""
        said = self.cleaned_data["won"].strip().lower()
        if said in ("", NONE) or not hasattr(self, "certification"):
            return ()
        if said == ALL:
            return self.cleaned_data.get("blocs") or self.all_blocs
        return self.known_blocs("won")

    @property
    def all_blocs(self) -> tuple[str, ...]:
        """Return the codes of the blocs of the certification."""
        return tuple(self.certification.blocs.values_list("code", flat=True))

    def known_blocs(self, name: str) -> tuple[str, ...]:
        """Return the codes that a field names, each of which the certification has."""
        said = [code.strip().upper() for code in self.cleaned_data[name].split(",") if code.strip()]
        if not hasattr(self, "certification"):
            return ()
        known = self.all_blocs
        short = {code.removeprefix(self.certification.code).lstrip("-"): code for code in known}
        for code in said:
            if code not in known and code not in short:
                why = f"« {code} » n’est pas un bloc de cette certification."
                raise forms.ValidationError(f"{why} Les siens : {', '.join(known)}.")
        return tuple(short.get(code, code) for code in said)

    def clean(self) -> dict[str, Any]:
        """Check that the days follow each other; a day that is no day is told once, by itself."""
        said = super().clean() or self.cleaned_data
        if "registered_on" in said:
            for name, why in faults(self.history(), today()):
                if not self.errors.keys() & {name, *SUPPOSES.get(name, ())}:
                    self.add_error(name, why)
        return said

    def history(self) -> History:
        """Return what the journey went through."""
        said = self.cleaned_data
        names = [name for name in History.__dataclass_fields__ if said.get(name)]
        return History(**{name: said[name] for name in names})

    def taken(self) -> Taken:
        """Return what is to be taken over; raises `Refused` when no certifier delivers the sheet."""
        said = self.cleaned_data
        named = self.certifying()
        person = account(said["email"], said["first_name"], said["last_name"])
        if not is_signed(said["last_name"], person.last_name):
            raise Refused(Refusal.permission(ANOTHER_PERSON))
        if said["phone"] and not person.phone:
            person.phone = said["phone"]
            person.save(update_fields=["phone"])
        organisation = Organisation.objects.filter(
            pk__in=organisations(self.by, Role.ARCHITECT, Role.HEAD)
        ).first()
        return Taken(
            person,
            self.certification,
            self.registration(),
            named.organisation,
            organisation,
            self.by,
            self.history(),
        )

    def certifying(self) -> Certifying:
        """Return who is named, or who delivers the sheet; raises `Refused` when nobody does."""
        chosen: Certifying | None = self.cleaned_data.get("certifier")
        named = chosen or people.certifying(self.certification).first()
        if named is None:
            raise Refused(nobody_certifies())
        return named

    def registration(self) -> Registration:
        """Return what the person chose when they registered, elsewhere."""
        said = self.cleaned_data
        route = said["route"] or self.route_of_the_day()
        return Registration(
            route,
            Accompaniment.ACCOMPANIED,
            Scope.BLOCS if said["blocs"] else Scope.WHOLE,
            said["blocs"],
            consent=True,
            in_initial_training=False,
        )

    def route_of_the_day(self) -> Route:
        """Return the procedure that was open on the day of the registration; may be `Refused`."""
        routing = route_for(catalogue.sheet(self.certification), self.cleaned_data["registered_on"])
        if routing.route is None:
            assert routing.refusal
            raise Refused(routing.refusal)
        return routing.route


class SheetChoice(forms.Form):
    """Which sheet of the catalogue a journey aims at."""

    code = forms.ModelChoiceField(
        label="Certification",
        queryset=Certification.objects.order_by("title", "code"),
        to_field_name="code",
        empty_label="Choisissez",
        error_messages={"invalid_choice": "Cette certification n’est pas au catalogue."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field(self, "code").label_from_instance = lambda one: f"{one.title} ({one.code})"


class ByHandForm(TakeoverForm):
    """A journey whose sheet is chosen: its blocs are ticked, its certifier chosen when there are several."""

    aimed_at = ("certifier", "route", "blocs")
    certifier: forms.Field = forms.ModelChoiceField(
        label="Certificateur", queryset=Certifying.objects.none(), empty_label="Choisissez"
    )

    def __init__(self, *args: Any, certification: Certification, **kwargs: Any) -> None:
        self.certification = certification
        super().__init__(*args, **kwargs)
        blocs = [(one.code, one.title) for one in certification.blocs.order_by("position")]
        self.fields["blocs"] = ticked(
            "Blocs visés", blocs, "Ne cochez rien si la personne vise la certification entière."
        )
        self.fields["won"] = ticked(
            "Blocs obtenus", blocs, "N’en cochez aucun si le jury n’en a accordé aucun."
        )
        group(self, "Ce qu’elle vise", "blocs")
        group(self, "Le jury", "won")
        del self.fields["code"]
        named = people.certifying(certification)
        field(self, "certifier").queryset = named
        field(self, "certifier").label_from_instance = said_of_certifier
        self.order_fields(["first_name", "last_name", "email", "phone", "certifier"])
        if named.count() < 2:
            del self.fields["certifier"]

    def clean_blocs(self) -> tuple[str, ...]:
        """Return the codes of the blocs that are ticked; none for the whole certification."""
        return tuple(self.cleaned_data["blocs"])

    def clean_won(self) -> tuple[str, ...]:
        """Return the codes of the blocs obtained."""
        return tuple(self.cleaned_data["won"])

    def clean_certifier(self) -> Certifying | None:
        """Return the certifier that is chosen in the list."""
        chosen: Certifying | None = self.cleaned_data["certifier"]
        return chosen


def plain(name: str) -> str:
    """Return a name as it is compared: capitals, spaces and the shape of apostrophes aside."""
    return " ".join(name.replace("'", "’").split()).casefold()


def ticked(label: str, blocs: list[tuple[str, str]], why: str) -> forms.MultipleChoiceField:
    """Return a field where blocs are ticked, or none."""
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(
        label=label, choices=blocs, required=False, widget=widget, help_text=why
    )


def said_of_certifier(named: Certifying) -> str:
    """Return a certifier's name, and whether it works in Jalon."""
    where = "dans Jalon" if named.organisation.works_here else "hors de Jalon"
    return f"{named.organisation.name}, travaille {where}"


def choose_sheet(request: Visit) -> HttpResponse:
    """Ask which sheet the journey aims at, before its blocs and its days."""
    form = SheetChoice(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["code"].code
        return redirect(f"{reverse('architect:take_over')}?code={chosen}")
    return form_actions.render_form(
        request,
        form,
        "architect/takeover.html",
        title="Reprendre un parcours en cours",
        submit="Continuer",
        lead="Choisissez d’abord la certification visée. La suite se remplit à la page suivante.",
        back=reverse("architect:caseload"),
    )


@needs(Role.ARCHITECT, Role.HEAD)
def one(request: Visit) -> HttpResponse:
    """Take one journey over, once its sheet is chosen."""
    asked = request.GET.get("code", "").replace("\x00", "")
    sheet = Certification.objects.filter(code=asked).first()
    if sheet is None:
        return choose_sheet(request)
    form = ByHandForm(request.POST or None, by=request.user, certification=sheet)
    done = form_actions.submit(request, form, lambda: take_over(request.user, form.taken()))
    if done:
        messages.success(request, "Le parcours est repris, à son étape.")
        return redirect("dossiers:journey", done.value.pk)
    return form_actions.render_form(
        request,
        form,
        "architect/takeover.html",
        title="Reprendre un parcours en cours",
        submit="Reprendre ce parcours",
        lead="Un parcours commencé avant Jalon arrive ici à son étape, avec ses dates : les délais se comptent d’elles.",
        back=reverse("architect:take_over"),
        sheet=sheet,
        certifiers=[said_of_certifier(named) for named in people.certifying(sheet)],
    )


@needs(Role.ARCHITECT, Role.HEAD)
@require_safe
def columns(request: Visit) -> HttpResponse:
    """Give the spreadsheet to fill in: a workbook, or a text for whom asks for it."""
    return columns_file() if request.GET.get("format") == "csv" else columns_workbook()


@needs(Role.ARCHITECT, Role.HEAD)
def many(request: Visit) -> HttpResponse:
    """Try a spreadsheet, say which lines are good and why the others are not, then import the good ones."""
    if "tried" in request.POST:
        return import_tried(request)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            rows = rows_of(form.cleaned_data["file"])
        except WorkbookRefused as refused:
            form.add_error("file", str(refused))
        else:
            with transaction.atomic():
                tried = attempted(rows, request.user)
                transaction.set_rollback(True)
            return render(
                request,
                "architect/import_tried.html",
                {
                    "lines": tried,
                    "good": sum(line.new for line in tried),
                    "said": said_of_trial(tried),
                    "tried": signing.dumps(rows, salt=SALT, compress=True),
                },
            )
    return form_actions.render_form(
        request,
        form,
        "architect/import.html",
        title="Importer des parcours en cours",
        columns=COLUMNS,
        submit="Vérifier le fichier",
        back=reverse("architect:caseload"),
    )


def import_tried(request: Visit) -> HttpResponse:
    """Import the good lines of a spreadsheet that was tried, all of them or none."""
    try:
        rows = signing.loads(request.POST["tried"], salt=SALT, max_age=TRIED_FOR)
    except signing.BadSignature:
        messages.error(
            request, "Ce fichier a été vérifié il y a trop longtemps : envoyez-le à nouveau."
        )
        not_done(request)
        return redirect("architect:import")
    began = now()
    with transaction.atomic():
        lines = attempted(rows, request.user)
    new = sum(line.new for line in lines)
    left = sum(bool(line.errors) for line in lines)
    messages.success(request, said_of_import(new, left))
    shown = f"repris={Import(began, now())}" if new else "tous=1"
    return redirect(f"{reverse('architect:caseload')}?{shown}")


def attempted(rows: Iterable[dict[str, str]], by: User) -> list["Line"]:
    """Take each line over that can be, and return them all; one that says the same again knows the first."""
    lines = [Line(row, by) for row in rows]
    first: dict[UUID, Line] = {}
    for line in lines:
        if journey := line.attempt():
            line.same_as = first.get(journey.pk)
            first.setdefault(journey.pk, line)
    return lines


def said_of_trial(lines: Sequence["Line"]) -> str:
    """Return what an import would do, in words."""
    new, bad = sum(line.new for line in lines), sum(bool(line.errors) for line in lines)
    known = sum(line.known for line in lines)
    said = [f"{new or 'Aucune'} ligne{plural(new)} à importer"]
    said += [f"{bad} à corriger"] if bad else []
    said += [f"{known} déjà reprise{plural(known)}"] if known else []
    return f"{', '.join(said)}."


def said_of_import(new: int, left: int) -> str:
    """Return what came of an import, in words."""
    done = f"{new or 'Aucun'} parcours repris"
    if not left:
        return f"{done}."
    refused = "1 ligne refusée" if left == 1 else f"{left} lignes refusées"
    return f"{done}, {refused}."


class Line:
    """One line of a spreadsheet: what it says, and what is wrong with it."""

    def __init__(self, row: dict[str, str], by: User) -> None:
        self.number, self.row, self.by = row.get(LINE, ""), row, by
        self.errors: list[str] = []
        self.known = False
        self.same_as: Line | None = None
        self.stage = ""

    @property
    def new(self) -> bool:
        """Say whether it brings a journey in."""
        return not self.errors and not self.known

    @property
    def name(self) -> str:
        """Return whose journey it is."""
        return f"{self.row.get('first_name', '')} {self.row.get('last_name', '')}".strip()

    def attempt(self) -> Journey | None:
        """Take the journey over and return it; a line that is refused leaves nothing behind."""
        form = TakeoverForm(self.row, by=self.by)
        if not form_actions.accepted(form):
            self.errors = list(form_errors(form))
            return None
        try:
            with transaction.atomic():
                taken = form.taken()
                self.known = already_here(taken) is not None
                journey = take_over(self.by, taken)
        except Refused as refused:
            self.errors = [refused.refusal.cited]
            return None
        self.stage = journey.stage.label
        return journey


def form_errors(form: forms.Form) -> list[str]:
    """Return what is wrong with a form, each sentence with the label of its field."""
    found = []
    for name, errors in form.errors.items():
        label = field(form, name).label if name in form.fields else ""
        found += [f"{label} : {error}" if label else str(error) for error in errors]
    return found
