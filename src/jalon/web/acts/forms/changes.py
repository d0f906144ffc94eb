"""Changing who accompanies, or who has the file."""

from typing import Any

from django import forms

from jalon.catalogue.models import Certification
from jalon.catalogue.queries import sheet
from jalon.law.facts import (
    AccompanimentRequest,
    Reason,
    ReassignmentRequest,
    TargetRequest,
    TransferRequest,
)
from jalon.law.routing import route_for
from jalon.law.vocabulary import Act, Scope
from jalon.now import today
from jalon.people import queries as people
from jalon.people.models import Organisation, User
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.acts.forms.registration import IN_TRAINING, refuse_both, with_territory
from jalon.web.fields import LongText, field

IN_OTHER_HANDS = "L’organisme actuel ne verra plus votre dossier."


@form_for(Act.LEAVE_ACCOMPANIMENT)
class LeavingForm(ActForm):
    """A candidate goes on alone, and need not say why."""

    lead = (
        "Votre parcours continue au même endroit, et tout ce que vous avez écrit reste. Vous signez "
        f"et envoyez vous-même. {IN_OTHER_HANDS} Vous pourrez redemander un accompagnement."
    )
    reason = LongText(label="Voulez-vous dire pourquoi ?", required=False)

    def facts(self) -> Reason:
        """Return the reason, if any."""
        return Reason(self.cleaned_data["reason"])


@form_for(Act.END_ACCOMPANIMENT)
class EndingForm(ActForm):
    """An accompaniment ends, the journey does not."""

    lead = (
        "Le parcours continue : la personne avance en autonomie, ou choisit un autre organisme. Elle "
        "lit votre raison. Votre organisme ne verra plus le dossier."
    )
    asked_by_law = ("reason",)
    reason = LongText(label="Pourquoi ?", required=False)

    def facts(self) -> Reason:
        """Return the reason."""
        return Reason(self.cleaned_data["reason"])


