"""The mock grid of a rehearsal: what who accompanies finds, competence by competence, and their advice."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from jalon.catalogue.models import Competence
from jalon.journeys.models import Journey
from jalon.law.vocabulary import Readiness
from jalon.now import today
from jalon.support.models.path import Meeting
from jalon.words import WordField, known


class MockGridQuerySet(models.QuerySet["MockGrid"]):
    """Some mock grids."""

    def open(self) -> Self:
        """Return those that are still being written."""
        return self.filter(shared_at__isnull=True)

    def shared(self) -> Self:
        """Return those that their candidates read, the latest first."""
        return self.filter(shared_at__isnull=False)


class MockGrid(models.Model):
    """The grid of a rehearsal: the team's own until it is shared, then read by the candidate and changed no more.

    Neither certifier nor jury ever reads it. `meeting` is the rehearsal, known once the grid is shared.
    """

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="mock_grids")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    begun_on = models.DateField("commencée le", default=today)
    advice = models.TextField("avis d’ensemble", blank=True)
    meeting = models.OneToOneField(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="mock_grid"
    )
    shared_at = models.DateTimeField("partagée le", null=True, blank=True)

    objects = MockGridQuerySet.as_manager()

    class Meta:
        verbose_name = "grille d’entraînement"
        verbose_name_plural = "grilles d’entraînement"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["journey"],
                condition=Q(shared_at__isnull=True),
                name="one_mock_grid_is_written_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"Entraînement, {self.journey}"


class MockFinding(models.Model):
    """What was found of one competence at a rehearsal."""

    grid = models.ForeignKey(MockGrid, on_delete=models.CASCADE, related_name="findings")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="+")
    readiness = WordField("constat", max_length=20, words=Readiness)
    comment = models.CharField("remarque", max_length=500, blank=True)

    class Meta:
        verbose_name = "constat d’entraînement"
        verbose_name_plural = "constats d’entraînement"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["grid", "competence"], name="a_competence_is_found_once_in_a_grid"
            ),
            known("readiness", Readiness, "mock_readiness_known"),
        ]

    def __str__(self) -> str:
        return f"{self.competence}, {self.readiness.label}"
