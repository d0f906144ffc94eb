"""What accompaniment leaves behind: meetings held and milestones, planned against kept."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from jalon.journeys.models import Journey
from jalon.law.vocabulary import MeetingKind, MeetingMode


class Meeting(models.Model):
    """A meeting that took place, with its report."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="meetings")
    kind = models.CharField("objet", max_length=20, choices=MeetingKind.choices())
    mode = models.CharField("modalité", max_length=20, choices=MeetingMode.choices())
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

    def __str__(self) -> str:
        return f"{MeetingKind(self.kind).label}, {self.journey}"


class Milestone(models.Model):
    """A date of the personal path: planned at the start, kept or not (R-090)."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField("jalon", max_length=200)
    due_on = models.DateField("prévu le")
    kept_on = models.DateField("tenu le", null=True, blank=True)

    class Meta:
        verbose_name = "jalon"
        ordering: ClassVar = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title


class PlannedAction(models.Model):
    """One thing to do towards a missing bloc (R-081)."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="plan")
    bloc = models.CharField("bloc", max_length=20)
    action = models.TextField("action")
    who = models.CharField("qui", max_length=200)
    due_on = models.DateField("pour le")
    done_on = models.DateField("fait le", null=True, blank=True)

    class Meta:
        verbose_name = "action prévue"
        ordering: ClassVar = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.action
