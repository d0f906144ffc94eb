"""Draws the frozen picture of a journey that the law looks at."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q

from jalon.catalogue.models import Bloc
from jalon.catalogue.queries import sheet
from jalon.journeys.models import (
    Attempt,
    Clock,
    FeasibilityFile,
    JournalEntry,
    Journey,
    ValidationFile,
)
from jalon.law.case import (
    Admissibility,
    Case,
    ClockView,
    FeasibilityState,
    Filing,
    FraudState,
    ValidationState,
)
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    ClockKind,
    ClockState,
    Contestation,
    DocumentKind,
    FeasibilityKind,
    Opinion,
    Outcome,
    Prerequisites,
    Role,
    Route,
    Scope,
    Stage,
)
from jalon.now import PARIS, today


def snapshot(journey: Journey, actor: Role) -> Case:
    """Return what the law needs to know of a journey, as it stands now, for someone who acts."""
    aimed = Exists(journey.targeted.filter(pk=OuterRef("pk")))
    blocs = list(journey.certification.blocs.annotate(aimed=aimed).prefetch_related("competences"))
    targeted = [bloc for bloc in blocs if bloc.aimed]
    attempt = journey.attempts.order_by("number").last()
    decision = journey.decisions.filter(revoked_at__isnull=True).first()
    return Case(
        journey=str(journey.pk),
        today=today(),
        actor=actor,
        route=Route(journey.route),
        accompaniment=Accompaniment(journey.accompaniment),
        scope=Scope(journey.scope),
        stage=Stage(journey.stage),
        sheet=sheet(journey.certification),
        all_blocs=frozenset(bloc.code for bloc in blocs),
        targeted_blocs=frozenset(bloc.code for bloc in targeted),
        acquired_blocs=acquired_blocs(journey),
        attempt=attempt.number if attempt else 1,
        registered_on=journey.registered_at.astimezone(PARIS).date(),
        consent_on=journey.consent_at,
        mandate_on=journey.mandate_at,
        qualiopi_until=journey.organisation.qualiopi_until if journey.organisation else None,
        feasibility=feasibility_state(journey, targeted),
        admissibility=Admissibility(
            decision.admissible, decision.tacit, decision.decided_on, decision.valid_until
        )
        if decision
        else None,
        validation=validation_state(attempt),
        filings=filings(journey),
        extra_filing_reason=journey.extra_filing_reason,
        clocks=tuple(clock_view(clock) for clock in journey.clocks.order_by("started_on", "pk")),
        steps_since_admissibility=steps_since_admissibility(journey) if decision else 0,
        contestation=Contestation(journey.contestation),
        hearing_on=attempt.hearing_on if attempt else None,
        outcome=Outcome(attempt.outcome) if attempt and attempt.outcome else None,
        results_recorded=int(bool(attempt and attempt.outcome)),
        documents_requested_on=journey.documents_requested_at,
        post_jury_on=attempt.post_jury_on if attempt else None,
        fraud=fraud_state(journey),
    )


def acquired_blocs(journey: Journey) -> frozenset[str]:
    """Return the codes of the blocs of this certification that the candidate holds today (R-083)."""
    held = Q(awards__journey__candidate=journey.candidate_id, awards__withdrawn_on__isnull=True)
    still = Q(awards__valid_until__isnull=True) | Q(awards__valid_until__gte=today())
    return frozenset(
        journey.certification.blocs.filter(held & still).values_list("code", flat=True)
    )


def feasibility_state(journey: Journey, targeted: Sequence[Bloc]) -> FeasibilityState:
    """Return what is in the feasibility file, as the gate needs to know it."""
    file = journey.feasibility
    profile = getattr(journey.candidate, "candidate_profile", None)
    answered = set(file.competences.values_list("competence_id", flat=True))
    return FeasibilityState(
        kind=FeasibilityKind(file.kind),
        admissible_until=file.admissible_until,
        civil_status_complete=bool(profile and profile.complete),
        prerequisites=Prerequisites(file.prerequisites) if file.prerequisites else None,
        experiences=journey.experiences.count(),
        blocs_completed=frozenset(
            file.blocs.filter(done=True).values_list("bloc__code", flat=True)
        ),
        competences_unanswered=tuple(
            competence.title
            for bloc in targeted
            for competence in bloc.competences.all()
            if competence.pk not in answered
        ),
        identity_document=journey.documents.filter(
            kind=DocumentKind.IDENTITY, removed_at__isnull=True
        ).exists(),
        trainings_chosen_on=file.trainings_chosen_at,
        opinion=Opinion(file.opinion) if file.opinion else None,
        opinion_on=file.opinion_at,
        confirmed_on=file.confirmed_at,
        sworn_on=file.sworn_at,
        hours_estimated=file.hours_individual is not None,
    )


def validation_state(attempt: Attempt | None) -> ValidationState:
    """Return what is in the validation file of an attempt; nothing when there is none yet."""
    file = ValidationFile.objects.filter(attempt=attempt).first() if attempt else None
    if not attempt or not file:
        return ValidationState()
    sections = file.sections.select_related("competence__bloc")
    return ValidationState(
        sections_missing=tuple(
            section.competence.title for section in sections if not section.written
        ),
        blocs=frozenset(section.competence.bloc.code for section in sections),
        originality_on=file.originality_at,
        sent_on=file.sent_at.astimezone(PARIS).date() if file.sent_at else None,
        accepted=file.accepted_at is not None,
    )


def filings(journey: Journey) -> tuple[Filing, ...]:
    """Return every feasibility file that this candidate ever submitted (R-018…R-025)."""
    lapse = JournalEntry.objects.filter(journey=OuterRef("journey"), act=Act.CONFIRM_LAPSE).exclude(
        journey__contestation=Contestation.ACCEPTED
    )
    sent = (
        FeasibilityFile.objects.filter(
            journey__candidate=journey.candidate_id, first_sent_at__isnull=False
        )
        .select_related("journey__certification")
        .annotate(lapsed=Exists(lapse))
    )
    return tuple(
        Filing(
            journey=str(file.journey_id),
            code=file.journey.certification.code,
            submitted_on=file.first_sent_at.astimezone(PARIS).date(),
            scope=Scope(file.journey.scope),
            route=Route(file.journey.route),
            lapsed=file.lapsed,
            referential_changed=file.referential != file.journey.certification.referential,
        )
        for file in sent
        if file.first_sent_at
    )


def clock_view(clock: Clock) -> ClockView:
    """Return a clock as the law sees it."""
    return ClockView(
        ClockKind(clock.kind),
        ClockState(clock.state),
        clock.started_on,
        clock.target_on,
        clock.limit_on,
        clock.alert_on,
    )


def steps_since_admissibility(journey: Journey) -> int:
    """Count the steps recorded since the last time the lapse clock started (R-045)."""
    started = journey.clocks.filter(kind=ClockKind.LAPSE).order_by("-started_on", "-pk").first()
    if not started:
        return 0
    return sum(
        entry.facts.get("on", "") >= started.started_on.isoformat()
        for entry in journey.journal.filter(act=Act.RECORD_STEP)
    )


def fraud_state(journey: Journey) -> FraudState | None:
    """Return the contradictory procedure under way, or None (R-082)."""
    if not journey.fraud_opened_on or not journey.fraud_answer_by:
        return None
    return FraudState(journey.fraud_opened_on, journey.fraud_answer_by, journey.fraud_answered_on)
