"""The pages of the 2002 route: its own form, its own words."""

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.law.cerfa import YesNo
from jalon.law.vocabulary import Accompaniment, Act, Route
from jalon.people.models import User
from jalon.writing.models import AdmissibilityRequest
from tests.conftest import TODAY
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db

OTHERS = ("ossier de faisabilité", "ossier de validation", "six mois", "France VAE", "GIP")


@pytest.fixture
def requesting(demo: DemoPeople) -> Scenario:
    """A person alone on the 2002 route, who just registered."""
    certification = Certification.objects.get(code="RNCP41814")
    return Scenario(
        demo, certification, TODAY, route=Route.LAW_2002, accompaniment=Accompaniment.ALONE
    ).register()


def pages(scenario: Scenario, *names: str) -> str:
    """Return what the candidate reads on some pages, without menus, on the day they have come to."""
    timekeeper.travel(scenario.at)
    client = browser(scenario.person)
    read = [client.get(reverse("candidate:home")).content.decode()]
    read += [
        client.get(reverse(name, args=[scenario.journey.pk])).content.decode() for name in names
    ]
    return " ".join(page.split("<main", 1)[1].split("</main>")[0] for page in read)


@pytest.mark.rule("R-133")
def test_nothing_that_a_person_of_2002_reads_is_in_the_words_of_the_other_route(
    requesting: Scenario,
) -> None:
    read = pages(requesting, "writing:feasibility", "writing:review", "writing:request")
    assert "demande de recevabilité (Livret 1)" in read
    assert "Vous y résumez votre expérience" in read and "Il résume" not in read
    requesting.fill_feasibility().sign(Act.CONFIRM_FEASIBILITY)
    read += pages(requesting, "writing:feasibility", "writing:review")
    read += pages(requesting.send_feasibility(), "writing:review")
    requesting.wait(6).certifier(Act.DECLARE_COMPLETE)
    read += pages(requesting.wait(15).admissible(), "writing:validation", "writing:reading")
    assert "Livret 2" in read
    read += pages(requesting.wait(80).write_validation().send_validation(), "writing:reading")
    for word in OTHERS:
        at = read.find(word)
        assert at < 0, read[max(at - 200, 0) : at + 60]


@pytest.mark.rule("R-041")
def test_a_person_signs_the_four_statements_on_the_page(requesting: Scenario) -> None:
    requesting.fill_feasibility()
    timekeeper.travel(requesting.at)
    client = browser(requesting.person)
    address = reverse("dossiers:act", args=[requesting.journey.pk, "confirm_feasibility"])
    said = {"read": "on", "name": requesting.person.get_full_name(), "place": "Caen"}
    refused = client.post(address, said | {"allowed": "on"})
    assert refused.status_code == 409
    ticked = dict.fromkeys(("allowed", "exact", "only", "three"), "on")
    assert client.post(address, said | ticked).status_code == 302
    file = requesting.journey.feasibility
    file.refresh_from_db()
    assert (file.sworn_place, bool(file.sworn_at)) == ("Caen", True)


@pytest.mark.rule("R-038")
def test_the_request_is_downloaded_before_it_is_signed(requesting: Scenario) -> None:
    timekeeper.travel(requesting.at)
    address = reverse("writing:request_pdf", args=[requesting.journey.pk])
    answer = browser(requesting.person).get(address)
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"].startswith("attachment")


def test_half_a_request_is_kept_and_the_activity_asks_for_its_columns(requesting: Scenario) -> None:
    timekeeper.travel(requesting.at)
    client = browser(requesting.person)
    client.post(reverse("writing:request", args=[requesting.journey.pk]), {"nature": "first"})
    assert requesting.journey.feasibility.request.nature == "first"
    page = client.get(reverse("writing:experience", args=[requesting.journey.pk])).content.decode()
    assert "Famille professionnelle" in page and "Heures par semaine" not in page


@pytest.mark.rule("R-123")
def test_whether_one_is_a_disabled_worker_is_read_by_those_who_follow_the_file(
    demo: DemoPeople,
) -> None:
    certification = Certification.objects.get(code="RNCP41814")
    scenario = Scenario(demo, certification, TODAY, route=Route.LAW_2002).to_path_accepted()
    timekeeper.travel(scenario.at)
    request, _ = AdmissibilityRequest.objects.get_or_create(
        feasibility=scenario.journey.feasibility
    )
    AdmissibilityRequest.objects.filter(pk=request.pk).update(disabled_worker=YesNo.YES)
    address = reverse("writing:review", args=[scenario.journey.pk])

    def said(person: User) -> str:
        read = browser(person).get(address).content.decode()
        return " ".join(read.split("Reconnu travailleur handicapé")[1].split()[:5])

    colleague = next(one for one in demo.architects if one != scenario.architect)
    for person in (scenario.person, scenario.architect, demo.head):
        assert "Oui" in said(person)
    for person in (colleague, demo.administrator):
        assert "Réservé" in said(person) and "Oui" not in said(person)
