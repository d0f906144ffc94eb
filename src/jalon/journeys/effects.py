"""What each act writes in the journey's own tables, once the law has let it through."""

import hashlib
import json
import secrets
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from jalon.journeys.models import (
    AdmissibilityDecision,
    Attempt,
    BlocAward,
    Gap,
    Journey,
    Section,
    ValidationFile,
)
from jalon.law import facts, jury
from jalon.law.case import Case
from jalon.law.clocks import add_months
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Act, ClockKind, Contestation
from jalon.people.models import User

#: How long an awarded bloc holds, in months; None: for good (R-083: the certifier's setting).
BLOC_VALIDITY_MONTHS: int | None = None

Effect = Callable[[Journey, Any, Case, User | None, datetime], None]


def write(
    journey: Journey, act: Act, facts: facts.Facts, case: Case, by: User | None, at: datetime
) -> None:
    """Write what an act changes besides the stage, the clocks and the journal."""
    if effect := EFFECTS.get(act):
        effect(journey, facts, case, by, at)


# ---------------------------------------------------------------- accompaniment


def take_charge(
    journey: Journey, facts: facts.Nothing, case: Case, by: User | None, at: datetime
) -> None:
    """The architect who takes the file on becomes its own."""
    journey.architect = by


def propose_path(
    journey: Journey, facts: facts.Path, case: Case, by: User | None, at: datetime
) -> None:
    """The hours of the path are those of the feasibility file."""
    file = journey.feasibility
    file.hours_individual = facts.hours_individual
    file.hours_group = facts.hours_group
    file.hours_training = facts.hours_training
    file.save()


def accept_path(
    journey: Journey, facts: facts.PathAnswer, case: Case, by: User | None, at: datetime
) -> None:
    """The candidate's choice of trainings is dated: the opinion may follow (R-016)."""
    file = journey.feasibility
    file.trainings_chosen = list(facts.trainings_chosen)
    file.trainings_chosen_at = at
    file.save()


def give_mandate(
    journey: Journey, facts: facts.Signature, case: Case, by: User | None, at: datetime
) -> None:
    """The mandate is dated (R-088)."""
    journey.mandate_at = at


# ---------------------------------------------------------------- feasibility


def give_opinion(
    journey: Journey, facts: facts.OpinionGiven, case: Case, by: User | None, at: datetime
) -> None:
    """The opinion, its reasons and its date."""
    file = journey.feasibility
    file.opinion, file.opinion_comment, file.opinion_at = facts.opinion, facts.comment, at
    file.save()


def confirm_feasibility(
    journey: Journey, facts: facts.Signature, case: Case, by: User | None, at: datetime
) -> None:
    """Confirmation and sworn statement carry the same moment and name."""
    file = journey.feasibility
    file.confirmed_at = file.sworn_at = at
    file.sworn_name = facts.name
    file.save()


def request_extra_filing(
    journey: Journey, facts: facts.Reason, case: Case, by: User | None, at: datetime
) -> None:
    """The certifier may now see the file."""
    journey.extra_filing_asked_at = at


def allow_extra_filing(
    journey: Journey, facts: facts.Reason, case: Case, by: User | None, at: datetime
) -> None:
    """The certifier's reason lifts the cap (R-024)."""
    journey.extra_filing_reason = facts.reason


def send_feasibility(
    journey: Journey, facts: facts.Nothing, case: Case, by: User | None, at: datetime
) -> None:
    """The first sending is the one that counts for the year (R-023)."""
    file = journey.feasibility
    file.sent_at = at
    if file.first_sent_at is None:
        file.first_sent_at, file.referential = at, journey.certification.referential
    file.missing, file.missing_comment = [], ""
    file.save()


@enforces("R-017")
def declare_incomplete(
    journey: Journey, facts: facts.Missing, case: Case, by: User | None, at: datetime
) -> None:
    """The candidate will confirm and sign again."""
    file = journey.feasibility
    file.missing, file.missing_comment = list(facts.items), facts.comment
    file.confirmed_at = file.sworn_at = file.completed_on = None
    file.sworn_name = ""
    file.save()


