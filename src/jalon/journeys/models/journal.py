"""What was done, by whom, and who looked: appended, never altered."""

from typing import ClassVar, TypeVar

from django.conf import settings
from django.db import models

from jalon.journeys.facts_json import from_json, kind_of
from jalon.journeys.models.journey import Journey
from jalon.law.facts import Facts
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Act, Role, Stage
from jalon.now import now
from jalon.words import WordField, known

AnyFacts = TypeVar("AnyFacts", bound=Facts)


class JournalEntry(models.Model):
    """One act, by whom, when, why: appended, never altered (R-124).

    A trigger of the database refuses UPDATE, DELETE and TRUNCATE, whoever asks: see the migration
    `journal_is_append_only`.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="journal")
    number = models.PositiveIntegerField("n°")
    act = WordField("acte", max_length=30, words=Act)
    role = WordField("en qualité de", max_length=20, words=Role)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="acts",
        null=True,
        blank=True,
    )
    at = models.DateTimeField("le")
    stage_before = models.CharField("étape avant", max_length=30, blank=True)
    stage_after = models.CharField("étape après", max_length=30)
    facts = models.JSONField("éléments apportés", default=dict)
    facts_version = models.PositiveSmallIntegerField("version des éléments", default=1)
    article = models.CharField("article", max_length=100)

    class Meta:
        verbose_name = "acte du journal"
        ordering: ClassVar = ["journey", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["journey", "number"], name="journal_is_numbered"),
            known("act", Act, "journal_act_known"),
            known("stage_after", Stage, "journal_stage_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["-at"], name="journal_by_date")]

    def __str__(self) -> str:
        return f"{self.number}. {Act(self.act).label}"

    def facts_as(self, kind: type[AnyFacts]) -> AnyFacts:
        """Return the facts of this act, of the kind that its reader expects.

        Raises `TypeError` when an act of this name keeps facts of another kind.
        """
        kept = kind_of(self.act)
        if not issubclass(kept, kind):
            raise TypeError(f"{self.act} keeps {kept.__name__}, not {kind.__name__}")
        return from_json(kept, self.facts, self.facts_version)

    @property
    def label(self) -> str:
        """Return what the act is called."""
        return self.act.label

    @property
    def said(self) -> str:
        """Return the words its author gave with the act: a reason, or what happened."""
        return str(self.facts.get("reason") or self.facts.get("text") or "")


@enforces("R-124")
class AccessLog(models.Model):
    """Who of the staff looked at whose file, when (R-124)."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="reads")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reads"
    )
    at = models.DateTimeField("le", default=now)
    what = models.CharField("quoi", max_length=60)

    class Meta:
        verbose_name = "consultation"
        ordering: ClassVar = ["-at"]
        indexes: ClassVar = [models.Index(fields=["journey", "-at"], name="reads_of_a_journey")]

    def __str__(self) -> str:
        return f"{self.reader} · {self.what}"
