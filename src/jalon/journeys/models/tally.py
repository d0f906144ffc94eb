"""Figures counted beforehand: how many, by day and by month, without anybody in them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jalon.people.models import Organisation


class Grain(models.TextChoices):
    """How many days a tally counts together."""

    DAY = "d", "jour"
    MONTH = "m", "mois"


class Tally(models.Model):
    """What a line of a figure counts on a day or in a month, for one team or for all of them.

    Both tables of this file are unlogged (see their migration): PostgreSQL empties them after a crash, together,
    and the worker counts again.
    """

    name = models.CharField("chiffre", max_length=30)
    #: Nobody's in particular: every team together, and those who go alone.
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="organisme",
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    grain = models.CharField("par", max_length=1, choices=Grain)
    day = models.DateField("premier jour")
    line = models.TextField("ligne", blank=True)
    count = models.PositiveIntegerField("combien")
    good = models.PositiveIntegerField("dont")
    #: A few of those it counts, each under a number drawn for this count alone and that nothing leads back from.
    people = ArrayField(models.BigIntegerField(), verbose_name="quelques personnes")
    #: How long it lasted, each length once, and how many lasted so long.
    days = ArrayField(models.IntegerField(), verbose_name="durées")
    times = ArrayField(models.PositiveIntegerField(), verbose_name="nombre de chaque durée")

    class Meta:
        verbose_name = "chiffre gardé"
        verbose_name_plural = "chiffres gardés"
        indexes: ClassVar = [
            models.Index(fields=["name", "organisation", "grain", "day"], name="tallies_of_days")
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.line}, {self.day} : {self.count}"


class TallyMoment(models.Model):
    """When the tallies were last counted: one row, or none while nothing is kept."""

    at = models.DateTimeField("comptés le")

    class Meta:
        verbose_name = "moment des chiffres gardés"
        verbose_name_plural = "moments des chiffres gardés"

    def __str__(self) -> str:
        return str(self.at)
