"""What people may ask of their own data, and how long it is kept."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from jalon.law.facts import ComplaintAnswer, Reason
from jalon.law.retention import (
    FRESH,
    Retained,
    announced_from,
    copy_available_until,
    document_kept,
    erased_from,
    evidence_over,
    kept_because,
    no_copy_under_way,
    not_to_erase,
    signed_in_lately,
    told_in_a_copy,
    worth_a_look,
)
from jalon.law.vocabulary import Act, Addressee, DocumentKind, Role, Stage
from jalon.now import PARIS
from tests.law.cases import a_case, rule_against

NOON = datetime(2027, 3, 1, 12, tzinfo=PARIS)


@pytest.mark.rule("R-122")
def test_a_second_copy_waits_for_the_first() -> None:
    refused = no_copy_under_way(NOON)
    assert no_copy_under_way(None) is None
    assert refused and refused.rule == "R-122" and "attendez" in refused.why


@pytest.mark.rule("R-122")
def test_a_copy_stays_a_week() -> None:
    assert copy_available_until(date(2027, 3, 1)) == date(2027, 3, 8)


@pytest.mark.rule("R-122")
@pytest.mark.parametrize(
    ("signed_in_at", "given"),
    [
        (NOON, True),
        (NOON - FRESH, True),
        (NOON - FRESH - timedelta(seconds=1), False),
        (NOON + timedelta(hours=1), False),
        (None, False),
    ],
)
def test_everything_is_given_only_to_who_has_just_signed_in(
    signed_in_at: datetime | None, given: bool
) -> None:
    assert (signed_in_lately(signed_in_at, NOON) is None) is given


@pytest.mark.rule("R-079")
def test_the_votes_of_a_jury_stay_out_of_a_copy() -> None:
    assert not told_in_a_copy(Act.RECORD_DELIBERATION)
    assert told_in_a_copy(Act.RECORD_STEP) and told_in_a_copy(None)


CASE = a_case()
ENDED = Retained(date(2027, 3, 15))
WARNED = replace(ENDED, announced_on=date(2028, 2, 14))


@pytest.mark.rule("R-122")
def test_a_journey_is_erased_a_year_after_its_end_and_announced_a_month_before() -> None:
    assert erased_from(ENDED) == date(2028, 3, 15)
    assert announced_from(ENDED) == date(2028, 2, 14)
    assert not_to_erase(WARNED, date(2028, 3, 14))
    assert not_to_erase(WARNED, date(2028, 3, 15)) is None


@pytest.mark.rule("R-122")
def test_a_journey_that_goes_on_is_never_erased() -> None:
    assert erased_from(Retained(None)) is None and announced_from(Retained(None)) is None
    refused = not_to_erase(Retained(None), date(2099, 1, 1))
    assert refused and "pas terminé" in refused.why


@pytest.mark.rule("R-122")
def test_nothing_is_erased_before_the_person_was_warned_and_had_a_month() -> None:
    assert not_to_erase(ENDED, date(2030, 1, 1))
    late = replace(ENDED, announced_on=date(2030, 1, 1))
    assert erased_from(late) == date(2030, 1, 31)
    assert not_to_erase(late, date(2030, 1, 30)) and not not_to_erase(late, date(2030, 1, 31))


@pytest.mark.rule("R-122")
def test_an_erasure_that_was_asked_for_and_agreed_to_waits_for_nothing() -> None:
    asked = replace(ENDED, granted_on=date(2027, 4, 1))
    assert not_to_erase(asked, date(2027, 4, 1)) is None
    assert announced_from(asked) is None


@pytest.mark.rule("R-122")
@pytest.mark.parametrize(
    "holding",
    [
        {"frozen": True},
        {"fraud": True},
        {"complaints": 1},
        {"contested": True},
        {"documents_awaited": True},
    ],
)
def test_a_dispute_keeps_everything_even_when_an_erasure_was_agreed_to(
    holding: dict[str, int],
) -> None:
    for journey in (WARNED, replace(ENDED, granted_on=date(2027, 4, 1))):
        refused = not_to_erase(replace(journey, **holding), date(2029, 1, 1))
        assert refused and refused == kept_because(replace(journey, **holding))


@pytest.mark.rule("R-122")
def test_what_is_to_be_announced_or_erased_is_looked_at() -> None:
    for month_end in (date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2028, 2, 29)):
        start = announced_from(Retained(month_end))
        assert start and month_end <= worth_a_look(start)


@pytest.mark.rule("R-122")
def test_what_proves_a_title_a_jury_or_the_service_given_outlives_the_journey() -> None:
    kept = {kind for kind in DocumentKind if document_kept(kind, awarded=True)}
    assert kept == {
        DocumentKind.CERTIFICATE,
        DocumentKind.ATTESTATION,
        DocumentKind.RESULT,
        DocumentKind.MINUTES,
        DocumentKind.PATH,
        DocumentKind.SERVICE,
    }
    assert not document_kept(DocumentKind.RESULT, awarded=False)
    assert not evidence_over(date(2028, 3, 15), date(2031, 3, 14))
    assert evidence_over(date(2028, 3, 15), date(2031, 3, 15))


@pytest.mark.rule("R-122")
def test_who_leads_suspends_the_erasure_with_a_reason_and_restores_it() -> None:
    case = replace(CASE, stage=Stage.DROPPED_OUT, actor=Role.HEAD)
    frozen = replace(case, frozen_on=case.today)
    why = Reason("Litige en cours.")
    assert rule_against(Act.HOLD_DATA, case, why) is None
    assert rule_against(Act.HOLD_DATA, case, Reason("")) == "R-124"
    assert rule_against(Act.HOLD_DATA, frozen, why) == "R-122"
    assert rule_against(Act.RELEASE_DATA, frozen, why) is None
    assert rule_against(Act.RELEASE_DATA, case, why) == "R-122"


@pytest.mark.rule("R-122")
def test_an_erasure_is_agreed_to_only_once_the_journey_is_over_and_nothing_holds_it() -> None:
    asked = {(1, Addressee.ACCOMPANIST)}
    case = replace(
        CASE,
        actor=Role.HEAD,
        complaints=frozenset(asked),
        erasures=frozenset({1}),
        complaints_filed=1,
    )
    yes, no = ComplaintAnswer(1, "Oui.", granted=True), ComplaintAnswer(1, "Non.")
    over = replace(case, stage=Stage.DROPPED_OUT)
    assert rule_against(Act.ANSWER_COMPLAINT, replace(case, stage=Stage.ADMISSIBLE), yes) == "R-122"
    assert rule_against(Act.ANSWER_COMPLAINT, replace(case, stage=Stage.ADMISSIBLE), no) is None
    assert rule_against(Act.ANSWER_COMPLAINT, over, yes) is None
    assert rule_against(Act.ANSWER_COMPLAINT, replace(over, frozen_on=case.today), yes) == "R-122"


@pytest.mark.rule("R-122")
def test_once_erased_only_what_was_obtained_is_asked_for() -> None:
    case = replace(CASE, stage=Stage.DROPPED_OUT, actor=Role.HEAD, erased=True)
    assert rule_against(Act.HOLD_DATA, case, Reason("Trop tard.")) == "R-122"
    certified = replace(case, stage=Stage.CERTIFIED, actor=Role.CANDIDATE)
    assert rule_against(Act.REQUEST_DOCUMENTS, certified) != "R-122"
