"""A session, who sits, whom they hear, and what they find."""

from datetime import datetime, time
from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from jalon.catalogue.models import Bloc, Certification, Competence
from jalon.journeys.models import Attempt, JournalEntry
from jalon.law.facts import BlocVote
from jalon.law.jury import agreed_role, decision_in_words, session_to_come
from jalon.law.rulebook import Refusal, enforces
from jalon.law.vocabulary import (
    College,
    EvaluationForm,
    Gender,
    Mastery,
    PanelRole,
    SeatAnswer,
    SessionMode,
)
from jalon.now import PARIS, now, today
from jalon.people.models import Organisation
from jalon.words import WordField, known

#: What the database answers to whoever would change signed minutes, their owner included.
REFUSE = (
    "RAISE EXCEPTION 'R-076: the minutes are signed, % of % refused', TG_OP, TG_TABLE_NAME"
    " USING ERRCODE = 'integrity_constraint_violation';"
)
#: What it answers to whoever would change what was said of independence.
ONLY_APPENDED = (
    "RAISE EXCEPTION 'R-064: what was declared stays, % of % refused', TG_OP, TG_TABLE_NAME"
    " USING ERRCODE = 'integrity_constraint_violation';"
)
SIGNED_HERE = (
    "PERFORM 1 FROM juries_hearing h WHERE {whose} FOR SHARE;"
    " IF EXISTS (SELECT 1 FROM juries_hearing h WHERE {whose} AND h.locked_at IS NOT NULL)"
    " THEN {refuse} END IF; RETURN COALESCE(NEW, OLD);"
)
SIGNED_SOMEWHERE = (
    "IF EXISTS (SELECT 1 FROM juries_hearing WHERE locked_at IS NOT NULL)"
    " THEN {refuse} END IF; RETURN NULL;"
)
CHANGE = pgtrigger.Update | pgtrigger.Delete


def never_emptied(name: str) -> pgtrigger.Trigger:
    """Return the trigger that refuses to empty a table once minutes are signed (R-076)."""
    return pgtrigger.Trigger(
        name=f"{name}_are_not_emptied",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func=SIGNED_SOMEWHERE.replace("{refuse}", REFUSE),
    )


@enforces("R-076")
def locked_with(
    name: str,
    whose: str,
    operation: pgtrigger.Operation | pgtrigger.Operations = pgtrigger.Insert | CHANGE,
) -> list[pgtrigger.Trigger]:
    """Return the triggers that keep rows as they were when the minutes were signed (R-076).

    `whose` says in SQL to which hearings `h` a row belongs, before and after the change; a change
    waits for a signature under way.
    """
    locked = pgtrigger.Trigger(
        name=f"{name}_are_locked",
        when=pgtrigger.Before,
        operation=operation,
        func=SIGNED_HERE.replace("{whose}", whose).replace("{refuse}", REFUSE),
    )
    return [locked, never_emptied(name)]


OF_ITS_HEARING = "h.id IN (NEW.hearing_id, OLD.hearing_id)"
OF_ITS_SESSION = "h.session_id IN (NEW.session_id, OLD.session_id)"


