"""The answers that devices brought back from visits: known by a number of their own, each is done once."""

from django.db import models

from jalon.journeys.models import Journey
from jalon.now import now


class BroughtAnswer(models.Model):
    """An answer that a device brought back, or one that its device gave up for a later one."""

    #: Drawn by the device.
    id = models.UUIDField(primary_key=True)
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="+")
    #: As a page writes it; empty for one that was given up.
    answer = models.CharField("réponse", max_length=30, blank=True)
    at = models.DateTimeField("rapportée le", default=now)

    class Meta:
        verbose_name = "réponse rapportée d’une visite"
        verbose_name_plural = "réponses rapportées de visites"

    def __str__(self) -> str:
        return self.answer or "…"
