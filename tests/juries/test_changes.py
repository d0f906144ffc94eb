"""A jury that changes: a member replaced, a place moved, a session called off, a hearing put off."""

from datetime import time, timedelta

import pytest

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.jobs import tick
from jalon.juries import actions, planning
from jalon.juries.models import Hearing, Seat, Session
from jalon.law.facts import BlocVote
from jalon.law.vocabulary import (
    Act,
    ClockKind,
    ClockState,
    Event,
    Outcome,
    PostponedBy,
    SeatAnswer,
    Stage,
)
from jalon.mailbox.messages.jury import JurorSessionChanged
from jalon.writing.policy import attempts_to_read

from .steps import (
    MEMBER,
    PRESIDENT,
    ballot,
    blocs,
    call,
    declare,
    heard,
    on_the_day,
    plan,
    postpone,
    president,
    record_absence,
    refused,
    score,
    sign,
)

Panel = list[tuple[object, object]]


def running(scenario: Scenario, kind: ClockKind) -> bool:
    """Say whether a delay runs."""
    return scenario.journey.clocks.running().filter(kind=kind).exists()


# ---------------------------------------------------------------- the delays around a hearing


@pytest.mark.rule("R-078")
def test_the_fifteen_days_ring_from_the_day_of_the_jury_though_no_minutes_were_signed(
    planned: Scenario, session: Session
) -> None:
    for days, act in ((7, Act.WARN_RESULT), (16, Act.MISS_RESULT)):
        timekeeper.travel(timekeeper.now().replace(hour=10))
        on_the_day(session)
        timekeeper.travel(timekeeper.now() + timedelta(days=days))
        tick()
        assert planned.journey.journal.filter(act=act).count() == 1
    planned.journey.refresh_from_db()
    assert planned.journey.stage == Stage.JURY_SCHEDULED


@pytest.mark.rule("R-052")
def test_nobody_is_told_that_the_jury_is_late_when_it_was_held(
    planned: Scenario, session: Session
) -> None:
    assert not running(planned, ClockKind.HEARING)
    on_the_day(session)
    timekeeper.travel(timekeeper.now() + timedelta(days=120))
    tick()
    assert not planned.journey.journal.filter(act=Act.MISS_HEARING).exists()


@pytest.mark.rule("R-052")
def test_a_jury_planned_too_late_is_still_said_to_be_late(
    other: Scenario, demo: DemoPeople
) -> None:
    call(other, plan(demo, *demo.jurors[:3], in_days=150), late_reason="Aucune salle avant.")
    assert running(other, ClockKind.HEARING)
    timekeeper.travel(timekeeper.now() + timedelta(days=140))
    tick()
    assert other.journey.journal.filter(act=Act.MISS_HEARING).exists()


@pytest.mark.rule("R-052", "R-078")
def test_a_hearing_put_off_waits_for_a_date_as_before_and_for_no_result(
    planned: Scenario, hearing: Hearing, demo: DemoPeople
) -> None:
    limit = planned.journey.clocks.get(kind=ClockKind.HEARING).limit_on
    postpone(hearing, demo.officer, "Salle fermée.")
    assert planned.journey.clocks.running().get(kind=ClockKind.HEARING).limit_on == limit
    assert not running(planned, ClockKind.RESULT)


@pytest.mark.rule("R-078")
def test_minutes_signed_late_do_not_begin_the_fifteen_days_again(
    planned: Scenario, hearing: Hearing
) -> None:
    heard(hearing)
    timekeeper.travel(timekeeper.now() + timedelta(days=20))
    tick()
    sign(hearing)
    kept = planned.journey.clocks.filter(kind=ClockKind.RESULT)
    assert [clock.state for clock in kept] == [ClockState.EXPIRED]


# ---------------------------------------------------------------- putting off, and not coming


@pytest.mark.rule("R-084")
def test_a_hearing_is_not_put_off_once_its_day_is_past(
    hearing: Hearing, session: Session, demo: DemoPeople
) -> None:
    on_the_day(session)
    timekeeper.travel(timekeeper.now() + timedelta(days=1))
    assert refused(postpone, hearing, demo.officer, "Oubli.") == "R-084"
    late = {"same_day": True}
    assert (
        refused(postpone, hearing, demo.officer, "Retard.", PostponedBy.CANDIDATE, **late)
        == "R-084"
    )
    postpone(hearing, demo.officer, "Le jury n’était pas au complet.", **late)
    hearing.refresh_from_db()
    assert hearing.cancelled_at


@pytest.mark.rule("R-077")
def test_a_candidate_whom_the_jury_began_to_judge_is_not_put_off(
    hearing: Hearing, demo: DemoPeople
) -> None:
    on_the_day(hearing.session)
    declare(hearing)
    score(hearing)
    assert refused(postpone, hearing, demo.officer, "Panne.") == "R-077"


