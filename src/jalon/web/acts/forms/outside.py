"""What is done on the portal or at a certifier's who does not work here."""

from django import forms

from jalon.law.clocks import french
from jalon.law.facts import DayCorrection, Deposit, JuryElsewhere, PortalNumber, SummonsElsewhere
from jalon.law.vocabulary import Act, Channel, Stage
from jalon.now import today
from jalon.web.acts.forms.base import SAID, ActForm, form_for
from jalon.web.fields import DateField, LongText, field, validate_not_to_come


@form_for(Act.NOTE_PORTAL_NUMBER)
class PortalNumberForm(ActForm):
    """The registration on the national portal."""

    asked_by_law = ("number",)
    on = DateField(label="Inscription faite le", initial=today)
    number = forms.CharField(
        label="Numéro de dossier sur France VAE", max_length=40, required=False
    )

    def facts(self) -> PortalNumber:
        """Return the number and its day."""
        return PortalNumber(self.cleaned_data["on"], number=self.cleaned_data["number"])


@form_for(Act.DEPOSIT_FEASIBILITY, Act.DEPOSIT_VALIDATION)
class DepositForm(ActForm):
    """The day on which a file was deposited elsewhere."""

    on = DateField(
        label="Dossier déposé le",
        initial=today,
        help_text="Le jour du dépôt sur le portail, ou celui de l’envoi du courrier.",
    )
    heard = forms.TypedChoiceField(
        label="Comment le savez-vous ?",
        choices=SAID,
        coerce=Channel,
        empty_value="",
        required=False,
        widget=forms.RadioSelect,
    )
    text = LongText(label="Précision", required=False)
    report_proof = forms.FileField(
        label="Preuve",
        required=False,
        help_text="Accusé de dépôt, preuve d’envoi ou copie d’écran : PDF, JPEG ou PNG.",
    )

    def prepare(self) -> None:
        """Ask nobody how they know of what they did themselves."""
        if self.mine:
            del self.fields["heard"]

    def facts(self) -> Deposit:
        """Return the day, and how it is known."""
        said = self.cleaned_data
        return Deposit(said["on"], said["text"], evidence=said.get("heard", ""))


@form_for(Act.CORRECT_DAY)
class DayCorrectionForm(ActForm):
    """The day that should have been noted, and why it was not."""

    asked_by_law = ("reason",)
    right_on = DateField(
        label="Le bon jour", help_text="Celui de l’accusé de dépôt, du courrier ou du portail."
    )
    reason = LongText(label="Pourquoi la date notée était-elle fausse ?", required=False)

    def prepare(self) -> None:
        """Say which day was noted, and that it stays in the journal."""
        file = self.journey.feasibility
        complete = self.journey.stage == Stage.FEASIBILITY_COMPLETE
        noted = file.completed_on if complete else self.journey.reached_on
        if noted:
            self.lead = (
                f"Le jour noté est le {french(noted)}. Il reste dans le journal, à côté de la "
                "correction. Les délais sont recomptés."
            )

    def facts(self) -> DayCorrection:
        """Return the right day and the reason."""
        return DayCorrection(
            right_on=self.cleaned_data["right_on"], reason=self.cleaned_data["reason"]
        )


@form_for(Act.NOTE_SUMMONS)
class SummonsForm(ActForm):
    """When and where the jury of a certifier sits."""

    asked_by_law = ("place",)
    held_on = DateField(label="Jour du jury")
    starts_at = forms.TimeField(
        label="Heure", required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    place = forms.CharField(
        label="Lieu, ou lien de la visioconférence", max_length=300, required=False
    )

    def facts(self) -> SummonsElsewhere:
        """Return the day, the hour and the place."""
        return SummonsElsewhere(**self.cleaned_data)


@form_for(Act.NOTE_RESULT)
class ResultForm(ActForm):
    """What a jury elsewhere gave."""

    held_on = DateField(label="Jour du jury", validators=[validate_not_to_come])
    won = forms.MultipleChoiceField(
        label="Blocs obtenus",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="N’en cochez aucun si le jury n’en a accordé aucun.",
    )
    condition = LongText(label="Réserve, si le certificateur en pose une", required=False)

    def prepare(self) -> None:
        """Offer the blocs aimed at; the day is that of the summons."""
        blocs = self.journey.targeted.order_by("position")
        field(self, "won").choices = [(bloc.code, bloc.title) for bloc in blocs]
        attempt = self.journey.attempts.last()
        if attempt and attempt.hearing_on:
            field(self, "held_on").initial = attempt.hearing_on
            field(self, "held_on").help_text = f"Convoqué pour le {french(attempt.hearing_on)}."

    def facts(self) -> JuryElsewhere:
        """Return what the jury gave."""
        said = self.cleaned_data
        return JuryElsewhere(
            held_on=said["held_on"], won=tuple(said["won"]), condition=said["condition"]
        )
