"""The first meeting, the path with its calendar and its trainings, the mandate."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from jalon.law.calendar import KNOWN, known_title, suggested
from jalon.law.facts import (
    FirstMeeting,
    Immersion,
    Milestone,
    Path,
    PathAnswer,
    Quote,
    Training,
)
from jalon.law.immersion import accident_said
from jalon.law.support import FIRST_MEETING_SUBJECTS, PROPOSES_A_PATH
from jalon.law.vocabulary import Act, ImmersionPurpose, MeetingMode
from jalon.now import today
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.acts.forms.common import SignatureForm
from jalon.web.fields import (
    ONE_LINE,
    DateField,
    Digits,
    EurosField,
    HoursField,
    LongText,
    field,
    in_euros,
    validate_siren,
    validate_siren_exists,
)


@form_for(Act.HOLD_FIRST_MEETING)
class FirstMeetingForm(ActForm):
    """The seven subjects of the first meeting (R-089)."""

    asked_by_law = tuple(FIRST_MEETING_SUBJECTS)
    prefilled = ("held_on", "minutes", "mode")
    held_on = DateField(label="Date du rendez-vous")
    minutes = forms.IntegerField(label="Durée en minutes", min_value=1, max_value=600)
    mode = forms.ChoiceField(
        label="Comment ?", choices=MeetingMode.choices(), widget=forms.RadioSelect
    )

    def prepare(self) -> None:
        """Add one text for each subject."""
        for name, label in FIRST_MEETING_SUBJECTS.items():
            self.fields[name] = LongText(label=label, required=False)

    def facts(self) -> FirstMeeting:
        """Return the report."""
        said = self.cleaned_data
        return FirstMeeting(**said | {"mode": MeetingMode(said["mode"])})


@form_for(Act.PROPOSE_PATH, Act.AMEND_PATH)
class PathForm(ActForm):
    """Milestones up to the jury, hours, modality, trainings with their quotes (R-086, R-090).

    Rows come one below the other; a button adds one, and an empty row says nothing.
    """

    template_name = "acts/path_rows.html"
    asked_by_law = ("title_0", "due_0")
    grows_by = "more"
    hours_individual = HoursField(
        label="Heures individuelles", help_text="Par demi-heure, par exemple 2,5."
    )
    hours_group = HoursField(label="Heures en atelier")
    hours_training = HoursField(label="Heures de formation")
    mode = forms.ChoiceField(
        label="Comment ?", choices=MeetingMode.choices(), widget=forms.RadioSelect
    )
    known = KNOWN

    def prepare(self) -> None:
        """Add the rows that were sent; else those of the path there is, or the usual dates."""
        if not self.is_bound and self.grows_by not in self.initial:
            self.initial = {**self.first_drawn(), **self.initial}
        said = self.data if self.is_bound else self.initial
        more = said.get(self.grows_by, "")
        self.milestones = rows_in(said, "title", more == "milestone", most=MOST_MILESTONES)
        self.quotes = {
            training: rows_in(said, f"siren_{training}", more == f"quote_{training}", least=3)
            for training in rows_in(said, "training", more == "training", most=MOST_TRAININGS)
        }
        self.immersions = rows_in(said, "host", more == "immersion", most=MOST_IMMERSIONS)
        for row in self.immersions:
            self.add_immersion(row)
        for row in self.milestones:
            self.add_milestone(row)
        for training, quotes in self.quotes.items():
            self.add_training(training)
            for quote in quotes:
                self.add_quote(f"{training}_{quote}")

    def add_milestone(self, row: int) -> None:
        """Ask for what is planned, and for its day."""
        self.fields[f"title_{row}"] = forms.CharField(
            label="Étape",
            required=False,
            max_length=ONE_LINE,
            widget=forms.TextInput(attrs={"list": "etapes"}),
        )
        self.fields[f"due_{row}"] = DateField(label="Pour le", required=False)

    def add_training(self, row: int) -> None:
        """Ask for the title of a training, and for why its quotes are far apart."""
        self.fields[f"training_{row}"] = forms.CharField(
            label="Formation proposée", required=False, max_length=ONE_LINE
        )
        self.fields[f"reason_{row}"] = forms.CharField(
            label="Si les prix sont très différents, pourquoi\N{NO-BREAK SPACE}?", required=False
        )

    def add_quote(self, row: str) -> None:
        """Ask for who makes a quote, and for its price."""
        self.fields[f"siren_{row}"] = Digits(
            label="SIREN",
            required=False,
            validators=[validate_siren, validate_siren_exists],
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        )
        self.fields[f"provider_{row}"] = forms.CharField(
            label="Organisme", required=False, max_length=ONE_LINE
        )
        self.fields[f"price_{row}"] = EurosField(label="Prix en euros", required=False)

    def add_immersion(self, row: int) -> None:
        """Ask where somebody goes, why and when, and who signs the convention."""
        fields: dict[str, forms.Field] = {
            "host": forms.CharField(label="Entreprise d’accueil", max_length=ONE_LINE),
            "host_siren": Digits(
                label="SIREN",
                validators=[validate_siren, validate_siren_exists],
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            ),
            "purpose": forms.ChoiceField(
                label="Objet", choices=[("", "Choisissez"), *ImmersionPurpose.choices()]
            ),
            "starts": DateField(label="Du"),
            "ends": DateField(label="Au"),
            "days": forms.IntegerField(label="Jours de présence", min_value=1, max_value=366),
            "prescriber": forms.CharField(label="Prescripteur qui signe", max_length=ONE_LINE),
            "employed": forms.BooleanField(label="Le candidat est salarié pendant l’immersion"),
            "employer": forms.CharField(
                label="Si oui, l’employeur qui signe aussi", max_length=ONE_LINE
            ),
            "renewed": forms.BooleanField(
                label="C’est la prolongation d’une immersion chez le même hôte"
            ),
        }
        for name, asked in fields.items():
            asked.required = False
            self.fields[f"{name}_{row}"] = asked

    def first_drawn(self) -> dict[str, Any]:
        """Return what the page asks for first: the path that was proposed last, else the usual dates."""
        entry = self.journey.journal.filter(act__in=PROPOSES_A_PATH).order_by("number").last()
        dates = enumerate([*self.to_come(), ("", None)])
        said = {
            f"{name}_{row}": one
            for row, pair in dates
            for name, one in zip(DATED, pair, strict=True)
        }
        return said | (written_again(entry.facts_as(Path)) if entry else {})

    def to_come(self) -> list[tuple[str, date]]:
        """Return the dates to start from; what was done already is not planned again."""
        planned = self.journey.milestones.order_by("due_on", "pk")
        left = [(one.title, one.due_on) for one in planned if not one.kept_on]
        kept = {one.title for one in planned if one.kept_on}
        return left or [one for one in suggested(today()) if one[0] not in kept]

    def clean(self) -> dict[str, Any]:
        """Check that each row is whole."""
        said = super().clean() or {}
        for row in self.milestones:
            self.complete([f"title_{row}", f"due_{row}"], said)
        for row in self.immersions:
            self.complete_immersion(row, said)
        for training, quotes in self.quotes.items():
            for quote in quotes:
                self.complete([f"{name}_{training}_{quote}" for name in QUOTED], said)
            self.titled(training, said)
        return said

    def complete(self, names: list[str], said: dict[str, Any]) -> None:
        """Say what is missing in a row of which something is written."""
        missing = [name for name in names if not said.get(name) and name not in self.errors]
        if len(missing) < len(names):
            for name in missing:
                self.add_error(name, "Complétez, ou videz toute la ligne.")

    def complete_immersion(self, row: int, said: dict[str, Any]) -> None:
        """Say what is missing in an immersion of which something is written; the law asks who signs."""
        written = any(said.get(f"{name}_{row}") for name in IMMERSED)
        if written:
            self.complete([f"{name}_{row}" for name in IMMERSED], said)
        elif any(said.get(f"{name}_{row}") for name in SIGNED):
            self.add_error(f"host_{row}", "Nommez l’entreprise d’accueil, ou videz toute la ligne.")

    def titled(self, training: int, said: dict[str, Any]) -> None:
        """Say that quotes without a training are quotes of nothing."""
        written = any(said.get(f"siren_{training}_{one}") for one in self.quotes[training])
        if written and not said.get(f"training_{training}"):
            self.add_error(f"training_{training}", "Nommez la formation de ces devis.")

    def milestone_rows(self) -> list[list[forms.BoundField]]:
        """Return the fields of each date."""
        return [[self[f"{name}_{row}"] for name in DATED] for row in self.milestones]

    def training_rows(self) -> list[dict[str, Any]]:
        """Return the fields of each training, with those of its quotes."""
        return [
            {
                "number": training,
                "title": self[f"training_{training}"],
                "reason": self[f"reason_{training}"],
                "quotes": [
                    [self[f"{name}_{training}_{quote}"] for name in QUOTED] for quote in quotes
                ],
            }
            for training, quotes in self.quotes.items()
        ]

    def immersion_rows(self) -> list[list[forms.BoundField]]:
        """Return the fields of each immersion."""
        return [[self[f"{name}_{row}"] for name in (*IMMERSED, *SIGNED)] for row in self.immersions]

    def accident(self) -> str:
        """Return what an accident during an immersion asks."""
        return accident_said()

    def plain_fields(self) -> list[forms.BoundField]:
        """Return the fields of which there is one."""
        return [self[name] for name in HOURS]

    def facts(self) -> Path:
        """Return the path: its dates in order, whatever the order of the rows."""
        said = self.cleaned_data
        dated = [
            Milestone(known_title(said[f"title_{row}"]), said[f"due_{row}"])
            for row in self.milestones
            if said[f"title_{row}"]
        ]
        return Path(
            milestones=tuple(sorted(dated, key=lambda one: one.due_on)),
            hours_individual=said["hours_individual"],
            hours_group=said["hours_group"],
            hours_training=said["hours_training"],
            mode=MeetingMode(said["mode"]),
            trainings=tuple(map(self.training, filter(self.proposes, self.quotes))),
            immersions=tuple(self.immersion(row) for row in self.immersions if said[f"host_{row}"]),
        )

    def immersion(self, row: int) -> Immersion:
        """Return the immersion of a row."""
        said = {name: self.cleaned_data[f"{name}_{row}"] for name in (*IMMERSED, *SIGNED)}
        return Immersion(
            host=said["host"],
            siren=said["host_siren"],
            purpose=ImmersionPurpose(said["purpose"]),
            starts_on=said["starts"],
            ends_on=said["ends"],
            days=said["days"],
            prescriber=said["prescriber"],
            employed=said["employed"],
            employer=said["employer"],
            renewed=said["renewed"],
        )

    def proposes(self, training: int) -> bool:
        """Say whether a row proposes a training."""
        return bool(self.cleaned_data[f"training_{training}"])

    def training(self, row: int) -> Training:
        """Return the training of a row, with the quotes that were written."""
        said = self.cleaned_data
        quotes = tuple(
            Quote(*(said[f"{name}_{row}_{quote}"] for name in QUOTED))
            for quote in self.quotes[row]
            if said[f"siren_{row}_{quote}"]
        )
        return Training(said[f"training_{row}"], quotes, said[f"reason_{row}"])


#: What is asked of a date, of a quote, and once of a path.
DATED, QUOTED = ("title", "due"), ("siren", "provider", "price")
#: What is asked of an immersion, and of who signs its convention.
IMMERSED = ("host", "host_siren", "purpose", "starts", "ends", "days")
SIGNED = ("prescriber", "employed", "employer", "renewed")
HOURS = ("hours_individual", "hours_group", "hours_training", "mode")
#: How many rows of each a page takes.
MOST_MILESTONES, MOST_TRAININGS, MOST_QUOTES, MOST_IMMERSIONS = 12, 5, 6, 4


def rows_in(
    said: Mapping[str, Any], name: str, more: bool, *, least: int = 1, most: int = MOST_QUOTES
) -> range:
    """Return the rows of something that a page has: those that were sent, and one more if it is asked for."""
    sent = [row for row in range(most) if f"{name}_{row}" in said]
    return range(min(most, max(least, max(sent, default=-1) + 1) + more))


def written_again(path: Path) -> dict[str, Any]:
    """Return the hours, the modality and the trainings of a path as its form asks for them."""
    said: dict[str, Any] = {name: getattr(path, name) for name in HOURS} | {"mode": path.mode.value}
    for row, one in enumerate(path.immersions):
        said |= immersion_again(row, one)
    for row, training in enumerate(path.trainings):
        said[f"training_{row}"] = training.title
        said[f"reason_{row}"] = training.disproportion_reason
        for number, quote in enumerate(training.quotes):
            written = (quote.siren, quote.provider, in_euros(quote.amount))
            said |= {
                f"{name}_{row}_{number}": text for name, text in zip(QUOTED, written, strict=True)
            }
    return said


def immersion_again(row: int, one: Immersion) -> dict[str, Any]:
    """Return an immersion as its row asks for it."""
    return {
        f"host_{row}": one.host,
        f"host_siren_{row}": one.siren,
        f"purpose_{row}": one.purpose.value,
        f"starts_{row}": one.starts_on,
        f"ends_{row}": one.ends_on,
        f"days_{row}": one.days,
        f"prescriber_{row}": one.prescriber,
        f"employed_{row}": one.employed,
        f"employer_{row}": one.employer,
        f"renewed_{row}": one.renewed,
    }


@form_for(Act.ACCEPT_PATH)
class PathAnswerForm(ActForm):
    """Which of the proposed trainings the candidate chooses."""

    #: The proposal that is answered.
    answers: Act = Act.PROPOSE_PATH
    trainings_chosen = forms.MultipleChoiceField(
        label="Formations que je choisis",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Vous pouvez n’en choisir aucune.",
    )

    def prepare(self) -> None:
        """Show the proposed path, and offer its trainings; where none was proposed, ask nothing."""
        proposal = self.journey.journal.filter(act=self.answers).order_by("number").last()
        self.proposed = proposal.facts_as(Path) if proposal else None
        titles = [one.title for one in self.proposed.trainings] if self.proposed else []
        if titles:
            field(self, "trainings_chosen").choices = [(title, title) for title in titles]
        else:
            del self.fields["trainings_chosen"]

    def facts(self) -> PathAnswer:
        """Return the choice."""
        return PathAnswer(tuple(self.cleaned_data.get("trainings_chosen", ())))


@form_for(Act.ACCEPT_AMENDMENT)
class AmendmentAnswerForm(PathAnswerForm):
    """Which of the trainings of an amended path the candidate chooses."""

    answers = Act.AMEND_PATH
    lead = "Si vous acceptez, ces dates remplacent celles à venir. L’ancien parcours reste dans vos documents."


@form_for(Act.GIVE_MANDATE)
class MandateForm(SignatureForm):
    """A mandate to deposit."""

    read = forms.BooleanField(
        label="J’autorise mon architecte à envoyer mes dossiers à ma place.", required=False
    )
    sworn = forms.BooleanField(label="Je peux retirer cet accord à tout moment.", required=False)
