"""The first meeting, the path with its calendar and its trainings, the mandate."""

import re
from datetime import date
from typing import Any

from django import forms

from jalon.law.calendar import FEASIBILITY_SENT, suggested
from jalon.law.facts import FirstMeeting, Milestone, Path, PathAnswer, Quote, Training
from jalon.law.support import FIRST_MEETING_SUBJECTS, PROPOSES_A_PATH
from jalon.law.vocabulary import Act, MeetingMode
from jalon.now import today
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.acts.forms.common import SignatureForm
from jalon.web.fields import ONE_LINE, DateField, LongText, field


@form_for(Act.HOLD_FIRST_MEETING)
class FirstMeetingForm(ActForm):
    """The seven subjects of the first meeting (R-089)."""

    asked_by_law = tuple(FIRST_MEETING_SUBJECTS)
    prefilled = ("held_on", "minutes", "mode")
    held_on = DateField(label="Date du rendez-vous")
    minutes = forms.IntegerField(label="Durée en minutes", min_value=1, max_value=600)
    mode = forms.ChoiceField(
        label="Modalité", choices=MeetingMode.choices(), widget=forms.RadioSelect
    )

    def prepare(self) -> None:
        """Add one text for each subject."""
        for name, label in FIRST_MEETING_SUBJECTS.items():
            self.fields[name] = LongText(label=label, required=False)

    def facts(self) -> FirstMeeting:
        """Return the report."""
        said = self.cleaned_data
        return FirstMeeting(**said | {"mode": MeetingMode(said["mode"])})


#: How many dates of the calendar the page asks for.
MILESTONES = 4


@form_for(Act.PROPOSE_PATH, Act.AMEND_PATH)
class PathForm(ActForm):
    """Milestones up to the jury, hours, modality (R-090)."""

    asked_by_law = ("title_0", "due_0")
    hours_individual = forms.IntegerField(label="Heures individuelles", min_value=0, max_value=400)
    hours_group = forms.IntegerField(label="Heures en atelier", min_value=0, max_value=400)
    hours_training = forms.IntegerField(label="Heures de formation", min_value=0, max_value=400)
    mode = forms.ChoiceField(
        label="Modalité", choices=MeetingMode.choices(), widget=forms.RadioSelect
    )
    training = forms.CharField(
        label="Formation proposée",
        required=False,
        max_length=ONE_LINE,
        help_text="Laissez vide s’il n’y en a pas. Sinon, ajoutez trois devis au moins.",
    )
    quotes = forms.CharField(
        label="Devis",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "short"}),
        help_text="Un par ligne : SIREN ; organisme ; prix en euros. Exemple : 123456789 ; Centre A ; 900",
    )
    disproportion_reason = forms.CharField(
        label="Si les prix sont très différents, pourquoi ?", required=False
    )

    def prepare(self) -> None:
        """Add the milestones: those to come of the path there is, else the usual ones."""
        proposed = self.to_come()
        for number in range(MILESTONES):
            title, due = proposed[number] if number < len(proposed) else ("", None)
            self.fields[f"title_{number}"] = forms.CharField(
                label=f"Jalon {number + 1}", required=False, initial=title, max_length=ONE_LINE
            )
            self.fields[f"due_{number}"] = DateField(
                label=f"Date du jalon {number + 1}", required=False, initial=due
            )
        self.order_fields(
            f"{part}_{number}" for number in range(MILESTONES) for part in ("title", "due")
        )
        if before := self.proposed_before():
            self.initial = {**written_again(before), **self.initial}

    def to_come(self) -> list[tuple[str, date]]:
        """Return the dates to start from; a feasibility file that left is not sent twice."""
        planned = self.journey.milestones.order_by("due_on", "pk")
        left = [(one.title, one.due_on) for one in planned if not one.kept_on]
        kept = {one.title for one in planned if one.kept_on} & {FEASIBILITY_SENT}
        return left or [one for one in suggested(today()) if one[0] not in kept]

    def proposed_before(self) -> Path | None:
        """Return the path that was proposed last, to be changed rather than typed again."""
        entry = self.journey.journal.filter(act__in=PROPOSES_A_PATH).order_by("number").last()
        return entry.facts_as(Path) if entry else None

    def clean_quotes(self) -> tuple[Quote, ...]:
        """Return the quotes, one for each line."""
        lines = enumerate(self.cleaned_data["quotes"].splitlines(), 1)
        return tuple(quote_in(line, number) for number, line in lines if line.strip())

    def facts(self) -> Path:
        """Return the path."""
        said = self.cleaned_data
        milestones = tuple(
            Milestone(said[f"title_{n}"], said[f"due_{n}"])
            for n in range(MILESTONES)
            if said[f"title_{n}"] and said[f"due_{n}"]
        )
        training = Training(said["training"], said["quotes"], said["disproportion_reason"])
        return Path(
            milestones=milestones,
            hours_individual=said["hours_individual"],
            hours_group=said["hours_group"],
            hours_training=said["hours_training"],
            mode=MeetingMode(said["mode"]),
            trainings=(training,) if training.title else (),
        )


def written_again(path: Path) -> dict[str, Any]:
    """Return the hours, the modality and the first training of a path as its form asks for them."""
    said: dict[str, Any] = {
        "hours_individual": path.hours_individual,
        "hours_group": path.hours_group,
        "hours_training": path.hours_training,
        "mode": path.mode.value,
    }
    for training in path.trainings[:1]:
        said["training"] = training.title
        said["quotes"] = "\n".join(map(quote_line, training.quotes))
        said["disproportion_reason"] = training.disproportion_reason
    return said


def quote_line(quote: Quote) -> str:
    """Return a quote as its line writes it: SIREN ; provider ; euros."""
    euros = f"{quote.amount / 100:.2f}".replace(".", ",").removesuffix(",00")
    return f"{quote.siren} ; {quote.provider} ; {euros}"


#: How a SIREN and a price in euros are written, once their spaces are gone.
SIREN = re.compile(r"[0-9]{9}")
PRICE = re.compile(r"[0-9]{1,7}(\.[0-9]{1,2})?")


def quote_in(line: str, number: int) -> Quote:
    """Return the quote that a line writes: SIREN ; provider ; euros. Raises ValidationError."""
    parts = [part.strip() for part in line.split(";")]
    siren = "".join(parts[0].split())
    price = "".join(parts[-1].replace("€", "").replace(",", ".").split())
    written = len(parts) == 3 and SIREN.fullmatch(siren) and PRICE.fullmatch(price)
    if not written or len(parts[1]) > ONE_LINE:
        raise forms.ValidationError(
            f"Ligne {number} : écrivez SIREN (9 chiffres) ; organisme ; prix en euros."
        )
    return Quote(siren, parts[1], round(float(price) * 100))


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
