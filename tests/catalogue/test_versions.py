"""A sheet that changes gets a new version; what was written of the one before stays."""

from dataclasses import replace

import pytest

from jalon.catalogue.actions import load
from jalon.catalogue.models import Bloc, Certification, Competence
from jalon.catalogue.versions import BlocText, renew, written
from jalon.demo.scenario import Scenario

CODE = "RNCP38622"
OFFICIAL = (
    BlocText(
        f"{CODE}BC01",
        "Préparer la fabrication",
        ("Réaliser le programme d’usinage", "Lire un plan"),
    ),
    BlocText(f"{CODE}BC02", "Usiner une pièce", ("Contrôler l’usinage d’une pièce",)),
)


@pytest.mark.django_db
@pytest.mark.rule("R-131")
def test_a_sheet_that_changed_has_a_new_version_beside_the_old_one() -> None:
    load()
    before = list(Bloc.objects.filter(certification__code=CODE))
    assert [one.code for one in renew({CODE: OFFICIAL})] == [CODE]
    sheet = Certification.objects.get(code=CODE)
    assert sheet.version == 2
    assert written(sheet.blocs) == list(OFFICIAL)
    assert list(sheet.every_bloc.filter(version=1)) == before


@pytest.mark.django_db
@pytest.mark.rule("R-131")
def test_a_sheet_that_asks_the_same_keeps_its_version() -> None:
    load()
    renew({CODE: OFFICIAL})
    assert renew({CODE: OFFICIAL}) == []
    assert renew({CODE: (replace(OFFICIAL[0], title="Autre"), OFFICIAL[1])})
    assert Certification.objects.get(code=CODE).version == 3


@pytest.mark.django_db
@pytest.mark.rule("R-131")
def test_a_competence_that_keeps_its_title_keeps_the_criteria_of_its_certifier() -> None:
    load()
    old = Competence.objects.get(
        bloc__certification__code=CODE, title="Réaliser le programme d’usinage"
    )
    old.criteria.create(text="Le programme tourne sans collision.", position=1)
    renew({CODE: OFFICIAL})
    new = Competence.objects.filter(bloc__certification__code=CODE, bloc__version=2)
    texts = {one.title: [criterion.text for criterion in one.criteria.all()] for one in new}
    assert texts == {
        "Réaliser le programme d’usinage": ["Le programme tourne sans collision."],
        "Lire un plan": [],
        "Contrôler l’usinage d’une pièce": [],
    }


@pytest.mark.rule("R-131")
def test_a_journey_under_way_keeps_the_blocs_it_began_with(scenario: Scenario) -> None:
    scenario.to_ready()
    began_with = list(scenario.journey.targeted.all())
    code = scenario.certification.code
    renew({code: (BlocText(f"{code}BC01", "Assembler", ("Riveter",)),)})
    scenario.send_feasibility()
    scenario.journey.refresh_from_db()
    assert list(scenario.journey.blocs) == began_with
    assert list(scenario.journey.targeted.all()) == began_with
    assert scenario.journey.filed_referential != scenario.journey.certification.referential