@pytest.mark.rule("R-052")
def test_whose_doing_it_is_stands_in_the_journal(
    planned: Scenario, hearing: Hearing, demo: DemoPeople
) -> None:
    assert refused(postpone, hearing, demo.officer, "Grève.", None) == "R-052"
    postpone(hearing, demo.officer, "Grève des trains.", PostponedBy.NOBODY)
    kept = planned.journey.journal.get(act=Act.POSTPONE_HEARING).facts
    assert (kept["whose"], kept["held_on"]) == ("nobody", hearing.session.held_on.isoformat())


@pytest.mark.rule("R-084")
def test_an_absence_keeps_the_delay_only_while_the_certifier_can_still_hold_it(
    planned: Scenario, hearing: Hearing, demo: DemoPeople
) -> None:
    on_the_day(hearing.session)
    record_absence(hearing, demo.officer, Outcome.ABSENT)
    assert running(planned, ClockKind.HEARING)
    assert not running(planned, ClockKind.RESULT)


# ---------------------------------------------------------------- the panel


def replaced(demo: DemoPeople, *jurors: int, presides: int = 0) -> Panel:
    """Return a panel of some of the demonstration's members."""
    return [(demo.jurors[number], PRESIDENT if number == presides else MEMBER) for number in jurors]


@pytest.mark.rule("R-061", "R-064")
def test_a_member_replaced_reads_no_more_and_the_new_one_declares_in_turn(
    planned: Scenario, hearing: Hearing, session: Session, demo: DemoPeople
) -> None:
    declare(hearing)
    gone, new = demo.jurors[2].user, demo.jurors[3].user
    planning.change_panel(demo.officer, session, replaced(demo, 0, 1, 3), "Malade.")  # type: ignore[arg-type]
    assert not attempts_to_read(gone, planned.journey).exists()
    kept = planned.journey.journal.get(event=Event.PANEL_CHANGED).facts
    assert kept["left"] == gone.get_full_name() and kept["joined"] == new.get_full_name()
    on_the_day(session)
    score(hearing)
    ballot(hearing)
    timekeeper.travel(hearing.moment + timedelta(hours=3))
    assert refused(sign, hearing) == "R-064"
    actions.declare(hearing, new, related=False)
    sign(hearing)


@pytest.mark.rule("R-061")
def test_a_change_of_panel_that_a_rule_refuses_changes_nothing(
    hearing: Hearing, session: Session, demo: DemoPeople
) -> None:
    actions.declare(hearing, demo.jurors[2].user, related=False)
    demo.jurors[3].qualified_for.clear()
    demo.jurors[1].qualified_for.clear()
    before = set(session.panel.values_list("juror", flat=True))
    changing = (planning.change_panel, demo.officer, session)
    assert refused(*changing, replaced(demo, 1, 3, presides=1), "Malade.") == "R-060"
    assert refused(*changing, replaced(demo, 0, 1, 3), "  ") == "R-061"
    assert set(session.panel.values_list("juror", flat=True)) == before


@pytest.mark.rule("R-061")
def test_the_members_present_choose_who_presides_when_the_president_is_ill(
    planned: Scenario, hearing: Hearing, session: Session
) -> None:
    on_the_day(session)
    seats = {seat.role: seat for seat in session.panel.order_by("-pk")}
    chosen, ill = seats[MEMBER], seats[PRESIDENT]
    here = [seat.pk for seat in session.panel.exclude(pk=ill.pk)]
    assert refused(actions.mark_presence, hearing, chosen.juror.user, here) == "R-061"
    actions.mark_presence(hearing, chosen.juror.user, here, chosen.pk)
    hearing.refresh_from_db()
    assert hearing.presides == chosen
    assert planned.journey.journal.get(event=Event.PANEL_CHANGED).facts["president"] == str(
        chosen.juror
    )
    declare(hearing, but=[ill.juror])
    competences = [one for bloc in blocs(hearing) for one in bloc.competences.all()]
    found = dict.fromkeys(competences, ("mastered", ""))
    actions.record_assessments(hearing, chosen.juror.user, found)  # type: ignore[arg-type]
    actions.vote(hearing, chosen.juror.user, {bloc: BlocVote("", 2, 0) for bloc in blocs(hearing)})
    assert refused(sign, hearing, by=ill.juror.user) == "TABLE"
    sign(hearing, by=chosen.juror.user)


@pytest.mark.rule("R-061")
def test_a_member_does_not_preside_over_a_president_who_is_there(
    hearing: Hearing, session: Session
) -> None:
    on_the_day(session)
    member = session.panel.filter(role=MEMBER).first()
    assert member
    everybody = [seat.pk for seat in session.panel.all()]
    assert (
        refused(actions.mark_presence, hearing, member.juror.user, everybody, member.pk) == "R-061"
    )


@pytest.mark.rule("R-061", "R-076")
def test_a_president_is_replaced_for_the_afternoon_and_the_morning_stays_as_signed(
    hearing: Hearing, other: Scenario, session: Session, demo: DemoPeople
) -> None:
    afternoon = call(other, session, time(14))
    morning = sign(heard(hearing))
    planning.change_panel(demo.officer, session, replaced(demo, 1, 2, 3, presides=2), "Malaise.")  # type: ignore[arg-type]
    assert president(afternoon) == demo.jurors[2].user
    told = JurorSessionChanged.find(f"{session.pk}.1")
    assert told and "vous présidez" in told.mail(demo.jurors[2].user).body
    signed = {one["name"]: one["role"] for one in morning.facts["panel"]}  # type: ignore[attr-defined]
    assert signed[str(demo.jurors[0])] == "president"
    heard(afternoon)
    sign(afternoon)


