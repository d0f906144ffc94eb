"""What is kept of a text as it goes, and what who accompanies says of it once it is read again."""

from typing import ClassVar

from django.db import models

from jalon.catalogue.models import Bloc
from jalon.law.vocabulary import ReadThrough, VersionReason
from jalon.people.models import User
from jalon.words import WordField, known
from jalon.writing.models.validation import Section, ValidationFile


class SectionVersion(models.Model):
    """A text as it stood at some moment: never changed; thinned by the rule of `writing/versions.py`."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="versions")
    reason = WordField("gardée parce que", max_length=10, words=VersionReason)
    answers = models.JSONField("textes")
    words = models.PositiveIntegerField("nombre de mots")
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: Who typed it, and from what, where it was not its candidate.
    hand = models.CharField("écrite par une autre personne", max_length=600, blank=True)
    written_at = models.DateTimeField("écrite le")
    kept_at = models.DateTimeField("gardée le")

    class Meta:
        verbose_name = "version d’un texte"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [known("reason", VersionReason, "version_reason_known")]

    def __str__(self) -> str:
        return f"{self.section}, {self.reason.label.lower()}"


class ReadyBloc(models.Model):
    """A bloc read again and found ready, with the fingerprint of its texts; it falls when they change."""

    file = models.ForeignKey(ValidationFile, on_delete=models.CASCADE, related_name="ready_blocs")
    bloc = models.ForeignKey(Bloc, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField("empreinte des textes relus", max_length=64)
    marked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField("relu le")
    fallen_at = models.DateTimeField("texte changé le", null=True, blank=True)

    class Meta:
        verbose_name = "bloc relu et prêt"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "bloc"], name="a_bloc_is_ready_once")
        ]

    def __str__(self) -> str:
        return f"{self.bloc} relu"

    @property
    def stands(self) -> bool:
        """Say whether the texts are still those that were read."""
        return self.fallen_at is None


class TickedPoint(models.Model):
    """A point that who accompanies looked at before a file leaves."""

    file = models.ForeignKey(ValidationFile, on_delete=models.CASCADE, related_name="ticked")
    point = WordField("point relu", max_length=20, words=ReadThrough)
    ticked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ticked_at = models.DateTimeField("coché le")

    class Meta:
        verbose_name = "point relu avant l’envoi"
        constraints: ClassVar = [
            known("point", ReadThrough, "point_known"),
            models.UniqueConstraint(fields=["file", "point"], name="a_point_is_ticked_once"),
        ]

    def __str__(self) -> str:
        return self.point.label
