"""What a reader of figures chooses: the period, and the team when they lead several."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from urllib.parse import urlencode

from django import forms

from jalon.journeys import tallies
from jalon.journeys.figures import Counts, Measured, Team, teams_of, whole_team
from jalon.law import figures as law
from jalon.law.figures import Compared
from jalon.now import today
from jalon.people.models import Organisation
from jalon.web.access import Visit
from jalon.web.fields import DateField

#: How many years and quarters are offered, the present ones included.
YEARS, QUARTERS = 3, 8
CHOSEN = "dates"


def quarters(on: date) -> list[tuple[int, int]]:
    """Return the quarters that are offered on a day, the present one first."""
    present = on.year * 4 + (on.month - 1) // 3
    return [((one // 4), one % 4 + 1) for one in range(present, present - QUARTERS, -1)]


def periods(on: date) -> dict[str, tuple[str, Compared]]:
    """Return the periods that are offered on a day, each with its name, as an address writes them."""
    years = range(on.year, on.year - YEARS, -1)
    found = {str(one): (f"Année {one}", law.year(one)) for one in years}
    for one, number in quarters(on):
        rank = "1er" if number == 1 else f"{number}e"
        found[f"{one}-t{number}"] = (f"{rank} trimestre {one}", law.quarter(one, number))
    return found


class ChoiceForm(forms.Form):
    """The period to look at, by its name or by its days, and whose journeys."""

    periode = forms.ChoiceField(label="Période")
    du = DateField(label="Du", required=False)
    au = DateField(label="Au", required=False)
    equipe = forms.ChoiceField(label="Équipe", required=False)

    def __init__(self, asked: dict[str, str], *, teams: list[Organisation]) -> None:
        super().__init__(asked)
        self.offered = periods(today())
        names = [(key, name) for key, (name, _) in self.offered.items()]
        self.fields["periode"].choices = [*names, (CHOSEN, "Dates choisies")]  # type: ignore[attr-defined]
        if len(teams) < 2:
            del self.fields["equipe"]
        else:
            every = [(str(one.pk), one.name) for one in teams]
            self.fields["equipe"].choices = [("", "Toutes"), *every]  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Refuse dates that make no period."""
        said = self.cleaned_data
        if said.get("periode") != CHOSEN or self.errors:
            return
        if not said["du"] or not said["au"]:
            raise forms.ValidationError("Choisissez le premier et le dernier jour.")
        if refusal := law.not_a_span(said["du"], said["au"], today()):
            raise forms.ValidationError(refusal.why)

    @property
    def compared(self) -> Compared:
        """Return the period that was chosen, and the one before; this year's when none was."""
        said = self.cleaned_data
        if self.is_valid() and said["periode"] == CHOSEN:
            chosen = law.days_chosen(said["du"], said["au"])
        else:
            key = said["periode"] if self.is_valid() else str(today().year)
            chosen = self.offered[key][1]
        return chosen.until(today())

    @property
    def name(self) -> str:
        """Return what the chosen period is called, by its days when it has no name."""
        key = self.cleaned_data["periode"] if self.is_valid() else str(today().year)
        return self.offered[key][0] if key in self.offered else "Dates choisies"


@dataclass(frozen=True)
class Choice:
    """What was chosen: the form that says it, whose journeys, and the period."""

    form: ChoiceForm
    team: Team
    compared: Compared

    @cached_property
    def counted_at(self) -> datetime | None:
        """Return when the figures were counted beforehand; None when they are counted as they are read."""
        return tallies.counted_at()

    def measured(self, counts: Counts) -> Measured:
        """Measure a figure for what was chosen."""
        beforehand = self.counted_at is not None
        return tallies.measured(counts, self.team, self.compared, beforehand=beforehand)

    @property
    def query(self) -> str:
        """Return how an address carries it; nothing when the form was not filled in rightly."""
        if not self.form.is_valid():
            return ""
        return urlencode({name: said for name, said in self.form.cleaned_data.items() if said})


def choice(request: Visit) -> Choice:
    """Return what a reader chose in the address: this year of everything they read, unless they say."""
    asked = {name: str(text) for name, text in request.GET.items() if "\x00" not in text}
    asked.setdefault("periode", str(today().year))
    teams = list(teams_of(request.user))
    form = ChoiceForm(asked, teams=teams)
    number = form.cleaned_data.get("equipe") if form.is_valid() else ""
    team = Team(frozenset({int(number)})) if number else whole_team(request.user)
    if team.organisations is None:
        team = replace(team, several=len(teams) > 1)
    return Choice(form, team, form.compared)
