"""A journey and all it owns: experiences, files, attempts, clocks, journal. The stage is written by
`actions.act` alone."""

import uuid
from typing import Any, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from jalon.catalogue.models import Bloc, Certification, Competence
from jalon.law import lifecycle
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    ClaimLevel,
    ClockKind,
    ClockState,
    Contestation,
    Event,
    ExperienceKind,
    FeasibilityKind,
    Opinion,
    Outcome,
    PanelRole,
    Prerequisites,
    Role,
    Route,
    Scope,
    Stage,
    Word,
)
from jalon.now import now
from jalon.people.models import Organisation


def known(field: str, words: type[Word], name: str) -> models.CheckConstraint:
    """Return the constraint that keeps a column to the words of the vocabulary."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [word.value for word in words]}), name=name
    )


class Journey(models.Model):
    """One person's way to one certification, on one route, frozen at registration (R-001)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField("référence", max_length=20, unique=True)
    candidate = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="journeys"
    )
    certification = models.ForeignKey(
        Certification, on_delete=models.PROTECT, related_name="journeys"
    )
    certifier = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="certified_journeys"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="journeys", null=True, blank=True
    )
    architect = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="accompanied_journeys",
        null=True,
        blank=True,
    )
    route = models.CharField("procédure", max_length=20, choices=Route.choices())
    accompaniment = models.CharField(
        "accompagnement", max_length=20, choices=Accompaniment.choices()
    )
    scope = models.CharField("objectif", max_length=10, choices=Scope.choices())
    targeted = models.ManyToManyField(Bloc, related_name="targeting_journeys")
    stage = models.CharField("étape", max_length=30, choices=Stage.choices())
    version = models.PositiveIntegerField("nombre de lignes du journal", default=0)
    registered_at = models.DateTimeField("déposée le")
    stage_since = models.DateTimeField("à cette étape depuis")
    consent_at = models.DateTimeField("consentement donné le")
    mandate_at = models.DateTimeField("mandat donné le", null=True, blank=True)
    extra_filing_asked_at = models.DateTimeField(
        "dépôt supplémentaire demandé le", null=True, blank=True
    )
    extra_filing_reason = models.TextField("dépôt supplémentaire autorisé parce que", blank=True)
    contestation = models.CharField(
        "contestation de la caducité",
        max_length=10,
        choices=Contestation.choices(),
        default=Contestation.NONE,
    )
    documents_requested_at = models.DateTimeField("documents demandés le", null=True, blank=True)
    fraud_opened_on = models.DateField("procédure pour fraude ouverte le", null=True, blank=True)
    fraud_answer_by = models.DateField("observations attendues avant le", null=True, blank=True)
    fraud_answered_on = models.DateField("observations présentées le", null=True, blank=True)

    class Meta:
        verbose_name = "parcours"
        verbose_name_plural = "parcours"
        indexes: ClassVar = [
            models.Index(fields=["organisation", "stage", "-stage_since"], name="caseload"),
            models.Index(fields=["architect", "stage", "-stage_since"], name="own_caseload"),
            models.Index(fields=["certifier", "stage", "-stage_since"], name="certifier_inbox"),
            models.Index(fields=["candidate", "-registered_at"], name="own_journeys"),
        ]
        constraints: ClassVar = [
            known("stage", Stage, "journey_stage_known"),
            known("route", Route, "journey_route_known"),
            known("accompaniment", Accompaniment, "journey_accompaniment_known"),
            known("scope", Scope, "journey_scope_known"),
            models.CheckConstraint(
                condition=Q(accompaniment=Accompaniment.ALONE.value, architect__isnull=True)
                | Q(accompaniment=Accompaniment.ACCOMPANIED.value, organisation__isnull=False),
                name="accompanied_by_an_organisation",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="route_is_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("route", "certification_id", "candidate_id"),
                condition=pgtrigger.Q(old__route__df=pgtrigger.F("new__route"))
                | pgtrigger.Q(old__certification_id__df=pgtrigger.F("new__certification_id"))
                | pgtrigger.Q(old__candidate_id__df=pgtrigger.F("new__candidate_id")),
                func="RAISE EXCEPTION 'R-001: the route of a journey never changes';",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} · {self.certification.title}"

    @property
    def step(self) -> Stage:
        """Return the stage as a word of the vocabulary."""
        return Stage(self.stage)

    @property
    def on_portal(self) -> bool:
        """Say whether this journey is followed on the national portal (R-133)."""
        return self.route == Route.FRANCE_VAE

    @property
    def attempt(self) -> "Attempt":
        """Return the attempt under way: one validation file, one hearing."""
        latest = self.attempts.order_by("number").last()
        if latest is None:
            raise Attempt.DoesNotExist
        return latest

    def presided_by(self, person: Any) -> bool:
        """Say whether this person presides the panel of a hearing of this journey."""
        return self.attempts.filter(
            hearings__session__panel__juror__user=person,
            hearings__session__panel__role=PanelRole.PRESIDENT,
        ).exists()


# The database itself keeps the route: the trigger above refuses any change of it.
enforces("R-001")(Journey)


class Experience(models.Model):
    """One activity, of any kind (R-009)."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="experiences")
    kind = models.CharField("type d’activité", max_length=20, choices=ExperienceKind.choices())
    title = models.CharField("poste ou fonction", max_length=200)
    employer = models.CharField("entreprise ou association", max_length=200, blank=True)
    employer_siren = models.CharField("numéro SIREN", max_length=9, blank=True)
    town = models.CharField("commune", max_length=150, blank=True)
    started_on = models.DateField("début")
    ended_on = models.DateField("fin", null=True, blank=True)
    hours_per_week = models.PositiveSmallIntegerField("heures par semaine", default=35)
    activities = models.TextField("ce que vous faisiez")

    class Meta:
        verbose_name = "expérience"
        ordering: ClassVar = ["-started_on", "pk"]
        constraints: ClassVar = [
            known("kind", ExperienceKind, "experience_kind_known"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="experience_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__gte=1, hours_per_week__lte=60),
                name="experience_hours_plausible",
            ),
            models.CheckConstraint(
                condition=Q(employer_siren="") | Q(employer_siren__regex=r"^\d{9}$"),
                name="siren_has_9_digits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.employer}" if self.employer else self.title


class FeasibilityFile(models.Model):
    """The request for admissibility (R6412-3); on the 2002 route, the first booklet."""

    journey = models.OneToOneField(Journey, on_delete=models.CASCADE, related_name="feasibility")
    kind = models.CharField(
        "type de dossier",
        max_length=10,
        choices=FeasibilityKind.choices(),
        default=FeasibilityKind.FULL,
    )
    admissible_until = models.DateField("fin de validité de la recevabilité", null=True, blank=True)
    prerequisites = models.CharField(
        "prérequis", max_length=20, choices=Prerequisites.choices(), blank=True
    )
    goals = models.TextField("ce que vous attendez de la VAE", blank=True)
    trainings_followed = models.TextField("formations suivies", blank=True)
    trainings_chosen = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    trainings_chosen_at = models.DateTimeField("formations choisies le", null=True, blank=True)
    hours_individual = models.PositiveSmallIntegerField(
        "heures individuelles", null=True, blank=True
    )
    hours_group = models.PositiveSmallIntegerField("heures collectives", null=True, blank=True)
    hours_training = models.PositiveSmallIntegerField("heures de formation", null=True, blank=True)
    opinion = models.CharField(
        "avis de l’accompagnateur", max_length=20, choices=Opinion.choices(), blank=True
    )
    opinion_comment = models.TextField("motifs de l’avis", blank=True)
    opinion_at = models.DateTimeField("avis donné le", null=True, blank=True)
    candidate_remark = models.TextField("votre remarque", blank=True)
    confirmed_at = models.DateTimeField("confirmé le", null=True, blank=True)
    sworn_at = models.DateTimeField("déclaration sur l’honneur signée le", null=True, blank=True)
    sworn_name = models.CharField("signé par", max_length=200, blank=True)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    first_sent_at = models.DateTimeField("déposé le", null=True, blank=True)
    referential = models.CharField("référentiel au dépôt", max_length=64, blank=True)
    completed_on = models.DateField("complet le", null=True, blank=True)
    missing = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    missing_comment = models.TextField("commentaire du certificateur", blank=True)

    class Meta:
        verbose_name = "dossier de faisabilité"
        constraints: ClassVar = [known("kind", FeasibilityKind, "feasibility_kind_known")]
        indexes: ClassVar = [models.Index(fields=["first_sent_at"], name="filings_by_date")]

    def __str__(self) -> str:
        return f"Dossier de faisabilité {self.journey.reference}"


class BlocClaim(models.Model):
    """How the candidate's experience covers one targeted bloc."""

    feasibility = models.ForeignKey(FeasibilityFile, on_delete=models.CASCADE, related_name="blocs")
    bloc = models.ForeignKey(Bloc, on_delete=models.PROTECT)
    text = models.TextField("comment votre expérience couvre ce bloc", blank=True)
    done = models.BooleanField("terminé", default=False)

    class Meta:
        verbose_name = "bloc décrit"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["feasibility", "bloc"], name="one_claim_per_bloc")
        ]

    def __str__(self) -> str:
        return str(self.bloc)


