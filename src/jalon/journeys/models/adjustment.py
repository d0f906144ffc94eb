"""Requests for an adjustment and their answers, apart from the journal: they may be erased (R-123, R-127)."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jalon.journeys.models.journal import JournalEntry
from jalon.journeys.models.journey import Journey
from jalon.law.vocabulary import AdjustedStep, AdjustmentKind, AdjustmentOutcome
from jalon.words import WordField


class AdjustmentQuerySet(models.QuerySet["Adjustment"]):
    """Some requests."""

    def standing(self) -> Self:
        """Return those that were not withdrawn."""
        return self.filter(withdrawn_on__isnull=True)

    def waiting(self) -> Self:
        """Return those that nobody answered yet."""
        return self.standing().filter(outcome="")

    def granted(self) -> Self:
        """Return those for which something is put in place."""
        given = (AdjustmentOutcome.GRANTED, AdjustmentOutcome.OTHERWISE)
        return self.standing().filter(outcome__in=given)

    def shared_with_the_jury(self) -> Self:
        """Return what a jury may learn: granted, about it, with the candidate's agreement."""
        return self.granted().filter(step=AdjustedStep.JURY, jury_may_know=True)


class Adjustment(models.Model):
    """What a candidate needs, in their words; the answer, when; nothing of it once it is withdrawn."""

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="adjustments")
    entry = models.OneToOneField(
        JournalEntry, on_delete=models.PROTECT, related_name="adjustment", verbose_name="demande"
    )
    number = models.PositiveSmallIntegerField("n°")
    step = WordField("étape", max_length=20, words=AdjustedStep)
    kinds = ArrayField(
        WordField("besoin", max_length=20, words=AdjustmentKind), default=list, blank=True
    )
    words = models.TextField("ce qu’il faut", blank=True)
    jury_may_know = models.BooleanField("le jury peut le savoir", default=False)
    asked_on = models.DateField("demandé le")
    outcome = WordField("réponse", max_length=10, words=AdjustmentOutcome, blank=True)
    answer = models.TextField("ce qui est mis en place, ou pourquoi rien", blank=True)
    answered_on = models.DateField("répondu le", null=True, blank=True)
    withdrawn_on = models.DateField("retiré le", null=True, blank=True)

    objects = AdjustmentQuerySet.as_manager()

    class Meta:
        verbose_name = "demande d’aménagement"
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["journey", "number"], name="adjustments_are_numbered"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on__isnull=True)
                | models.Q(kinds=[], words="", answer=""),
                name="a_withdrawn_adjustment_is_erased",
            ),
        ]

    def __str__(self) -> str:
        return f"Aménagement {self.number}, {self.journey.reference}"

    @property
    def needs(self) -> list[str]:
        """Return what is asked, in words: what was chosen in the list, then what was written."""
        chosen = [AdjustmentKind(kind).label for kind in self.kinds]
        return [*chosen, *([self.words] if self.words else [])]