@pytest.mark.rule("R-069")
def test_a_member_says_whether_they_come_and_why_not(session: Session, demo: DemoPeople) -> None:
    answer = (planning.answer, session, demo.jurors[1].user)
    assert refused(*answer, comes=False) == "R-069"
    planning.answer(session, demo.jurors[1].user, comes=False, reason="En déplacement.")
    planning.answer(session, demo.jurors[0].user, comes=True)
    said = dict(session.panel.values_list("juror", "answer"))
    assert said[demo.jurors[1].pk] == SeatAnswer.DECLINED
    assert said[demo.jurors[0].pk] == SeatAnswer.ACCEPTED


# ---------------------------------------------------------------- the session


@pytest.mark.rule("R-056")
def test_a_session_moves_elsewhere_and_each_candidate_s_journal_says_so(
    planned: Scenario, session: Session, demo: DemoPeople
) -> None:
    planning.change_session(demo.officer, session, {"place": "Salle des Essais"})
    kept = planned.journey.journal.get(event=Event.HEARING_CHANGED).facts
    assert kept["changes"] == ["le lieu"]
    day = {"held_on": session.held_on + timedelta(days=1)}
    assert refused(planning.change_session, demo.officer, session, day) == "R-056"
    early = {"ends_at": time(9, 15), "starts_at": time(8)}
    assert refused(planning.change_session, demo.officer, session, early) == "R-056"


@pytest.mark.rule("R-056")
def test_a_session_called_off_gives_each_candidate_back_their_wait(
    planned: Scenario, session: Session, demo: DemoPeople, other: Scenario
) -> None:
    assert refused(planning.cancel_session, demo.officer, session, " ") == "R-056"
    planning.cancel_session(demo.officer, session, "Atelier fermé.")
    planned.journey.refresh_from_db()
    assert planned.journey.stage == Stage.VALIDATION_ACCEPTED
    session.refresh_from_db()
    assert refused(call, other, session) == "R-056"


@pytest.mark.rule("R-056")
def test_nobody_sits_in_two_juries_at_the_same_hour(
    hearing: Hearing, session: Session, other: Scenario, demo: DemoPeople
) -> None:
    days = (session.held_on - timekeeper.today()).days
    elsewhere = plan(demo, *demo.jurors[:3], in_days=days, place="Une autre ville")
    assert refused(call, other, elsewhere, hearing.starts_at) == "R-056"
    call(other, elsewhere, time(15))
    assert Seat.objects.filter(session=elsewhere).count() == 3


# ---------------------------------------------------------------- colleagues


@pytest.mark.rule("R-065")
def test_a_colleague_of_who_accompanies_is_looked_at_at_the_summons_and_on_the_day(
    hearing: Hearing, session: Session, other: Scenario, demo: DemoPeople
) -> None:
    organisation = other.journey.organisation
    assert organisation
    demo.jurors[1].employer_siren = organisation.siret[:9]
    demo.jurors[1].save()
    assert refused(call, other, session) == "R-065"
    call(other, session, conflict_reason="Autre service, jamais rencontrés.")
    heard(hearing)
    assert refused(sign, hearing) == "R-065"
    sign(hearing, conflict_reason="Autre service, jamais rencontrés.")


@pytest.mark.rule("R-062")
def test_votes_beyond_the_members_present_are_refused_on_entry(hearing: Hearing) -> None:
    on_the_day(hearing.session)
    declare(hearing)
    assert refused(ballot, hearing, BlocVote("", 3, 2)) == "R-062"
    assert not hearing.votes.exists()


@pytest.mark.rule("R-077")
def test_minutes_are_not_signed_before_the_hour_of_the_hearing(
    other: Scenario, session: Session
) -> None:
    afternoon = call(other, session, time(16))
    on_the_day(session)
    declare(afternoon)
    score(afternoon)
    ballot(afternoon)
    assert refused(sign, afternoon) == "R-077"


@pytest.mark.rule("R-072")
def test_a_finding_that_somebody_else_wrote_meanwhile_is_not_written_over(
    hearing: Hearing, demo: DemoPeople
) -> None:
    on_the_day(hearing.session)
    declare(hearing)
    drawn = timekeeper.now()
    timekeeper.travel(drawn + timedelta(minutes=2))
    score(hearing)
    competence = blocs(hearing)[0].competences.first()
    changed = {competence: ("not_shown", "Non.")}
    member = demo.jurors[1].user
    assert refused(actions.record_assessments, hearing, member, changed, drawn) == ""
    kept = hearing.assessments.get(competence=competence)
    assert kept.mastery == "mastered" and kept.written_by == demo.jurors[0]