class CompetenceClaim(models.Model):
    """What the candidate says of one competence, with an example."""

    feasibility = models.ForeignKey(
        FeasibilityFile, on_delete=models.CASCADE, related_name="competences"
    )
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT)
    level = models.CharField("je sais le faire", max_length=10, choices=ClaimLevel.choices())
    example = models.TextField("exemple", blank=True)

    class Meta:
        verbose_name = "compétence déclarée"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["feasibility", "competence"], name="one_claim_per_competence"
            ),
            known("level", ClaimLevel, "claim_level_known"),
        ]

    def __str__(self) -> str:
        return str(self.competence)


class AdmissibilityDecision(models.Model):
    """What the certifier, or its silence, decided; never edited, only followed by another (R-034)."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="decisions")
    admissible = models.BooleanField("recevable")
    tacit = models.BooleanField("tacite", default=False)
    decided_on = models.DateField("décidé le")
    reason = models.TextField("motifs", blank=True)
    recommendations = models.TextField("recommandations", blank=True)
    valid_until = models.DateField("valable jusqu’au", null=True, blank=True)
    gip_notice_on = models.DateField("avis du GIP reçu le", null=True, blank=True)
    revoked_at = models.DateTimeField("annulée le", null=True, blank=True)

    class Meta:
        verbose_name = "décision de recevabilité"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["journey"],
                condition=Q(revoked_at__isnull=True),
                name="one_decision_in_force",
            )
        ]

    def __str__(self) -> str:
        return "Recevable" if self.admissible else "Non recevable"


class Gap(models.Model):
    """A distance that the decision names (R-032)."""

    decision = models.ForeignKey(
        AdmissibilityDecision, on_delete=models.CASCADE, related_name="gaps"
    )
    target = models.CharField("compétence ou bloc", max_length=300)
    text = models.TextField("écart constaté")

    class Meta:
        verbose_name = "écart"

    def __str__(self) -> str:
        return self.target


class Attempt(models.Model):
    """One validation file and one passage before the jury; a partial award opens the next."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField("passage n°")
    blocs = models.ManyToManyField(Bloc, related_name="attempts")
    opened_at = models.DateTimeField("ouvert le")
    hearing_on = models.DateField("évalué le", null=True, blank=True)
    outcome = models.CharField("résultat", max_length=20, choices=Outcome.choices(), blank=True)
    condition = models.TextField("réserve", blank=True)
    condition_lifted_on = models.DateField("réserve levée le", null=True, blank=True)
    notified_on = models.DateField("résultat notifié le", null=True, blank=True)
    post_jury_on = models.DateField("entretien post-jury tenu le", null=True, blank=True)

    class Meta:
        verbose_name = "passage"
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["journey", "number"], name="attempts_are_numbered")
        ]

    def __str__(self) -> str:
        return f"Passage {self.number}"


