"""The result says what is acquired and what is left; certificate, attestations and plan follow."""

import pytest

from jalon.demo import texts
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.law.facts import Reason
from jalon.law.vocabulary import Accompaniment, Act, Route, Scope
from jalon.people.models import CandidateProfile, Organisation
from tests.conftest import TODAY
from tests.documents.reading import printed, words_of

pytestmark = pytest.mark.django_db


@pytest.mark.rule("R-074", "R-083")
def test_a_partial_result_names_what_is_acquired_and_what_is_left(scenario: Scenario) -> None:
    first, *others = scenario.certification.blocs.order_by("position")
    scenario.to_result([first.code])
    words = printed(scenario, "result")
    assert words.index("Blocs acquis") < words.index(first.title) < words.index("Ce qui reste")
    assert all(words.index("Ce qui reste") < words.index(one.title) for one in others)
    assert "à confirmer par le certificateur" in words


@pytest.mark.rule("R-073", "R-080")
def test_the_certificate_waits_for_every_bloc_and_each_bloc_has_its_attestation(
    scenario: Scenario,
) -> None:
    first = scenario.certification.blocs.values_list("code", flat=True)[:1]
    scenario.to_result(first).do(Act.REQUEST_DOCUMENTS, scenario.person)
    scenario.certifier(Act.ISSUE_DOCUMENTS)
    scenario.run_pending_jobs()
    kinds = list(
        scenario.journey.documents.filter(entry__act="issue_documents").values_list(
            "kind", flat=True
        )
    )
    assert kinds == ["attestation"]
    scenario.wait(8).post_jury().next_attempt().wait(30).write_validation().wait(
        3
    ).send_validation()
    scenario.wait(5).certifier(Act.ACCEPT_VALIDATION).wait(4).convene().deliberate().wait(
        6
    ).notify()
    scenario.do(Act.REQUEST_DOCUMENTS, scenario.person)
    scenario.certifier(Act.ISSUE_DOCUMENTS)
    assert scenario.certification.title in printed(scenario, "certificate")
    codes = set(scenario.journey.awards.values_list("verification_code", flat=True))
    shown = [
        words_of(one.file.open("rb").read())
        for one in scenario.journey.documents.filter(kind="attestation")
    ]
    assert all(any(code in words for words in shown) for code in codes)


def test_a_certificate_aimed_at_by_blocs_only_is_never_printed(
    demo: DemoPeople, scenario: Scenario
) -> None:
    one = scenario.certification.blocs.first()
    by_bloc = Scenario(
        demo,
        scenario.certification,
        TODAY,
        route=Route.FRANCE_VAE,
        scope=Scope.BLOCS,
        blocs=(one.code,),
    )
    by_bloc.to_result()
    by_bloc.do(Act.REQUEST_DOCUMENTS, by_bloc.person)
    by_bloc.certifier(Act.ISSUE_DOCUMENTS)
    by_bloc.run_pending_jobs()
    kinds = set(by_bloc.journey.documents.values_list("kind", flat=True))
    assert "attestation" in kinds
    assert "certificate" not in kinds


@pytest.mark.rule("R-081")
def test_the_post_jury_plan_says_what_to_do_for_each_missing_bloc(scenario: Scenario) -> None:
    first, *missing = scenario.certification.blocs.order_by("position")
    scenario.to_result([first.code]).wait(8).post_jury()
    words = printed(scenario, "plan")
    assert "Retour sur l’entretien et les gestes attendus." in words
    assert words.count("S’entraîner sur le poste avec le tuteur") == len(missing)
    assert all(" ".join(bloc.title.split()) in words for bloc in missing)


@pytest.mark.rule("R-073", "R-080")
def test_the_certificate_counts_a_bloc_from_elsewhere_and_names_the_civil_status(
    scenario: Scenario,
) -> None:
    *first, last = scenario.certification.blocs.order_by("position")
    scenario.to_result([bloc.code for bloc in first]).wait(40)
    CandidateProfile.objects.filter(user=scenario.person).update(birth_name="Naissance")
    scenario.hold_elsewhere(last.code).recognise(last.code).certifier(Act.AWARD_BY_BLOCS)
    scenario.do(Act.REQUEST_DOCUMENTS, scenario.person).certifier(Act.ISSUE_DOCUMENTS)
    words = printed(scenario, "certificate")
    assert "Nom de naissance Naissance" in words
    assert "Né(e) le" in words
    assert "Titre professionnel, autre centre" not in words
    assert " ".join(last.title.split()) in words


@pytest.mark.rule("R-073")
def test_a_result_counts_what_was_obtained_on_an_earlier_journey(
    demo: DemoPeople, scenario: Scenario
) -> None:
    *first, last = scenario.certification.blocs.order_by("position")
    scenario.to_result([bloc.code for bloc in first]).wait(150)
    scenario.do(Act.PURSUE_PLAN_B, scenario.person, Reason("Je reprendrai plus tard."))
    later = Scenario(
        demo,
        scenario.certification,
        scenario.at,
        scope=Scope.BLOCS,
        blocs=(last.code,),
        candidate=scenario.person,
    )
    later.to_result()
    words = printed(later, "result")
    assert "Ce qui reste à obtenir" not in words
    assert all(" ".join(bloc.title.split()) in words for bloc in (*first, last))
    later.do(Act.REQUEST_DOCUMENTS, later.person).certifier(Act.ISSUE_DOCUMENTS)
    assert scenario.certification.title in printed(later, "certificate")


@pytest.mark.rule("R-074", "R-079")
def test_a_result_says_why_how_to_contest_whom_to_call_and_who_signs(scenario: Scenario) -> None:
    first = scenario.certification.blocs.first()
    Organisation.objects.filter(pk=scenario.demo.certifier.pk).update(phone="02 00 00 00 00")
    scenario.to_result([first.code])
    words = printed(scenario, "result")
    assert texts.GROUND in words
    assert "Faire une réclamation" in words and "02 00 00 00 00" in words
    assert f"{scenario.demo.officer.get_full_name()}, pour" in words
    assert "le Code du travail n’en fixe aucune" in words


@pytest.mark.rule("R-081")
def test_a_result_promises_no_meeting_to_somebody_alone(
    demo: DemoPeople, scenario: Scenario
) -> None:
    alone = Scenario(demo, scenario.certification, TODAY, accompaniment=Accompaniment.ALONE)
    alone.to_result([])
    words = printed(alone, "result")
    assert "entretien" not in words
    assert "nouveau passage" in words


@pytest.mark.rule("R-085")
def test_a_result_under_a_reserve_names_it_and_gives_no_certificate(scenario: Scenario) -> None:
    scenario.to_scheduled().deliberate(condition="Habilitation électrique").wait(6).notify()
    assert "Habilitation électrique" in printed(scenario, "result")
    scenario.do(Act.REQUEST_DOCUMENTS, scenario.person).certifier(Act.ISSUE_DOCUMENTS)
    assert "Habilitation électrique" in printed(scenario, "attestation")
    assert not scenario.journey.documents.filter(kind="certificate").exists()
