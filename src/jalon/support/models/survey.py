"""The survey at the end of an accompaniment: who was asked, and answers that nothing ties to them."""

from typing import ClassVar

from django.db import models

from jalon.journeys.models import Journey
from jalon.law.vocabulary import Satisfaction
from jalon.now import today
from jalon.people.models import Organisation
from jalon.words import WordField


class Survey(models.Model):
    """That the candidate of a journey was asked, and whether they answered: what they said is not here."""

    journey = models.OneToOneField(Journey, on_delete=models.CASCADE, related_name="survey")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField("demandé le", default=today)
    answered = models.BooleanField("répondu", default=False)

    class Meta:
        verbose_name = "avis demandé"
        verbose_name_plural = "avis demandés"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"Avis demandé, {self.journey}"


class SurveyAnswer(models.Model):
    """An answer about an organisation, in a month: neither who gave it nor on which day is kept."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    month = models.DateField("mois")
    welcome = WordField("accueil", max_length=10, words=Satisfaction, blank=True)
    listening = WordField("écoute", max_length=10, words=Satisfaction, blank=True)
    help = WordField("aide à l’écriture", max_length=10, words=Satisfaction, blank=True)
    jury = WordField("préparation au jury", max_length=10, words=Satisfaction, blank=True)
    whole = WordField("dans son ensemble", max_length=10, words=Satisfaction, blank=True)

    class Meta:
        verbose_name = "avis de fin d’accompagnement"
        verbose_name_plural = "avis de fin d’accompagnement"
        ordering: ClassVar = ["month", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "month"], name="answers_by_month")
        ]

    def __str__(self) -> str:
        return f"Avis, {self.organisation}"
