"""A sheet that the register stops or shortens: files under way are told, and keep their blocs (R-131)."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest

from jalon import now as timekeeper
from jalon.catalogue.models import Certification, RegisterImport
from jalon.catalogue.rncp import plan
from jalon.catalogue.rncp.export import ExportRefused
from jalon.catalogue.rncp.plan import Plan
from jalon.demo.scenario import Scenario
from jalon.journeys import queries, sheets
from jalon.law.facts import Leaving, SheetShortened
from jalon.law.vocabulary import Accompaniment, Act, DropOutReason, Event, Role
from jalon.mailbox.models import Notice
from tests.catalogue import exports
from tests.catalogue.exports import Made
from tests.law.cases import SHEET, TODAY, ready_to_send

pytestmark = pytest.mark.rule("R-131")


def official(scenario: Scenario) -> Made:
    """Return the sheet of a scenario as the register would publish it, with other blocs."""
    code = scenario.certification.code
    return Made(
        code, "Certification", ends_on="31/12/2029", deliverable_until="31/12/2030"
    ).with_blocs("- Préparer le poste", "- Contrôler la pièce")


def imported(*made: Made, day: str = "2027-03-01", by: object = None) -> Plan:
    """Take in an export that holds these sheets."""
    content = exports.zipped(exports.xml(made))
    reading = plan.read_file(io.BytesIO(content), f"export-fiches-rncp-v4-1-{day}.zip")
    return sheets.take_in(plan.keep(reading), by)  # type: ignore[arg-type]


def told(scenario: Scenario) -> set[str]:
    """Return who was told that the sheet of a scenario was shortened."""
    scenario.run_pending_jobs()
    notices = Notice.objects.filter(message="sheet_shortened", entry__journey=scenario.journey)
    return {one.person.email for one in notices}


def test_a_sheet_that_ends_earlier_is_told_to_the_architect_and_the_certifier(
    scenario: Scenario,
) -> None:
    scenario.to_complete()
    imported(official(scenario))
    assert told(scenario) == set()
    with timekeeper.at(scenario.at):
        imported(replace(official(scenario), ends_on="30/06/2027"), by=scenario.demo.administrator)
    assert told(scenario) == {scenario.architect.email, scenario.demo.officer.email}
    entry = scenario.journey.journal.get(event=Event.SHEET_SHORTENED)
    assert (entry.author, entry.role) == (scenario.demo.administrator, Role.ADMINISTRATOR)
    assert entry.facts_as(SheetShortened).now.ends_on.isoformat() == "2027-06-30"


def test_a_certifier_that_was_asked_nothing_yet_is_told_nothing(scenario: Scenario) -> None:
    scenario.to_ready()
    imported(official(scenario))
    imported(replace(official(scenario), active="Non", ends_on="01/03/2027"))
    assert told(scenario) == {scenario.architect.email}


def test_who_goes_alone_is_told_themselves(scenario: Scenario) -> None:
    alone = Scenario(
        scenario.demo, scenario.certification, scenario.at, accompaniment=Accompaniment.ALONE
    )
    alone.to_ready()
    imported(official(alone))
    imported(replace(official(alone), ends_on="30/06/2027"))
    assert told(alone) == {alone.person.email}


def test_the_file_says_that_its_sheet_was_shortened_until_the_register_takes_it_back(
    scenario: Scenario,
) -> None:
    scenario.to_complete()

    def warned() -> str:
        journey = queries.journey(scenario.architect, scenario.journey.pk, what="essai")
        found = queries.position(scenario.architect, journey).warnings
        return " ".join(one.why for one in found if one.rule == "R-131")

    imported(official(scenario))
    assert warned() == ""
    imported(replace(official(scenario), ends_on="30/11/2027"))
    assert "prend fin le 30 novembre 2027 au lieu du 31 décembre 2029" in warned()
    imported(official(scenario))
    assert warned() == ""


def test_a_file_that_came_to_an_end_is_left_alone(scenario: Scenario) -> None:
    scenario.to_ready()
    scenario.do(Act.DROP_OUT, scenario.person, Leaving(DropOutReason.TIME))
    imported(official(scenario))
    imported(replace(official(scenario), active="Non"))
    assert not scenario.journey.journal.filter(event=Event.SHEET_SHORTENED).exists()


def test_a_journey_under_way_goes_to_the_end_with_the_blocs_it_began_with(
    scenario: Scenario,
) -> None:
    scenario.to_complete()
    before = list(scenario.journey.targeted.values_list("code", flat=True))
    imported(official(scenario))
    scenario.wait(25).admissible().wait(80).write_validation().wait(3).send_validation()
    scenario.wait(5).certifier(Act.ACCEPT_VALIDATION).wait(4).convene()
    scenario.deliberate().wait(6).notify()
    assert sorted(scenario.journey.awards.values_list("bloc__code", flat=True)) == sorted(before)
    newcomer = Scenario(
        scenario.demo, Certification.objects.get(code=scenario.certification.code), scenario.at
    )
    newcomer.register()
    code = scenario.certification.code
    assert list(newcomer.journey.targeted.values_list("code", flat=True)) == [
        f"{code}BC01",
        f"{code}BC02",
    ]


def test_a_preview_names_the_files_concerned_and_writes_nothing(scenario: Scenario) -> None:
    scenario.to_complete()
    imported(official(scenario))
    content = exports.xml([replace(official(scenario), active="Non")])
    seen = plan.compared(plan.read_file(io.BytesIO(content), "export.xml"))
    [named] = sheets.concerned(seen.changes).values()
    assert named == [scenario.journey]
    assert Certification.objects.get(code=scenario.certification.code).active
    assert not scenario.journey.journal.filter(event=Event.SHEET_SHORTENED).exists()


@pytest.mark.django_db
def test_what_was_read_before_another_import_is_judged_again(scenario: Scenario) -> None:
    late = plan.keep(
        plan.read_file(io.BytesIO(exports.xml([official(scenario)])), "export-rncp-2027-02-01.xml")
    )
    RegisterImport.objects.create(
        format="XML",
        name="autre",
        day="2027-02-28",
        total=1,
        read_at=timekeeper.now(),
        applied_at=timekeeper.now(),
    )
    with pytest.raises(ExportRefused, match="plus ancien"):
        sheets.take_in(late, None)
    assert not Certification.objects.filter(imported_on__isnull=False).exists()


@pytest.mark.rule("R-011", "R-012")
def test_an_end_that_is_announced_is_not_announced_twice() -> None:
    ending = replace(SHEET, ends_on=TODAY + timedelta(days=30))
    assert [one.rule for one in queries.warnings(ready_to_send(sheet=ending))] == ["R-011"]
    both = replace(ending, deliverable_until=TODAY + timedelta(days=60))
    rules = [one.rule for one in queries.warnings(ready_to_send(sheet=both))]
    assert rules == ["R-012", "R-011"]
