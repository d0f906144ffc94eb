"""The feasibility file: what was filled in, nothing foreign, the same for a page and a paper."""

import pytest

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.documents.generated.feasibility import feasibility_sections
from jalon.law.facts import Missing
from jalon.law.vocabulary import Accompaniment, Act, Route, Scope
from jalon.writing import drafts
from tests.conftest import TODAY
from tests.documents.reading import printed

pytestmark = pytest.mark.django_db


@pytest.mark.rule("R-013", "R-037")
def test_the_feasibility_file_says_what_was_filled_in_and_nothing_of_other_diplomas(
    scenario: Scenario,
) -> None:
    scenario.to_ready().send_feasibility()
    words = printed(scenario, "feasibility")
    journey = scenario.journey
    profile = journey.candidate.candidate_profile
    experience = journey.experiences.first()
    for expected in (
        journey.certification.code,
        profile.birth_name,
        "4 mai 1985",
        profile.nationality,
        "Niveau 3 (CAP, BEP)",
        experience.title,
        journey.feasibility.goals,
        *(bloc.title for bloc in journey.targeted.all()),
        "Je déclare sur l’honneur",
        "Heures individuelles",
        "Heures par semaine",
        "carte d’identité.pdf",
        "Favorable",
        scenario.person.get_full_name(),
    ):
        assert " ".join(str(expected).split()) in words, expected
    for foreign in ("Parcours :", "Option", "Langue"):
        assert foreign not in words


def test_a_file_still_being_written_has_its_sections(scenario: Scenario) -> None:
    scenario.to_path_accepted()
    titles = [section.title for section in feasibility_sections(scenario.journey)]
    assert titles == [
        "Certification visée",
        "Prérequis",
        "Candidat",
        "Expériences",
        "Blocs et compétences",
        "Formations",
        "Accompagnement et avis",
        "Documents joints",
        "Déclaration sur l’honneur",
    ]


def test_a_candidate_alone_has_no_section_on_accompaniment(
    demo: DemoPeople, scenario: Scenario
) -> None:
    alone = Scenario(
        demo,
        scenario.certification,
        TODAY,
        route=Route.FRANCE_VAE,
        scope=Scope.WHOLE,
        accompaniment=Accompaniment.ALONE,
    ).register()
    titles = [section.title for section in feasibility_sections(alone.journey)]
    assert "Formations" in titles and "Accompagnement et avis" not in titles


@pytest.mark.rule("R-017")
def test_what_was_signed_keeps_its_civil_status_when_another_journey_changes_it(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_ready()
    other = Scenario(
        demo,
        Certification.objects.get(code="RNCP39883"),
        scenario.at,
        accompaniment=Accompaniment.ALONE,
        candidate=scenario.person,
    ).register()
    with timekeeper.at(scenario.at):
        changed = {"birth_name": "Autrement", "town": "Ailleurs"}
        drafts.save_profile(other.journey.pk, scenario.person, changed)
    scenario.send_feasibility()
    words = printed(scenario, "feasibility")
    assert "Autrement" not in words and "Ailleurs" not in words
    (who,) = [one for one in feasibility_sections(other.journey) if one.title == "Candidat"]
    assert "Autrement" in str(who)
    scenario.wait(5).certifier(Act.DECLARE_INCOMPLETE, Missing(("Justificatif",)))
    scenario.sign(Act.CONFIRM_FEASIBILITY).send_feasibility()
    assert "Autrement" in printed(scenario, "feasibility")
