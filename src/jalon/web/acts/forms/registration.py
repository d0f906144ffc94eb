"""Registering, and the first attempts to reach the candidate."""

from typing import Any

from django import forms

from jalon.catalogue.models import Certification
from jalon.law import lifecycle
from jalon.law.consent import consent_text
from jalon.law.facts import Contact, Registration
from jalon.law.groups import followed_here
from jalon.law.meetings import MET_BY
from jalon.law.routing import nobody_certifies
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Accompaniment, Act, ContactKind, Context, Route, Scope
from jalon.now import today
from jalon.people import queries as people
from jalon.people.models import Certifying, Organisation, User
from jalon.support import groups
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.fields import (
    ONE_LINE,
    ONLY_WHAT_IS_NEEDED,
    DateField,
    YesNoField,
    field,
    mark_asked_by_law,
)

IN_TRAINING = "Je prépare déjà cette même certification à l’école ou en apprentissage."


class RegistrationForm(forms.Form):
    """Alone or accompanied, whole or by blocs, and the person's agreement (R-004…R-010).

    It stands on a page of its own: there is no journey yet.
    """

    accompaniment = forms.ChoiceField(
        label="Voulez-vous un accompagnement ?",
        choices=Accompaniment.choices(),
        widget=forms.RadioSelect,
        initial=Accompaniment.ACCOMPANIED,
        help_text="Un architecte-accompagnateur vous aide à chaque étape. Ou avancez en autonomie.",
    )
    organisation = forms.ModelChoiceField(
        label="Si vous voulez un accompagnement, par quel organisme ?",
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.RadioSelect,
        empty_label=None,
    )
    certifier = forms.ModelChoiceField(
        label="Dans quel territoire passerez-vous devant le jury ?",
        queryset=Certifying.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        help_text="Chaque certificateur délivre la même certification.",
    )
    scope = forms.ChoiceField(
        label="Que visez-vous ?",
        choices=Scope.choices(),
        widget=forms.RadioSelect,
        initial=Scope.WHOLE,
    )
    blocs = forms.MultipleChoiceField(
        label="Si vous visez des blocs, lesquels ?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ne cochez rien si vous visez la certification entière.",
    )
    in_initial_training = forms.BooleanField(
        label=IN_TRAINING,
        required=False,
    )
    context = forms.TypedChoiceField(
        label="Qui a eu l’idée de cette démarche ?",
        choices=Context.choices(),
        coerce=Context,
        empty_value=Context.OWN,
        required=False,
        widget=forms.RadioSelect,
        initial=Context.OWN,
        help_text="C’est vous qui décidez. Si vous renoncez, votre employeur n’en sait rien.",
    )
    adjustment = forms.BooleanField(
        label="J’ai besoin d’un aménagement (handicap, santé, lecture, langue). La page suivante me "
        "demandera lequel.",
        required=False,
    )
    company_code = forms.CharField(
        label="Code de votre entreprise",
        max_length=20,
        required=False,
        help_text="Si votre entreprise vous en a donné un. Il ne lui montre rien de votre parcours.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    consent = forms.BooleanField(label=consent_text(), required=False)

    def __init__(
        self,
        *args: Any,
        certification: Certification,
        route: Route | None,
        person: User,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.certifiers = list(people.certifying(certification))
        self._offer_organisations(people.serving(route, today()) if route else [])
        self._offer_certifiers(certification)
        field(self, "blocs").choices = [
            (bloc.code, bloc.title) for bloc in certification.blocs.all()
        ]

    def _offer_organisations(self, serving: list[Organisation]) -> None:
        """Offer those that can serve; when none can, a person goes alone."""
        found = Organisation.objects.filter(pk__in=[one.pk for one in serving])
        field(self, "organisation").queryset = found.order_by("territory", "name", "pk")
        field(self, "organisation").label_from_instance = with_territory
        mark_asked_by_law(self, "organisation")
        if len(serving) == 1:
            self.fields["organisation"].initial = serving[0]
        if not serving:
            del self.fields["organisation"]
            alone = self.fields["accompaniment"]
            field(self, "accompaniment").choices = [
                (Accompaniment.ALONE.value, Accompaniment.ALONE.label)
            ]
            alone.initial = Accompaniment.ALONE
            alone.help_text = (
                "Aucun organisme ne peut prendre de nouveau dossier aujourd’hui. Commencez en autonomie : "
                "vous pourrez demander un accompagnement plus tard."
            )

    def _offer_certifiers(self, certification: Certification) -> None:
        """Ask which certifier only when the sheet names several."""
        field(self, "certifier").queryset = people.certifying(certification)
        if len(self.certifiers) < 2:
            del self.fields["certifier"]

    def clean(self) -> dict[str, Any]:
        """Refuse the whole and some blocs at once."""
        said = super().clean() or self.cleaned_data
        refuse_both(self, said)
        self.check_code(said)
        return said

    def check_code(self, said: dict[str, Any]) -> None:
        """Say beside a code why it opens no group, or not one of the organisation that was chosen."""
        code = said.get("company_code")
        if not code:
            return
        alone = said.get("accompaniment") == Accompaniment.ALONE
        chosen = None if alone else said.get("organisation")
        try:
            group = groups.opened_by(code, self.person)
        except Refused as refused:
            self.add_error("company_code", refused.refusal.why)
            return
        same_team = group.organisation == chosen
        if refusal := followed_here(group.organisation.name, same_team=same_team):
            self.add_error("company_code", refusal.why)

    def chosen_certifier(self) -> Organisation:
        """Return the certifier that the person chooses, or the only one; raises `Refused`."""
        named = self.cleaned_data.get("certifier") or next(iter(self.certifiers), None)
        if named is None:
            raise Refused(nobody_certifies())
        certifier: Organisation = named.organisation
        return certifier

    def facts(self, route: Route) -> Registration:
        """Return what the person chooses, on the route that their certification opens."""
        said = self.cleaned_data
        return Registration(
            route,
            Accompaniment(said["accompaniment"]),
            Scope(said["scope"]),
            tuple(said["blocs"]),
            said["consent"],
            said["in_initial_training"],
            context=said["context"],
            agreed_to=consent_text() if said["consent"] else "",
        )


def refuse_both(form: forms.BaseForm, said: dict[str, Any]) -> None:
    """Say it beside the blocs when the whole is chosen too: nobody guesses which of them was meant."""
    if said.get("scope") == Scope.WHOLE and said.get("blocs"):
        form.add_error(
            "blocs",
            "Vous avez choisi la certification entière et coché des blocs. Décochez-les, ou "
            f"choisissez « {Scope.BLOCS.label} » juste avant.",
        )


def with_territory(organisation: Organisation) -> str:
    """Return an organisation as people choose it: where it works, then its name."""
    where = organisation.territory
    return f"{organisation.name} ({where})" if where else organisation.name


@form_for(Act.RECORD_CONTACT)
class ContactForm(ActForm):
    """A call, a message or a meeting, in a sentence."""

    kind = forms.TypedChoiceField(
        label="Quoi ?",
        choices=ContactKind.choices(),
        coerce=ContactKind,
        initial=ContactKind.CALL,
        widget=forms.RadioSelect,
    )
    on = DateField(label="Jour", initial=today)
    minutes = forms.IntegerField(
        label="Durée en minutes",
        min_value=0,
        max_value=600,
        required=False,
        help_text="Pour un rendez-vous : ce temps compte dans l’accompagnement.",
    )
    text = forms.CharField(
        label="En une phrase",
        widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
        help_text=ONLY_WHAT_IS_NEEDED,
    )
    answered = YesNoField(
        label="Le candidat a-t-il répondu ?",
        no="Non : Jalon le relance dans une semaine, puis dans deux",
        required=False,
        help_text="Pour un appel ou un message.",
    )
    next_step = forms.CharField(label="La suite", max_length=ONE_LINE, required=False)

    def prepare(self) -> None:
        """Promise a chaser only where one is sent: until the first meeting."""
        row = lifecycle.transition_for(
            Act.RECORD_CONTACT,
            self.journey.stage,
            self.journey.route,
            self.journey.accompaniment,
            self.journey.anchors(today()),
        )
        if row is None or not row.clocks:
            field(self, "answered").choices = [("oui", "Oui"), ("non", "Non")]

    def clean(self) -> dict[str, Any]:
        """Ask whether the candidate answered a call or a message: at a meeting they were there."""
        said = super().clean() or self.cleaned_data
        met = said.get("kind") in MET_BY
        if not met and said.get("answered") in ("", None):
            self.add_error("answered", "Dites si le candidat a répondu.")
        return said | {"answered": met or said.get("answered")}

    def facts(self) -> Contact:
        """Return what was said."""
        said = self.cleaned_data
        return Contact(**said | {"minutes": said["minutes"] or 0})
