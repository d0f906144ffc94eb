"""A panel on real rows: who is called, who may judge whom, at what hour, and what the page says."""

from datetime import time

import pytest
from django.test import Client

from jalon import now as clock
from jalon.config.stories import House, Walk
from jalon.juries import actions
from jalon.juries.models import Hearing, Seat, Session
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act, Outcome, PanelRole, Stage
from jalon.people.models import User
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(walk: Walk) -> Walk:
    """A validation file that waits for a date."""
    walk.to_validation_sent().wait(5).certifier(Act.ACCEPT_VALIDATION)
    return walk


@pytest.fixture
def planned(waiting: Walk) -> Walk:
    """A candidate called before a session of three."""
    return waiting.wait(4).convene()


def refused(deed: object, *args: object, **kwargs: object) -> str:
    """Return the rule under which a deed was refused."""
    with pytest.raises(Refused) as caught:
        deed(*args, **kwargs)  # type: ignore[operator]
    return caught.value.rule


def another(walk: Walk) -> Walk:
    """Return somebody else who waits for a date, on the same day."""
    other = Walk(walk.house, walk.certification, TODAY).to_validation_sent().wait(5)
    return other.certifier(Act.ACCEPT_VALIDATION)


def seated(walk: Walk, *people: tuple[object, PanelRole]) -> Session:
    """Return the session of a planned walk with this panel instead of its own."""
    session = walk.current_hearing().session
    session.panel.all().delete()
    for juror, role in people:
        Seat.objects.create(session=session, juror=juror, role=role, summoned_on=clock.today())
    return session


def replan(walk: Walk, *people: tuple[object, PanelRole]) -> str:
    """Return the rule that refuses to call somebody else before this panel."""
    session = seated(walk, *people)
    other = another(walk)
    clock.travel(walk.at)
    return refused(
        actions.convene, other.journey.pk, session, by=walk.house.officer, starts_at=time(14)
    )


PRESIDENT, MEMBER = PanelRole.PRESIDENT, PanelRole.MEMBER


@pytest.mark.rule("R-059")
def test_one_person_is_no_panel(planned: Walk, house: House) -> None:
    assert replan(planned, (house.jurors[0], PRESIDENT)) == "R-059"


@pytest.mark.rule("R-061")
def test_a_panel_has_a_president(planned: Walk, house: House) -> None:
    assert replan(planned, *((one, MEMBER) for one in house.jurors[:3])) == "R-061"


@pytest.mark.rule("R-060")
def test_a_panel_knows_the_trade(planned: Walk, house: House) -> None:
    for juror in house.jurors:
        juror.qualified_for.clear()
    people = zip(house.jurors[:3], (PRESIDENT, MEMBER, MEMBER), strict=True)
    assert replan(planned, *people) == "R-060"


@pytest.mark.rule("R-060")
def test_a_session_for_another_certification_hears_nobody_of_this_one(
    planned: Walk, house: House
) -> None:
    other = another(planned)
    session = planned.current_hearing().session
    session.certification_id = (
        house.jurors[0]
        .qualified_for.exclude(pk=planned.certification.pk)
        .values_list("pk", flat=True)[0]
    )
    session.save()
    clock.travel(planned.at)
    assert refused(
        actions.convene, other.journey.pk, session, by=house.officer, starts_at=time(14)
    ) == "R-060"  # fmt: skip


@pytest.mark.rule("R-063", "R-071")
def test_who_accompanied_the_candidate_judges_others_only(planned: Walk, house: House) -> None:
    other = another(planned)
    session = planned.current_hearing().session
    juror = session.panel.filter(role=MEMBER).first().juror
    User.objects.filter(pk=other.architect.pk).update(last_name="Double")
    juror.user, was = other.architect, juror.user
    juror.save()
    assert was != juror.user
    clock.travel(planned.at)
    rule = refused(actions.convene, other.journey.pk, session, by=house.officer, starts_at=time(14))
    assert rule in ("R-063", "R-071")


@pytest.mark.rule("R-065")
def test_a_member_from_the_candidates_company_must_be_looked_at(
    planned: Walk, house: House
) -> None:
    other = another(planned)
    session = planned.current_hearing().session
    other.journey.experiences.update(employer_siren="123456789")
    for juror in house.jurors[:3]:
        juror.employer_siren = "123456789"
        juror.save()
    clock.travel(planned.at)
    call = {"by": house.officer, "starts_at": time(14)}
    assert refused(actions.convene, other.journey.pk, session, **call) == "R-065"


