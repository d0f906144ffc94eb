"""Who may open which document."""

import pytest

from jalon import now as timekeeper
from jalon.demo.scenario import ONE_PAGE, Scenario, partial
from jalon.documents import actions
from jalon.documents.queries import documents, readable
from jalon.law.facts import PostponementRequest
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act, DocumentKind, ExperienceKind, PostponedBy
from tests.documents.reading import upload

pytestmark = pytest.mark.django_db


def test_an_identity_document_is_seen_by_those_who_need_it(scenario: Scenario) -> None:
    demo = scenario.demo
    scenario.to_path_accepted()
    timekeeper.travel(scenario.at)
    kept = actions.store_upload(
        scenario.journey, DocumentKind.IDENTITY, upload(ONE_PAGE, "carte.pdf"), scenario.person
    )
    colleague = next(one for one in demo.architects if one != scenario.architect)
    people = {
        "candidate": scenario.person,
        "architect": scenario.architect,
        "head": demo.head,
        "colleague": colleague,
        "officer": demo.officer,
        "stranger": demo.stranger,
        "juror": demo.jurors[0].user,
        "administrator": demo.administrator,
    }
    seen = {who for who, person in people.items() if kept in readable(person)}
    assert seen == {"candidate", "architect"}


@pytest.mark.rule("R-079")
def test_minutes_are_read_by_the_certifier_and_not_by_the_candidate(scenario: Scenario) -> None:
    scenario.to_result().run_pending_jobs()
    minutes = scenario.journey.documents.get(kind=DocumentKind.MINUTES)
    people = (scenario.person, scenario.architect, scenario.demo.head, scenario.demo.officer)
    assert [one for one in people if minutes in readable(one)] == [scenario.demo.officer]


def test_a_document_that_was_removed_is_read_by_nobody(scenario: Scenario) -> None:
    scenario.to_path_accepted()
    timekeeper.travel(scenario.at)
    kept = actions.store_upload(
        scenario.journey, DocumentKind.OTHER, upload(ONE_PAGE, "un.pdf"), scenario.person
    )
    assert kept in documents(scenario.person, scenario.journey)
    actions.withdraw(kept, scenario.person)
    assert kept not in documents(scenario.person, scenario.journey)


@pytest.mark.rule("R-123")
def test_a_juror_reads_what_was_sent_for_the_attempt_they_hear_and_no_other(
    scenario: Scenario,
) -> None:
    scenario.to_scheduled().declare_independence().run_pending_jobs()
    hearing = scenario.current_hearing()
    juror = scenario.president_of(hearing)
    [printed] = readable(juror).filter(journey=scenario.journey)
    assert printed.kind == DocumentKind.VALIDATION
    scenario.deliberate(partial(scenario)).wait(6).notify().wait(10).post_jury()
    scenario.wait(2).next_attempt().wait(6).write_validation()
    section = scenario.journey.attempt.validation.sections.first()
    timekeeper.travel(scenario.at)
    proof = actions.store_upload(
        scenario.journey,
        DocumentKind.EVIDENCE,
        upload(ONE_PAGE, "gamme.pdf"),
        scenario.person,
        section,
    )
    scenario.sign(Act.SIGN_ORIGINALITY)
    assert proof in readable(scenario.person)
    assert proof not in readable(scenario.demo.officer), "not before it was sent"
    assert set(readable(juror).filter(journey=scenario.journey)) == {printed}
    scenario.send_validation().run_pending_jobs()
    assert proof in readable(scenario.demo.officer)
    late = upload(ONE_PAGE, "trop tard.pdf")
    with pytest.raises(Refused, match="ne se modifie plus"):
        kind = DocumentKind.EVIDENCE
        actions.store_upload(scenario.journey, kind, late, scenario.person, section)
    assert set(readable(juror).filter(journey=scenario.journey)) == {printed}
    scenario.wait(3).certifier(Act.ACCEPT_VALIDATION).wait(2).convene().declare_independence()
    again = scenario.president_of(scenario.current_hearing())
    heard = readable(again).filter(journey=scenario.journey)
    assert proof in heard and heard.filter(kind=DocumentKind.VALIDATION).count() >= 1


@pytest.mark.rule("R-123")
def test_a_hearing_that_was_put_off_gives_nothing_to_read(scenario: Scenario) -> None:
    scenario.to_scheduled().declare_independence().run_pending_jobs()
    juror = scenario.president_of(scenario.current_hearing())
    assert readable(juror).filter(journey=scenario.journey).exists()
    scenario.do(
        Act.POSTPONE_HEARING,
        scenario.demo.officer,
        PostponementRequest("Salle fermée", PostponedBy.CERTIFIER),
    )
    assert not readable(juror).filter(journey=scenario.journey).exists()


@pytest.mark.rule("R-123")
def test_a_file_that_tells_of_a_union_is_opened_by_those_who_follow_it(scenario: Scenario) -> None:
    demo = scenario.demo
    plain = Scenario(demo, scenario.certification, scenario.at).to_ready()
    scenario.to_ready().journey.experiences.update(kind=ExperienceKind.UNION)
    told, other = (
        one.send_feasibility()
        .run_pending_jobs()
        .journey.documents.get(kind=DocumentKind.FEASIBILITY)
        for one in (scenario, plain)
    )
    colleague = next(one for one in demo.architects if one != scenario.architect)
    strangers = (colleague, demo.administrator)
    followers = (scenario.person, scenario.architect, demo.head, demo.officer)
    assert other in readable(demo.administrator)
    assert not [one for one in strangers if told in readable(one)]
    assert all(told in readable(one) for one in followers)
