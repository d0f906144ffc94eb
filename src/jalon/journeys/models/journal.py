"""What was done, by whom, and who looked: appended, never altered."""

from typing import ClassVar, Self, TypeVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncDate

from jalon.journeys.facts_json import from_json, kind_of
from jalon.journeys.models.attempt import Attempt
from jalon.journeys.models.journey import Journey
from jalon.law import lifecycle
from jalon.law.facts import Facts
from jalon.law.outside import PROVED
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Act, Channel, DropOutReason, Event, FilePart, Outcome, Role, Stage
from jalon.now import PARIS, now, paris_day
from jalon.words import WordField, known

AnyFacts = TypeVar("AnyFacts", bound=Facts)


class JournalQuerySet(models.QuerySet["JournalEntry"]):
    """Lines of journals."""

    def acts(self) -> Self:
        """Return the acts of the table, without what happened beside them."""
        return self.filter(event="")

    def events(self) -> Self:
        """Return what happened beside the acts."""
        return self.filter(act="")


class JournalEntry(models.Model):
    """One act or one event, by whom, when, why: appended, never altered (R-124).

    A trigger of the database refuses UPDATE, DELETE and TRUNCATE, whoever asks: see the migrations
    `journal_is_append_only` and `the_journal_is_a_chain`. What a line brought may go, with the personal
    data of its journey; the line itself stays (R-122). Each line holds the hash of its content and of
    the line before it (`chain.py`). No constraint lists the acts and events of today: a journal keeps the
    words of its day, also those that are retired later.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="journal")
    number = models.PositiveIntegerField("n°")
    act = WordField("acte", max_length=30, words=Act, blank=True)
    event = WordField("événement", max_length=30, words=Event, blank=True)
    role = WordField("en qualité de", max_length=20, words=Role)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="acts",
        null=True,
        blank=True,
    )
    acted_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="pour",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    at = models.DateTimeField("écrit le")
    occurred_on = models.DateField("arrivé le")
    channel = WordField("connu par", max_length=20, words=Channel, blank=True)
    stage_before = models.CharField("étape avant", max_length=30, blank=True)
    stage_after = models.CharField("étape après", max_length=30)
    facts = models.JSONField("éléments apportés", default=dict)
    facts_version = models.PositiveSmallIntegerField("version des éléments", default=1)
    article = models.CharField("article", max_length=100, blank=True)
    law = ArrayField(
        models.CharField(max_length=20), verbose_name="règles appliquées", default=list
    )
    #: Written by the database as the line comes in: see `chain.py`.
    salt = models.CharField("grain", max_length=32, db_default="", editable=False)
    facts_hash = models.CharField(
        "empreinte des éléments", max_length=64, db_default="", editable=False
    )
    hash = models.CharField("empreinte", max_length=64, db_default="", editable=False)

    objects = JournalQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne du journal"
        ordering: ClassVar = ["journey", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["journey", "number"], name="journal_is_numbered"),
            models.CheckConstraint(
                condition=(Q(act="") & ~Q(event="")) | (~Q(act="") & Q(event="")),
                name="journal_act_or_event",
            ),
            known("stage_after", Stage, "journal_stage_known"),
            models.CheckConstraint(
                condition=Q(occurred_on__lte=TruncDate("at", tzinfo=PARIS)),
                name="journal_tells_what_happened",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-at"], name="journal_by_date"),
            models.Index(
                fields=["journey", "number"],
                include=["stage_before", "stage_after", "occurred_on"],
                condition=~Q(stage_before=F("stage_after")),
                name="steps_of_a_journey",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.label}"

    def facts_as(self, kind: type[AnyFacts]) -> AnyFacts:
        """Return the facts of this act or event, of the kind that its reader expects.

        Raises `TypeError` when an act of this name keeps facts of another kind, `FactsInvalid` when
        an event does.
        """
        kept = kind_of(self.act) if self.act else kind
        if not issubclass(kept, kind):
            raise TypeError(f"{self.act} keeps {kept.__name__}, not {kind.__name__}")
        return from_json(kept, self.facts, self.facts_version)

    @property
    def attempt(self) -> Attempt:
        """Return the attempt that was under way when it happened; raises DoesNotExist."""
        return self.journey.attempts.filter(opened_at__lte=self.at).latest("number")

    @property
    def written_late(self) -> bool:
        """Say whether it was written down another day than the one on which it happened."""
        return paris_day(self.at) != self.occurred_on

    @property
    def wants_proof(self) -> bool:
        """Say whether it was done elsewhere, and is believed only with a paper."""
        return bool(self.channel) and self.word in PROVED

    @property
    def word(self) -> Act | Event | None:
        """Return the act or the event; None for one that was retired since."""
        return Event.or_none(self.event) if self.event else Act.or_none(self.act)

    @property
    def label(self) -> str:
        """Return the name of the act, or of the event."""
        return self.word.label if self.word else self.act or self.event

    @property
    def done(self) -> str:
        """Return what the act did, or what happened, in the words of the journal."""
        return lifecycle.done(self.word) if isinstance(self.word, Act) else self.label

    @property
    def said(self) -> str:
        """Return the words its author gave with the act: a result, a reason, what happened or was changed."""
        part = FilePart.or_none(str(self.facts.get("part", "")))
        words = self.facts.get("reason") or self.facts.get("text")
        stopping = DropOutReason.or_none(str(words))
        words = stopping.label if stopping else words
        outcome = Outcome.or_none(str(self.facts.get("outcome", "")))
        known = Channel.or_none(str(self.facts.get("evidence", "")))
        told = (
            outcome.label if outcome else "",
            known.label if known else "",
            str(words or (part.label if part else "")),
            " ".join(self.facts.get("points", ())),
        )
        return " : ".join(filter(None, told))


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


class JournalSeal(models.Model):
    """What every journal ended with at some moment, under one hash that holds the seal before it.

    Appended, never altered: a journal that was cut short or written anew no longer agrees with it.
    """

    number = models.PositiveIntegerField("n°", unique=True)
    at = models.DateTimeField("posé le")
    count = models.PositiveIntegerField("journaux qui avaient avancé")
    hash = models.CharField("empreinte", max_length=64)

    class Meta:
        verbose_name = "sceau des journaux"
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"Sceau {self.number}"


class SealedHead(models.Model):
    """The last line that a journal had when it was sealed; one that had not moved is sealed once."""

    seal = models.ForeignKey(JournalSeal, on_delete=models.PROTECT, related_name="heads")
    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("ligne")
    hash = models.CharField("empreinte", max_length=64)

    class Meta:
        verbose_name = "journal scellé"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["journey", "number"], name="a_line_is_sealed_once")
        ]

    def __str__(self) -> str:
        return f"{self.journey_id}, ligne {self.number}"
