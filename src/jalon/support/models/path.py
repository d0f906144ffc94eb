"""What accompaniment leaves behind: meetings held and milestones, planned against kept."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from jalon.journeys.models import Journey
from jalon.law.calendar import against_the_plan, slip
from jalon.law.support import FIRST_MEETING_SUBJECTS, NOTED_SUBJECTS, POST_JURY_SUBJECTS
from jalon.law.vocabulary import ImmersionPurpose, MeetingKind, MeetingMode
from jalon.now import now, today
from jalon.words import WordField, known

#: What reports tell of.
SUBJECTS = FIRST_MEETING_SUBJECTS | POST_JURY_SUBJECTS | NOTED_SUBJECTS


def told(report: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return each subject of a report, as it was asked, with what was said of it."""
    return [(subject(name), text) for name, text in report.items() if text]


def subject(name: str) -> str:
    """Return a subject of a report as it is asked."""
    return SUBJECTS.get(name, name)


class Meeting(models.Model):
    """A meeting that took place, with its report."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="meetings")
    kind = WordField("objet", max_length=20, words=MeetingKind)
    mode = WordField("modalité", max_length=20, words=MeetingMode)
    held_on = models.DateField("tenu le")
    minutes = models.PositiveSmallIntegerField("durée en minutes")
    report = models.JSONField("compte rendu", default=dict)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="meetings_held"
    )

    class Meta:
        verbose_name = "rendez-vous"
        ordering: ClassVar = ["-held_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(minutes__gt=0), name="a_meeting_lasts")
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="a_report_stays_as_written",
                operation=pgtrigger.UpdateOf("report"),
                condition=pgtrigger.Condition(
                    "OLD.report <> '{}' AND NEW.report <> '{}' AND NEW.report <> OLD.report"
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{MeetingKind(self.kind).label}, {self.journey}"

    @property
    def told(self) -> list[tuple[str, str]]:
        """Return each subject of the report, as it was asked, with what was said of it."""
        return told(self.report)


class ReportCorrection(models.Model):
    """A report written anew: who, when and why; those before it stay as they were."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="corrections")
    report = models.JSONField("compte rendu corrigé")
    why = models.CharField("pourquoi", max_length=200)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("le", default=now)

    class Meta:
        verbose_name = "compte rendu corrigé"
        verbose_name_plural = "comptes rendus corrigés"
        ordering: ClassVar = ["pk"]
        triggers: ClassVar = [
            pgtrigger.Protect(name="a_correction_stays_as_written", operation=pgtrigger.Update)
        ]

    def __str__(self) -> str:
        return f"{self.meeting}, {self.why}"


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    """Some dates of a calendar."""

    def to_come(self) -> Self:
        """Return those that were not kept yet."""
        return self.filter(kept_on__isnull=True)


class Milestone(models.Model):
    """A date of the personal path: planned at the start, kept or not (R-090)."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField("jalon", max_length=200)
    due_on = models.DateField("prévu le")
    moved_from = models.DateField("prévu d’abord le", null=True, blank=True)
    kept_on = models.DateField("tenu le", null=True, blank=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = "jalon"
        ordering: ClassVar = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def against_the_plan(self) -> str:
        """Return how the day on which it was done compares with the one planned; empty until then."""
        return against_the_plan(self.planned_on, self.kept_on) if self.kept_on else ""

    @property
    def planned_on(self) -> date:
        """Return the first day that was planned for it, whatever it was moved to."""
        return self.moved_from or self.due_on

    @property
    def slip(self) -> int:
        """Return by how many days it slipped from the first day planned, less than 0 when it came early."""
        return slip(self.planned_on, self.due_on, self.kept_on, today())


class PlannedActionQuerySet(models.QuerySet["PlannedAction"]):
    """Some actions of a plan."""

    def to_come(self) -> Self:
        """Return those that were neither done nor given up."""
        return self.filter(kept_on__isnull=True, given_up_on__isnull=True)


class PlannedAction(models.Model):
    """One thing to do towards a missing bloc (R-081).

    `reason` says why it was last moved, or why it was given up.
    """

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="plan")
    bloc = models.CharField("bloc", max_length=20)
    action = models.TextField("action")
    who = models.CharField("qui", max_length=200)
    due_on = models.DateField("pour le")
    moved_from = models.DateField("d’abord pour le", null=True, blank=True)
    kept_on = models.DateField("faite le", null=True, blank=True)
    given_up_on = models.DateField("abandonnée le", null=True, blank=True)
    reason = models.CharField("raison", max_length=200, blank=True)
    changed_at = models.DateTimeField("dit le", null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = PlannedActionQuerySet.as_manager()

    class Meta:
        verbose_name = "action prévue"
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kept_on__isnull=True) | Q(given_up_on__isnull=True),
                name="an_action_is_not_done_and_given_up",
            ),
            models.CheckConstraint(
                condition=Q(given_up_on__isnull=True, moved_from__isnull=True) | ~Q(reason=""),
                name="an_action_changes_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.action

    @property
    def to_come(self) -> bool:
        """Say whether it was neither done nor given up."""
        return self.kept_on is None and self.given_up_on is None

    @property
    def planned_on(self) -> date:
        """Return the first day that was planned for it, whatever it was moved to."""
        return self.moved_from or self.due_on

    @property
    def against_the_plan(self) -> str:
        """Return how the day on which it was done compares with the first one planned; empty until then."""
        if not self.kept_on:
            return ""
        return against_the_plan(
            self.planned_on, self.kept_on, moved=self.moved_from not in (None, self.due_on)
        )

    @property
    def slip(self) -> int:
        """Return by how many days it slipped from the first day planned, less than 0 when it came early."""
        return slip(self.planned_on, self.due_on, self.kept_on, today())


class Training(models.Model):
    """A training that the path proposes; the candidate may choose it (R-086)."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="trainings")
    title = models.CharField("formation", max_length=200)
    disproportion_reason = models.TextField("raison de l’écart entre les devis", blank=True)
    chosen = models.BooleanField("choisie", default=False)

    class Meta:
        verbose_name = "formation proposée"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.title


class Quote(models.Model):
    """What a provider asks for a training, in euro cents (R-086, R-087)."""

    training = models.ForeignKey(Training, on_delete=models.CASCADE, related_name="quotes")
    siren = models.CharField("SIREN", max_length=9)
    provider = models.CharField("organisme", max_length=200)
    amount = models.PositiveIntegerField("prix en centimes")

    class Meta:
        verbose_name = "devis"
        ordering: ClassVar = ["amount", "pk"]

    def __str__(self) -> str:
        return f"{self.provider}, {self.amount / 100:.2f} €"


class Immersion(models.Model):
    """Days in a company that the accepted path plans, under a convention (R-098, R-099)."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="immersions")
    host = models.CharField("entreprise d’accueil", max_length=200)
    siren = models.CharField("SIREN", max_length=9)
    purpose = WordField("objet", max_length=20, words=ImmersionPurpose)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    days = models.PositiveSmallIntegerField("jours de présence")
    prescriber = models.CharField("prescripteur", max_length=200)
    employed = models.BooleanField("candidat salarié", default=False)
    employer = models.CharField("employeur", max_length=200, blank=True)
    renewed = models.BooleanField("prolongation", default=False)

    class Meta:
        verbose_name = "immersion en entreprise"
        verbose_name_plural = "immersions en entreprise"
        ordering: ClassVar = ["starts_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on"), days__gt=0), name="an_immersion_lasts"
            ),
            known("purpose", ImmersionPurpose, "immersion_purpose_known"),
        ]

    def __str__(self) -> str:
        return self.host
