"""The agenda of who accompanies: sites, weekly openings, absences, and the meetings booked in it."""

from datetime import date, datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from jalon.journeys.models import Journey
from jalon.law.clocks import WEEKDAYS, french_hour
from jalon.law.vocabulary import Attendance, MeetingKind, MeetingMode, Territory
from jalon.now import now, today
from jalon.people.models import Organisation
from jalon.support.models.path import Meeting
from jalon.support.slots import DAY, Away, Hours, Taken
from jalon.support.territories import local, said
from jalon.words import WordField, known

#: How long a meeting may last, in minutes.
LENGTHS = (30, 45, 60, 90)


class SiteQuerySet(models.QuerySet["Site"]):
    """Some places where people are received."""

    def receiving(self) -> Self:
        """Return those that still receive somebody."""
        return self.filter(Q(closes_on__isnull=True) | Q(closes_on__gt=today()))


class Site(models.Model):
    """A place of an organisation where people are received, with its own hours and holidays.

    `closes_on` is the first day on which nobody is received there any more.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField("nom", max_length=100)
    address = models.CharField("adresse", max_length=250)
    territory = WordField("territoire", max_length=20, words=Territory, default=Territory.METROPOLE)
    closes_on = models.DateField("fermé à partir du", null=True, blank=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        verbose_name = "site"
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "name"], name="a_site_is_named_once"),
            known("territory", Territory, "site_territory_known"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.address}"


class OpeningHours(models.Model):
    """Hours of each week during which an architect receives candidates, at a site or from afar."""

    architect = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="opening_hours"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField("jour", choices=list(enumerate(WEEKDAYS)))
    starts_at = models.TimeField("de")
    ends_at = models.TimeField("à")
    minutes = models.PositiveSmallIntegerField("durée d’un rendez-vous, en minutes")
    mode = WordField("modalité", max_length=20, words=MeetingMode)
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, related_name="opening_hours"
    )
    link = models.URLField("lien de visioconférence", max_length=300, blank=True)
    valid_from = models.DateField("à partir du")
    valid_until = models.DateField("jusqu’au", null=True, blank=True)

    class Meta:
        verbose_name = "plage d’ouverture"
        verbose_name_plural = "plages d’ouverture"
        ordering: ClassVar = ["weekday", "starts_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"), weekday__lte=6, minutes__in=LENGTHS),
                name="an_opening_is_cut_into_meetings",
            ),
            models.CheckConstraint(
                condition=Q(mode=MeetingMode.ON_SITE.value, site__isnull=False)
                | Q(mode=MeetingMode.PHONE.value)
                | (Q(mode=MeetingMode.REMOTE.value) & ~Q(link="")),
                name="an_opening_says_where",
            ),
        ]

    def __str__(self) -> str:
        hours = f"{french_hour(self.starts_at)} à {french_hour(self.ends_at)}"
        return f"{self.get_weekday_display()}, {hours}"

    @property
    def territory(self) -> Territory:
        """Return where its hours are read: at its site, else in Paris."""
        return self.site.territory if self.site else Territory.METROPOLE

    def as_hours(self) -> Hours:
        """Return it as the computing of slots knows it."""
        return Hours(
            self.pk,
            self.weekday,
            self.starts_at,
            self.ends_at,
            self.minutes,
            self.territory,
            self.site_id if self.mode == MeetingMode.ON_SITE else None,
            self.valid_from,
            self.last_day,
        )

    @property
    def last_day(self) -> date | None:
        """Return the last day on which it holds: its own, or the one before its site closes."""
        closes = self.site.closes_on if self.site and self.mode == MeetingMode.ON_SITE else None
        last = (self.valid_until, closes and closes - DAY)
        return min((day for day in last if day), default=None)


class Absence(models.Model):
    """Days without an architect, both included; why is nobody's business but theirs."""

    architect = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="absences"
    )
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    starts_at = models.TimeField("de", null=True, blank=True)
    ends_at = models.TimeField("à", null=True, blank=True)
    reason = models.CharField("motif", max_length=200, blank=True)

    class Meta:
        verbose_name = "absence"
        ordering: ClassVar = ["starts_on", "starts_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="an_absence_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                | Q(starts_on=F("ends_on"), ends_at__gt=F("starts_at")),
                name="an_absence_of_some_hours_is_of_one_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.architect}, {self.starts_on} – {self.ends_on}"

    def as_away(self) -> Away:
        """Return it as the computing of slots knows it."""
        return Away(self.starts_on, self.ends_on, self.starts_at, self.ends_at)


class TravelTime(models.Model):
    """How long an architect takes from one site to another."""

    USUAL = 30

    architect = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="travel_time"
    )
    minutes = models.PositiveSmallIntegerField("minutes de trajet", default=USUAL)

    class Meta:
        verbose_name = "temps de trajet"
        verbose_name_plural = "temps de trajet"

    def __str__(self) -> str:
        return f"{self.architect}, {self.minutes} min"


