"""A file of a journey: brought by a person, or printed by Jalon."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from jalon.documents.sound import length_said
from jalon.journeys.models import JournalEntry, Journey
from jalon.law.clocks import french
from jalon.law.vocabulary import DocumentKind, Word
from jalon.now import paris_day
from jalon.words import WordField
from jalon.writing.models import Section


class Origin(Word):
    """Where a file comes from."""

    UPLOADED = "uploaded", "Déposé"
    GENERATED = "generated", "Produit par Jalon"


class DocumentQuerySet(models.QuerySet["Document"]):
    """Some files."""

    def kept(self) -> Self:
        """Return those that were not removed."""
        return self.filter(removed_at__isnull=True)


class Document(models.Model):
    """A file: its bytes on the storage, its hash, size, type and origin here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="documents")
    kind = WordField("nature", max_length=20, words=DocumentKind)
    name = models.CharField("nom", max_length=200)
    origin = WordField("origine", max_length=10, words=Origin)
    file = models.FileField("fichier", unique=True)
    media_type = models.CharField("type", max_length=50)
    size = models.PositiveIntegerField("taille")
    seconds = models.PositiveIntegerField("durée en secondes", null=True, blank=True)
    sha256 = models.CharField("empreinte", max_length=64)
    section = models.ForeignKey(
        Section, on_delete=models.SET_NULL, null=True, blank=True, related_name="evidence"
    )
    entry = models.ForeignKey(
        JournalEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="papers"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField("ajouté le")
    rectified_on = models.DateField("rectifié le", null=True, blank=True)
    annulled_on = models.DateField("annulé le", null=True, blank=True)
    removed_at = models.DateTimeField("supprimé le", null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_why = models.CharField("supprimé parce que", max_length=200, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "document"
        ordering: ClassVar = ["-created_at", "pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["journey", "kind"],
                condition=Q(removed_at__isnull=True),
                name="documents_of_a_journey",
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="hash_is_sha256"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="file_is_not_empty"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_why="")
                | (Q(removed_at__isnull=False) & ~Q(removed_why="")),
                name="a_removal_says_why",
            ),
            models.UniqueConstraint(
                fields=["entry", "kind", "name"], name="a_paper_is_printed_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def lasts(self) -> str:
        """Return how long a recording lasts, in words; nothing for what is not heard."""
        return length_said(self.seconds) if self.seconds else ""

    @property
    def recorded(self) -> str:
        """Return what tells a recording from another: how long it lasts, and its day; nothing for what is not heard."""
        if not self.seconds:
            return ""
        return f"enregistrement de {self.lasts}, du {french(paris_day(self.created_at))}"
