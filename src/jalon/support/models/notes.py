"""What a team writes for itself of a candidate."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from jalon.journeys.models import Journey
from jalon.now import now
from jalon.people.models import Organisation


class TeamNote(models.Model):
    """A note that only the organisation in which it was written reads; its candidate has it in their copy."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="team_notes")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("note")
    at = models.DateTimeField("écrite le", default=now)

    class Meta:
        verbose_name = "note de l’équipe"
        verbose_name_plural = "notes de l’équipe"
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Note sur {self.journey}"
