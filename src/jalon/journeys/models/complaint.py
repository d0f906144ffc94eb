"""The register of complaints and contestations (R-130)."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from jalon.journeys.models.journey import Journey
from jalon.law.vocabulary import Addressee, RequestNature
from jalon.people.models import Organisation
from jalon.words import WordField

#: What was told to an organisation that accompanies its candidate no more.
LEFT = Q(to=Addressee.ACCOMPANIST, accompanist__isnull=False) & (
    ~Q(accompanist=F("journey__organisation")) | Q(journey__organisation__isnull=True)
)


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    """Some complaints."""

    def waiting(self) -> Self:
        """Return those that nobody answered yet."""
        return self.filter(answered_on__isnull=True)

    def of_now(self) -> Self:
        """Return those to whoever has the file now: what was told to an organisation stays with it."""
        return self.exclude(LEFT)

    def told_before(self) -> Self:
        """Return those told to an organisation that the candidate left since."""
        return self.filter(LEFT)


class Complaint(models.Model):
    """What a candidate complains of, when, before whom; the answer, when, by whom, and what was done.

    `accompanist` is the organisation to which it was told, when it was: the next one does not read it.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="complaints")
    number = models.PositiveSmallIntegerField("n°")
    to = WordField("adressée à", max_length=12, words=Addressee)
    accompanist = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    nature = WordField(
        "demande", max_length=12, words=RequestNature, default=RequestNature.COMPLAINT
    )
    words = models.TextField("réclamation")
    filed_on = models.DateField("reçue le")
    answered_on = models.DateField("réponse le", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.TextField("réponse", blank=True)
    action = models.TextField("suite donnée", blank=True)
    granted = models.BooleanField("acceptée", default=False)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = "réclamation"
        ordering: ClassVar = ["-filed_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["journey", "number"], name="complaints_are_numbered")
        ]

    def __str__(self) -> str:
        return f"Réclamation {self.number}, {self.journey.reference}"

    @property
    def left(self) -> bool:
        """Say whether it was told to an organisation that accompanies its candidate no more."""
        return self.accompanist_id not in (None, self.journey.organisation_id)
