"""A delay of a journey, as a row."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q

from jalon.journeys.models.journey import Journey
from jalon.law.lateness import awaited_at
from jalon.law.vocabulary import Act, ClockKind, ClockState
from jalon.now import today
from jalon.words import WordField, known


class ClockQuerySet(models.QuerySet["Clock"]):
    """The delays of some journeys."""

    def running(self) -> Self:
        """Return those that run."""
        return self.filter(state=ClockState.RUNNING)

    def open(self) -> Self:
        """Return those that run, or ran out and are still waited for: as `law.lateness` says it.

        A step recorded since keeps an admissibility alive, even after its delay ran out. The journey is
        looked up for what ran out only: joined, it would be read whole.
        """
        awaited = Q(pk__in=[])
        for kind in ClockKind:
            awaited |= Q(clock=kind, stage__in=awaited_at(kind))
        clock = ExpressionWrapper(OuterRef("kind"), output_field=models.CharField())
        still = Journey.objects.alias(clock=clock).filter(awaited, pk=OuterRef("journey"))
        later = Clock.objects.filter(
            journey=OuterRef("journey"),
            kind=OuterRef("kind"),
            started_on__gt=OuterRef("started_on"),
        )
        step = Journey.objects.filter(
            pk=OuterRef("journey"),
            journal__act=Act.RECORD_STEP,
            journal__occurred_on__gte=OuterRef("ended_on"),
        )
        unanswered = Exists(still) & ~Exists(later) & (~Q(kind=ClockKind.LAPSE) | ~Exists(step))
        runs = Q(state=ClockState.RUNNING, started_on__lte=today())
        ran_out = Q(state=ClockState.EXPIRED) & unanswered
        return self.filter(runs | ran_out, state__in=[ClockState.RUNNING, ClockState.EXPIRED])

    def statutory(self) -> Self:
        """Return those that a text sets."""
        return self.filter(kind__in=[kind for kind in ClockKind if kind.statutory])


class Clock(models.Model):
    """A delay of a journey: when it aims at, when it ends, and under which rule."""

    journey = models.ForeignKey(
        Journey, on_delete=models.CASCADE, related_name="clocks", db_index=False
    )
    kind = WordField("délai", max_length=20, words=ClockKind)
    state = WordField("état", max_length=10, words=ClockState)
    started_on = models.DateField("départ")
    target_on = models.DateField("objectif")
    limit_on = models.DateField("limite")
    alert_on = models.DateField("alerte", null=True, blank=True)
    next_on = models.DateField("à regarder le", null=True, blank=True)
    ended_on = models.DateField("terminé le", null=True, blank=True)
    rule = models.CharField("règle", max_length=10, blank=True)
    article = models.CharField("article", max_length=100)
    explanation = models.TextField("comment cette date est calculée")

    objects = ClockQuerySet.as_manager()

    class Meta:
        verbose_name = "délai"
        ordering: ClassVar = ["started_on", "pk"]
        constraints: ClassVar = [
            known("kind", ClockKind, "clock_kind_known"),
            known("state", ClockState, "clock_state_known"),
            models.CheckConstraint(
                condition=Q(started_on__lte=F("target_on"), target_on__lte=F("limit_on")),
                name="clock_runs_forward",
            ),
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | Q(state=ClockState.RUNNING.value),
                name="only_a_running_clock_is_due",
            ),
            models.UniqueConstraint(
                fields=["journey", "kind"],
                condition=Q(state=ClockState.RUNNING.value),
                name="one_running_clock_of_a_kind",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_on"], condition=Q(next_on__isnull=False), name="clocks_due"),
            models.Index(
                fields=["journey", "state"],
                include=["kind", "started_on", "limit_on", "ended_on"],
                name="clocks_of_a_journey",
            ),
        ]

    def __str__(self) -> str:
        return ClockKind(self.kind).label

    @property
    def running(self) -> bool:
        """Say whether the delay runs."""
        return self.state == ClockState.RUNNING

    @property
    def statutory(self) -> bool:
        """Say whether a text sets this delay."""
        return ClockKind(self.kind).statutory
