"""What a candidate and who accompanies them write to one another, and the files that come with it."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from jalon.documents.models import Document
from jalon.journeys.models import Journey
from jalon.law.stages import ENDS
from jalon.now import now
from jalon.people.models import Organisation


class MessageQuerySet(models.QuerySet["ThreadMessage"]):
    """Some messages."""

    def waiting(self) -> Self:
        """Return those of candidates that wait for an answer of who accompanies them now."""
        with_them = self.filter(organisation=F("journey__organisation"))
        open_ones = with_them.exclude(journey__stage__in=ENDS)
        return open_ones.filter(from_candidate=True, settled_at__isnull=True)

    def unread(self) -> Self:
        """Return those that the other side has not opened."""
        return self.filter(read_at__isnull=True)


class ThreadMessage(models.Model):
    """A message: by whom, in whose place, when it was sent, when and by whom it was first read.

    `organisation` accompanied the candidate then: the next one does not read it. `settled_at` is when a
    message of the candidate was answered, or said to ask for no answer.
    """

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="messages")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    acted_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="pour",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    from_candidate = models.BooleanField("écrit par le candidat")
    text = models.TextField("message")
    sent_at = models.DateTimeField("envoyé le", default=now)
    read_at = models.DateTimeField("lu le", null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    settled_at = models.DateTimeField("sans réponse à donner depuis le", null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "message"
        ordering: ClassVar = ["-sent_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False),
                name="a_message_is_read_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(from_candidate=True) | Q(settled_at__isnull=True),
                name="a_candidate_is_answered",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["journey", "-sent_at"], name="messages_of_a_journey"),
            models.Index(
                fields=["journey", "sent_at"],
                condition=Q(from_candidate=True, settled_at__isnull=True),
                name="messages_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"Message sur {self.journey}"


class JoinedFile(models.Model):
    """A file that came with a message."""

    message = models.ForeignKey(ThreadMessage, on_delete=models.CASCADE, related_name="joined")
    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return str(self.document)
