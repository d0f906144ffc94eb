"""The certifier's settings: written from a day on, by whom, and to be confirmed until then."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act, Setting
from jalon.now import today
from jalon.people.actions import settle
from jalon.people.models import CertifierSetting, User
from tests.juries.steps import call, plan, refused

pytestmark = pytest.mark.django_db

PAGE = "/certificateur/reglages/"
TEXT = "Règlement d’essai, article 4"


def client(person: User) -> Client:
    """Return a browser signed in as somebody."""
    browser = Client()
    browser.force_login(person)
    return browser


def read(person: User, address: str = PAGE) -> str:
    """Return a page, on one line."""
    return " ".join(client(person).get(address).content.decode().split())


@pytest.mark.rule("R-070", "R-083")
def test_until_it_is_written_a_setting_is_shown_as_to_be_confirmed(demo: DemoPeople) -> None:
    assert read(demo.officer).count('class="tag soon">à confirmer par le certificateur') == len(
        Setting
    )


@pytest.mark.rule("R-070")
def test_a_setting_is_kept_with_its_day_its_text_and_its_author(demo: DemoPeople) -> None:
    answer = client(demo.officer).post(
        f"{PAGE}quorum/", {"value": "4", "start": today().isoformat(), "source": TEXT}
    )
    assert answer.status_code == 302
    page = read(demo.officer)
    assert "4 membres présents" in page
    assert TEXT in page
    assert str(demo.officer) in page


@pytest.mark.rule("R-070")
@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("1", "autant d’employeurs que de salariés"),
        ("0", "non demandée"),
        ("", "à confirmer par le certificateur"),
    ],
)
def test_parity_is_a_question_that_the_rules_of_the_certifier_answer_or_not(
    demo: DemoPeople, said: str, shown: str
) -> None:
    client(demo.officer).post(
        f"{PAGE}parity/", {"value": said, "start": today().isoformat(), "source": TEXT}
    )
    assert CertifierSetting.objects.get().said == shown


@pytest.mark.rule("R-083")
def test_a_value_to_come_waits_for_its_day(demo: DemoPeople) -> None:
    settle(demo.officer, Setting.BLOC_VALIDITY, 60, start=today() + timedelta(days=3), source=TEXT)
    page = read(demo.officer)
    assert page.count('class="tag soon">à confirmer par le certificateur') == len(Setting)
    assert "60 mois." in page


@pytest.mark.rule("R-070")
@pytest.mark.parametrize(("value", "days"), [("1", 0), ("4", -1)])
def test_a_quorum_under_the_law_or_of_yesterday_is_refused_with_its_rule(
    demo: DemoPeople, value: str, days: int
) -> None:
    start = (today() + timedelta(days=days)).isoformat()
    answer = client(demo.officer).post(
        f"{PAGE}quorum/", {"value": value, "start": start, "source": TEXT}
    )
    assert answer.status_code == 409
    assert "R-070" in answer.content.decode()
    assert not CertifierSetting.objects.exists()


def test_nobody_but_the_certifier_writes_its_settings(demo: DemoPeople) -> None:
    with pytest.raises(Refused):
        settle(demo.head, Setting.QUORUM, 4, start=today(), source=TEXT)


def test_a_certifier_sees_its_own_settings_only(demo: DemoPeople) -> None:
    settle(demo.officer, Setting.QUORUM, 4, start=today(), source=TEXT)
    CertifierSetting.objects.update(organisation=demo.neighbour)
    assert TEXT not in read(demo.officer)


def test_an_unknown_setting_is_not_found(demo: DemoPeople) -> None:
    assert client(demo.officer).get(f"{PAGE}couleur/").status_code == 404


def test_the_database_refuses_a_setting_that_does_not_exist(demo: DemoPeople) -> None:
    settle(demo.officer, Setting.QUORUM, 4, start=today(), source=TEXT)
    with pytest.raises(IntegrityError), transaction.atomic():
        CertifierSetting.objects.update(setting="couleur")


@pytest.mark.rule("R-070")
def test_a_session_takes_the_quorum_and_the_parity_of_its_certifier_and_its_summons_too(
    demo: DemoPeople, scenario: Scenario
) -> None:
    settle(demo.officer, Setting.QUORUM, 2, start=today(), source=TEXT)
    settle(demo.officer, Setting.PARITY, 1, start=today(), source=TEXT)
    scenario.to_validation_sent().certifier(Act.ACCEPT_VALIDATION)
    with timekeeper.at(scenario.at):
        uneven, even = plan(demo, *demo.jurors[:3]), plan(demo, *demo.jurors[:2])
        assert (uneven.quorum, uneven.parity) == (2, True)
        assert refused(call, scenario, uneven) == "R-070"
        call(scenario, even)


@pytest.mark.rule("R-082")
def test_the_form_that_opens_a_procedure_for_fraud_says_the_delay_or_that_it_is_to_be_confirmed(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_result()
    address = reverse("dossiers:act", args=[scenario.journey.pk, Act.OPEN_FRAUD.value])
    assert "à confirmer par le certificateur" in read(demo.officer, address)
    settle(demo.officer, Setting.FRAUD_ANSWER, 15, start=today(), source=TEXT)
    assert "15 jours" in read(demo.officer, address)


@pytest.mark.rule("R-083")
def test_the_validity_of_a_bloc_is_said_to_the_candidate_as_it_was_settled(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_result()
    assert "durée de validité&nbsp;: à confirmer par le certificateur" in read(
        scenario.person, "/candidat/"
    )


@pytest.mark.rule("R-083")
def test_a_bloc_acquired_under_a_settled_validity_ends_on_its_day(
    demo: DemoPeople, scenario: Scenario
) -> None:
    settle(demo.officer, Setting.BLOC_VALIDITY, 12, start=today(), source=TEXT)
    scenario.to_result()
    award = scenario.journey.awards.first()
    assert award.valid_until is not None
    assert award.valid_until.year == award.awarded_on.year + 1
