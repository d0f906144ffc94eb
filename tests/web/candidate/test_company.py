"""« Mon entreprise »: a candidate joins a group by its code, when registering or later, and leaves it."""

from typing import Any

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario, person
from jalon.journeys.models import Journey
from jalon.mailbox.jobs import tell
from jalon.mailbox.models import Notice
from jalon.support import groups
from jalon.support.models import GroupMember
from tests.support.companies import a_group
from tests.support.test_workshops import some_people
from tests.web.browsers import browser
from tests.web.reading import read

pytestmark = pytest.mark.usefixtures("nothing_counted")


@pytest.fixture
def one(scenario: Scenario, machining: Any) -> Scenario:
    """A candidate whom the team follows."""
    (found,) = some_people(scenario, machining, 1)
    timekeeper.travel(found.at)
    return found


def company(one: Scenario) -> str:
    return reverse("candidate:company", args=[one.journey.pk])


def asked(one: Scenario, **changes: Any) -> dict[str, Any]:
    """Return what the form of a registration says, accompanied where the group is followed."""
    return {
        "accompaniment": "accompanied",
        "organisation": one.demo.accompanist.pk,
        "scope": "whole",
        "context": "own",
        "consent": "on",
    } | changes


def test_a_candidate_joins_from_their_space_and_leaves(one: Scenario) -> None:
    made, client = a_group(one), browser(one.person)
    assert "Mon entreprise" in read(client.get(reverse("candidate:journey", args=[one.journey.pk])))
    answer = client.post(company(one), {"code": made.code_said.lower()}, follow=True)
    assert "Exemple Mécanique" in read(answer)
    leaving = reverse("candidate:leave_company", args=[one.journey.pk])
    assert "Quitter ce groupe ?" in read(client.get(leaving)).replace("\N{NO-BREAK SPACE}", " ")
    assert GroupMember.objects.exists()
    assert "Vous avez quitté" in read(client.post(leaving, follow=True))
    assert not GroupMember.objects.exists()


def test_a_wrong_code_is_said_beside_its_field_and_stays_written(one: Scenario) -> None:
    answer = browser(one.person).post(company(one), {"code": "ZZZ-111"})
    page = answer.content.decode()
    assert 'value="ZZZ-111"' in page and "pas celui d’un groupe" in page
    assert 'aria-invalid="true"' in page


def test_a_code_at_registration_puts_the_new_journey_in_the_group(one: Scenario) -> None:
    made, newcomer = a_group(one), person("Nouvelle", "Salariée", "nouvelle@exemple.fr")
    start = reverse("candidate:start", args=[one.certification.code])
    client = browser(newcomer)
    assert "Code de votre entreprise" in read(client.get(start))
    wrong = client.post(start, asked(one, company_code="ZZZ-111"))
    assert "pas celui d’un groupe" in read(wrong) and 'value="ZZZ-111"' in wrong.content.decode()
    alone = client.post(start, asked(one, company_code=made.code, accompaniment="alone"))
    assert f"accompagné par {one.demo.accompanist.name}" in read(alone)
    assert not Journey.objects.filter(candidate=newcomer).exists()
    assert client.post(start, asked(one, company_code=made.code)).status_code == 302
    assert GroupMember.objects.get().journey.candidate == newcomer


def test_the_referent_is_written_to_while_nobody_accompanies_who_joined(one: Scenario) -> None:
    alone = Scenario(one.demo, one.certification, timekeeper.now()).register()
    made = a_group(one)
    member = groups.join(alone.journey.pk, made.code, alone.person)
    tell(occasion="group_joined", key=str(member.pk))
    notice = Notice.objects.get(message="group_joined")
    assert notice.person == made.referent
    assert alone.person.get_full_name() in notice.title
    assert notice.path == reverse("dossiers:journey", args=[alone.journey.pk])