class ValidationFile(models.Model):
    """What the candidate writes for the jury (R6412-5)."""

    attempt = models.OneToOneField(Attempt, on_delete=models.CASCADE, related_name="validation")
    presentation = models.TextField("votre parcours en quelques lignes", blank=True)
    originality_at = models.DateTimeField(
        "attestation d’originalité signée le", null=True, blank=True
    )
    originality_name = models.CharField("signée par", max_length=200, blank=True)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    accepted_at = models.DateTimeField("vérifié le", null=True, blank=True)
    fingerprint = models.CharField("empreinte du texte envoyé", max_length=64, blank=True)
    return_items = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    return_comment = models.TextField("commentaire du certificateur", blank=True)

    class Meta:
        verbose_name = "dossier de validation"

    def __str__(self) -> str:
        return f"Dossier de validation, {self.attempt}"


class Section(models.Model):
    """The text for one competence, in small questions (R-050)."""

    QUESTIONS = ("context", "actions", "means", "result", "learnt")
    #: Without these the jury has nothing to judge.
    NEEDED = ("context", "actions", "result")

    file = models.ForeignKey(ValidationFile, on_delete=models.CASCADE, related_name="sections")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT)
    context = models.TextField("Dans quelle situation ?", blank=True)
    actions = models.TextField("Qu’avez-vous fait, étape par étape ?", blank=True)
    means = models.TextField("Avec quels outils, machines ou documents ?", blank=True)
    result = models.TextField("Quel a été le résultat ?", blank=True)
    learnt = models.TextField("Qu’avez-vous appris ?", blank=True)
    version = models.PositiveIntegerField("version", default=0)
    saved_at = models.DateTimeField("enregistré le", null=True, blank=True)

    class Meta:
        verbose_name = "compétence décrite"
        ordering: ClassVar = ["competence__bloc__position", "competence__position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["file", "competence"], name="one_section_per_competence"
            )
        ]

    def __str__(self) -> str:
        return str(self.competence)

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Return each question that has an answer, in the words the candidate was asked."""
        asked = {one.name: str(one.verbose_name) for one in self._meta.fields}
        said = [(asked[name], getattr(self, name)) for name in self.QUESTIONS]
        return [(question, text) for question, text in said if text.strip()]

    @property
    def written(self) -> bool:
        """Say whether the jury has enough to read: a situation, actions and a result."""
        return all(getattr(self, name).strip() for name in self.NEEDED)


class BlocAward(models.Model):
    """A bloc acquired by a candidate; it stays on the file (R-083)."""

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="awards")
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="awards")
    bloc = models.ForeignKey(Bloc, on_delete=models.PROTECT, related_name="awards")
    session = models.CharField("session de jury", max_length=40)
    awarded_on = models.DateField("acquis le")
    valid_until = models.DateField("valable jusqu’au", null=True, blank=True)
    withdrawn_on = models.DateField("retiré le", null=True, blank=True)
    verification_code = models.CharField("code de vérification", max_length=20, unique=True)

    class Meta:
        verbose_name = "bloc acquis"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["journey", "bloc"],
                condition=Q(withdrawn_on__isnull=True),
                name="a_bloc_is_acquired_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.bloc)


class ClockQuerySet(models.QuerySet["Clock"]):
    """The delays of some journeys."""

    def running(self) -> Self:
        """Return those that run: neither suspended nor ended."""
        return self.filter(state=ClockState.RUNNING)

    def statutory(self) -> Self:
        """Return those that a text sets."""
        return self.filter(kind__in=[kind for kind in ClockKind if kind.statutory])


class Clock(models.Model):
    """A delay of a journey: when it aims at, when it ends, and under which rule."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="clocks")
    kind = models.CharField("délai", max_length=20, choices=ClockKind.choices())
    state = models.CharField("état", max_length=10, choices=ClockState.choices())
    started_on = models.DateField("départ")
    target_on = models.DateField("objectif")
    limit_on = models.DateField("limite")
    alert_on = models.DateField("alerte", null=True, blank=True)
    next_on = models.DateField("à regarder le", null=True, blank=True)
    paused_on = models.DateField("suspendu le", null=True, blank=True)
    ended_on = models.DateField("terminé le", null=True, blank=True)
    rule = models.CharField("règle", max_length=10, blank=True)
    article = models.CharField("article", max_length=100)
    explanation = models.TextField("comment cette date est calculée")

    objects = ClockQuerySet.as_manager()

    class Meta:
        verbose_name = "délai"
        ordering: ClassVar = ["started_on", "pk"]
        constraints: ClassVar = [
            known("kind", ClockKind, "clock_kind_known"),
            known("state", ClockState, "clock_state_known"),
            models.CheckConstraint(
                condition=Q(started_on__lte=F("target_on"), target_on__lte=F("limit_on")),
                name="clock_runs_forward",
            ),
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | Q(state=ClockState.RUNNING.value),
                name="only_a_running_clock_is_due",
            ),
            models.UniqueConstraint(
                fields=["journey", "kind"],
                condition=Q(state__in=[ClockState.RUNNING.value, ClockState.PAUSED.value]),
                name="one_living_clock_of_a_kind",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_on"], condition=Q(next_on__isnull=False), name="clocks_due")
        ]

    def __str__(self) -> str:
        return ClockKind(self.kind).label

    @property
    def living(self) -> bool:
        """Say whether the delay still runs, or is only suspended."""
        return self.state in (ClockState.RUNNING, ClockState.PAUSED)

    @property
    def statutory(self) -> bool:
        """Say whether a text sets this delay."""
        return ClockKind(self.kind).statutory


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

    A trigger of the database refuses UPDATE, DELETE and TRUNCATE, whoever asks: see the migration
    `journal_is_append_only`. No constraint lists the acts and events of today: a journal keeps the
    words of its day, also those that are retired later.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="journal")
    number = models.PositiveIntegerField("n°")
    act = models.CharField("acte", max_length=30, choices=Act.choices(), blank=True)
    event = models.CharField("événement", max_length=30, choices=Event.choices(), blank=True)
    role = models.CharField("en qualité de", max_length=20, choices=Role.choices())
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
    article = models.CharField("article", max_length=100, blank=True)

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
        ]
        indexes: ClassVar = [models.Index(fields=["-at"], name="journal_by_date")]

    def __str__(self) -> str:
        return f"{self.number}. {self.label}"

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
