"""Workshops of several candidates: their half-days, who has a seat or waits for one, who was there."""

from datetime import date, datetime
from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Q

from jalon.journeys.models import Journey
from jalon.law.clocks import french_hour
from jalon.law.vocabulary import EnrolmentState, MeetingMode, Presence, Territory, WorkshopTheme
from jalon.law.workshops import attended
from jalon.now import now
from jalon.people.models import Organisation
from jalon.support.models.agenda import During, Site
from jalon.support.models.groups import CompanyGroup
from jalon.support.slots import Taken
from jalon.support.territories import local, said, zone_said
from jalon.words import WordField, known

FULL = (
    "RAISE EXCEPTION 'the workshop is full, % refused', TG_OP"
    " USING ERRCODE = 'integrity_constraint_violation';"
)
#: Whoever takes a seat holds the workshop first: two people who want the last one go one after the other.
SEAT_LEFT = (
    "PERFORM 1 FROM support_workshop WHERE id = NEW.workshop_id FOR UPDATE;"
    " IF (SELECT count(*) FROM support_enrolment e WHERE e.workshop_id = NEW.workshop_id"
    " AND e.state = 'enrolled' AND e.id <> NEW.id)"
    " >= (SELECT capacity FROM support_workshop WHERE id = NEW.workshop_id)"
    " THEN {full} END IF; RETURN NEW;"
).replace("{full}", FULL)
SEATS_KEPT = (
    "IF (SELECT count(*) FROM support_enrolment e WHERE e.workshop_id = NEW.id"
    " AND e.state = 'enrolled') > NEW.capacity THEN {full} END IF; RETURN NEW;"
).replace("{full}", FULL)


