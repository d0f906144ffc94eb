"""The page of a company: opened by the link of its e-mail, it names who agreed, and each reading is kept."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.law.vocabulary import Shared
from jalon.mailbox.models import AccountMail
from jalon.support import employers, groups
from jalon.support.models import CompanyGroup, EmployerContact, EmployerRead
from tests.support.companies import a_group
from tests.support.test_workshops import some_people
from tests.web.browsers import browser
from tests.web.reading import read


@pytest.fixture
def people(scenario: Scenario, machining: Any) -> list[Scenario]:
    """Six candidates of one group."""
    found = some_people(scenario, machining, 6)
    timekeeper.travel(max(one.at for one in found))
    made = a_group(found[0])
    for one in found:
        groups.join(one.journey.pk, made.code, one.person)
    return found


def ticked(one: Scenario, *items: str) -> Any:
    page = reverse("candidate:company", args=[one.journey.pk])
    return browser(one.person).post(page, dict.fromkeys(items, "on"), follow=True)


def add_contact(one: Scenario, **said: str) -> Any:
    page = reverse("architect:new_contact", args=[CompanyGroup.objects.get().pk])
    asked = {"name": "Léa Exemple", "email": "lea@exemple.fr"} | said
    return browser(one.architect).post(page, asked, follow=True)


def link() -> str:
    """Return the address that the last e-mail to a contact leads to."""
    found = re.search(
        r"https?://[^/\s]+(/entreprise/lien/\S+)", AccountMail.objects.latest("pk").text
    )
    assert found
    return found[1]


@pytest.mark.rule("R-125")
def test_a_contact_reads_by_the_mailed_link_what_was_agreed_to_with_its_day(
    people: list[Scenario],
) -> None:
    one = people[0]
    assert "Un lien personnel part vers lea@exemple.fr" in read(add_contact(one))
    mail = AccountMail.objects.get()
    assert mail.to == "lea@exemple.fr" and "ne le transférez pas" in mail.text
    assert "(Exemple Mécanique) vers une certification" in mail.text
    answer = Client().get(link())
    names = [each.person.get_full_name() for each in people]
    assert "6 autres personnes" in read(answer) and not any(name in read(answer) for name in names)
    ticked(one, "stage")
    page = read(Client().get(link()))
    assert f"{names[0]} Étape En préparation accord du" in page
    assert not any(name in page for name in names[1:])
    assert "5 autres personnes" in page
    ticked(people[1], "stage")
    assert "autres personnes" not in read(Client().get(link()))
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "no-referrer"


@pytest.mark.rule("R-125")
def test_a_refusal_and_something_not_known_yet_read_the_same(people: list[Scenario]) -> None:
    add_contact(people[0])
    ticked(people[0], "stage")
    refused = read(Client().get(link()))
    ticked(people[0], "stage", "result", "jury_date")
    assert read(Client().get(link())) == refused


@pytest.mark.rule("R-124")
def test_each_reading_is_kept_and_the_candidate_sees_who_looked(people: list[Scenario]) -> None:
    one = people[0]
    add_contact(one)
    ticked(one, "stage")
    Client().get(link())
    kept = EmployerRead.objects.get()
    assert (kept.journey, kept.items) == (one.journey, ["stage"])
    client = browser(one.person)
    assert "ce que mon entreprise a lu" in read(client.get("/candidat/mes-donnees/"))
    page = read(client.get("/candidat/mes-donnees/entreprise/"))
    assert "Léa Exemple, Exemple Mécanique a lu : L’étape de mon parcours" in page
    assert "n’a rien lu" in read(browser(people[1].person).get("/candidat/mes-donnees/entreprise/"))


def test_a_page_opened_again_and_again_is_one_reading_and_a_program_that_looks_is_none(
    people: list[Scenario],
) -> None:
    one = people[0]
    add_contact(one)
    ticked(one, "stage")
    Client().head(link())
    assert not EmployerRead.objects.exists()
    for _ in range(3):
        Client().get(link())
    assert EmployerRead.objects.count() == 1
    with timekeeper.at(timekeeper.now() + 2 * employers.ONE_READING):
        Client().get(link())
    assert EmployerRead.objects.count() == 2


def test_a_link_that_was_sent_again_or_revoked_says_what_to_do(people: list[Scenario]) -> None:
    add_contact(people[0])
    first, contact = link(), EmployerContact.objects.get()
    team, where = browser(people[0].architect), [contact.group_id, contact.pk]
    again = team.post(reverse("architect:send_link", args=where), follow=True)
    assert "L’ancien ne sert plus" in read(again)
    over = Client().get(first)
    assert over.status_code == 410 and "demandez un autre lien" in read(over)
    assert Client().get(link()).status_code == 200
    assert "ne sert plus" in read(
        team.post(reverse("architect:revoke_contact", args=where), follow=True)
    )
    assert Client().get(link()).status_code == 410
    assert Client().post(link()).status_code == 405


def test_an_address_written_twice_is_refused_and_no_second_mail_leaves(
    people: list[Scenario],
) -> None:
    add_contact(people[0])
    answer = add_contact(people[0], email="Lea@exemple.fr")
    assert answer.status_code == 409 and "a déjà un lien" in read(answer)
    assert AccountMail.objects.count() == 1


@pytest.mark.rule("R-125")
def test_who_agrees_before_there_is_anything_to_show_reads_that_it_is_noted(
    people: list[Scenario],
) -> None:
    page = read(ticked(people[0], "result"))
    assert "votre accord est noté, mais il n’y a rien à montrer" in page
    assert "pas encore répondu" not in page and "Mon résultat : accepté le" in page


@pytest.mark.rule("R-125")
def test_a_candidate_agrees_tick_by_tick_and_withdraws_in_one_click(
    people: list[Scenario],
) -> None:
    one = people[0]
    client, where = browser(one.person), reverse("candidate:company", args=[one.journey.pk])
    before = client.get(where)
    assert "pas même votre nom" in read(before) and "checked" not in before.content.decode()
    assert "accepté le" in read(ticked(one, "stage", "hours"))
    member = groups.member_of(one.journey)
    assert member and set(employers.agreed_by(member)) == {Shared.STAGE, Shared.HOURS}
    withdrawn = client.post(
        reverse("candidate:withdraw_agreement", args=[one.journey.pk]), follow=True
    )
    assert "ne lit plus rien de vous" in read(withdrawn)
    assert employers.agreed_by(member) == {} or not member.agreements.exists()