class Juror(models.Model):
    """A person who may sit: qualifications, college, employer (R-060, R-065, R-068)."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="juror"
    )
    certifier = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="jurors")
    qualified_for = models.ManyToManyField(Certification, blank=True, related_name="jurors")
    college = WordField("collège", max_length=20, words=College)
    union = models.CharField("organisation syndicale", max_length=100, blank=True)
    gender = WordField("genre", max_length=10, words=Gender)
    employer = models.CharField("employeur", max_length=200, blank=True)
    employer_siren = models.CharField("SIREN de l’employeur", max_length=9, blank=True)

    class Meta:
        verbose_name = "membre de jury"
        ordering: ClassVar = ["user__last_name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(college=College.EMPLOYEES.value) | ~Q(union=""),
                name="employees_side_names_its_union",
            )
        ]

    def __str__(self) -> str:
        return self.user.get_full_name()


class SessionQuerySet(models.QuerySet["Session"]):
    """Some sessions."""

    def living(self) -> Self:
        """Return those that were not cancelled."""
        return self.filter(cancelled_at__isnull=True)


class Session(models.Model):
    """A day on which a panel hears candidates for one certification."""

    certifier = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sessions")
    certification = models.ForeignKey(
        Certification, on_delete=models.PROTECT, related_name="sessions"
    )
    reference = models.CharField("référence", max_length=20, unique=True)
    held_on = models.DateField("date")
    mode = WordField("modalité", max_length=20, words=SessionMode)
    form = WordField("forme", max_length=20, words=EvaluationForm)
    place = models.CharField("lieu", max_length=250, blank=True)
    link = models.URLField("lien de visioconférence", blank=True)
    documents = models.TextField("documents à apporter")
    accessibility_contact = models.CharField("contact accessibilité", max_length=200)
    starts_at = models.TimeField("début", default=time(9))
    ends_at = models.TimeField("fin", default=time(18))
    imbalance_reason = models.TextField("motif d’un jury d’un seul genre", blank=True)
    conflict_reason = models.TextField("vérification d’un employeur commun", blank=True)
    quorum = models.PositiveSmallIntegerField("quorum", default=2)
    parity = models.BooleanField("parité employeurs – salariés", default=False)
    created_at = models.DateTimeField("créée le")
    revision = models.PositiveSmallIntegerField("nombre de changements", default=0)
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True)
    cancelled_reason = models.TextField("motif de l’annulation", blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "session de jury"
        ordering: ClassVar = ["held_on", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["certifier", "held_on"], name="sessions_of_a_certifier")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(mode=SessionMode.ON_SITE.value) & ~Q(place=""))
                | (Q(mode=SessionMode.REMOTE.value) & ~Q(link="")),
                name="session_is_somewhere",
            ),
            models.CheckConstraint(condition=Q(quorum__gte=2), name="quorum_of_two_at_least"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(cancelled_reason=""),
                name="a_cancelled_session_says_why",
            ),
        ]
        triggers: ClassVar = locked_with(
            "sessions",
            "h.session_id = OLD.id",
            pgtrigger.Delete
            | pgtrigger.UpdateOf(
                "certifier_id",
                "certification_id",
                "reference",
                "held_on",
                "mode",
                "form",
                "place",
                "link",
                "documents",
                "quorum",
                "parity",
                "cancelled_at",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference} · {self.certification.title}"

    @property
    def over(self) -> Refusal | None:
        """Return why nothing is planned in it any more; None while it is to come."""
        return session_to_come(self.held_on, today(), cancelled=self.cancelled_at is not None)


class SittingManager(models.Manager["Seat"]):
    """The seats whose member was not replaced: what `session.panel` gives."""

    def get_queryset(self) -> "models.QuerySet[Seat]":
        """Return the seats that are held."""
        return super().get_queryset().filter(left_at__isnull=True)


class Seat(models.Model):
    """A member of a panel: role, summons and answer; it stays once the member is replaced (R-061)."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="panel")
    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="seats")
    role = WordField("rôle", max_length=20, words=PanelRole)
    summoned_on = models.DateField("convoqué le")
    answer = WordField("réponse", max_length=10, words=SeatAnswer, default=SeatAnswer.AWAITED)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    answer_reason = models.CharField("motif", max_length=250, blank=True)
    added_at = models.DateTimeField("dans le jury depuis le", default=now)
    left_at = models.DateTimeField("remplacé le", null=True, blank=True)
    left_reason = models.CharField("motif du remplacement", max_length=250, blank=True)

    objects = SittingManager()
    ever = models.Manager["Seat"]()

    class Meta:
        verbose_name = "siège"
        ordering: ClassVar = ["-role", "pk"]
        constraints: ClassVar = [
            known("answer", SeatAnswer, "seat_answer_known"),
            models.UniqueConstraint(
                fields=["session", "juror"],
                condition=Q(left_at__isnull=True),
                name="one_seat_each",
            ),
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(role=PanelRole.PRESIDENT.value, left_at__isnull=True),
                name="one_president_a_session",
            ),
        ]
        triggers: ClassVar = locked_with(
            "seats",
            OF_ITS_SESSION,
            pgtrigger.Delete | pgtrigger.UpdateOf("session_id", "juror_id", "role", "summoned_on"),
        )

    def __str__(self) -> str:
        return f"{self.juror}, {self.role_in_words}"

    @property
    def role_in_words(self) -> str:
        """Return the role as it is said of the person: « président », « présidente », « membre »."""
        return agreed_role(self.juror.gender, self.role)


