"""Groups of companies, rehearsals, immersions, the plan after a jury and opinions in a browser: axe, keyboard, widths."""

from dataclasses import asdict
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo import texts
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.law.vocabulary import Shared
from jalon.people.models import User
from jalon.support import employers, groups, rehearsals
from jalon.support.models import CompanyGroup, EmployerContact, Immersion, MockGrid, Survey
from tests.conftest import TODAY
from tests.support.attendance import attended_today
from tests.support.companies import a_group
from tests.support.plans import judged, planned_action
from tests.support.rehearsing import shared_grid, written_grid

from .looking import looked_over

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def called(demo: DemoPeople) -> Scenario:
    """A candidate before a jury, of a group that reads everything, whose next rehearsal is being written."""
    timekeeper.travel(TODAY)
    certification = Certification.objects.get(code="RNCP38901")
    one = Scenario(demo, certification, TODAY).to_scheduled()
    timekeeper.travel(one.at)
    shared_grid(one)
    written_grid(one)
    attended_today(one)
    group = a_group(one, certifications=[certification])
    groups.join(one.journey.pk, group.code, one.person)
    employers.agree(one.journey.pk, tuple(Shared), one.person)
    employers.add_contact(group.pk, one.architect, "Léa Exemple", "lea@exemple.fr")
    planned = asdict(texts.immersion(timekeeper.today() + timedelta(days=20)))
    Immersion.objects.create(journey=one.journey, **planned)
    planned_action(one.journey)
    Survey.objects.create(journey=one.journey, organisation=demo.accompanist)
    return one


def before_the_jury(one: Scenario) -> list[str]:
    """Return the pages that who accompanies opens until the jury sits."""
    file = f"/dossiers/{one.journey.pk}/"
    written = MockGrid.objects.latest("pk")
    bloc = rehearsals.blocs(one.journey)[0]
    return [
        f"{file}entrainement/",
        f"{file}entrainement/bloc/{bloc.pk}/",
        f"{file}entrainement/partager/",
        f"{file}entrainement/{written.pk}/",
    ]


def pages(one: Scenario) -> list[tuple[User | None, list[str]]]:
    """Return who opens which pages after the jury."""
    group, contact = CompanyGroup.objects.get(), EmployerContact.objects.get()
    shared = MockGrid.objects.earliest("pk")
    file, home = f"/dossiers/{one.journey.pk}/", f"/candidat/{one.journey.pk}/"
    action = one.journey.plan.get().pk
    team = "/accompagnement/groupes/"
    return [
        (
            one.architect,
            [
                team,
                f"{team}nouveau/",
                f"{team}{group.pk}/",
                f"{team}{group.pk}/modifier/",
                f"{team}{group.pk}/contact/",
                file,
                f"{file}heures/",
                f"{file}plan/{action}/deplacer/",
                f"{file}faire/amend_path/",
            ],
        ),
        (
            one.person,
            [
                home,
                f"{home}entreprise/",
                f"{home}entreprise/quitter/",
                "/candidat/mes-donnees/entreprise/",
                f"{home}heures/",
                f"{home}avis/",
                f"{file}entrainement/{shared.pk}/",
                f"{file}plan/{action}/faite/",
                f"{file}plan/{action}/abandonner/",
            ],
        ),
        (None, [reverse("public:employer", args=[employers.token_of(contact)])]),
        (one.demo.head, ["/pilotage/qualite/"]),
    ]


@pytest.mark.rule("R-128")
def test_the_pages_of_companies_rehearsals_plans_and_opinions_have_no_fault_and_fit_a_phone(
    desk: Page, live_server: object, called: Scenario
) -> None:
    address = live_server.url  # type: ignore[attr-defined]
    wrong = looked_over(desk, address, called.architect, before_the_jury(called), "rehearsals")
    for number, (person, paths) in enumerate(pages(judged(called))):
        wrong += looked_over(desk, address, person, paths, f"companies-{number}")
    assert wrong == []
