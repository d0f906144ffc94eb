"""Somebody whom a candidate names to help them write, and what they did there."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from jalon.catalogue.models import Competence
from jalon.journeys.models import JournalEntry, Journey
from jalon.law.aids import SENDINGS
from jalon.law.vocabulary import AidDeed
from jalon.people.addresses import at_address
from jalon.words import WordField, known


class WritingAidQuerySet(models.QuerySet["WritingAid"]):
    """Some people who help to write."""

    def helping(self, on: date) -> Self:
        """Return those who were not taken away, whose time is not over, and whose file did not leave since."""
        return self.asked_until(on).filter(left_since=False)

    def let_go(self, on: date) -> Self:
        """Return those whom the sending of the file alone keeps from helping."""
        return self.asked_until(on).filter(left_since=True)

    def asked_until(self, on: date) -> Self:
        """Return those who were not taken away and whose time is not over, each with whether the file left since."""
        return self.filter(withdrawn_at=None, until__gte=on).with_sending()

    def with_sending(self) -> Self:
        """Return each with whether the file left since they were named: `left_since`."""
        sendings = JournalEntry.objects.filter(
            journey=OuterRef("journey"), act__in=SENDINGS, at__gt=OuterRef("named_at")
        )
        return self.annotate(left_since=Exists(sendings))

    def reached_at(self, email: str) -> Self:
        """Return those who have an address."""
        return self.filter(at_address(email))


class WritingAid(models.Model):
    """A person who types, by a link of their own, in the competences that a candidate named."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="aids")
    name = models.CharField("prénom et nom", max_length=150)
    email = models.EmailField("adresse e-mail")
    why = models.CharField("pourquoi", max_length=300)
    until = models.DateField("jusqu’au")
    competences = models.ManyToManyField(Competence, related_name="+")
    named_at = models.DateTimeField("nommée le")
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    #: Told by `with_sending`.
    left_since: bool

    objects = WritingAidQuerySet.as_manager()

    class Meta:
        verbose_name = "aide à l’écriture"
        verbose_name_plural = "aides à l’écriture"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "journey",
                Lower("email"),
                condition=Q(withdrawn_at=None),
                name="an_aid_has_one_link",
            )
        ]

    def __str__(self) -> str:
        return self.name


class AidTrace(models.Model):
    """Something that an aid did: their candidate reads each (R-124)."""

    aid = models.ForeignKey(WritingAid, on_delete=models.CASCADE, related_name="traces")
    deed = WordField("ce qui a été fait", max_length=10, words=AidDeed)
    competence = models.ForeignKey(
        Competence, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "ce qu’a fait une aide à l’écriture"
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [known("deed", AidDeed, "aid_deed_known")]

    def __str__(self) -> str:
        return f"{self.aid}, {self.deed.label.lower()}"