class HearingQuerySet(models.QuerySet["Hearing"]):
    """Some hearings."""

    def living(self) -> Self:
        """Return those that were not cancelled."""
        return self.filter(cancelled_at__isnull=True)

    def to_come(self) -> Self:
        """Return those that were neither cancelled nor closed by signed minutes."""
        return self.living().filter(locked_at__isnull=True)


class Hearing(models.Model):
    """One candidate's passage in a session; locked once the minutes are signed (R-076)."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="hearings")
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="hearings")
    starts_at = models.TimeField("heure")
    minutes = models.PositiveSmallIntegerField("durée en minutes", default=60)
    chair = models.ForeignKey(
        Seat,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="préside pour ce candidat",
    )
    cancelled_at = models.DateTimeField("annulé le", null=True, blank=True)
    locked_at = models.DateTimeField("procès-verbal signé le", null=True, blank=True)
    entry = models.OneToOneField(
        JournalEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="hearing"
    )

    objects = HearingQuerySet.as_manager()

    class Meta:
        verbose_name = "passage devant le jury"
        ordering: ClassVar = ["starts_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["attempt"],
                condition=Q(cancelled_at__isnull=True),
                name="one_living_hearing_an_attempt",
            ),
            models.UniqueConstraint(
                fields=["session", "starts_at"],
                condition=Q(cancelled_at__isnull=True),
                name="one_candidate_at_a_time",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="minutes_are_locked",
                when=pgtrigger.Before,
                operation=CHANGE,
                condition=pgtrigger.Q(old__locked_at__isnull=False),
                func=REFUSE,
            ),
            never_emptied("minutes"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt.journey.reference}, {self.session.reference}"

    @property
    def presides(self) -> Seat | None:
        """Return the seat of who presides for this candidate: the one chosen on the day, if any."""
        return self.chair or self.session.panel.filter(role=PanelRole.PRESIDENT).first()

    @property
    def moment(self) -> datetime:
        """Return the day and hour at which the candidate is heard, in Paris."""
        return datetime.combine(self.session.held_on, self.starts_at, PARIS)


class Vacancy(models.Model):
    """A seat left empty while one candidate is heard: absent, or stepping aside (R-059, R-071)."""

    hearing = models.ForeignKey(Hearing, on_delete=models.CASCADE, related_name="vacancies")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="vacancies")

    class Meta:
        verbose_name = "siège vacant"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hearing", "seat"], name="one_vacancy_each")
        ]
        triggers: ClassVar = locked_with("vacancies", OF_ITS_HEARING)

    def __str__(self) -> str:
        return f"{self.seat}, {self.hearing}"


def only_appended(name: str) -> pgtrigger.Trigger:
    """Return the trigger that refuses to change or delete what was said of independence (R-064)."""
    return pgtrigger.Trigger(
        name=f"{name}_are_only_appended",
        when=pgtrigger.Before,
        operation=CHANGE,
        func=ONLY_APPENDED,
    )


class Declaration(models.Model):
    """What a member said of their independence for one candidate: appended, never altered (R-064)."""

    hearing = models.ForeignKey(Hearing, on_delete=models.CASCADE, related_name="declarations")
    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="declarations")
    related = models.BooleanField("lien avec le candidat")
    detail = models.TextField("précisions", blank=True)
    signed_at = models.DateTimeField("signée le")

    class Meta:
        verbose_name = "déclaration d’indépendance"
        ordering: ClassVar = ["pk"]
        triggers: ClassVar = [
            *locked_with("declarations", OF_ITS_HEARING),
            only_appended("declarations"),
        ]

    def __str__(self) -> str:
        return f"{self.juror}, {self.hearing}"


class LiftedLink(models.Model):
    """A declared link that the certifier lifted, and why: the declaration itself stays (R-064)."""

    declaration = models.OneToOneField(Declaration, on_delete=models.CASCADE, related_name="lift")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField("motif")
    at = models.DateTimeField("levé le")

    class Meta:
        verbose_name = "lien levé"
        verbose_name_plural = "liens levés"
        triggers: ClassVar = [only_appended("lifted_links")]

    def __str__(self) -> str:
        return f"{self.declaration} : {self.reason}"


class Assessment(models.Model):
    """What the panel finds for one competence (R-072)."""

    hearing = models.ForeignKey(Hearing, on_delete=models.CASCADE, related_name="assessments")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT)
    mastery = WordField("constat", max_length=20, words=Mastery)
    comment = models.TextField("remarque", blank=True)
    criteria = models.TextField("critères au jour du constat", blank=True)
    written_by = models.ForeignKey(
        Juror, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField("écrit le", null=True, blank=True)

    class Meta:
        verbose_name = "constat"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hearing", "competence"], name="one_assessment_each")
        ]
        triggers: ClassVar = locked_with("assessments", OF_ITS_HEARING)

    def __str__(self) -> str:
        return f"{self.competence} : {Mastery(self.mastery).label}"


class OwnAssessment(models.Model):
    """What one member finds for one competence, before the panel agrees (R-072)."""

    hearing = models.ForeignKey(Hearing, on_delete=models.CASCADE, related_name="own_assessments")
    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="+")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="+")
    mastery = WordField("constat", max_length=20, words=Mastery)
    comment = models.TextField("remarque", blank=True)

    class Meta:
        verbose_name = "constat d’un membre"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["hearing", "juror", "competence"], name="one_own_assessment_each"
            )
        ]
        triggers: ClassVar = locked_with("own_assessments", OF_ITS_HEARING)

    def __str__(self) -> str:
        return f"{self.juror}, {self.competence} : {Mastery(self.mastery).label}"


class Vote(models.Model):
    """The votes on one bloc (R-062, R-072)."""

    hearing = models.ForeignKey(Hearing, on_delete=models.CASCADE, related_name="votes")
    bloc = models.ForeignKey(Bloc, on_delete=models.PROTECT)
    votes_for = models.PositiveSmallIntegerField("pour")
    votes_against = models.PositiveSmallIntegerField("contre")
    president_for = models.BooleanField("le président vote pour", null=True, blank=True)
    ground = models.TextField("motif", blank=True)

    class Meta:
        verbose_name = "vote"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hearing", "bloc"], name="one_vote_each")
        ]
        triggers: ClassVar = locked_with("votes", OF_ITS_HEARING)

    def __str__(self) -> str:
        return f"{self.bloc} : {self.votes_for} pour, {self.votes_against} contre"

    def cast(self) -> BlocVote:
        """Return the votes as the law sees them."""
        return BlocVote(
            self.bloc.code,
            self.votes_for,
            self.votes_against,
            self.president_for,
            self.ground,
            self.bloc.title,
        )

    def decision(self) -> str:
        """Return what the votes make of the bloc, in words (R-062)."""
        return decision_in_words(self.cast())


class Addendum(models.Model):
    """A dated and signed correction of locked minutes, by the president (R-076)."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="addenda")
    text = models.TextField("additif")
    author = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField("signé le")

    class Meta:
        verbose_name = "additif"
        ordering: ClassVar = ["signed_at"]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="addenda_stay", when=pgtrigger.Before, operation=CHANGE, func=REFUSE
            ),
            never_emptied("addenda"),
        ]

    def __str__(self) -> str:
        return self.text
