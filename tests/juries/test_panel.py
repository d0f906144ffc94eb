"""Who may judge whom, on real rows: the panel at the summons, then on the day, for each candidate."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.juries import actions
from jalon.juries.models import Hearing, Juror, Session
from jalon.juries.panel import accompanists, panel_facts
from jalon.juries.queries import composition_warnings
from jalon.law import facts
from jalon.law.vocabulary import (
    Accompaniment,
    AidDeed,
    Event,
    Gender,
    PanelRole,
    Role,
    Route,
    Stage,
)
from jalon.people.models import User
from jalon.writing.aids import note
from jalon.writing.policy import attempts_given_to_read
from tests.writing.aiding import EMAIL, an_old_aid

from .steps import (
    ballot,
    browser,
    call,
    declare,
    heard,
    on_the_day,
    plan,
    postpone,
    refused,
    score,
    sign,
    step_aside,
    worked_for,
)


def nobody_qualified(demo: DemoPeople) -> None:
    for juror in demo.jurors:
        juror.qualified_for.clear()


def women_only(demo: DemoPeople) -> None:
    Juror.objects.update(gender=Gender.WOMAN)


def union_left_blank(demo: DemoPeople) -> None:
    Juror.objects.exclude(union="").update(union=" ")


# ---------------------------------------------------------------- composing a panel


@pytest.mark.rule("R-059")
def test_one_person_is_no_panel(demo: DemoPeople, other: Scenario) -> None:
    assert refused(call, other, plan(demo, demo.jurors[0], imbalance_reason="Vivier.")) == "R-059"


@pytest.mark.rule("R-061")
def test_a_panel_has_one_president_and_never_two(
    demo: DemoPeople, other: Scenario, session: Session
) -> None:
    session.panel.update(role=PanelRole.MEMBER)
    assert refused(call, other, session) == "R-061"
    with pytest.raises(IntegrityError, match="one_president"), transaction.atomic():
        session.panel.update(role=PanelRole.PRESIDENT)


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        pytest.param(nobody_qualified, "R-060", marks=pytest.mark.rule("R-060")),
        pytest.param(women_only, "R-066", marks=pytest.mark.rule("R-066")),
        pytest.param(union_left_blank, "R-068", marks=pytest.mark.rule("R-068")),
    ],
)
def test_nobody_is_called_before_a_panel_that_the_law_refuses(
    demo: DemoPeople,
    other: Scenario,
    session: Session,
    spoil: Callable[[DemoPeople], None],
    rule: str,
) -> None:
    spoil(demo)
    assert refused(call, other, session) == rule
    other.journey.refresh_from_db()
    assert other.journey.stage == Stage.VALIDATION_ACCEPTED
    assert session.hearings.count() == 1


@pytest.mark.rule("R-067")
def test_no_share_of_professionals_is_asked_one_qualified_member_is_enough(
    demo: DemoPeople, other: Scenario
) -> None:
    for juror in demo.jurors[1:]:
        juror.qualified_for.clear()
    call(other, plan(demo, *demo.jurors))
    other.journey.refresh_from_db()
    assert other.journey.stage == Stage.JURY_SCHEDULED


@pytest.mark.rule("R-068")
def test_the_database_knows_no_member_of_the_employees_without_a_union(demo: DemoPeople) -> None:
    with pytest.raises(IntegrityError, match="names_its_union"), transaction.atomic():
        Juror.objects.update(union="")


@pytest.mark.rule("R-065")
def test_a_company_shared_with_the_candidate_is_looked_at_by_somebody(
    demo: DemoPeople, other: Scenario, session: Session
) -> None:
    worked_for(other, demo.jurors[1].employer_siren)
    assert refused(call, other, session) == "R-065"
    answered = plan(demo, *demo.jurors[:3], conflict_reason="Deux sites, aucun contact.")
    call(other, answered)


@pytest.mark.rule("R-069")
def test_the_certifier_is_warned_of_a_late_summons_before_anybody_is_called(
    demo: DemoPeople,
) -> None:
    assert [one.rule for one in composition_warnings(plan(demo, *demo.jurors[:3], in_days=7))] == [
        "R-069",
        "R-069",
    ]
    assert composition_warnings(plan(demo, *demo.jurors[:3], in_days=8)) == []
    employers = (demo.jurors[0], demo.jurors[3])
    assert composition_warnings(plan(demo, *employers, in_days=7)) == []
    late = plan(demo, *demo.jurors[:3], in_days=7)
    page = browser(demo.officer).get(f"/certificateur/jurys/{late.pk}/")
    assert "moins de huit jours avant la session" in page.content.decode()


def test_a_panel_is_made_of_the_certifiers_own_pool(demo: DemoPeople) -> None:
    elsewhere = demo.jurors[3]
    elsewhere.certifier = demo.neighbour
    elsewhere.save()
    assert refused(plan, demo, demo.jurors[0], elsewhere) == "TABLE"
    assert not Session.objects.filter(panel__juror=elsewhere).exists()


# ---------------------------------------------------------------- who accompanied the candidate


def seat_instead(session: Session, person: User) -> None:
    """Somebody sits in the place of the last member, under the same name of the pool."""
    Juror.objects.filter(user=person).delete()
    Juror.objects.filter(seats=session.panel.last()).update(user=person)


@pytest.mark.rule("R-063", "R-071")
def test_the_architect_of_a_candidate_does_not_judge_them_but_judges_others(
    planned: Scenario, other: Scenario, session: Session
) -> None:
    assert planned.architect != other.architect
    seat_instead(session, other.architect)
    assert refused(call, other, session) == "R-063"
    seat_instead(session, planned.architect)
    call(other, session)


@pytest.mark.rule("R-063")
def test_who_accompanied_the_candidate_earlier_does_not_judge_them_either(
    demo: DemoPeople, other: Scenario, session: Session
) -> None:
    first = other.architect
    other.journey.meetings.all().delete()
    other.journey.architect = next(one for one in demo.architects if one != first)
    other.journey.save()
    seat_instead(session, first)
    assert refused(call, other, session) == "R-063"


@pytest.mark.rule("R-063")
def test_who_accompanied_the_candidate_on_another_file_is_known_on_this_one(
    demo: DemoPeople, planned: Scenario, session: Session
) -> None:
    elsewhere = Certification.objects.get(code="RNCP41814")
    alone = Scenario(
        demo,
        elsewhere,
        planned.at,
        route=Route.LAW_2002,
        accompaniment=Accompaniment.ALONE,
        candidate=planned.person,
    ).register()
    seat_instead(session, planned.architect)
    barred = [one.name for one in panel_facts(session, alone.journey) if one.accompanied_candidate]
    assert barred == [planned.architect.get_full_name()]


@pytest.mark.rule("R-063")
def test_who_helped_the_candidate_to_write_does_not_judge_them_once_a_juror(
    planned: Scenario,
) -> None:
    helper = User.objects.create_user(EMAIL.upper())
    aid = an_old_aid(planned)
    note(aid, AidDeed.SENT)
    assert helper.pk not in accompanists(planned.journey), "named, and never came"
    note(aid, AidDeed.OPENED)
    assert helper.pk in accompanists(planned.journey)


# ---------------------------------------------------------------- who has a link with the candidate


@pytest.mark.rule("R-064")
def test_nobody_judges_before_their_own_declaration(hearing: Hearing, demo: DemoPeople) -> None:
    on_the_day(hearing.session)
    declare(hearing, but=demo.jurors[:2])
    assert refused(score, hearing) == "R-064"
    assert refused(ballot, hearing) == "R-064"
    actions.declare(hearing, demo.jurors[0].user, related=False)
    score(hearing)
    ballot(hearing)
    assert refused(sign, hearing) == "R-064"
    declare(hearing)
    sign(hearing)


@pytest.mark.rule("R-064")
def test_who_declares_a_link_neither_scores_nor_sits(hearing: Hearing, demo: DemoPeople) -> None:
    heard(hearing)
    linked = demo.jurors[1]
    actions.declare(hearing, linked.user, related=True, detail="Ancien collègue.")
    assert refused(actions.record_assessments, hearing, linked.user, {}) == "R-064"
    assert refused(sign, hearing) == "R-064"


@pytest.mark.rule("R-064")
def test_nobody_judges_their_own_file_whatever_they_declare(
    other: Scenario, session: Session
) -> None:
    seat_instead(session, other.person)
    assert refused(call, other, session) == "R-064"


@pytest.mark.rule("R-064")
def test_a_link_declared_once_is_remembered_at_the_next_summons(
    planned: Scenario, hearing: Hearing, demo: DemoPeople
) -> None:
    actions.declare(hearing, demo.jurors[1].user, related=True, detail="Ancien collègue.")
    postpone(hearing, demo.officer, "Un membre est lié au candidat.")
    assert refused(call, planned, hearing.session, hearing.starts_at) == "R-064"
    call(planned, plan(demo, demo.jurors[0], demo.jurors[3]))


@pytest.mark.rule("R-064")
def test_a_declared_link_is_not_taken_back_by_who_declared_it(
    hearing: Hearing, demo: DemoPeople
) -> None:
    linked = demo.jurors[1].user
    actions.declare(hearing, linked, related=True, detail="Ancien collègue.")
    assert refused(actions.declare, hearing, linked, related=False) == "R-064"
    assert refused(actions.record_own_assessments, hearing, linked, {}) == "R-064"
    assert not attempts_given_to_read(linked).exists()
    assert [one.detail for one in hearing.declarations.all()] == ["Ancien collègue."]


@pytest.mark.rule("R-064")
def test_what_was_declared_is_neither_changed_nor_deleted_in_the_database(
    hearing: Hearing, demo: DemoPeople
) -> None:
    said = actions.declare(hearing, demo.jurors[1].user, related=True)
    lifted = actions.lift(said, demo.officer, "Erreur de candidat.")
    for row in (said, lifted):
        kept = type(row).objects.filter(pk=row.pk)
        with pytest.raises(IntegrityError, match="R-064"), transaction.atomic():
            kept.update(id=row.pk)
        with pytest.raises(IntegrityError, match="R-064"), transaction.atomic():
            row.delete()


@pytest.mark.rule("R-064")
def test_the_certifier_lifts_a_link_with_a_reason_that_the_journal_keeps_and_the_member_signs_anew(
    hearing: Hearing, demo: DemoPeople
) -> None:
    linked = demo.jurors[1].user
    actions.declare(hearing, linked, related=False)
    said = actions.declare(hearing, linked, related=True, detail="Ancien collègue.")
    assert refused(actions.lift, said, linked, "Je me suis trompé.") == ""
    assert refused(actions.lift, said, demo.officer, " ") == "R-064"
    actions.lift(said, demo.officer, "Homonyme.")
    actions.lift(said, demo.officer, "Deux clics.")
    entry = hearing.attempt.journey.journal.get(event=Event.LINK_LIFTED)
    assert entry.author == demo.officer and entry.role == Role.CERTIFIER
    assert entry.facts == {"juror": str(demo.jurors[1]), "reason": "Homonyme."}
    assert refused(actions.record_own_assessments, hearing, linked, {}) == "R-064"
    assert not attempts_given_to_read(linked).exists()
    actions.declare(hearing, linked, related=False)
    actions.record_own_assessments(hearing, linked, {})
    assert attempts_given_to_read(linked).get() == hearing.attempt


@pytest.mark.rule("R-071")
def test_a_member_steps_aside_for_one_candidate_and_judges_the_other(
    hearing: Hearing, other: Scenario, demo: DemoPeople
) -> None:
    afternoon = call(other, hearing.session)
    linked = demo.jurors[2]
    heard(hearing)
    actions.declare(hearing, linked.user, related=True, detail="Ancien collègue.")
    step_aside(hearing, linked)
    assert refused(sign, hearing) == "R-062"  # three voices, and two members
    ballot(hearing, *[facts.BlocVote("", 2, 0)] * hearing.attempt.blocs.count())
    signed = sign(hearing)
    heard(afternoon)
    seen = sign(afternoon)
    sat = [
        {one["name"] for one in entry.facts["panel"] if one["present"]} for entry in (signed, seen)
    ]
    assert sat[1] - sat[0] == {str(linked)}


# ---------------------------------------------------------------- on the day


@pytest.mark.rule("R-066")
def test_a_panel_of_one_gender_on_the_day_is_explained_by_the_president_and_never_stopped(
    hearing: Hearing, demo: DemoPeople
) -> None:
    heard(hearing, *[facts.BlocVote("", 2, 0)] * hearing.attempt.blocs.count())
    step_aside(hearing, demo.jurors[1])
    assert refused(sign, hearing) == "R-066"
    page = browser(demo.jurors[0].user).post(
        f"/jury/passage/{hearing.pk}/signer/",
        {"signed": "on", "imbalance_reason": "Le troisième membre est malade."},
        follow=True,
    )
    assert "Le procès-verbal est signé" in page.content.decode()
    hearing.refresh_from_db()
    assert hearing.entry.facts["imbalance_reason"] == "Le troisième membre est malade."


@pytest.mark.rule("R-060")
def test_the_only_qualified_member_cannot_be_missing_on_the_day(
    hearing: Hearing, demo: DemoPeople
) -> None:
    for juror in (demo.jurors[0], demo.jurors[2]):
        juror.qualified_for.clear()
    heard(hearing, *[facts.BlocVote("", 2, 0)] * hearing.attempt.blocs.count())
    step_aside(hearing, demo.jurors[1])
    assert refused(sign, hearing, imbalance_reason="Malade.") == "R-060"


@pytest.mark.rule("R-061")
def test_a_panel_without_its_president_decides_nothing(hearing: Hearing, demo: DemoPeople) -> None:
    heard(hearing, *[facts.BlocVote("", 2, 0)] * hearing.attempt.blocs.count())
    assert refused(step_aside, hearing, demo.jurors[0]) == "R-061"


@pytest.mark.rule("R-070")
def test_quorum_and_parity_are_those_of_the_session(hearing: Hearing, demo: DemoPeople) -> None:
    heard(hearing)
    Session.objects.update(parity=True)
    assert refused(sign, Hearing.objects.get(pk=hearing.pk)) == "R-070"
    Session.objects.update(parity=False, quorum=4)
    assert refused(sign, Hearing.objects.get(pk=hearing.pk)) == "R-070"
    Session.objects.update(quorum=3)
    sign(Hearing.objects.get(pk=hearing.pk))
