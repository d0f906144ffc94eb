"""What who accompanies asked the certifier of a journey, and what was answered."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from jalon.journeys.models.journey import Journey
from jalon.law.vocabulary import Channel
from jalon.now import now, paris_day, today
from jalon.people.models import Organisation
from jalon.words import WordField


class QuestionQuerySet(models.QuerySet["CertifierQuestion"]):
    """Some questions."""

    def waiting(self) -> Self:
        """Return those without an answer from whoever certifies now, the oldest first."""
        asked_now = self.filter(certifier=F("journey__certifier"))
        return asked_now.filter(answered_on__isnull=True).order_by("asked_at", "pk")


class CertifierQuestion(models.Model):
    """A question, to whom, when and by whom; its answer, on which day, by whom it was written here, how it is known.

    `certifier` is whom it was asked, which a transfer does not change. `channel` is empty for an answer that the certifier wrote here.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="questions")
    certifier = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    question = models.TextField("question")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField("posée le", default=now)
    answer = models.TextField("réponse", blank=True)
    answered_on = models.DateField("réponse le", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    channel = WordField("connue par", max_length=20, words=Channel, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "question au certificateur"
        verbose_name_plural = "questions au certificateur"
        ordering: ClassVar = ["-asked_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="", answered_by__isnull=True)
                | (Q(answered_on__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="an_answer_says_when_and_by_whom",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["asked_at"], condition=Q(answered_on__isnull=True), name="questions_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"Question sur {self.journey}"

    @property
    def days(self) -> int:
        """Return for how many days it has waited."""
        return (today() - paris_day(self.asked_at)).days