@form_for(Act.ASK_ACCOMPANIMENT)
class AskingForm(ActForm):
    """Which organisation a candidate asks, among those that can serve."""

    organisation = forms.ModelChoiceField(
        label="Quel organisme ?",
        queryset=Organisation.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    reason = LongText(label="Voulez-vous lui dire quelque chose ?", required=False)

    def prepare(self) -> None:
        """Offer the organisations that can serve, but the one that accompanies already."""
        serving = people.serving(self.journey.route, today())
        offered = [one.pk for one in serving if one.pk != self.journey.organisation_id]
        found = Organisation.objects.filter(pk__in=offered)
        field(self, "organisation").queryset = found.order_by("territory", "name", "pk")
        field(self, "organisation").label_from_instance = with_territory
        if self.journey.organisation_id:
            self.lead = f"{IN_OTHER_HANDS} Le nouvel organisme vous contacte."
        if not offered:
            self.nothing_to_choose = True
            self.lead = (
                "Aucun autre organisme ne peut prendre de dossier aujourd’hui. Revenez plus tard : votre "
                "parcours continue comme avant."
            )

    def told_once_done(self) -> str:
        """Name the organisation that was asked."""
        return f"Vous l’avez demandé à : {self.cleaned_data['organisation'].name}. C’est à lui de vous contacter."

    def facts(self) -> AccompanimentRequest:
        """Return the organisation asked."""
        said = self.cleaned_data
        return AccompanimentRequest(said["organisation"].pk, said["reason"])


@form_for(Act.REASSIGN)
class ReassigningForm(ActForm):
    """To which colleague a file goes."""

    architect = forms.ModelChoiceField(
        label="À qui ?", queryset=User.objects.none(), empty_label="Choisissez"
    )
    reason = LongText(label="Pourquoi ?", required=False)

    def prepare(self) -> None:
        """Offer the colleagues who work there."""
        organisation = self.journey.organisation_id
        if organisation:
            colleagues = people.colleagues(organisation).exclude(pk=self.journey.architect_id or 0)
            field(self, "architect").queryset = colleagues
            if not colleagues:
                self.nothing_to_choose = True
                self.lead = "Personne d’autre ne travaille dans l’organisme de ce dossier."

    def told_once_done(self) -> str:
        """Name the colleague."""
        return f"Le dossier est désormais à : {self.cleaned_data['architect'].get_full_name()}."

    def facts(self) -> ReassignmentRequest:
        """Return the colleague."""
        return ReassignmentRequest(self.cleaned_data["architect"].pk, self.cleaned_data["reason"])


@form_for(Act.WITHDRAW_MANDATE)
class WithdrawalForm(ActForm):
    """A mandate is withdrawn at once."""

    lead = (
        "Dès maintenant, vous êtes la seule personne à pouvoir envoyer vos dossiers. Votre "
        "architecte en est prévenu. Ce qui est déjà envoyé le reste."
    )


@form_for(Act.CHANGE_TARGET)
class TargetForm(ActForm):
    """Another certification on the same route, or other blocs of it (R-004)."""

    lead = (
        "Tant qu’aucun dossier n’est déposé, l’objectif peut changer. Les expériences, l’état civil et "
        "les documents restent. Ce qui est écrit sur les blocs est mis de côté, jamais effacé."
    )
    code = forms.ChoiceField(
        label="Quelle certification ?",
        help_text="Seules celles qui suivent la même procédure que ce parcours sont proposées.",
    )
    scope = forms.TypedChoiceField(
        label="Que viser ?", choices=Scope.choices(), coerce=Scope, widget=forms.RadioSelect
    )
    blocs = forms.MultipleChoiceField(
        label="Si ce sont des blocs, lesquels ?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ne cochez rien de plus si vous visez la certification entière. Ces blocs sont ceux de "
        "la certification d’aujourd’hui : une autre se choisit d’abord en entier, ses blocs ensuite.",
    )
    certifier = forms.ModelChoiceField(
        label="Devant quel certificateur ?",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="Celui d’aujourd’hui, ou le seul qui la délivre",
        help_text="À choisir si plusieurs organismes délivrent la certification visée.",
    )
    in_initial_training = forms.BooleanField(
        label="Le candidat prépare déjà cette certification à l’école ou en apprentissage.",
        required=False,
    )
    agreed = forms.BooleanField(
        label="Le candidat me l’a demandé : c’est son choix.", required=False
    )
    reason = LongText(label="Pourquoi ?", required=False)

    def prepare(self) -> None:
        """Offer the certifications that open the same route, and the blocs of the present one.

        The candidate's own choice needs nobody's word for it.
        """
        journey = self.journey
        if self.mine:
            del self.fields["agreed"]
            self.fields["in_initial_training"].label = IN_TRAINING
        offered = [
            one
            for one in Certification.objects.prefetch_related("openings").order_by("title")
            if one.pk == journey.certification_id or self._opens(one)
        ]
        field(self, "code").choices = [(one.code, f"{one.title} ({one.code})") for one in offered]
        self._offer_certifiers(offered)
        self.fields["code"].initial = journey.certification.code
        self.fields["scope"].initial = journey.scope
        blocs = journey.blocs.order_by("position")
        field(self, "blocs").choices = [(bloc.code, bloc.title) for bloc in blocs]
        if journey.scope != Scope.WHOLE:
            self.fields["blocs"].initial = list(journey.targeted.values_list("code", flat=True))

    def _opens(self, certification: Certification) -> bool:
        return route_for(sheet(certification), today()).route == self.journey.route

    def _offer_certifiers(self, offered: list[Certification]) -> None:
        """Ask before whom only where a sheet names several."""
        several = people.chosen_among(offered)
        field(self, "certifier").queryset = several
        field(self, "certifier").label_from_instance = with_territory
        if not several:
            del self.fields["certifier"]

    def clean(self) -> dict[str, Any]:
        """Refuse blocs ticked beside the whole, and blocs of a certification that is not shown yet.

        Those that were aimed at until now stay ticked by themselves: they are forgotten.
        """
        said = super().clean() or self.cleaned_data
        another = "code" in said and said["code"] != self.journey.certification.code
        if another and said.get("scope") == Scope.BLOCS:
            self.add_error(
                "scope",
                f"Pour une autre certification, choisissez d’abord « {Scope.WHOLE.label} ». Ses blocs "
                "se choisissent ensuite, sur cette même page.",
            )
        if set(said.get("blocs", ())) != set(self.fields["blocs"].initial or ()):
            refuse_both(self, said)
        if another or said.get("scope") == Scope.WHOLE:
            said["blocs"] = []
        return said

    def facts(self) -> TargetRequest:
        """Return the new target."""
        said = self.cleaned_data
        chosen = said.get("certifier")
        certifier = chosen.pk if chosen else None
        return TargetRequest(**said | {"blocs": tuple(said["blocs"]), "certifier": certifier})


@form_for(Act.TRANSFER)
class TransferForm(ActForm):
    """To which certifier a file goes, and why."""

    lead = (
        "Le dossier part en entier, et vous ne le verrez plus. Les décisions, les blocs acquis et les "
        "délais restent : le nouveau certificateur est prévenu, et les reprend tels quels."
    )
    asked_by_law = ("reason",)
    certifier = forms.ModelChoiceField(
        label="À quel certificateur ?",
        queryset=Organisation.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    reason = LongText(label="Pourquoi ?", required=False)

    def prepare(self) -> None:
        """Offer those that deliver the certification, but the one that has the file."""
        named = people.certifying(self.journey.certification).values("organisation")
        others = Organisation.objects.filter(pk__in=named).exclude(pk=self.journey.certifier_id)
        field(self, "certifier").queryset = others.order_by("territory", "name", "pk")
        field(self, "certifier").label_from_instance = with_territory
        if not others:
            self.nothing_to_choose = True
            self.lead = (
                "Aucun autre organisme ne délivre cette certification aujourd’hui : ce dossier reste chez "
                "vous."
            )

    def told_once_done(self) -> str:
        """Name the certifier that has the file now."""
        return f"Le dossier est désormais à : {self.cleaned_data['certifier'].name}."

    def facts(self) -> TransferRequest:
        """Return the certifier chosen."""
        said = self.cleaned_data
        return TransferRequest(said["reason"], said["certifier"].pk)