def declare_complete(
    journey: Journey, facts: facts.Nothing, case: Case, by: User | None, at: datetime
) -> None:
    """The day of receipt of the complete file (R-026)."""
    journey.feasibility.completed_on = at.date()
    journey.feasibility.save()


# ---------------------------------------------------------------- decision


def decide(*, admissible: bool, tacit: bool = False) -> Effect:
    """Return the effect that records a decision and opens the writing when it is favourable."""

    def effect(journey: Journey, facts: Any, case: Case, by: User | None, at: datetime) -> None:
        revoke_current(journey, at)
        decision = AdmissibilityDecision.objects.create(
            journey=journey,
            admissible=admissible,
            tacit=tacit,
            decided_on=silent_until(case) if tacit else at.date(),
            reason=getattr(facts, "reason", ""),
            recommendations=getattr(facts, "recommendations", ""),
            valid_until=getattr(facts, "valid_until", None),
        )
        Gap.objects.bulk_create(
            Gap(decision=decision, target=gap.target, text=gap.text)
            for gap in getattr(facts, "gaps", ())
        )
        if admissible and not journey.attempts.exists():
            open_attempt(journey, 1, case, at)

    return effect


@enforces("R-029")
def silent_until(case: Case) -> date:
    """Return the day on which silence decided: the end of the two months, not the day it was seen."""
    clock = case.clock(ClockKind.DECISION)
    return clock.limit_on if clock else case.today


def revoke_current(journey: Journey, at: datetime) -> None:
    """A decision is never edited: the next one replaces it (R-034)."""
    journey.decisions.filter(revoked_at__isnull=True).update(revoked_at=at)


def revoke_decision(
    journey: Journey, facts: facts.Reason, case: Case, by: User | None, at: datetime
) -> None:
    """The decision is dated as revoked; the empty validation file goes with it."""
    revoke_current(journey, at)
    journey.attempts.all().delete()


def record_gip_notice(
    journey: Journey, facts: facts.DatedNote, case: Case, by: User | None, at: datetime
) -> None:
    """The day on which the GIP's notice came (R-029)."""
    journey.decisions.filter(revoked_at__isnull=True).update(gip_notice_on=facts.on)


def set_contestation(value: Contestation) -> Effect:
    """Return the effect that moves a contestation on (R-048)."""

    def effect(journey: Journey, facts: Any, case: Case, by: User | None, at: datetime) -> None:
        journey.contestation = value

    return effect


# ---------------------------------------------------------------- validation


def open_attempt(journey: Journey, number: int, case: Case, at: datetime) -> None:
    """A new passage: its file has one section for each competence still to show (R-050)."""
    attempt = Attempt.objects.create(journey=journey, number=number, opened_at=at)
    blocs = list(journey.targeted.filter(code__in=case.missing_blocs).order_by("position"))
    attempt.blocs.set(blocs)
    file = ValidationFile.objects.create(attempt=attempt)
    Section.objects.bulk_create(
        Section(file=file, competence=competence)
        for bloc in blocs
        for competence in bloc.competences.all()
    )


def sign_originality(
    journey: Journey, facts: facts.Signature, case: Case, by: User | None, at: datetime
) -> None:
    """The statement is dated and named."""
    file = journey.attempt.validation
    file.originality_at, file.originality_name = at, facts.name
    file.save()


@enforces("R-051")
def send_validation(
    journey: Journey, facts: facts.Nothing, case: Case, by: User | None, at: datetime
) -> None:
    """The text that left is known by its fingerprint and its moment."""
    file = journey.attempt.validation
    file.sent_at, file.accepted_at = at, None
    file.return_items, file.return_comment = [], ""
    file.fingerprint = fingerprint(file)
    file.save()


