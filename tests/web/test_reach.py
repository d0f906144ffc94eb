"""Every page is reached by links from a person's home, and no link leads nowhere."""

import re
from collections import Counter
from collections.abc import Collection
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys import copies, questions
from jalon.juries.actions import declare
from jalon.law.vocabulary import Accompaniment, Act, Route
from jalon.people.models import User
from jalon.support import groups, notes, surveys
from jalon.support.planning import book
from jalon.support.queries import offered
from jalon.support.workshops import enrol
from jalon.web.saved_views import keep
from tests.access.test_matrix import EXPECTED, OPEN
from tests.catalogue.exports import an_export_to_confirm
from tests.catalogue.formers import former_bloc
from tests.support.agenda import opened
from tests.support.attendance import attended_today
from tests.support.companies import a_group
from tests.support.covers import replacement
from tests.support.messages import a_message
from tests.support.plans import planned_action
from tests.support.rehearsing import shared_grid, written_grid
from tests.support.rooms import a_workshop
from tests.writing.helped import a_text_typed

pytestmark = pytest.mark.django_db

#: Pages of one kind opened by a person: enough to meet each, not every row of a list.
OF_A_KIND = 8
#: How many of a kind somebody opens once others, who read the same, went through that kind.
AGAIN = 2
#: What says the same to everybody.
SAID_TO_ALL = ("public:", "law:")
#: Where everybody may start; a person signed in starts from where signing in leads.
DOORS = ("/", "/ensuite/")
#: Reached by signing in, by a machine, by the link of a mail, in the demonstration only, from a line that lacks its proof,
#: from a complaint told to an organisation that was left, or by the button that does something to many files.
NOT_LINKED = {
    "public:after_sign_in",
    "account_request_login_code",
    "account_confirm_login_code",
    "health",
    "metrics",
    "public:booking",
    "public:move_booking",
    "public:cancel_booking",
    "public:earlier",
    "public:earlier_offer",
    "public:goes_on",
    "public:stops",
    "public:employer",
    "public:aid",
    "public:aid_text",
    "public:aid_voice",
    "public:feed",
    "public:offline",
    "public:sign",
    "architect:several",
    "architect:several_done",
    "office:handed_over",
    "demo:sign_in",
    "demo:mails",
    "dossiers:join_proof",
    "dossiers:answer_complaint",
}


class Walker:
    """Follows every link a person is shown, a few pages of each kind."""

    def __init__(self, person: User | None, known: Collection[str] = ()) -> None:
        self.client = Client()
        if person:
            self.client.force_login(person)
        self.seen: set[str] = set()
        self.kinds: Counter[str] = Counter()
        self.dead: list[str] = []
        self.known = known

    def scenario(self, *starts: str) -> set[str]:
        """Follow the links from these pages, and return the names of the pages reached."""
        waiting = list(starts)
        while waiting:
            address = waiting.pop(0)
            if address in self.seen:
                continue
            self.seen.add(address)
            waiting += self.open(address)
        return set(self.kinds)

    def open(self, address: str) -> list[str]:
        """Open a page and return where its links lead."""
        try:
            name = resolve(urlsplit(address).path).view_name
        except Resolver404:
            self.dead.append(address)
            return []
        if self.kinds[name] >= (AGAIN if name in self.known else OF_A_KIND):
            return []
        answer = self.client.get(address)
        self.kinds[name] += 1
        if answer.status_code in (301, 302):
            return [urljoin(address, answer["Location"])]
        if answer.status_code != OPEN:
            self.dead.append(f"{answer.status_code} {address}")
        if not answer["Content-Type"].startswith("text/html"):
            return []
        found = re.findall(r'<a\s[^>]*href="([^"#]+)"', answer.content.decode())
        links = [urljoin(address, unescape(link)) for link in found]
        return [link for link in links if link.startswith("/")]


