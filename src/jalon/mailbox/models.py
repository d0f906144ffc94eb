"""Who was told of what, and the trace of each e-mail."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from jalon.journeys.models import JournalEntry


class Notice(models.Model):
    """An act told to a person, once."""

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="notices")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices"
    )
    created_at = models.DateTimeField("créé le")
    sent_at = models.DateTimeField("courriel envoyé le", null=True, blank=True)
    read_at = models.DateTimeField("lu le", null=True, blank=True)

    class Meta:
        verbose_name = "avis"
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "person"], name="a_person_is_told_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-created_at"], name="notices_of_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.entry} → {self.person}"


class RecordedMail(models.Model):
    """An e-mail that the demo and the tests would have sent: shown, never sent."""

    to = models.CharField("à", max_length=250)
    subject = models.CharField("objet", max_length=250)
    body = models.TextField("texte")
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "courriel de démonstration"
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.subject
