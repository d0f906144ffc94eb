"""Who waits for a sooner meeting, and the hours that were kept for them in turn."""

from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from jalon.journeys.models import Journey
from jalon.law.clocks import WEEKDAYS
from jalon.law.earlier import LONGEST_HOLD, SHORTEST_HOLD, USUAL_HOLD, Wanted
from jalon.law.vocabulary import MeetingMode, OfferState, Territory
from jalon.now import now, today
from jalon.people.models import Organisation
from jalon.support.models.agenda import Booking, During, Site
from jalon.support.slots import Taken
from jalon.support.territories import said
from jalon.words import WordField, known


class AgendaRule(models.Model):
    """What an organisation settles of its agendas: for how many hours a sooner meeting is kept for somebody."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="agenda_rule"
    )
    hold_hours = models.PositiveSmallIntegerField("heures pour répondre", default=USUAL_HOLD)

    class Meta:
        verbose_name = "réglage des agendas"
        verbose_name_plural = "réglages des agendas"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(hold_hours__range=(SHORTEST_HOLD, LONGEST_HOLD)),
                name="an_hour_is_kept_for_a_while",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.hold_hours} h"


class EarlierWishQuerySet(models.QuerySet["EarlierWish"]):
    """Some people who asked for a sooner meeting."""

    def standing(self) -> Self:
        """Return those who still wait for one, with a meeting to come."""
        to_come = Booking.objects.to_come().filter(journey=OuterRef("journey"))
        return self.filter(Exists(to_come), ended_at__isnull=True, until__gte=today())


class EarlierWish(models.Model):
    """What a candidate who has a meeting to come would take sooner; one for each journey, asked again or ended."""

    journey = models.OneToOneField(Journey, on_delete=models.CASCADE, related_name="earlier_wish")
    until = models.DateField("jusqu’au")
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name="jours")
    mornings = models.BooleanField("matin", default=True)
    afternoons = models.BooleanField("après-midi", default=True)
    on_site = models.BooleanField("sur place", default=True)
    from_afar = models.BooleanField("à distance", default=True)
    asked_at = models.DateTimeField("demandé le", default=now)
    ended_at = models.DateTimeField("arrêté le", null=True, blank=True)

    objects = EarlierWishQuerySet.as_manager()

    class Meta:
        verbose_name = "demande de rendez-vous plus tôt"
        verbose_name_plural = "demandes de rendez-vous plus tôt"
        ordering: ClassVar = ["asked_at", "pk"]

    def __str__(self) -> str:
        return f"{self.journey}, {self.said}"

    @property
    def wanted(self) -> Wanted:
        """Return it as the law knows it."""
        return Wanted(
            self.until,
            tuple(self.weekdays),
            self.mornings,
            self.afternoons,
            self.on_site,
            self.from_afar,
        )

    @property
    def said(self) -> str:
        """Return which hours would suit, in words."""
        days = [WEEKDAYS[one] for one in sorted(self.weekdays)]
        halves = [
            word
            for word, wanted in (("matin", self.mornings), ("après-midi", self.afternoons))
            if wanted
        ]
        ways = [
            word
            for word, wanted in (("sur place", self.on_site), ("à distance", self.from_afar))
            if wanted
        ]
        every = "du lundi au vendredi" if sorted(self.weekdays) == list(range(5)) else ""
        return " · ".join([every or ", ".join(days), " ou ".join(halves), " ou ".join(ways)])


class EarlierOfferQuerySet(models.QuerySet["EarlierOffer"]):
    """Some hours that were offered."""

    def in_force(self) -> Self:
        """Return those that are kept for somebody now."""
        return self.filter(state=OfferState.HELD, held_until__gt=now())

    def lapsed(self) -> Self:
        """Return those that were kept long enough, and wait to be offered to the next."""
        return self.filter(state=OfferState.HELD, held_until__lte=now())


class EarlierOffer(models.Model):
    """A free hour kept for one person until a moment; `key` is the name of the slot."""

    wish = models.ForeignKey(EarlierWish, on_delete=models.CASCADE, related_name="offers")
    architect = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField("créneau", max_length=40)
    mode = WordField("modalité", max_length=20, words=MeetingMode)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    territory = WordField("territoire", max_length=20, words=Territory)
    starts_at = models.DateTimeField("début")
    ends_at = models.DateTimeField("fin")
    offered_at = models.DateTimeField("proposé le", default=now)
    held_until = models.DateTimeField("gardé jusqu’à")
    state = WordField("état", max_length=10, words=OfferState, default=OfferState.HELD)

    objects = EarlierOfferQuerySet.as_manager()

    class Meta:
        verbose_name = "heure proposée"
        verbose_name_plural = "heures proposées"
        ordering: ClassVar = ["-offered_at", "-pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["architect", "starts_at"],
                condition=Q(state=OfferState.HELD.value),
                name="hours_kept_for_somebody",
            )
        ]
        constraints: ClassVar = [
            known("state", OfferState, "offer_state_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="an_offer_lasts"),
            ExclusionConstraint(
                name="an_hour_is_kept_for_one_person",
                expressions=[
                    (During("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                    ("architect", RangeOperators.EQUAL),
                ],
                condition=Q(state=OfferState.HELD.value),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.when}, {self.state.label.lower()}"

    @property
    def when(self) -> str:
        """Return its day and hour, as people of its place say them."""
        return said(self.starts_at, self.territory)

    @property
    def until(self) -> str:
        """Return until when it is kept, as people of its place say it."""
        return said(self.held_until, self.territory)

    @property
    def where(self) -> str:
        """Return where to go, or how people speak to each other."""
        return str(self.site) if self.site else self.mode.label

    @property
    def minutes(self) -> int:
        """Return how long it lasts."""
        return int((self.ends_at - self.starts_at) / timedelta(minutes=1))

    def as_taken(self) -> Taken:
        """Return it as the computing of slots knows it, for everybody else."""
        place = self.site_id if self.mode == MeetingMode.ON_SITE else None
        return Taken(self.starts_at, self.ends_at, place)
