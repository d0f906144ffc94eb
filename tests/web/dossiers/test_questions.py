"""What is asked of the certifier of a journey: who asks, who answers, who is told, who waits."""

from datetime import timedelta

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario, member, person
from jalon.journeys.models import CertifierQuestion, JournalEntry
from jalon.journeys.rights import ERASED_BY, Erasing, journey
from jalon.law.facts import TransferRequest
from jalon.law.vocabulary import Act, Channel, Event, Role
from jalon.mailbox.jobs import notify
from jalon.mailbox.models import Notice
from jalon.people.models import User
from tests.journeys.bringing import another_certifier
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db

ASKED = "La fiche de poste suffit-elle ?"
ANSWER = "Oui, avec une attestation."


def asked(scenario: Scenario, by: User) -> int:
    """Send the page that asks the certifier; return what it answers."""
    timekeeper.travel(scenario.at)
    address = reverse("dossiers:ask_certifier", args=[scenario.journey.pk])
    return browser(by).post(address, {"question": ASKED}).status_code


def answered(scenario: Scenario, by: User, **said: str) -> int:
    """Send the page that answers the only question; return what it answers."""
    number = CertifierQuestion.objects.get().pk
    address = reverse("dossiers:answer_question", args=[scenario.journey.pk, number])
    return browser(by).post(address, {"answer": ANSWER, **said}).status_code


def read(viewer: User, address: str) -> str:
    """Return a page, on one line."""
    return " ".join(browser(viewer).get(address).content.decode().split())


def exchanges(scenario: Scenario, viewer: User) -> str:
    """Return what somebody reads among the exchanges of the file."""
    return read(viewer, f"/dossiers/{scenario.journey.pk}/echanges/")


def told(event: Event) -> set[User]:
    """Return who is told of the last event of a kind."""
    entry = JournalEntry.objects.filter(event=event).latest("pk")
    notify(entry_id=entry.pk)
    return {one.person for one in Notice.objects.filter(entry=entry)}


def outside(scenario: Scenario) -> None:
    """Let the certifier work elsewhere."""
    scenario.demo.certifier.works_here = False
    scenario.demo.certifier.save()


def test_the_certifier_is_told_of_a_question_answers_it_and_who_asked_is_told(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_complete()
    assert asked(scenario, scenario.architect) == 302
    assert demo.officer in told(Event.CERTIFIER_ASKED)
    assert ASKED in exchanges(scenario, demo.officer)
    assert answered(scenario, demo.officer) == 302
    assert told(Event.CERTIFIER_ANSWERED) == {scenario.architect}
    for reader in (scenario.architect, demo.officer):
        assert ANSWER in exchanges(scenario, reader)
    assert answered(scenario, demo.officer) == 409


def test_an_open_question_stands_in_the_day_of_the_architect_and_in_the_inbox_until_it_is_answered(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_complete()
    asked(scenario, scenario.architect)
    timekeeper.travel(scenario.at + timedelta(days=9))
    day, inbox = "/accompagnement/aujourdhui/?tous=0", "/certificateur/"
    assert "attend une réponse du certificateur depuis 9 jours" in read(scenario.architect, day)
    assert "attend votre réponse depuis 9 jours" in read(demo.officer, inbox)
    answered(scenario, demo.officer)
    assert "attend une réponse du certificateur" not in read(scenario.architect, day)
    assert "attend votre réponse" not in read(demo.officer, inbox)


def test_a_certifier_who_does_not_see_the_file_yet_is_not_asked_and_it_is_said_what_to_do(
    scenario: Scenario,
) -> None:
    scenario.register().take_charge()
    assert asked(scenario, scenario.architect) == 409
    assert not CertifierQuestion.objects.exists()


def test_the_answer_of_a_certifier_outside_is_noted_with_its_day_and_how_it_is_known(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_complete()
    outside(scenario)
    asked(scenario, scenario.architect)
    timekeeper.travel(scenario.at + timedelta(days=3))
    before = {"on": (scenario.at - timedelta(days=1)).date().isoformat(), "channel": "email"}
    assert answered(scenario, scenario.architect, **before) == 409
    said = {"on": (scenario.at + timedelta(days=2)).date().isoformat(), "channel": "email"}
    assert answered(scenario, scenario.architect, **said) == 302
    one = CertifierQuestion.objects.get()
    assert (one.channel, one.answered_by) == (Channel.EMAIL, scenario.architect)
    assert "par courriel, notée par" in exchanges(scenario, scenario.architect)


def transferred(scenario: Scenario, *, works_here: bool = True) -> User:
    """Let the certifier transfer the file; return who reads it where it was received."""
    receiver = another_certifier(scenario.journey)
    reader = member(person("Rose", "Cachet", "rose@exemple.fr"), receiver, Role.CERTIFIER)
    scenario.certifier(Act.TRANSFER, TransferRequest("Il déménage.", receiver.pk))
    receiver.works_here = works_here
    receiver.save()
    return reader


def test_the_certifier_who_receives_a_file_reads_and_answers_nothing_of_what_another_was_asked(
    scenario: Scenario,
) -> None:
    scenario.to_complete()
    asked(scenario, scenario.architect)
    reader = transferred(scenario)
    assert ASKED not in exchanges(scenario, reader)
    assert "attend votre réponse" not in read(reader, "/certificateur/")
    assert answered(scenario, reader) == 404
    asked(scenario, scenario.architect)
    assert ASKED in exchanges(scenario, reader)
    assert reader in told(Event.CERTIFIER_ASKED)


def test_a_question_that_a_transfer_left_without_answer_waits_no_more_and_its_team_reads_to_ask_again(
    scenario: Scenario,
) -> None:
    scenario.to_complete()
    asked(scenario, scenario.architect)
    former = scenario.demo.certifier.name
    transferred(scenario, works_here=False)
    page = exchanges(scenario, scenario.architect)
    assert ASKED in page and f"posée à {former}" in page
    assert "Lui poser une question" in page and "Noter la réponse" not in page
    day = read(scenario.architect, "/accompagnement/aujourdhui/?tous=0")
    assert "attend une réponse du certificateur" not in day
    assert (
        answered(scenario, scenario.architect, on=scenario.at.date().isoformat(), channel="email")
        == 409
    )


def test_nobody_else_asks_answers_or_reads(demo: DemoPeople, scenario: Scenario) -> None:
    scenario.to_scheduled()
    strangers = (scenario.person, demo.jurors[0].user, demo.stranger, demo.administrator)
    assert [asked(scenario, who) for who in (*strangers, demo.officer)] == [404] * 5
    asked(scenario, scenario.architect)
    assert [answered(scenario, who) for who in (*strangers, scenario.architect)] == [404] * 5
    for stranger in strangers[:3]:
        page = browser(stranger).get(f"/dossiers/{scenario.journey.pk}/echanges/", follow=True)
        assert ASKED not in page.content.decode()


@pytest.mark.rule("R-122")
def test_the_questions_are_in_the_copy_of_the_candidate_and_go_with_the_journey(
    scenario: Scenario,
) -> None:
    scenario.to_complete()
    asked(scenario, scenario.architect)
    (one,) = journey(scenario.journey)["questions_au_certificateur"]
    assert one["question"] == ASKED
    erasing = Erasing(scenario.journey, awarded=False)
    assert ERASED_BY["questions au certificateur"](erasing) == 1
    assert not CertifierQuestion.objects.exists()