def fingerprint(file: ValidationFile) -> str:
    """Return the SHA-256 of everything the candidate wrote, in a fixed order."""
    text = {
        "presentation": file.presentation,
        "sections": [
            [section.competence_id, *(getattr(section, name) for name in Section.QUESTIONS)]
            for section in file.sections.all()
        ],
    }
    return hashlib.sha256(json.dumps(text, ensure_ascii=False).encode()).hexdigest()


def return_validation(
    journey: Journey, facts: facts.Missing, case: Case, by: User | None, at: datetime
) -> None:
    """What comes back must be signed again (R-054)."""
    file = journey.attempt.validation
    file.return_items, file.return_comment = list(facts.items), facts.comment
    file.originality_at, file.originality_name, file.sent_at = None, "", None
    file.save()


def accept_validation(
    journey: Journey, facts: facts.Nothing, case: Case, by: User | None, at: datetime
) -> None:
    """The certifier checked the file."""
    file = journey.attempt.validation
    file.accepted_at = at
    file.save()


# ---------------------------------------------------------------- jury and result


def schedule_hearing(
    journey: Journey, facts: facts.Convening, case: Case, by: User | None, at: datetime
) -> None:
    """The date of the passage."""
    set_on_attempt(journey, hearing_on=facts.held_on)


def clear_hearing(journey: Journey, facts: Any, case: Case, by: User | None, at: datetime) -> None:
    """The passage waits for a new date (R-055, R-084)."""
    set_on_attempt(journey, hearing_on=None)


@enforces("R-083")
def record_deliberation(
    journey: Journey, facts: facts.Deliberation, case: Case, by: User | None, at: datetime
) -> None:
    """What the votes make, and the blocs acquired, with date and session."""
    result = jury.outcome(case, facts)
    set_on_attempt(journey, hearing_on=facts.held_on, outcome=result, condition=facts.condition)
    attempt = journey.attempt
    won = [vote.bloc for vote in facts.votes if jury.bloc_awarded(vote)]
    BlocAward.objects.bulk_create(
        BlocAward(
            journey=journey,
            attempt=attempt,
            bloc=bloc,
            session=facts.session,
            awarded_on=facts.held_on,
            valid_until=bloc_validity(facts.held_on),
            verification_code=secrets.token_hex(8).upper(),
        )
        for bloc in journey.targeted.filter(code__in=won)
    )


def bloc_validity(awarded_on: date) -> date | None:
    """Return the last day on which an acquired bloc holds; None: for good (R-083)."""
    return add_months(awarded_on, BLOC_VALIDITY_MONTHS) if BLOC_VALIDITY_MONTHS else None


def notify(journey: Journey, facts: Any, case: Case, by: User | None, at: datetime) -> None:
    """The day of the notice (R-078)."""
    set_on_attempt(journey, notified_on=at.date())


def lift_condition(
    journey: Journey, facts: facts.DatedNote, case: Case, by: User | None, at: datetime
) -> None:
    """The day on which the condition was lifted (R-085)."""
    set_on_attempt(journey, condition_lifted_on=facts.on)


def request_documents(
    journey: Journey, facts: facts.Nothing, case: Case, by: User | None, at: datetime
) -> None:
    """The candidate asked for their documents (R-080)."""
    journey.documents_requested_at = at


def issue_documents(
    journey: Journey, facts: facts.Nothing, case: Case, by: User | None, at: datetime
) -> None:
    """The request is answered; another one may follow (R-080)."""
    journey.documents_requested_at = None


def hold_post_jury(
    journey: Journey, facts: facts.PostJury, case: Case, by: User | None, at: datetime
) -> None:
    """The day of the meeting (R-081)."""
    set_on_attempt(journey, post_jury_on=facts.held_on)


def open_next_attempt(
    journey: Journey, facts: facts.Nothing, case: Case, by: User | None, at: datetime
) -> None:
    """A new file with the missing blocs only."""
    journey.documents_requested_at = None
    open_attempt(journey, case.attempt + 1, case, at)


def set_on_attempt(journey: Journey, **values: Any) -> None:
    """Write on the attempt under way."""
    Attempt.objects.filter(pk=journey.attempt.pk).update(**values)


