"""The journey itself: one person's way to one certification; `actions.act` alone writes its stage."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q

from jalon.catalogue.models import Bloc, Certification
from jalon.law.dates import Anchors
from jalon.law.stages import BEFORE_SENDING, ENDS, PREPARING, UNDER_WAY
from jalon.law.vocabulary import (
    Accompaniment,
    Contestation,
    Context,
    End,
    Pending,
    Route,
    Scope,
    Stage,
)
from jalon.now import now, paris_day
from jalon.people.models import Organisation
from jalon.words import WordField, known, plain

if TYPE_CHECKING:
    from jalon.journeys.models.admissibility import AdmissibilityDecision
    from jalon.journeys.models.attempt import Attempt


#: What says, on a journey, that something was asked and waits.
WAITS: dict[Pending, Q] = {
    Pending.DOCUMENTS: Q(documents_requested_at__isnull=False),
    Pending.PRIOR_BLOC: Q(prior_blocs_waiting__gt=0),
    Pending.COMPLAINT: Q(complaints_waiting__gt=0),
    Pending.ADJUSTMENT: Q(adjustments_waiting__gt=0, stage__in=UNDER_WAY),
    Pending.TEAM_ADJUSTMENT: Q(team_adjustments_waiting__gt=0, stage__in=UNDER_WAY),
    Pending.EXTRA_FILING: Q(
        extra_filing_asked_at__isnull=False, extra_filing_reason="", stage__in=PREPARING
    ),
    Pending.REASON: Q(reason_claimed_at__isnull=False, stage=Stage.ADMISSIBLE),
    Pending.EXTENSION: Q(extension_asked_at__isnull=False, stage__in=BEFORE_SENDING),
    Pending.CONTESTATION: Q(contestation=Contestation.PENDING, stage=Stage.LAPSED),
}


def waits_for(pending: Iterable[Pending]) -> Q:
    """Return the condition that one of these things waits for an answer."""
    condition = Q(pk__in=[])
    for one in pending:
        condition |= WAITS[one]
    return condition


class JourneyQuerySet(models.QuerySet["Journey"]):
    """Some journeys."""

    def under_way(self) -> Self:
        """Return those that have not come to an end."""
        return self.exclude(stage__in=ENDS)


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
    route = WordField("procédure", max_length=20, words=Route)
    accompaniment = WordField("accompagnement", max_length=20, words=Accompaniment)
    scope = WordField("objectif", max_length=10, words=Scope)
    sheet_version = models.PositiveSmallIntegerField("version du référentiel", default=1)
    targeted = models.ManyToManyField(Bloc, related_name="targeting_journeys")
    stage = WordField("étape", max_length=30, words=Stage)
    version = models.PositiveIntegerField("nombre d’actes", default=0)
    registered_at = models.DateTimeField("déposée le")
    filed_at = models.DateTimeField("dossier de faisabilité déposé le", null=True, blank=True)
    filed_referential = models.CharField("référentiel au dépôt", max_length=64, blank=True)
    stage_since = models.DateTimeField("à cette étape depuis")
    reached_on = models.DateField("étape atteinte par quelqu’un le")
    #: Signs of life, as `law/attention.py` says: kept by `signs.py`.
    candidate_seen_at = models.DateTimeField("dernier signe du candidat", default=now)
    team_seen_at = models.DateTimeField("dernier geste de l’équipe", default=now)
    consent_at = models.DateTimeField("consentement donné le")
    portal_number = models.CharField("n° de dossier France VAE", max_length=40, blank=True)
    portal_registered_on = models.DateField("inscrit sur le portail le", null=True, blank=True)
    context = WordField("à l’initiative de", max_length=12, words=Context, default=Context.OWN)
    end_proposed = WordField("arrêt proposé", max_length=10, words=End, blank=True)
    amendment_at = models.DateTimeField("parcours modifié proposé le", null=True, blank=True)
    mandate_at = models.DateTimeField("mandat donné le", null=True, blank=True)
    extra_filing_asked_at = models.DateTimeField(
        "dépôt supplémentaire demandé le", null=True, blank=True
    )
    extra_filing_reason = models.TextField("dépôt supplémentaire autorisé parce que", blank=True)
    reason_claimed_at = models.DateTimeField("motif légitime présenté le", null=True, blank=True)
    extension_asked_at = models.DateTimeField("prolongation demandée le", null=True, blank=True)
    sheet_statement = models.TextField("ce que devient la certification", blank=True)
    contestation = WordField(
        "contestation de la caducité",
        max_length=10,
        words=Contestation,
        default=Contestation.NONE,
    )
    prior_blocs_waiting = models.PositiveSmallIntegerField(
        "blocs obtenus ailleurs à vérifier", default=0
    )
    complaints_waiting = models.PositiveSmallIntegerField(
        "réclamations au certificateur sans réponse", default=0
    )
    adjustments_with_certifier = models.PositiveSmallIntegerField(
        "aménagements demandés au certificateur", default=0
    )
    adjustments_waiting = models.PositiveSmallIntegerField(
        "aménagements sans réponse du certificateur", default=0
    )
    team_adjustments_waiting = models.PositiveSmallIntegerField(
        "aménagements sans réponse de l’accompagnateur", default=0
    )
    documents_requested_at = models.DateTimeField("documents demandés le", null=True, blank=True)
    documents_issued_at = models.DateTimeField("documents délivrés le", null=True, blank=True)
    fraud_opened_on = models.DateField("procédure pour fraude ouverte le", null=True, blank=True)
    fraud_answer_by = models.DateField("observations attendues avant le", null=True, blank=True)
    fraud_answered_on = models.DateField("observations présentées le", null=True, blank=True)

    frozen_on = models.DateField("effacement suspendu le", null=True, blank=True)
    frozen_reason = models.TextField("effacement suspendu parce que", blank=True)
    erasure_granted_on = models.DateField("effacement accepté le", null=True, blank=True)
    erasure_announced_on = models.DateField("effacement annoncé le", null=True, blank=True)
    purged_at = models.DateTimeField("données effacées le", null=True, blank=True)

    objects = JourneyQuerySet.as_manager()

    class Meta:
        verbose_name = "parcours"
        verbose_name_plural = "parcours"
        indexes: ClassVar = [
            models.Index(fields=["organisation", "stage", "-stage_since"], name="caseload"),
            models.Index(fields=["architect", "stage", "-stage_since"], name="own_caseload"),
            models.Index(fields=["certifier", "stage", "-stage_since"], name="certifier_inbox"),
            models.Index(
                fields=["organisation", "stage"],
                condition=Q(architect__isnull=True),
                name="nobodys_files",
            ),
            GinIndex(OpClass(plain("reference"), "gin_trgm_ops"), name="reference_looked_for"),
            models.Index(fields=["candidate", "-registered_at"], name="own_journeys"),
            models.Index(fields=["candidate", "filed_at"], name="filings_of_a_candidate"),
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
                condition=pgtrigger.Condition(
                    'OLD."route" IS DISTINCT FROM NEW."route" '
                    'OR OLD."candidate_id" IS DISTINCT FROM NEW."candidate_id" '
                    'OR (OLD."certification_id" IS DISTINCT FROM NEW."certification_id" '
                    'AND OLD."filed_at" IS NOT NULL)'
                ),
                func=(
                    "RAISE EXCEPTION 'R-001: the route of a journey never changes, "
                    "nor its certification once a file was filed';"
                ),
            ),
            pgtrigger.Trigger(
                name="what_was_erased_stays_so",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("purged_at"),
                condition=pgtrigger.Q(old__purged_at__isnull=False)
                & pgtrigger.Q(old__purged_at__df=pgtrigger.F("new__purged_at")),
                func="RAISE EXCEPTION 'R-122: what was erased stays so';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} · {self.certification.title}"

    @property
    def is_under_way(self) -> bool:
        """Say whether something is still to come on it."""
        return self.stage in UNDER_WAY

    @property
    def on_portal(self) -> bool:
        """Say whether this journey is followed on the national portal (R-133)."""
        return self.route == Route.FRANCE_VAE

    @property
    def blocs(self) -> models.QuerySet[Bloc]:
        """Return the blocs of the certification in the version that the journey began with (R-131)."""
        return self.certification.every_bloc.filter(version=self.sheet_version)

    def anchors(self, on: date) -> Anchors:
        """Return the days by which the law chooses what governs an act of some day."""
        filed = paris_day(self.filed_at) if self.filed_at else None
        return Anchors(act=on, begun=paris_day(self.registered_at), filed=filed)

    @property
    def attempt(self) -> "Attempt":
        """Return the attempt under way: one validation file, one hearing; raises DoesNotExist."""
        attempts = self.attempts.all()
        if not attempts:
            raise attempts.model.DoesNotExist
        return max(attempts, key=lambda attempt: attempt.number)

    @property
    def decision(self) -> "AdmissibilityDecision | None":
        """Return the decision in force on admissibility, if any."""
        return next((one for one in self.decisions.all() if one.revoked_at is None), None)

    def forget_rows(self) -> None:
        """Let the rows of this journey be read anew: an act changes them."""
        self._prefetched_objects_cache: dict[str, object] = {}