class Workshop(models.Model):
    """What several candidates do together, on one or several half-days.

    `revision` goes up each time that what was told of it changes: its theme, its place or its hours.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="workshops"
    )
    theme = WordField("thème", max_length=20, words=WorkshopTheme)
    led_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="workshops_led"
    )
    mode = WordField("modalité", max_length=20, words=MeetingMode)
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, related_name="workshops"
    )
    link = models.URLField("lien de visioconférence", max_length=300, blank=True)
    group = models.ForeignKey(
        CompanyGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="workshops",
        verbose_name="réservé au groupe",
    )
    capacity = models.PositiveSmallIntegerField("places", default=12)
    revision = models.PositiveSmallIntegerField("révision", default=0)
    cancelled_at = models.DateTimeField("annulé le", null=True, blank=True)
    reason = models.CharField("motif", max_length=200, blank=True)

    class Meta:
        verbose_name = "atelier"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            known("theme", WorkshopTheme, "workshop_theme_known"),
            models.CheckConstraint(condition=Q(capacity__gt=0), name="a_workshop_has_seats"),
            models.CheckConstraint(
                condition=Q(mode=MeetingMode.ON_SITE.value, site__isnull=False)
                | (Q(mode=MeetingMode.REMOTE.value) & ~Q(link="")),
                name="a_workshop_says_where",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="seats_taken_are_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("capacity"),
                func=SEATS_KEPT,
            )
        ]

    def __str__(self) -> str:
        return f"Atelier « {self.theme.label} »"

    @property
    def territory(self) -> Territory:
        """Return where its hours are read: at its site, else in Paris."""
        return self.site.territory if self.site else Territory.METROPOLE

    @property
    def on_site(self) -> bool:
        """Say whether people come to a site."""
        return self.mode == MeetingMode.ON_SITE

    @property
    def where(self) -> str:
        """Return where to go, or by which link people join."""
        return str(self.site) if self.on_site else self.link


class HalfDay(models.Model):
    """Some hours of a workshop, for which each person is noted and signs."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="half_days")
    starts_at = models.DateTimeField("début")
    ends_at = models.DateTimeField("fin")

    class Meta:
        verbose_name = "demi-journée"
        verbose_name_plural = "demi-journées"
        ordering: ClassVar = ["starts_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_half_day_lasts"
            ),
            ExclusionConstraint(
                name="half_days_of_a_workshop_follow_each_other",
                expressions=[
                    (During("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                    ("workshop", RangeOperators.EQUAL),
                ],
                # Looked at once each statement ends: several half-days move by a day in one.
                deferrable=Deferrable.IMMEDIATE,
            ),
        ]

    def __str__(self) -> str:
        return said(self.starts_at, self.workshop.territory)

    @property
    def starts(self) -> datetime:
        """Return its beginning, as the clocks of its place show it."""
        return local(self.starts_at, self.workshop.territory)

    @property
    def ends(self) -> datetime:
        """Return its end, as the clocks of its place show it."""
        return local(self.ends_at, self.workshop.territory)

    @property
    def on(self) -> date:
        """Return its day, in its place."""
        return self.starts.date()

    @property
    def when(self) -> str:
        """Return its day and its hours, as people of its place say them."""
        territory = self.workshop.territory
        begins = said(self.starts_at, territory).removesuffix(zone_said(territory))
        return f"{begins} – {french_hour(self.ends.time())}{zone_said(territory)}"

    @property
    def begun(self) -> bool:
        """Say whether its hour has come."""
        return self.starts_at <= now()

    @property
    def over(self) -> bool:
        """Say whether it has ended."""
        return self.ends_at <= now()

    def as_taken(self) -> Taken:
        """Return it as the computing of slots knows it."""
        place = self.workshop.site_id if self.workshop.on_site else None
        return Taken(self.starts_at, self.ends_at, place)


class WithdrawnHalfDay(models.Model):
    """A half-day that was taken out of a workshop before it began: agendas are told to drop it.

    `number` is that of the half-day that it was.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="withdrawn")
    number = models.PositiveBigIntegerField("numéro", unique=True)
    starts_at = models.DateTimeField("début")
    ends_at = models.DateTimeField("fin")

    class Meta:
        verbose_name = "demi-journée retirée"
        verbose_name_plural = "demi-journées retirées"
        ordering: ClassVar = ["starts_at", "pk"]

    def __str__(self) -> str:
        return said(self.starts_at, self.workshop.territory)


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Some enrolments."""

    def seated(self) -> Self:
        """Return those that have a seat."""
        return self.filter(state=EnrolmentState.ENROLLED)

    def waiting(self) -> Self:
        """Return those that wait for a seat, who asked first at the head."""
        return self.filter(state=EnrolmentState.WAITING).order_by("asked_at", "pk")

    def standing(self) -> Self:
        """Return those that have a seat or wait for one."""
        return self.exclude(state=EnrolmentState.CANCELLED)


class Enrolment(models.Model):
    """A seat in a workshop, had, awaited or given up. `revision` goes up each time that its state changes."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="enrolments")
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="enrolments")
    state = WordField("état", max_length=10, words=EnrolmentState)
    asked_at = models.DateTimeField("demandé le", default=now)
    changed_at = models.DateTimeField("changé le", default=now)
    revision = models.PositiveSmallIntegerField("révision", default=0)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = "inscription"
        ordering: ClassVar = ["asked_at", "pk"]
        constraints: ClassVar = [
            known("state", EnrolmentState, "enrolment_state_known"),
            models.UniqueConstraint(
                fields=["workshop", "journey"], name="a_person_is_enrolled_once"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="seats_are_counted",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "workshop_id"),
                condition=pgtrigger.Q(new__state=EnrolmentState.ENROLLED.value),
                func=SEAT_LEFT,
            )
        ]

    def __str__(self) -> str:
        return f"{self.journey}, {self.state.label.lower()}"

    @property
    def sequence(self) -> int:
        """Return a number that rises with each change of the seat or of its workshop."""
        return self.workshop.revision + self.revision

    @property
    def told_as(self) -> str:
        """Return the name of what is told of it now: its number, and that of its last change."""
        return f"{self.pk}.{self.sequence}"

    @property
    def minutes(self) -> int:
        """Return how long the person was there, all half-days together."""
        return sum(one.minutes for one in self.attendance.all())

    @property
    def noted(self) -> bool:
        """Say whether a presence was noted."""
        return bool(self.attendance.all())

    def becomes(self, state: EnrolmentState) -> None:
        """Take another state, now."""
        self.state, self.changed_at = state, now()
        self.revision += 1
        self.save(update_fields=["state", "changed_at", "asked_at", "revision"])


class AttendanceEntry(models.Model):
    """Whether a person was there for a half-day; hours only where they differ from those of the half-day."""

    half_day = models.ForeignKey(HalfDay, on_delete=models.PROTECT, related_name="attendance")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attendance")
    presence = WordField("présence", max_length=10, words=Presence)
    arrived_at = models.DateTimeField("arrivée", null=True, blank=True)
    left_at = models.DateTimeField("départ", null=True, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField("notée le", default=now)

    class Meta:
        verbose_name = "présence"
        ordering: ClassVar = ["half_day__starts_at", "pk"]
        constraints: ClassVar = [
            known("presence", Presence, "presence_known"),
            models.UniqueConstraint(
                fields=["half_day", "enrolment"], name="a_half_day_is_noted_once_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment.journey}, {self.presence.label.lower()}"

    @property
    def minutes(self) -> int:
        """Return how long the person was there."""
        hours = self.half_day.starts_at, self.half_day.ends_at
        return attended(self.presence, *hours, self.arrived_at, self.left_at)
