"""Groups of companies as a team keeps them: the list, the page of one, its file, its code."""

import io
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.journeys.models import ListRead
from jalon.law.vocabulary import MeetingKind, MeetingMode
from jalon.support import groups
from jalon.support.models import CompanyGroup, GroupMember, Meeting, Workshop
from tests.support.companies import SIREN, a_group
from tests.support.rooms import a_workshop
from tests.support.test_workshops import some_people
from tests.web.browsers import browser
from tests.web.reading import links, read

LIST = "/accompagnement/groupes/"


@pytest.fixture
def two(scenario: Scenario, machining: Any) -> list[Scenario]:
    """Two candidates whom the team follows."""
    people = some_people(scenario, machining, 2)
    timekeeper.travel(max(one.at for one in people))
    return people


def written(scenario: Scenario, **changes: Any) -> dict[str, Any]:
    """Return what the form of a group says."""
    return {
        "title": "Usinage, printemps",
        "company": "Exemple Mécanique",
        "siren": "732 829 320",
        "starts_on": "2027-03-01",
        "ends_on": "2027-12-31",
        "certifications": [scenario.certification.pk],
        "referent": scenario.architect.pk,
    } | changes


def test_an_architect_sets_up_a_group_and_reads_its_code(two: list[Scenario]) -> None:
    team = browser(two[0].architect)
    answer = team.post(f"{LIST}nouveau/", written(two[0]), follow=True)
    made = CompanyGroup.objects.get()
    page = read(answer)
    assert made.siren == SIREN and made.code_said in page
    assert two[0].certification.title in page and "Personne n’est encore entré" in page
    assert made.title in read(team.get(LIST))


def test_a_siren_that_no_company_has_is_refused_beside_its_field(two: list[Scenario]) -> None:
    answer = browser(two[0].architect).post(f"{LIST}nouveau/", written(two[0], siren="732829321"))
    assert "ses neuf chiffres ne vont pas ensemble" in read(answer)
    assert 'value="732829321"' in answer.content.decode()
    assert not CompanyGroup.objects.exists()


def test_a_group_is_changed_and_keeps_its_code(two: list[Scenario]) -> None:
    made = a_group(two[0])
    page = reverse("architect:change_group", args=[made.pk])
    team = browser(two[0].architect)
    assert made.title in team.get(page).content.decode()
    team.post(page, written(two[0], title="Usinage, automne"))
    changed = CompanyGroup.objects.get()
    assert (changed.title, changed.code) == ("Usinage, automne", made.code)
    assert list(changed.certifications.all()) == [two[0].certification]


def test_the_page_of_a_group_shows_each_person_with_stage_limit_and_hours(
    two: list[Scenario],
) -> None:
    one, made = two[0], a_group(two[0])
    groups.join(one.journey.pk, made.code, one.person)
    Meeting.objects.create(
        journey=one.journey,
        held_by=one.architect,
        held_on=timekeeper.today(),
        minutes=90,
        kind=MeetingKind.FOLLOW_UP,
        mode=MeetingMode.REMOTE,
        report={},
    )
    kept = a_workshop(one)
    Workshop.objects.filter(pk=kept.pk).update(group=made)
    answer = browser(one.architect).get(f"{LIST}{made.pk}/")
    page = read(answer)
    assert one.person.get_full_name() in page and one.journey.stage.label in page
    assert "1 h 30" in page
    assert two[1].person.get_full_name() not in page
    assert links(answer, f"/ateliers/{kept.pk}/") == [reverse("architect:workshop", args=[kept.pk])]
    assert links(answer, f"?groupe={made.pk}") == [
        f"{reverse('architect:new_workshop')}?groupe={made.pk}"
    ]
    assert ListRead.objects.filter(what__startswith="Groupe", rows=1, exported=False).exists()


def test_a_group_is_taken_away_as_csv_and_as_a_workbook_and_that_is_kept(
    two: list[Scenario],
) -> None:
    one, made = two[0], a_group(two[0])
    groups.join(one.journey.pk, made.code, one.person)
    team = browser(one.architect)
    csv = team.get(f"{LIST}{made.pk}/?format=csv").content.decode("utf-8-sig").splitlines()
    assert csv[0].startswith("Référence;Nom") and one.journey.reference in csv[1]
    book = load_workbook(io.BytesIO(team.get(f"{LIST}{made.pk}/?format=xlsx").content))
    assert book.active["B2"].value == one.person.last_name
    assert ListRead.objects.filter(exported=True, rows=1).count() == 2
    assert team.get(f"{LIST}{made.pk}/?format=pdf").status_code == 404


def test_the_buttons_replace_and_remove_the_code(two: list[Scenario]) -> None:
    made = a_group(two[0])
    team = browser(two[0].architect)
    replaced = team.post(reverse("architect:replace_group_code", args=[made.pk]), follow=True)
    assert "L’ancien n’ouvre plus rien" in read(replaced) and made.code_said not in read(replaced)
    removed = team.post(reverse("architect:revoke_group_code", args=[made.pk]), follow=True)
    assert "n’a pas de code" in read(removed)


def test_who_nobody_accompanies_is_proposed_to_the_referent(two: list[Scenario]) -> None:
    alone = Scenario(two[0].demo, two[0].certification, timekeeper.now()).register()
    made = a_group(two[0])
    groups.join(alone.journey.pk, made.code, alone.person)
    assert "à prendre en charge" in read(browser(two[0].architect).get(f"{LIST}{made.pk}/"))
    assert "1 sans architecte" in read(browser(two[0].architect).get(LIST))


def test_the_caseload_is_narrowed_to_a_group(two: list[Scenario]) -> None:
    one, other = two
    made = a_group(one)
    GroupMember.objects.create(group=made, journey=one.journey)
    page = read(browser(one.demo.head).get(f"/accompagnement/?tous=1&groupe={made.pk}"))
    assert one.journey.reference in page or one.person.get_full_name() in page
    assert other.person.get_full_name() not in page