# ---------------------------------------------------------------- fraud


def open_fraud(
    journey: Journey, facts: facts.FraudOpening, case: Case, by: User | None, at: datetime
) -> None:
    """The procedure and its delay (R-082)."""
    journey.fraud_opened_on, journey.fraud_answer_by = at.date(), facts.answer_by
    journey.fraud_answered_on = None


def answer_fraud(
    journey: Journey, facts: facts.Reason, case: Case, by: User | None, at: datetime
) -> None:
    """The day of the observations."""
    journey.fraud_answered_on = at.date()


def close_fraud(journey: Journey, facts: Any, case: Case, by: User | None, at: datetime) -> None:
    """The procedure is over."""
    journey.fraud_opened_on = journey.fraud_answer_by = journey.fraud_answered_on = None


def refuse_for_fraud(
    journey: Journey, facts: facts.Reason, case: Case, by: User | None, at: datetime
) -> None:
    """What was awarded on this journey is withdrawn."""
    journey.awards.filter(withdrawn_on__isnull=True).update(withdrawn_on=at.date())


EFFECTS: dict[Act, Effect] = {
    Act.TAKE_CHARGE: take_charge,
    Act.PROPOSE_PATH: propose_path,
    Act.ACCEPT_PATH: accept_path,
    Act.GIVE_MANDATE: give_mandate,
    Act.GIVE_OPINION: give_opinion,
    Act.CONFIRM_FEASIBILITY: confirm_feasibility,
    Act.REQUEST_EXTRA_FILING: request_extra_filing,
    Act.ALLOW_EXTRA_FILING: allow_extra_filing,
    Act.SEND_FEASIBILITY: send_feasibility,
    Act.DECLARE_INCOMPLETE: declare_incomplete,
    Act.DECLARE_COMPLETE: declare_complete,
    Act.DECLARE_ADMISSIBLE: decide(admissible=True),
    Act.DECLARE_INADMISSIBLE: decide(admissible=False),
    Act.ADMIT_TACITLY: decide(admissible=True, tacit=True),
    Act.CONFIRM_TACIT: decide(admissible=True),
    Act.OVERTURN_TACIT: decide(admissible=False),
    Act.REVOKE_DECISION: revoke_decision,
    Act.RECORD_GIP_NOTICE: record_gip_notice,
    Act.CONFIRM_LAPSE: set_contestation(Contestation.NONE),
    Act.CONTEST_LAPSE: set_contestation(Contestation.PENDING),
    Act.CANCEL_LAPSE: set_contestation(Contestation.ACCEPTED),
    Act.UPHOLD_LAPSE: set_contestation(Contestation.REJECTED),
    Act.SIGN_ORIGINALITY: sign_originality,
    Act.SEND_VALIDATION: send_validation,
    Act.RETURN_VALIDATION: return_validation,
    Act.ACCEPT_VALIDATION: accept_validation,
    Act.SCHEDULE_HEARING: schedule_hearing,
    Act.POSTPONE_HEARING: clear_hearing,
    Act.RECORD_ABSENCE: clear_hearing,
    Act.RECORD_DELIBERATION: record_deliberation,
    Act.NOTIFY_FULL: notify,
    Act.NOTIFY_CONDITIONAL: notify,
    Act.NOTIFY_TARGETED: notify,
    Act.NOTIFY_PARTIAL: notify,
    Act.NOTIFY_NONE: notify,
    Act.LIFT_CONDITION: lift_condition,
    Act.REQUEST_DOCUMENTS: request_documents,
    Act.ISSUE_DOCUMENTS: issue_documents,
    Act.HOLD_POST_JURY: hold_post_jury,
    Act.OPEN_NEXT_ATTEMPT: open_next_attempt,
    Act.OPEN_FRAUD: open_fraud,
    Act.ANSWER_FRAUD: answer_fraud,
    Act.DISMISS_FRAUD: close_fraud,
    Act.REFUSE_FOR_FRAUD: refuse_for_fraud,
}