class During(Func):
    """The time that a meeting takes: it ends as the next one begins."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


#: A meeting that does not take place leaves its hour to another.
GIVEN_UP = (Attendance.EXCUSED, Attendance.CANCELLED)


class BookingQuerySet(models.QuerySet["Booking"]):
    """Some booked meetings."""

    def standing(self) -> Self:
        """Return those whose hour is taken."""
        return self.exclude(attendance__in=GIVEN_UP)

    def to_come(self) -> Self:
        """Return those that are awaited and that have not begun."""
        return self.filter(attendance=Attendance.EXPECTED, starts_at__gt=now())

    def to_settle(self) -> Self:
        """Return those that have begun, and of which nobody said whether they were held."""
        return self.filter(attendance=Attendance.EXPECTED, starts_at__lte=now())


class Booking(models.Model):
    """A meeting at an hour. `revision` goes up each time that what was told of it changes."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="bookings")
    architect = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bookings"
    )
    kind = WordField("objet", max_length=20, words=MeetingKind)
    mode = WordField("modalité", max_length=20, words=MeetingMode)
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, related_name="bookings"
    )
    territory = WordField("territoire", max_length=20, words=Territory)
    link = models.URLField("lien de visioconférence", max_length=300, blank=True)
    starts_at = models.DateTimeField("début")
    ends_at = models.DateTimeField("fin")
    attendance = WordField("présence", max_length=10, words=Attendance, default=Attendance.EXPECTED)
    revision = models.PositiveSmallIntegerField("révision", default=0)
    changed_at = models.DateTimeField("dit le", default=now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    given_up_at = models.DateTimeField("annulé le", null=True, blank=True)
    reason = models.CharField("motif", max_length=200, blank=True)
    meeting = models.OneToOneField(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="booking"
    )

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = "rendez-vous pris"
        verbose_name_plural = "rendez-vous pris"
        ordering: ClassVar = ["starts_at", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["architect", "starts_at"], name="bookings_of_an_architect"),
            models.Index(
                fields=["starts_at"],
                name="bookings_expected",
                condition=Q(attendance=Attendance.EXPECTED.value),
            ),
        ]
        constraints: ClassVar = [
            ExclusionConstraint(
                name="an_architect_is_in_one_meeting",
                expressions=[
                    (During("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                    ("architect", RangeOperators.EQUAL),
                ],
                condition=~Q(attendance__in=[one.value for one in GIVEN_UP]),
            ),
            known("attendance", Attendance, "booking_attendance_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_booking_lasts"),
        ]

    def __str__(self) -> str:
        return f"{self.kind.label}, {self.when}"

    @property
    def when(self) -> str:
        """Return its day and hour, as people of its place say them."""
        return said(self.starts_at, self.territory)

    @property
    def told_as(self) -> str:
        """Return the name of what is told of it now: its number, and that of its revision."""
        return f"{self.pk}.{self.revision}"

    @property
    def starts(self) -> datetime:
        """Return its beginning, as the clocks of its place show it."""
        return local(self.starts_at, self.territory)

    @property
    def on(self) -> date:
        """Return its day, in its place."""
        return self.starts.date()

    @property
    def minutes(self) -> int:
        """Return how long it lasts."""
        return int((self.ends_at - self.starts_at) / timedelta(minutes=1))

    @property
    def where(self) -> str:
        """Return where to go, or how people speak to each other."""
        if self.mode == MeetingMode.ON_SITE:
            return str(self.site)
        return self.link or MeetingMode.PHONE.label

    @property
    def awaited(self) -> bool:
        """Say whether it is still to come."""
        return self.attendance == Attendance.EXPECTED and self.starts_at > now()

    @property
    def became(self) -> str:
        """Return what became of it, in words; that it is still to be noted, once its hour has come."""
        unsaid = self.attendance == Attendance.EXPECTED and not self.awaited
        return "Présence à noter" if unsaid else self.attendance.label

    def as_taken(self) -> Taken:
        """Return it as the computing of slots knows it."""
        place = self.site_id if self.mode == MeetingMode.ON_SITE else None
        return Taken(self.starts_at, self.ends_at, place)
