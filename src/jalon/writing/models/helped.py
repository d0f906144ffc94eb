"""What somebody else typed for a candidate: it counts once its candidate read it again and approved it."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from jalon.law.clocks import french
from jalon.now import paris_day
from jalon.people.models import User
from jalon.writing.models.aids import WritingAid
from jalon.writing.models.validation import Section


class HelpedTextQuerySet(models.QuerySet["HelpedText"]):
    """Some texts typed for candidates."""

    def waiting(self) -> Self:
        """Return those that wait for their candidate."""
        return self.filter(approved_at=None, declined_at=None)

    def approved(self) -> Self:
        """Return those that their candidate approved, the first first."""
        return self.filter(approved_at__isnull=False).order_by("approved_at", "pk")


class HelpedText(models.Model):
    """A text typed by somebody named, from a recording or as it was dictated: never changed, only settled once."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="helped")
    writer = models.CharField("écrit par", max_length=301)
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    aid = models.ForeignKey(
        WritingAid, on_delete=models.PROTECT, null=True, blank=True, related_name="typed"
    )
    #: The file that was listened to: documents stand in a room above.
    recording = models.UUIDField("enregistrement écouté", null=True, blank=True)
    recorded = models.CharField("son nom", max_length=200, blank=True)
    base = models.JSONField("textes de départ")
    answers = models.JSONField("textes proposés")
    written_at = models.DateTimeField("écrit le")
    approved_at = models.DateTimeField("approuvé le", null=True, blank=True)
    declined_at = models.DateTimeField("écarté le", null=True, blank=True)

    objects = HelpedTextQuerySet.as_manager()

    class Meta:
        verbose_name = "texte écrit par une autre personne"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(approved_at=None) | Q(declined_at=None),
                name="a_helped_text_is_settled_one_way",
            ),
            models.UniqueConstraint(
                fields=["section"],
                condition=Q(approved_at=None, declined_at=None),
                name="one_helped_text_waits_for_a_section",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.writer}, {self.section}"

    @property
    def waits(self) -> bool:
        """Say whether it still waits for its candidate."""
        return self.approved_at is None and self.declined_at is None

    @property
    def hand(self) -> str:
        """Return who typed it, and from what: as the versions keep it."""
        if self.recorded:
            return f"{self.writer}, d’après l’enregistrement «\N{NO-BREAK SPACE}{self.recorded}\N{NO-BREAK SPACE}»"
        return self.writer

    def source(self, *, mine: bool) -> str:
        """Return what it was written from, to its candidate or to another reader."""
        if not self.recorded:
            return ""
        whose = "votre enregistrement" if mine else "un enregistrement du candidat"
        return f" d’après {whose} («\N{NO-BREAK SPACE}{self.recorded}\N{NO-BREAK SPACE}»)"

    @property
    def who(self) -> str:
        """Return who typed it, and that a candidate chose them: the name of such a person is the candidate's word."""
        return f"{self.writer}, aide à l’écriture" if self.aid_id else self.writer

    def told(self, *, mine: bool) -> str:
        """Return who typed a text, from what, and when its candidate approved it."""
        if self.approved_at is None:
            return f"Écrit par {self.who}{self.source(mine=mine)}."
        who = "vous" if mine else "le candidat"
        on = french(paris_day(self.approved_at))
        return f"Écrit par {self.who}{self.source(mine=mine)}, relu et approuvé par {who} le {on}."

    @property
    def said(self) -> str:
        """Return the same, to whoever is not its candidate."""
        return self.told(mine=False)

    @property
    def said_to_candidate(self) -> str:
        """Return the same, to its candidate."""
        return self.told(mine=True)