@pytest.mark.rule("R-056")
def test_two_candidates_are_never_heard_at_once(planned: Walk, house: House) -> None:
    other = another(planned)
    session = planned.current_hearing().session
    clock.travel(planned.at)
    for clash in (time(9, 0), time(9, 30), time(10, 15)):
        rule = refused(
            actions.convene, other.journey.pk, session, by=house.officer, starts_at=clash
        )
        assert rule == "R-056", clash
    actions.convene(other.journey.pk, session, by=house.officer, starts_at=time(10, 30))
    assert session.hearings.count() == 2


def test_an_hour_taken_is_said_on_the_page_and_what_was_typed_stays(
    planned: Walk, house: House
) -> None:
    other = another(planned)
    session = planned.current_hearing().session
    clock.travel(planned.at)
    client = Client()
    client.force_login(house.officer)
    typed = {"session": session.pk, "starts_at": "09:45", "minutes": 45}
    page = client.post(f"/certificateur/convoquer/{other.journey.pk}/", typed)
    assert page.status_code == 409
    text = page.content.decode()
    assert "de 9\u00a0h\u00a030 à 10\u00a0h\u00a030" in text
    assert 'value="09:45"' in text
    assert not Hearing.objects.filter(attempt=other.journey.attempt).exists()


@pytest.mark.rule("R-064")
def test_only_those_who_sit_declare_and_score(planned: Walk, house: House) -> None:
    hearing = planned.current_hearing()
    elsewhere = house.jurors[3].user
    assert refused(actions.declare, hearing, elsewhere, related=False) == "R-064"
    assert refused(actions.find, hearing, elsewhere, {}) == "R-064"


@pytest.mark.rule("R-061")
def test_a_member_neither_counts_the_votes_nor_signs(planned: Walk, house: House) -> None:
    hearing = planned.current_hearing()
    member = house.jurors[1].user
    assert refused(actions.vote, hearing, member, {}) == "R-061"
    assert refused(actions.mark_presence, hearing, member, []) == "R-061"
    assert refused(actions.sign_minutes, hearing, member) == "R-061"


@pytest.mark.rule("R-059", "R-064")
def test_an_absent_member_owes_no_declaration_and_two_must_stay(
    planned: Walk, house: House
) -> None:
    hearing = planned.current_hearing()
    president = house.jurors[0].user
    clock.travel(clock.now().replace(year=hearing.session.held_on.year,
                                     month=hearing.session.held_on.month,
                                     day=hearing.session.held_on.day))  # fmt: skip
    for juror in house.jurors[:2]:
        actions.declare(hearing, juror.user, related=False)
    assert refused(actions.sign_minutes, hearing, president, grounds_confirmed=True) == "R-064"
    client = Client()
    client.force_login(president)
    seats = {seat.juror_id: seat.pk for seat in hearing.session.panel.all()}
    both = [seats[one.pk] for one in house.jurors[:2]]
    page = client.post(f"/jury/passage/{hearing.pk}/presences/", {"present": both}, follow=True)
    assert "2 sur 3" in page.content.decode()
    # The declarations no longer stand in the way: what is missing now is the scores.
    assert refused(actions.sign_minutes, hearing, president, grounds_confirmed=True) == "R-072"
    client.post(f"/jury/passage/{hearing.pk}/presences/", {"present": both[:1]})
    assert refused(actions.sign_minutes, hearing, president, grounds_confirmed=True) == "R-059"


@pytest.mark.rule("R-055", "R-084")
def test_absent_and_excused_are_not_failed_and_another_date_may_follow(
    planned: Walk, house: House
) -> None:
    hearing = planned.current_hearing()
    planned.wait((hearing.session.held_on - planned.at.date()).days)
    clock.travel(planned.at)
    actions.record_absence(hearing, house.officer, Outcome.EXCUSED, "Malade, certificat joint.")
    planned.journey.refresh_from_db()
    assert planned.journey.stage == Stage.VALIDATION_ACCEPTED
    assert not planned.journey.awards.exists()
    planned.convene(in_days=20)
    assert planned.journey.stage == Stage.JURY_SCHEDULED
    assert refused(actions.record_absence, hearing, house.officer, Outcome.ABSENT) == "R-077"


def test_a_session_is_read_in_few_statements_however_many_are_heard(
    planned: Walk, house: House, django_assert_max_num_queries: object
) -> None:
    session = planned.current_hearing().session
    clock.travel(planned.at)
    client = Client()
    client.force_login(house.officer)
    with django_assert_max_num_queries(40) as alone:  # type: ignore[operator]
        client.get(f"/certificateur/jurys/{session.pk}/")
    other = another(planned)
    clock.travel(planned.at)
    actions.convene(other.journey.pk, session, by=house.officer, starts_at=time(14))
    with django_assert_max_num_queries(len(alone)):  # type: ignore[operator]
        client.get(f"/certificateur/jurys/{session.pk}/")