@pytest.fixture
def office(demo: DemoPeople, scenario: Scenario) -> list[Scenario]:
    """A file at each turn of a journey: every page has something to show."""
    to_meet = Scenario(demo, scenario.certification, scenario.at).register().take_charge()
    to_answer = (
        Scenario(demo, scenario.certification, scenario.at).to_path_accepted().fill_feasibility()
    )
    to_write = (
        Scenario(demo, scenario.certification, scenario.at).to_admissible().write_validation()
    )
    to_convene = Scenario(demo, scenario.certification, scenario.at).to_validation_sent()
    to_convene.certifier(Act.ACCEPT_VALIDATION)
    partial = Scenario(demo, scenario.certification, scenario.at)
    partial.to_result(scenario.certification.blocs.values_list("code", flat=True)[:1])
    heard = Scenario(demo, scenario.certification, scenario.at).to_scheduled()
    of_2002 = Scenario(
        demo,
        Certification.objects.get(code="RNCP41814"),
        scenario.at,
        route=Route.LAW_2002,
        accompaniment=Accompaniment.ALONE,
    ).register()
    an_export_to_confirm()
    timekeeper.travel(
        max(one.at for one in (to_meet, to_answer, to_write, to_convene, partial, heard))
    )
    for architect in demo.architects:
        opened(architect, demo.accompanist)
    return [of_2002, to_meet, to_answer, to_write, to_convene, partial, heard]


def work_of_a_team(demo: DemoPeople, met: Scenario, sent: Scenario) -> None:
    """Let a team have workshops, a company's group, notes, messages, a question to the certifier, a replacement and a view of its list."""
    enrol(a_workshop(met, seats=9).pk, met.journey.pk, met.person)
    attended_today(met)
    groups.join(met.journey.pk, a_group(met).code, met.person)
    notes.write(met.journey.pk, met.architect, "Préfère le téléphone.")
    a_message(met, file=True)
    questions.ask(sent.journey.pk, sent.architect, "La pièce suffit-elle ?")
    planned_action(sent.journey)
    shared_grid(sent)
    written_grid(sent)
    first, second = demo.architects[:2]
    replacement(first, second, starts=30)
    keep(demo.head, "Toute l’équipe", "filtre=en-cours&tous=1", shared=True)


def test_every_page_is_reached_by_links_and_none_leads_nowhere(
    office: list[Scenario], demo: DemoPeople
) -> None:
    hearing = office[-1].current_hearing()
    timekeeper.travel(
        timekeeper.now().replace(
            year=hearing.session.held_on.year,
            month=hearing.session.held_on.month,
            day=hearing.session.held_on.day,
        )
    )
    alone = [
        None,
        *(one.person for one in office),
        demo.head,
        demo.officer,
        demo.jurors[0].user,
        demo.administrator,
    ]
    for one in (office[1], office[-1]):
        book(one.journey.pk, offered(one.person, one.journey)[0].key, one.person)
    work_of_a_team(demo, office[1], office[-1])
    a_text_typed(office[3])
    copies.make(copies.ask(office[-1].person))
    surveys.ask(office[5].journey, demo.accompanist.pk)
    declare(hearing, demo.jurors[2].user, related=True, detail="Ancien collègue.")
    former_bloc(demo.certifier)
    reached: set[str] = set()
    dead: list[str] = []
    for group in (*([one] for one in alone), demo.architects):
        known = {name for name in reached if name.startswith(SAID_TO_ALL)}
        for person in group:
            walker = Walker(person, known)
            known |= walker.scenario(*DOORS)
            dead += [f"{person}: {address}" for address in walker.dead]
        reached |= known
    wanted = {name for name, expected in EXPECTED.items() if not expected.post_only} - NOT_LINKED
    assert dead == []
    assert wanted - reached == set()


def test_a_walker_notices_a_link_that_leads_nowhere(demo: DemoPeople) -> None:
    walker = Walker(None)
    walker.scenario("/nulle-part/")
    assert walker.dead == ["/nulle-part/"]
