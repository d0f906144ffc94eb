"""What the rights of people over their data leave behind: lists read, copies asked for, erasures."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from jalon.journeys.models.journey import Journey
from jalon.now import now, today
from jalon.people.models import Organisation


class ListRead(models.Model):
    """A list of people that somebody of the staff opened, or took away as a spreadsheet (R-124).

    Neither the names nor the words that were looked for are kept: only which list, and how many rows.
    """

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="lists_read"
    )
    at = models.DateTimeField("le", default=now)
    what = models.CharField("liste", max_length=120)
    rows = models.PositiveIntegerField("lignes")
    exported = models.BooleanField("emportée", default=False)

    class Meta:
        verbose_name = "liste consultée"
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["reader", "-at"], name="lists_of_a_reader"),
            models.Index(fields=["-at"], condition=Q(exported=True), name="lists_exported"),
        ]

    def __str__(self) -> str:
        return f"{self.what}, {self.rows}"


class CopyQuerySet(models.QuerySet["DataCopy"]):
    """Some copies."""

    def under_way(self) -> Self:
        """Return those that are still to be made."""
        return self.filter(ready_at__isnull=True)

    def available(self) -> Self:
        """Return those that may be downloaded today."""
        return self.filter(available_until__gte=today()).exclude(file="")

    def over(self) -> Self:
        """Return those whose days are past, and whose file is still there."""
        return self.filter(available_until__lt=today()).exclude(file="")


class DataCopy(models.Model):
    """A copy of everything held about a person, made by the worker, there for some days (R-122)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="data_copies"
    )
    asked_at = models.DateTimeField("demandée le", default=now)
    ready_at = models.DateTimeField("prête le", null=True, blank=True)
    available_until = models.DateField("disponible jusqu’au", null=True, blank=True)
    file = models.FileField("fichier", blank=True)
    size = models.PositiveBigIntegerField("taille", default=0)
    taken_at = models.DateTimeField("téléchargée le", null=True, blank=True)

    objects = CopyQuerySet.as_manager()

    class Meta:
        verbose_name = "copie des données"
        ordering: ClassVar = ["-asked_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ready_at__isnull=True),
                name="one_copy_is_made_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Copie pour {self.person}"


class Purge(models.Model):
    """That the personal data of a journey were erased: when, why, how many of each thing, nothing more."""

    journey = models.OneToOneField(Journey, on_delete=models.PROTECT, related_name="purge")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField("effacé le", default=now)
    ended_on = models.DateField("parcours terminé le")
    asked_for = models.BooleanField("à la demande de la personne", default=False)
    account_erased = models.BooleanField("compte effacé", default=False)
    counts = models.JSONField("ce qui a été effacé", default=dict)

    class Meta:
        verbose_name = "effacement"
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-at"], name="purges_of_an_organisation")
        ]

    def __str__(self) -> str:
        return self.journey.reference
