"""What candidates let their company read, who reads it by a link, and the trace of each reading."""

from datetime import timedelta

import pytest

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import Scenario
from jalon.journeys import queries
from jalon.journeys.models import Journey
from jalon.journeys.rights import ERASED_BY, TOLD_BY, Erasing
from jalon.law.employer import LINK_SERVES
from jalon.law.facts import AccompanimentRequest, EmployerAgreed, Reason
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act, Event, Outcome, Shared, Stage
from jalon.people.models import User
from jalon.support import employers, groups
from jalon.support.models import CompanyGroup, EmployerAgreement, EmployerContact, EmployerRead
from tests.support.companies import a_group
from tests.support.test_workshops import some_people


@pytest.fixture
def two(scenario: Scenario, machining: Certification) -> list[Scenario]:
    """Two candidates of one group."""
    people = some_people(scenario, machining, 2)
    timekeeper.travel(max(one.at for one in people))
    made = a_group(people[0])
    for one in people:
        groups.join(one.journey.pk, made.code, one.person)
    return people


def group() -> CompanyGroup:
    return CompanyGroup.objects.get()


def agree(one: Scenario, *items: Shared) -> None:
    employers.agree(one.journey.pk, items, one.person)


def a_contact(one: Scenario) -> EmployerContact:
    return employers.add_contact(group().pk, one.architect, "Léa Exemple", "lea@exemple.fr")


def named() -> list[Journey]:
    return [one.journey for one in employers.shown_of(group())[0]]


@pytest.mark.rule("R-125")
def test_nothing_is_shared_before_an_agreement_and_each_change_is_in_the_journal(
    two: list[Scenario],
) -> None:
    one = two[0]
    assert not EmployerAgreement.objects.exists() and named() == []
    agree(one, Shared.STAGE, Shared.RESULT)
    first_day = timekeeper.today()
    assert set(EmployerAgreement.objects.values_list("agreed_on", flat=True)) == {first_day}
    timekeeper.travel(timekeeper.now() + timedelta(days=3))
    agree(one, Shared.STAGE, Shared.HOURS)
    days = {each.item: each.agreed_on for each in EmployerAgreement.objects.all()}
    assert days == {Shared.STAGE: first_day, Shared.HOURS: timekeeper.today()}
    agree(one, Shared.STAGE, Shared.HOURS)
    agree(one)
    assert not EmployerAgreement.objects.exists()
    lines = one.journey.journal.filter(event=Event.EMPLOYER_AGREED).order_by("number")
    kept = [line.facts_as(EmployerAgreed).items for line in lines]
    assert kept == [
        (Shared.STAGE, Shared.RESULT),
        (Shared.STAGE, Shared.HOURS),
        (),
    ]
    assert lines[2].said == "Plus rien n’est partagé"


@pytest.mark.rule("R-125")
def test_nobody_agrees_in_the_place_of_a_candidate(two: list[Scenario]) -> None:
    for other in (two[0].architect, two[0].demo.head, two[1].person):
        with pytest.raises(Refused, match="Seul le candidat"):
            employers.agree(two[0].journey.pk, [Shared.STAGE], other)


@pytest.mark.rule("R-125")
def test_a_company_reads_the_names_of_those_alone_who_have_something_to_show(
    two: list[Scenario],
) -> None:
    first, second = two
    agree(first, Shared.STAGE)
    agree(second, Shared.RESULT)
    assert named() == [first.journey]
    ((shown,), others) = employers.shown_of(group())
    assert (shown.items, others) == (["stage"], 0)
    assert [cell.words for cell in shown.cells] == ["En préparation", *["Rien à afficher"] * 3]
    agree(first)
    assert named() == []


@pytest.mark.rule("R-078")
def test_a_result_is_read_once_its_candidate_was_told_and_not_before(two: list[Scenario]) -> None:
    one = two[0]
    agree(one, Shared.RESULT)
    attempt = one.journey.attempts.create(
        number=1, opened_at=timekeeper.now(), outcome=Outcome.FULL, hearing_on=timekeeper.today()
    )
    Journey.objects.filter(pk=one.journey.pk).update(stage=Stage.DELIBERATED)
    assert named() == []
    attempt.notified_on = timekeeper.today()
    attempt.save()
    Journey.objects.filter(pk=one.journey.pk).update(stage=Stage.CERTIFIED)
    assert named() == [one.journey]


