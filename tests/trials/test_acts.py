"""Every act of the table, by who may do it: what the law lets through, one field spoilt, is never an error 500.

`test_hostile.py` sends rubbish to the forms that links lead to; here the rest of the form is right, so that what
is spoilt goes as far as the law and the columns.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product

import pytest
from django.db import transaction
from django.test import Client

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.drivers.fields import Fields, fields_of, report_fields
from jalon.demo.drivers.pages import act_page
from jalon.demo.people import OUTSIDE
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys import queries
from jalon.journeys.models import Journey
from jalon.journeys.snapshot import snapshot
from jalon.law import facts
from jalon.law.transitions import Transition
from jalon.law.vocabulary import Accompaniment, Act, Role, Route
from jalon.people.models import User
from tests.conftest import TODAY
from tests.journeys.test_every_row import BY_PREFERENCE, CODES, brought, person, stops
from tests.trials.evil import EVIL
from tests.trials.measure import WHOLE, sample, say
from tests.trials.pages import read

pytestmark = [pytest.mark.long, pytest.mark.django_db]

#: Who goes through the pages of a journey; a juror has pages of their own.
ACTING = (Role.CANDIDATE, Role.ARCHITECT, Role.HEAD, Role.CERTIFIER, Role.ADMINISTRATOR)
#: The longest text that a form takes in: no column on one line holds it.
LONG = "A" * 70_000


@dataclass
class Spoiler:
    """Somebody who opens the form of each act that is offered, and spoils it."""

    tried: set[Act] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def everything_offered(self, scenario: Scenario, role: Role) -> None:
        """Try each act that a person may do on a journey, or write down for who is elsewhere."""
        who = person(scenario, role)
        assert who
        timekeeper.travel(scenario.at + timedelta(minutes=5))
        position = queries.position(who, Journey.objects.get(pk=scenario.journey.pk))
        for row in (*position.acts, *position.reports):
            if row.act not in self.tried:
                self.form_of(row, scenario, who, reported=row in position.reports)

    def form_of(self, row: Transition, scenario: Scenario, who: User, *, reported: bool) -> None:
        """Spoil each field of the form of an act in turn, where it has a page."""
        role = next(one for one in BY_PREFERENCE if one in row.by)
        case = snapshot(Journey.objects.get(pk=scenario.journey.pk), role)
        asked = brought(scenario, row, case)
        address, client = act_page(scenario.journey, row.act, asked), Client()
        client.force_login(who)
        client.raise_request_exception = False
        answer = client.get(address)
        shown = [one for one in read(answer.content.decode()).forms if one.method == "post"]
        if answer.status_code != 200 or not shown:
            return
        self.tried.add(row.act)
        said = {name: value for name, value in fields_of(asked, scenario.journey).items() if value}
        right = shown[-1].filled() | said | (report_fields(case.today) if reported else {})
        self.send(client, address, right)
        for name, value in sample(product(shown[-1].values, (LONG, *EVIL)), one_in=83):
            self.send(client, address, right | {name: value}, f"{name}={value[:20]!r}")

    def send(self, client: Client, address: str, said: Fields, what: str = "as it is") -> None:
        """Send a form, note how it was answered, and undo it."""
        with transaction.atomic():
            status = client.post(address, said).status_code
            transaction.set_rollback(True)
        self.counts["requests"] += 1
        self.counts[f"answered {status // 100}xx"] += 1
        if status >= 500:
            self.failed.append(f"{address} {what} answered {status}")


def outside_stops(scenario: Scenario) -> Iterator[Scenario]:
    """Walk a journey whose certifier does not work here, stopping where somebody writes down what it did."""
    yield scenario.to_ready()
    yield deposited(scenario, Act.DEPOSIT_FEASIBILITY)
    yield scenario.wait(5).note(Act.DECLARE_COMPLETE, facts.Receipt(scenario.at.date()))
    yield scenario.wait(5).note(Act.DECLARE_ADMISSIBLE)
    yield deposited(scenario, Act.DEPOSIT_VALIDATION)
    summons = facts.SummonsElsewhere(scenario.at.date(), "1 rue de l’Exemple")
    yield scenario.note(Act.NOTE_SUMMONS, summons)
    won = (scenario.journey.targeted.earliest("position").code,)
    result = facts.JuryElsewhere(held_on=scenario.at.date(), won=won)
    yield scenario.note(Act.NOTE_RESULT, result)


def deposited(scenario: Scenario, name: Act) -> Scenario:
    """Somebody writes down that a file was deposited today."""
    return scenario.do(name, scenario.architect, facts.Deposit(scenario.at.date()))


SHAPES = ((Route.FRANCE_VAE, Accompaniment.ACCOMPANIED), (Route.LAW_2002, Accompaniment.ALONE))


@pytest.mark.parametrize(("route", "accompaniment"), SHAPES if WHOLE else SHAPES[:1])
def test_no_act_fails_whatever_is_typed_in_its_form(
    demo: DemoPeople, route: Route, accompaniment: Accompaniment
) -> None:
    spoiler, sheet = Spoiler(), Certification.objects.get(code=CODES[route])
    walked = Scenario(demo, sheet, TODAY, route=route, accompaniment=accompaniment)
    for scenario in stops(walked):
        for role in ACTING:
            if role != Role.HEAD or scenario.accompanied:
                spoiler.everything_offered(scenario, role)
    say(f"acts, {route.label}", spoiler.counts)
    assert spoiler.failed == []
    assert len(spoiler.tried) > 60


def test_nothing_written_down_of_a_certifier_elsewhere_fails(demo: DemoPeople) -> None:
    spoiler = Spoiler()
    for scenario in outside_stops(Scenario(demo, Certification.objects.get(code=OUTSIDE), TODAY)):
        spoiler.everything_offered(scenario, Role.ARCHITECT)
    say("acts, elsewhere", spoiler.counts)
    assert spoiler.failed == []
    assert spoiler.tried >= {Act.DECLARE_ADMISSIBLE, Act.NOTE_SUMMONS, Act.NOTE_RESULT}
