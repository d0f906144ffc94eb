"""What is kept of texts as they are typed: what each open page last sent, and words that no file holds yet."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jalon.journeys.models import Journey
from jalon.people.models import User
from jalon.writing.models.aids import WritingAid


def typed_by_one(name: str) -> models.CheckConstraint:
    """Return the constraint that words are those of an account, or of somebody who helps, and not of both."""
    account, helper = Q(author__isnull=False, aid=None), Q(author=None, aid__isnull=False)
    return models.CheckConstraint(condition=account | helper, name=name)


class Pen(models.Model):
    """A page in which somebody types in a field: what it last sent, so that a bad network saves it once."""

    #: Drawn by the page itself.
    id = models.UUIDField(primary_key=True)
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="pens")
    author = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    #: Somebody who helps by a link types without an account.
    aid = models.ForeignKey(WritingAid, on_delete=models.CASCADE, null=True, related_name="+")
    subject = models.CharField("page", max_length=60)
    field = models.CharField("champ", max_length=60)
    number = models.PositiveIntegerField("combientième envoi")
    sent = models.TextField("texte envoyé", blank=True)
    theirs = models.TextField("texte écrit ailleurs en même temps", blank=True)
    saved_at = models.DateTimeField("enregistré le")

    class Meta:
        verbose_name = "texte envoyé par une page"
        indexes: ClassVar = [models.Index(fields=["journey", "subject", "field", "saved_at"])]
        constraints: ClassVar = [typed_by_one("pen_is_of_one_hand")]

    def __str__(self) -> str:
        return f"{self.subject} {self.field}"


class Draft(models.Model):
    """Words typed in a form that was not sent yet, of somebody on a journey."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="drafts")
    author = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    #: Somebody who helps by a link types without an account.
    aid = models.ForeignKey(WritingAid, on_delete=models.CASCADE, null=True, related_name="+")
    subject = models.CharField("page", max_length=60)
    field = models.CharField("champ", max_length=60)
    text = models.TextField("texte")

    class Meta:
        verbose_name = "texte pas encore envoyé"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["journey", "author", "subject", "field"], name="one_draft_of_a_field"
            ),
            models.UniqueConstraint(
                fields=["aid", "subject", "field"], name="one_draft_of_a_field_by_an_aid"
            ),
            typed_by_one("draft_is_of_one_hand"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.field}"
