"""The forms of workshops: what one is and when, who is looked for, who was there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms

from jalon.law import workshops as law
from jalon.law.vocabulary import MeetingMode, Presence, Territory, WorkshopTheme
from jalon.now import today
from jalon.people.models import User
from jalon.people.queries import colleagues
from jalon.support.models import (
    AttendanceEntry,
    CompanyGroup,
    Enrolment,
    HalfDay,
    Site,
    Workshop,
)
from jalon.support.programme import Span
from jalon.support.slots import in_utc
from jalon.support.territories import local, zone
from jalon.web.architect.agenda_forms import PlacedForm, TimeField
from jalon.web.fields import DateField, field, group

#: How many empty rows follow the half-days of a workshop, and how far ahead one is planned.
SPARE, FURTHEST = 3, timedelta(days=730)
#: How a workshop is held: nobody holds one by telephone.
MODES = (MeetingMode.ON_SITE, MeetingMode.REMOTE)
ROW = ("day", "from", "to")


class WorkshopForm(PlacedForm):
    """A workshop: its theme, who leads it, where, how many seats, and its half-days one below the other."""

    field_order = ("theme", "led_by", "mode", "site", "link")

    theme = forms.TypedChoiceField(
        label="Thème",
        choices=[("", "Choisissez"), *WorkshopTheme.choices()],
        coerce=WorkshopTheme,
    )
    led_by = forms.ModelChoiceField(
        label="Qui l’anime ?", queryset=User.objects.none(), empty_label=None
    )
    group = forms.ModelChoiceField(
        label="Pour qui ?",
        queryset=CompanyGroup.objects.none(),
        required=False,
        empty_label="Tous les candidats de l’équipe",
        help_text="Réservé à un groupe, l’atelier n’est vu et choisi que par ses membres.",
    )
    capacity = forms.IntegerField(label="Places", min_value=1, max_value=law.MOST_SEATS, initial=12)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, organisation: int, changed: Workshop | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field(self, "mode").choices = [(one.value, one.label) for one in MODES]
        self.offer_sites(Site.objects.receiving().filter(organisation=organisation))
        field(self, "group").queryset = CompanyGroup.objects.filter(organisation=organisation)
        leaders = colleagues(organisation)
        if changed:
            leaders |= User.objects.filter(pk=changed.led_by_id)
        field(self, "led_by").queryset = leaders.distinct()
        planned = [one for one in changed.half_days.all() if not one.begun] if changed else []
        self.rows = range(1, len(planned) + SPARE + 1)
        for row in self.rows:
            self.add_row(row, planned[row - 1] if row <= len(planned) else None)
        if changed:
            self.initial = {**said_of(changed), **self.initial}

    def add_row(self, row: int, planned: HalfDay | None) -> None:
        """Ask for the day and the hours of one half-day."""
        known = (
            {"day": planned.on, "from": planned.starts.time(), "to": planned.ends.time()}
            if planned
            else {}
        )
        self.fields[f"day_{row}"] = DateField(
            label="Jour",
            required=row == 1 and not planned,
            initial=known.get("day"),
            help_text="Effacez les trois cases pour retirer cette demi-journée." if planned else "",
        )
        self.fields[f"from_{row}"] = TimeField(
            label="De", required=False, initial=known.get("from")
        )
        self.fields[f"to_{row}"] = TimeField(label="À", required=False, initial=known.get("to"))
        self.fields[f"number_{row}"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, initial=planned.pk if planned else None
        )
        title = f"Demi-journée {row}" if planned or row == 1 else f"Demi-journée {row}, s’il y en a"
        group(self, title, *(f"{name}_{row}" for name in ROW))

    def clean(self) -> dict[str, Any]:
        """Check that it is somewhere, and that each half-day is whole."""
        said = super().clean()
        for row in self.rows:
            self.clean_row(row, said)
        return said

    def clean_row(self, row: int, said: Mapping[str, Any]) -> None:
        """Check the day and the hours of one half-day, as far as they were read."""
        names = [f"{name}_{row}" for name in ROW]
        if any(name in self.errors for name in names):
            return
        missing = [name for name in names if said.get(name) is None]
        for name in missing if len(missing) < len(names) else ():
            self.add_error(name, "Complétez, ou effacez toute la demi-journée.")
        day = said.get(names[0])
        if day and not timedelta() <= day - today() + timedelta(days=1) <= FURTHEST:
            self.add_error(names[0], "Choisissez une date à venir, dans les deux ans.")
        elif not missing and not all(self.moments(row, said)):
            self.add_error(names[1], "Cette heure n’existe pas ce jour-là : l’heure change.")

    def moments(self, row: int, said: Mapping[str, Any]) -> tuple[datetime | None, datetime | None]:
        """Return when a half-day begins and ends, by the clocks of its place."""
        site = said.get("site")
        place = zone(site.territory if site else Territory.METROPOLE)
        day = said[f"day_{row}"]
        begins, ends = (datetime.combine(day, said[name]) for name in (f"from_{row}", f"to_{row}"))
        return in_utc(begins, place), in_utc(ends, place)

    def spans(self) -> list[Span]:
        """Return the half-days that were written, once the form is valid."""
        said = self.cleaned_data
        written = [row for row in self.rows if said.get(f"day_{row}")]
        found = [(*self.moments(row, said), said.get(f"number_{row}")) for row in written]
        return [Span(begins, ends, number) for begins, ends, number in found if begins and ends]

    def values(self) -> dict[str, Any]:
        """Return what the workshop is, beside its hours."""
        names = ("theme", "led_by", "mode", "site", "link", "group", "capacity")
        return {name: self.cleaned_data[name] for name in names}


def said_of(workshop: Workshop) -> dict[str, Any]:
    """Return what a form shows of a workshop as it is now."""
    return {
        "theme": workshop.theme.value,
        "led_by": workshop.led_by_id,
        "mode": workshop.mode.value,
        "site": workshop.site_id,
        "link": workshop.link,
        "group": workshop.group_id,
        "capacity": workshop.capacity,
        "seen": workshop.revision,
    }


class ReasonForm(forms.Form):
    """Why a workshop does not take place."""

    reason = forms.CharField(
        label="Motif",
        max_length=200,
        required=False,
        help_text="Il est écrit dans le courriel des inscrits.",
    )


@dataclass(frozen=True)
class Line:
    """Somebody in the form of presences, with their three answers."""

    enrolment: Enrolment
    presence: forms.BoundField
    arrived: forms.BoundField
    left: forms.BoundField

    @property
    def open(self) -> bool:
        """Say whether hours were written, or are to be corrected."""
        return any(one.value() or one.errors for one in (self.arrived, self.left))


@dataclass(frozen=True)
class Noted:
    """What a form says of somebody."""

    enrolment: Enrolment
    presence: Presence
    arrived_at: datetime | None
    left_at: datetime | None


class PresenceForm(forms.Form):
    """Who was there for a half-day, everybody at once; nothing is ticked before."""

    def __init__(
        self, *args: Any, half_day: HalfDay, people: Sequence[Enrolment], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.half_day, self.people = half_day, people
        for one in people:
            self.add_person(one, entry_of(one.attendance.all(), half_day))

    def add_person(self, enrolment: Enrolment, entry: AttendanceEntry | None) -> None:
        """Ask for the presence of somebody, and for their hours where these are not the usual ones."""
        number, name = enrolment.pk, enrolment.journey.candidate.get_full_name()
        self.fields[f"presence_{number}"] = forms.TypedChoiceField(
            label="Présence",
            choices=Presence.choices(),
            coerce=Presence,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            initial=entry.presence.value if entry else None,
        )
        self.fields[f"arrived_{number}"] = TimeField(
            label="Arrivée", required=False, initial=self.shown(entry.arrived_at if entry else None)
        )
        self.fields[f"left_{number}"] = TimeField(
            label="Départ", required=False, initial=self.shown(entry.left_at if entry else None)
        )
        group(self, name, *(f"{asked}_{number}" for asked in ("presence", "arrived", "left")))

    def asked(self) -> list[tuple[forms.BoundField, Any]]:
        """Return each field with what is to be corrected in it, for the head of the page."""
        return [(one, one.errors) for one in self]

    def shown(self, moment: datetime | None) -> time | None:
        """Return an hour as the clocks of the place show it."""
        return local(moment, self.half_day.workshop.territory).time() if moment else None

    def lines(self) -> list[Line]:
        """Return each person with their answers."""
        return [
            Line(one, self[f"presence_{one.pk}"], self[f"arrived_{one.pk}"], self[f"left_{one.pk}"])
            for one in self.people
        ]

    def clean(self) -> dict[str, Any]:
        """Check the hours of each person against those of the half-day."""
        said = super().clean() or {}
        for noted in self.noted(said):
            refusal = law.hours_agree(
                noted.presence,
                self.half_day.starts_at,
                self.half_day.ends_at,
                noted.arrived_at,
                noted.left_at,
            )
            if refusal:
                self.add_error(f"arrived_{noted.enrolment.pk}", refusal.why)
        for one in self.people:
            hours = said.get(f"arrived_{one.pk}") or said.get(f"left_{one.pk}")
            if hours and not said.get(f"presence_{one.pk}"):
                self.add_error(f"presence_{one.pk}", "Dites d’abord si la personne était là.")
        return said

    def noted(self, said: Mapping[str, Any]) -> list[Noted]:
        """Return what is said of those of whom something is said."""
        return [
            Noted(
                one,
                said[f"presence_{one.pk}"],
                self.moment(said.get(f"arrived_{one.pk}")),
                self.moment(said.get(f"left_{one.pk}")),
            )
            for one in self.people
            if said.get(f"presence_{one.pk}")
        ]

    def moment(self, hour: time | None) -> datetime | None:
        """Return an hour of the half-day as a moment."""
        if hour is None:
            return None
        on: date = self.half_day.on
        return datetime.combine(on, hour, zone(self.half_day.workshop.territory))


def entry_of(entries: Iterable[AttendanceEntry], half_day: HalfDay) -> AttendanceEntry | None:
    """Return what was noted of a half-day, among what was noted of somebody."""
    return next((one for one in entries if one.half_day_id == half_day.pk), None)
