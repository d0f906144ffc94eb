"""A form that is sent twice is done once, and its person lands on the same page both times."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import ONE_PAGE, Scenario
from jalon.law.vocabulary import ExperienceKind
from jalon.web import jobs, once
from jalon.web.models import Sending
from tests.documents.reading import upload
from tests.trials.pages import read

pytestmark = pytest.mark.django_db

SAID = {
    "kind": ExperienceKind.EMPLOYED,
    "title": "Soudeur",
    "employer": "Atelier Exemple",
    "employer_siren": "",
    "started_on": "2015-03-02",
    "hours_per_week": "35",
    "activities": "Je soude des cadres.",
}


class Page:
    """A page with a form, open in a browser."""

    def __init__(self, who: object, address: str) -> None:
        self.who, self.address = who, address
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        self.client.force_login(who)
        [self.form] = [
            one for one in read(self.client.get(address).content.decode()).forms if not one.action
        ]

    def send(self, **said: object) -> tuple[int, str]:
        """Send the form as it stands, with some words; return the status and where it leads."""
        answer = self.client.post(self.address, self.form.filled() | said)
        return answer.status_code, answer.get("Location", "")


@pytest.fixture
def page(scenario: Scenario) -> Page:
    """The page where a candidate adds an experience."""
    scenario.register()
    return Page(scenario.person, reverse("writing:experience", args=[scenario.journey.pk]))


def test_two_clicks_add_one_experience_and_lead_to_the_same_page(
    page: Page, scenario: Scenario
) -> None:
    before = scenario.journey.experiences.count()
    first, second = page.send(**SAID), page.send(**SAID)
    assert first[0] == 302
    assert second == first
    assert scenario.journey.experiences.count() == before + 1


def test_what_is_changed_after_going_back_is_another_form(page: Page, scenario: Scenario) -> None:
    before = scenario.journey.experiences.count()
    page.send(**SAID)
    page.send(**SAID | {"title": "Ajusteur"})
    assert scenario.journey.experiences.count() == before + 2


def test_what_is_done_then_changed_from_the_same_page_may_be_done_again(
    page: Page, scenario: Scenario
) -> None:
    before = scenario.journey.experiences.count()
    for title in ("Soudeur", "Ajusteur", "Soudeur"):
        page.send(**SAID | {"title": title})
    assert scenario.journey.experiences.count() == before + 3


def test_the_same_words_in_a_page_opened_anew_are_another_form(
    page: Page, scenario: Scenario
) -> None:
    before = scenario.journey.experiences.count()
    page.send(**SAID)
    Page(scenario.person, page.address).send(**SAID)
    assert scenario.journey.experiences.count() == before + 2


def test_a_file_mended_without_a_change_of_name_or_size_is_another_form(scenario: Scenario) -> None:
    scenario.to_path_accepted()
    timekeeper.travel(scenario.at)
    page = Page(scenario.person, reverse("writing:upload", args=[scenario.journey.pk]))
    wrong, right = ONE_PAGE, ONE_PAGE.replace(b"%PDF-1.4", b"%PDF-1.5")
    assert wrong != right
    for content in (wrong, right, right):
        page.send(kind="other", file=upload(content, "attestation.pdf"))
    sent = scenario.journey.documents.filter(kind="other")
    assert sorted(one.file.open("rb").read() for one in sent) == [wrong, right]


def test_a_form_with_a_field_to_mend_may_be_sent_again_as_it_stands(page: Page) -> None:
    missing = SAID | {"title": ""}
    assert page.send(**missing)[0] == page.send(**missing)[0] == 200
    assert not Sending.objects.exists()


def test_a_second_click_while_the_first_is_done_is_told_to_wait(
    page: Page, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(once, "PATIENCE", 0.2)
    page.send(**SAID)
    Sending.objects.update(went_to="")
    answer = page.client.post(page.address, page.form.filled() | SAID)
    assert answer.status_code == 409
    assert "Vous avez envoyé ce formulaire deux fois" in answer.content.decode()


@pytest.mark.parametrize(("went_to", "age"), [("", once.GIVEN_UP), ("/ailleurs/", once.KNOWN_FOR)])
def test_a_form_left_for_long_is_done_as_a_new_one(
    page: Page, scenario: Scenario, went_to: str, age: object
) -> None:
    before = scenario.journey.experiences.count()
    page.send(**SAID)
    Sending.objects.update(went_to=went_to, at=Now() - age)
    page.send(**SAID)
    assert scenario.journey.experiences.count() == before + 2


def test_the_forms_of_yesterday_are_forgotten_at_night(page: Page) -> None:
    page.send(**SAID)
    assert jobs.forget() == 0
    Sending.objects.update(at=Now() - 2 * once.KNOWN_FOR)
    assert jobs.forget() == 1


@pytest.mark.django_db(transaction=True)
def test_clicks_in_the_same_instant_add_one_experience(page: Page, scenario: Scenario) -> None:
    before, answers, start = (
        scenario.journey.experiences.count(),
        list[tuple[int, str]](),
        Barrier(8),
    )

    def click() -> None:
        start.wait()
        answers.append(page.send(**SAID))
        connection.close()

    clicks = [Thread(target=click) for _ in range(8)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert scenario.journey.experiences.count() == before + 1
    assert len(set(answers)) == 1
