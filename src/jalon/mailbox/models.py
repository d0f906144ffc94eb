"""Who was told of what, the trace of each e-mail, and what people chose not to receive."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from jalon.journeys.models import JournalEntry
from jalon.law.vocabulary import Word
from jalon.now import now
from jalon.words import WordField, known


class Category(Word):
    """What an e-mail is for: people choose by category."""

    DECISIONS = "decisions", "Décisions et convocations"
    PROGRESS = "progress", "Avancement du parcours"
    REMINDERS = "reminders", "Rappels"

    @property
    def switchable(self) -> bool:
        """Say whether a person may do without: rights and delays hang on decisions and summons."""
        return self is not Category.DECISIONS


class NoticeState(Word):
    """What became of the e-mail of a notice."""

    WAITING = "waiting", "À envoyer"
    SENT = "sent", "Envoyé"
    UNWANTED = "unwanted", "Non envoyé : la personne n’en veut pas"
    DROPPED = "dropped", "Non envoyé : ce n’était plus vrai"
    ENOUGH = "enough", "Non envoyé : assez de rappels ce jour-là"
    HELD = "held", "Retenu : la base est revenue en arrière, il est peut-être parti"


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices of some people."""

    def due(self) -> Self:
        """Return those whose e-mail waits and whose hour has come."""
        return self.filter(state=NoticeState.WAITING, due_at__lte=now())

    def held(self) -> Self:
        """Return those whose e-mail waits for somebody to let it go."""
        return self.filter(state=NoticeState.HELD)

    def at_once(self) -> Self:
        """Return those that were written to be told at once."""
        return self.filter(due_at__lte=models.F("created_at"))

    def scheduled(self) -> Self:
        """Return those that were written for a later hour."""
        return self.filter(due_at__gt=models.F("created_at"))

    def told(self) -> Self:
        """Return those whose hour has come, without what was no longer true by then."""
        return self.filter(due_at__lte=now()).exclude(state=NoticeState.DROPPED)


class Notice(models.Model):
    """A message to a person, about a line of a journal or about something else: once."""

    message = models.CharField("message", max_length=40)
    entry = models.ForeignKey(
        JournalEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="notices"
    )
    about = models.CharField("à propos de", max_length=40, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices"
    )
    title = models.CharField("ce qui est dit", max_length=250)
    path = models.CharField("page à ouvrir", max_length=250)
    created_at = models.DateTimeField("créé le")
    due_at = models.DateTimeField("à dire le")
    state = WordField("courriel", max_length=10, words=NoticeState, default=NoticeState.WAITING)
    sent_at = models.DateTimeField("courriel envoyé le", null=True, blank=True)
    read_at = models.DateTimeField("lu le", null=True, blank=True)
    subject = models.CharField("objet du courriel envoyé", max_length=250, blank=True)
    text = models.TextField("texte du courriel envoyé", blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "avis"
        ordering: ClassVar = ["-due_at", "-pk"]
        constraints: ClassVar = [
            known("state", NoticeState, "notice_state_known"),
            models.CheckConstraint(
                condition=Q(entry__isnull=False, about="") | (Q(entry__isnull=True) & ~Q(about="")),
                name="a_notice_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False, state=NoticeState.SENT.value)
                | (Q(sent_at__isnull=True) & ~Q(state=NoticeState.SENT.value)),
                name="a_sent_notice_says_when",
            ),
            models.UniqueConstraint(
                fields=["entry", "message", "person"], name="a_person_is_told_once"
            ),
            models.UniqueConstraint(
                fields=["message", "about", "person"],
                condition=Q(entry__isnull=True),
                name="a_person_is_told_once_of_anything_else",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-due_at"], name="notices_of_a_person"),
            models.Index(
                fields=["due_at"],
                condition=Q(state=NoticeState.WAITING.value),
                name="notices_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} → {self.person}"

    @property
    def key(self) -> str:
        """Return the key of what the notice is about: a line of a journal, or something else."""
        return self.about or str(self.entry_id)


class SwitchedOff(models.Model):
    """A category of e-mails that a person does without; everything else is sent."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="switched_off"
    )
    category = WordField("catégorie", max_length=20, words=Category)
    since = models.DateTimeField("depuis", default=now)

    class Meta:
        verbose_name = "catégorie de courriels non reçue"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "category"], name="one_choice_a_category"),
            models.CheckConstraint(
                condition=Q(category__in=[one.value for one in Category if one.switchable]),
                name="decisions_are_always_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} sans {self.category}"


class MorningOff(models.Model):
    """Somebody who does without the e-mail of their day."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="morning_off"
    )
    since = models.DateTimeField("depuis", default=now)

    class Meta:
        verbose_name = "courriel du matin non reçu"
        verbose_name_plural = "courriels du matin non reçus"

    def __str__(self) -> str:
        return f"{self.person} sans courriel du matin"


class AccountMail(models.Model):
    """An e-mail about signing in that waits to leave: deleted once it left, or is of no use."""

    to = models.EmailField("à")
    subject = models.CharField("objet", max_length=250)
    text = models.TextField("texte")
    written_at = models.DateTimeField("écrit le")
    useful_until = models.DateTimeField("utile jusqu’au")

    class Meta:
        verbose_name = "courriel de connexion à envoyer"

    def __str__(self) -> str:
        return self.subject


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


class CalendarFeed(models.Model):
    """The secret address at which somebody's agenda reads their calendar: only its hash is kept.

    `content` is the hash of what was read last, and `changed_at` since when it has been so.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    secret = models.CharField("empreinte de l’adresse", max_length=64, unique=True)
    made_at = models.DateTimeField("créée le")
    changed_at = models.DateTimeField("contenu changé le")
    content = models.CharField("empreinte du contenu", max_length=64, blank=True)
    read_at = models.DateTimeField("lue le", null=True, blank=True)
    of_work = models.BooleanField("avec l’agenda d’accompagnateur", default=False)

    class Meta:
        verbose_name = "agenda partagé par adresse secrète"
        verbose_name_plural = "agendas partagés par adresse secrète"

    def __str__(self) -> str:
        return f"agenda de {self.person}"
