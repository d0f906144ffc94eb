"""Decisions on admissibility, and the gaps that they name."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from jalon.journeys.models.journey import Journey


class DecisionQuerySet(models.QuerySet["AdmissibilityDecision"]):
    """Some decisions."""

    def in_force(self) -> Self:
        """Return those that no later one replaced."""
        return self.filter(revoked_at__isnull=True)


class AdmissibilityDecision(models.Model):
    """What the certifier, or its silence, decided; never edited, only followed by another (R-034)."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="decisions")
    admissible = models.BooleanField("recevable")
    tacit = models.BooleanField("tacite", default=False)
    decided_on = models.DateField("décidé le")
    reason = models.TextField("motifs", blank=True)
    recommendations = models.TextField("recommandations", blank=True)
    valid_until = models.DateField("valable jusqu’au", null=True, blank=True)
    extended_until = models.DateField("prolongé jusqu’au", null=True, blank=True)
    analysis = models.TextField("analyse des écarts", blank=True)
    gip_notice_on = models.DateField("avis de France VAE reçu le", null=True, blank=True)
    revoked_at = models.DateTimeField("annulée le", null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "décision de recevabilité"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["journey"],
                condition=Q(revoked_at__isnull=True),
                name="one_decision_in_force",
            )
        ]

    def __str__(self) -> str:
        return "Recevable" if self.admissible else "Non recevable"

    @property
    def holds_until(self) -> date | None:
        """Return the last day of the admissibility, as it was last extended; None without a limit."""
        return self.extended_until or self.valid_until


class Gap(models.Model):
    """A distance that the decision names (R-032)."""

    decision = models.ForeignKey(
        AdmissibilityDecision, on_delete=models.CASCADE, related_name="gaps"
    )
    target = models.CharField("compétence ou bloc", max_length=300)
    text = models.TextField("écart constaté")

    class Meta:
        verbose_name = "écart"

    def __str__(self) -> str:
        return self.target
