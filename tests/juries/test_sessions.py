"""A session on real rows: who is called, at what hour, who may write what, and what the page says."""

from datetime import time

import pytest
from django.test import Client

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.juries import actions
from jalon.juries.models import Hearing, Session
from jalon.law.vocabulary import Outcome, Stage
from jalon.people.models import User
from tests.juries.steps import (
    browser,
    call,
    declare,
    on_the_day,
    president,
    record_absence,
    refused,
    sign,
)


@pytest.fixture
def officer(demo: DemoPeople) -> Client:
    """The certifier's browser."""
    return browser(demo.officer)


@pytest.fixture
def member(hearing: Hearing) -> User:
    """Somebody of the panel who does not preside."""
    return hearing.session.panel.exclude(juror__user=president(hearing)).earliest("pk").juror.user


@pytest.mark.rule("R-060")
def test_a_session_for_another_certification_hears_nobody_of_this_one(
    demo: DemoPeople, other: Scenario, session: Session
) -> None:
    trades = demo.jurors[0].qualified_for.exclude(pk=session.certification_id)
    session.certification = trades.earliest("pk")
    session.save()
    assert refused(call, other, session) == "R-060"


@pytest.mark.rule("R-056")
def test_two_candidates_are_never_heard_at_once(other: Scenario, session: Session) -> None:
    for clash in (time(9, 0), time(9, 30), time(10, 15)):
        assert refused(call, other, session, clash) == "R-056", clash
    call(other, session, time(10, 30))
    assert session.hearings.count() == 2


def test_an_hour_taken_is_said_on_the_page_and_what_was_typed_stays(
    officer: Client, other: Scenario, session: Session
) -> None:
    typed = {"session": session.pk, "starts_at": "09:45", "minutes": 45}
    page = officer.post(f"/certificateur/convoquer/{other.journey.pk}/", typed)
    assert page.status_code == 409
    text = page.content.decode()
    assert "de 9\u00a0h\u00a030 à 10\u00a0h\u00a030" in text
    assert 'value="09:45"' in text
    assert not Hearing.objects.filter(attempt=other.journey.attempt).exists()


@pytest.mark.rule("R-064")
def test_only_those_who_sit_declare_and_score(hearing: Hearing, demo: DemoPeople) -> None:
    elsewhere = demo.jurors[3].user
    assert refused(actions.declare, hearing, elsewhere, related=False) == "R-064"
    assert refused(actions.record_assessments, hearing, elsewhere, {}) == "R-064"


@pytest.mark.rule("R-061")
def test_a_member_neither_counts_the_votes_nor_signs(hearing: Hearing, member: User) -> None:
    assert refused(actions.vote, hearing, member, {}) == "R-061"
    assert refused(actions.mark_presence, hearing, member, []) == "R-061"
    assert refused(sign, hearing, by=member) == "TABLE"


@pytest.mark.rule("R-059", "R-064")
def test_an_absent_member_owes_no_declaration_and_two_must_stay(
    hearing: Hearing, demo: DemoPeople
) -> None:
    on_the_day(hearing.session)
    declare(hearing, but=[demo.jurors[2]])
    assert refused(sign, hearing, grounds_confirmed=True) == "R-064"
    seats = {seat.juror_id: seat.pk for seat in hearing.session.panel.all()}
    both = [seats[one.pk] for one in demo.jurors[:2]]
    desk, address = browser(president(hearing)), f"/jury/passage/{hearing.pk}/presences/"
    page = desk.post(address, {"present": both}, follow=True)
    assert "2 sur 3" in page.content.decode()
    # The declarations no longer stand in the way: what is missing now is the scores.
    assert refused(sign, hearing, grounds_confirmed=True) == "R-072"
    desk.post(address, {"present": both[:1]})
    assert refused(sign, hearing, grounds_confirmed=True) == "R-059"


@pytest.mark.rule("R-055", "R-084")
def test_absent_and_excused_are_not_failed_and_another_date_may_follow(
    planned: Scenario, hearing: Hearing, demo: DemoPeople
) -> None:
    on_the_day(hearing.session)
    planned.at = timekeeper.now()
    record_absence(hearing, demo.officer, Outcome.EXCUSED, "Malade, certificat joint.")
    planned.journey.refresh_from_db()
    assert planned.journey.stage == Stage.VALIDATION_ACCEPTED
    assert not planned.journey.awards.exists()
    planned.convene(in_days=20)
    assert planned.journey.stage == Stage.JURY_SCHEDULED
    assert refused(record_absence, hearing, demo.officer, Outcome.ABSENT) == "R-077"


@pytest.mark.rule("R-084")
@pytest.mark.parametrize(
    ("outcome", "title"),
    [
        (Outcome.EXCUSED, "votre absence au jury est excusée"),
        (Outcome.ABSENT, "votre absence au jury n’est pas excusée"),
    ],
)
def test_a_candidate_reads_on_their_page_what_an_absence_changes(
    planned: Scenario, hearing: Hearing, demo: DemoPeople, outcome: Outcome, title: str
) -> None:
    on_the_day(hearing.session)
    planned.at = timekeeper.now()
    record_absence(hearing, demo.officer, outcome, "Malade, certificat joint.")
    page = browser(planned.person).get(f"/candidat/{planned.journey.pk}/").content.decode()
    assert title in page
    assert "Ce n’est pas un échec" in page and "à confirmer avec lui" in page
    planned.convene(in_days=20)
    page = browser(planned.person).get(f"/candidat/{planned.journey.pk}/").content.decode()
    assert title not in page and "à confirmer avec lui" not in page


def test_a_session_is_read_in_few_statements_however_many_are_heard(
    officer: Client, other: Scenario, session: Session, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(40) as alone:  # type: ignore[operator]
        officer.get(f"/certificateur/jurys/{session.pk}/")
    call(other, session)
    with django_assert_max_num_queries(len(alone)):  # type: ignore[operator]
        officer.get(f"/certificateur/jurys/{session.pk}/")


def test_the_president_reads_what_is_about_to_be_signed(hearing: Hearing, demo: DemoPeople) -> None:
    on_the_day(hearing.session)
    declare(hearing)
    desk, address = browser(president(hearing)), f"/jury/passage/{hearing.pk}/"
    assert "Aucun vote" in desk.get(f"{address}signer/").content.decode()
    bloc = hearing.attempt.blocs.earliest("position")
    votes = {f"for_{one.pk}": 3 for one in hearing.attempt.blocs.all()}
    votes |= {f"against_{one.pk}": 0 for one in hearing.attempt.blocs.all()}
    votes |= {f"for_{bloc.pk}": 1, f"against_{bloc.pk}": 2, f"ground_{bloc.pk}": "Gestes absents."}
    assert desk.post(f"{address}votes/", votes).status_code == 302
    page = desk.get(f"{address}signer/").content.decode()
    assert "non acquis" in page and "Gestes absents." in page
    assert demo.jurors[2].user.get_full_name() in page