@pytest.mark.rule("R-125")
def test_who_leaves_the_group_or_stops_is_no_longer_read(two: list[Scenario]) -> None:
    for one in two:
        agree(one, Shared.STAGE)
    groups.leave(two[0].journey.pk, two[0].person)
    assert named() == [two[1].journey] and EmployerAgreement.objects.count() == 1
    Journey.objects.filter(pk=two[1].journey.pk).update(stage=Stage.DROPPED_OUT)
    assert named() == []


@pytest.mark.rule("R-125")
def test_an_agreement_ends_with_the_accompaniment_and_does_not_come_back_with_it(
    two: list[Scenario],
) -> None:
    one = two[0]
    agree(one, Shared.STAGE)
    home = one.journey.organisation_id
    assert home
    one.do(Act.LEAVE_ACCOMPANIMENT, one.person, Reason(""))
    assert not EmployerAgreement.objects.exists()
    one.do(Act.ASK_ACCOMPANIMENT, one.person, AccompanimentRequest(home))
    assert named() == []


def test_a_link_serves_until_it_is_sent_again_revoked_or_too_old(two: list[Scenario]) -> None:
    contact, by = a_contact(two[0]), two[0].architect
    first = employers.token_of(contact)
    assert employers.contact_of(first) == contact
    renewed = employers.renew(contact, by)
    second = employers.token_of(renewed)
    assert employers.contact_of(first) is None and employers.contact_of(second) == contact
    with timekeeper.at(timekeeper.now() + LINK_SERVES):
        assert employers.contact_of(second) is None
    employers.revoke(contact, by)
    assert employers.contact_of(second) is None
    assert employers.contact_of("n’importe quoi") is None
    with pytest.raises(Refused, match="a été retiré"):
        employers.renew(contact, by)


def test_another_team_neither_names_a_contact_nor_sends_a_link(two: list[Scenario]) -> None:
    contact, stranger = a_contact(two[0]), two[0].demo.stranger
    for done in (
        lambda: employers.add_contact(group().pk, stranger, "X", "x@exemple.fr"),
        lambda: employers.renew(contact, stranger),
        lambda: employers.revoke(contact, stranger),
    ):
        with pytest.raises(Refused, match="l’équipe qui accompagne"):
            done()
    with pytest.raises(Refused, match="a déjà un lien"):
        employers.add_contact(group().pk, two[0].architect, "Léa", "LEA@exemple.fr")


@pytest.mark.rule("R-124")
def test_a_copy_tells_who_read_what_and_an_erasure_takes_it_away(two: list[Scenario]) -> None:
    one = two[0]
    agree(one, Shared.STAGE)
    contact = a_contact(one)
    employers.note_reading(contact, employers.shown_of(group())[0])
    (told,) = TOLD_BY["lectures_par_mon_entreprise"](one.person)
    assert (told["contact"], told["items"]) == ("Léa Exemple, Exemple Mécanique", ["stage"])
    (joined,) = TOLD_BY["groupes_d_entreprise"](one.person)
    assert [each["item"] for each in joined["accords"]] == [Shared.STAGE]
    erasing = Erasing(one.journey, awarded=False)
    assert ERASED_BY["lectures par l’entreprise"](erasing) == 1
    assert ERASED_BY["appartenances à un groupe d’entreprise"](erasing) == 1
    assert not EmployerRead.objects.exists() and not EmployerAgreement.objects.exists()


@pytest.mark.rule("R-125")
def test_the_certifier_does_not_read_in_the_journal_what_the_company_is_shown(
    two: list[Scenario],
) -> None:
    one = two[0]
    agree(one, Shared.STAGE)
    Journey.objects.filter(pk=one.journey.pk).update(filed_at=timekeeper.now())
    one.journey.refresh_from_db()
    of_groups = {Event.GROUP_JOINED, Event.EMPLOYER_AGREED}

    def read_by(viewer: User) -> set[str]:
        return set(queries.journal(viewer, one.journey).values_list("event", flat=True))

    assert read_by(one.demo.officer).isdisjoint(of_groups) and read_by(one.demo.officer)
    assert of_groups <= read_by(one.person) and of_groups <= read_by(one.architect)
