"""The candidate's space: registering, and where one stands."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.urls import reverse

from jalon import now as timekeeper
from jalon.catalogue.actions import load
from jalon.catalogue.models import Certification
from jalon.demo import texts
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.models import AdmissibilityDecision
from jalon.law import calendar
from jalon.law.clocks import french, french_hour
from jalon.law.facts import AdjustmentRequest, Leaving, Missing, Reason
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    AdjustedStep,
    AdjustmentKind,
    DocumentKind,
    DropOutReason,
    Role,
    Stage,
)
from jalon.people.actions import admit
from jalon.people.models import Organisation, User
from jalon.people.policy import roles
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db


def filled_buttons(page: str) -> list[str]:
    """Return what the filled buttons of a page say."""
    found = re.findall(r'<a\s+class="button\s*"\s+href="[^"]*"\s*>([^<]+)</a', page)
    return [" ".join(one.split()) for one in found]


def home(scenario: Scenario) -> str:
    """Return the candidate's page, on the day they have come to."""
    timekeeper.travel(scenario.at)
    return browser(scenario.person).get(reverse("candidate:home")).content.decode()


def test_before_any_certifier_a_candidate_is_told_so(db: None) -> None:
    load()
    newcomer = User.objects.create_user("une@exemple.fr", first_name="Une", last_name="Exemple")
    said = {"accompaniment": "alone", "scope": "whole", "consent": "on"}
    page = browser(newcomer).post(reverse("candidate:start", args=["RNCP38901"]), said)
    assert "pas encore ouvert" in page.content.decode()


def test_the_day_of_the_jury_comes_before_every_other_card_once_it_is_fixed(
    scenario: Scenario,
) -> None:
    scenario.to_scheduled()
    page = home(scenario)
    cards = re.findall(r'<h2 id="([a-z-]+)"', page.split('aria-labelledby="ensuite"')[-1])
    assert "jury" in cards and "heures" in cards
    assert cards.index("jury") < cards.index("heures")
    assert re.search(r"<strong>(Lundi|Mardi|Mercredi|Jeudi|Vendredi|Samedi|Dimanche) ", page)


def test_an_open_journey_is_resumed_never_doubled(scenario: Scenario) -> None:
    scenario.register()
    again = browser(scenario.person).get(
        reverse("candidate:start", args=[scenario.certification.code])
    )
    assert again["Location"] == reverse("candidate:journey", args=[scenario.journey.pk])


def test_a_proposed_path_is_answered_before_anything_is_written(scenario: Scenario) -> None:
    scenario.register().take_charge().first_meeting().propose_path()
    page = home(scenario)
    assert "Lisez le parcours proposé et donnez votre réponse." in page
    assert page.index(Act.ACCEPT_PATH.label) < page.index("Mon dossier de faisabilité")


def test_sending_is_offered_once_the_file_is_signed(scenario: Scenario) -> None:
    scenario.to_path_accepted().fill_feasibility().give_opinion()
    assert Act.SEND_FEASIBILITY.label not in home(scenario)
    scenario.sign(Act.CONFIRM_FEASIBILITY)
    assert Act.SEND_FEASIBILITY.label in home(scenario)


def test_documents_are_asked_for_once_then_awaited(scenario: Scenario) -> None:
    scenario.to_result()
    assert Act.REQUEST_DOCUMENTS.label in home(scenario)
    scenario.do(Act.REQUEST_DOCUMENTS, scenario.person)
    page = home(scenario)
    assert Act.REQUEST_DOCUMENTS.label not in page
    assert "Le certificateur prépare votre certificat ou vos attestations." in page


@pytest.mark.rule("R-078", "R-079")
def test_nothing_of_a_result_is_read_before_it_is_notified(scenario: Scenario) -> None:
    scenario.to_scheduled().deliberate().run_pending_jobs()
    bloc = scenario.certification.blocs.first()
    pages = {scenario.person: reverse("candidate:home")}
    pages[scenario.architect] = reverse("dossiers:journey", args=[scenario.journey.pk])

    def said() -> list[str]:
        timekeeper.travel(scenario.at)
        return [browser(who).get(page).content.decode() for who, page in pages.items()]

    assert all("Blocs acquis" not in page for page in said())
    assert all(DocumentKind.MINUTES.label not in page for page in said())
    scenario.wait(6).notify().run_pending_jobs()
    assert all("Blocs acquis" in page and bloc.title in page for page in said())
    assert all(DocumentKind.MINUTES.label not in page for page in said())


@pytest.mark.rule("R-080")
def test_documents_asked_for_are_still_awaited_once_a_second_attempt_is_opened(
    scenario: Scenario,
) -> None:
    first = scenario.certification.blocs.first()
    scenario.to_result([first.code]).do(Act.REQUEST_DOCUMENTS, scenario.person)
    scenario.wait(8).post_jury().next_attempt()
    assert "c’est au certificateur de les délivrer" in " ".join(home(scenario).split())
    scenario.certifier(Act.ISSUE_DOCUMENTS).run_pending_jobs()
    assert DocumentKind.ATTESTATION.label in home(scenario)


@pytest.mark.rule("R-055")
def test_a_file_that_was_put_away_is_opened_again_by_its_candidate(scenario: Scenario) -> None:
    first = scenario.certification.blocs.first()
    scenario.to_result([first.code]).wait(40)
    scenario.certifier(Act.ARCHIVE, Reason("Sans nouvelles."))
    assert Act.REOPEN.label in home(scenario)
    scenario.do(Act.REOPEN, scenario.person, Reason("Je veux repasser."))
    assert scenario.journey.stage == Stage.PARTIALLY_CERTIFIED


def test_a_second_attempt_finds_the_former_texts_the_reason_and_the_plan(
    scenario: Scenario,
) -> None:
    first = scenario.certification.blocs.first()
    scenario.to_result([first.code]).wait(8).post_jury().next_attempt()
    page = home(scenario)
    assert texts.GROUND in page and "S’entraîner sur le poste avec le tuteur" in page
    assert "C’est fait" in page
    sections = scenario.journey.attempt.validation.sections
    assert set(sections.values_list("actions", flat=True)) == {texts.ANSWERS["actions"]}


@pytest.mark.rule("R-073")
def test_a_bloc_from_elsewhere_is_said_with_its_proof_then_read_by_the_certifier(
    scenario: Scenario,
) -> None:
    scenario.to_admissible()
    timekeeper.travel(scenario.at)
    bloc = scenario.certification.blocs.last()
    address = reverse("dossiers:act", args=[scenario.journey.pk, "record_prior_bloc"])
    said = {"bloc": bloc.code, "where": "AFPI voisine", "obtained_on": "2026-06-30"}
    client = browser(scenario.person)
    assert "joignez l’attestation" in client.post(address, said).content.decode()
    proof = SimpleUploadedFile("attestation.pdf", texts.ONE_PAGE)
    assert client.post(address, said | {"proof": proof}).status_code == 302
    assert "À vérifier par le certificateur" in home(scenario)
    inbox = browser(scenario.demo.officer).get("/certificateur/?filtre=blocs").content.decode()
    assert scenario.person.last_name in inbox
    scenario.journey.refresh_from_db()
    scenario.recognise(bloc.code)
    page = home(scenario)
    assert "Blocs acquis" in page and "AFPI voisine" in page
    assert bloc.code not in scenario.journey.attempt.blocs.values_list("code", flat=True)


@pytest.mark.parametrize("tacit", [True, False])
def test_who_is_accepted_by_silence_reads_that_no_answer_is_a_yes(tacit: bool) -> None:
    decision = AdmissibilityDecision(admissible=True, tacit=tacit, decided_on=date(2026, 11, 14))
    said = " ".join(
        render_to_string("parts/decision.html", {"decision": decision, "gaps": []}).split()
    )
    assert "Recevable le 14 novembre 2026." in said
    assert ("sans réponse, c’est oui" in said) is tacit


def test_a_reserve_is_read_on_the_page_of_each_side(scenario: Scenario) -> None:
    scenario.to_scheduled().deliberate(condition="Habilitation électrique").wait(6).notify()
    assert "Habilitation électrique" in home(scenario)
    page = reverse("dossiers:journey", args=[scenario.journey.pk])
    assert "Habilitation électrique" in browser(scenario.architect).get(page).content.decode()


def test_what_is_left_to_obtain_is_told_after_a_partial_award(scenario: Scenario) -> None:
    first, *others = scenario.certification.blocs.order_by("position")
    scenario.to_result([first.code])
    page = home(scenario).split("Ce qui reste à obtenir")[1].split("</section>")[0]
    assert first.title not in page
    assert all(bloc.title in page for bloc in others)


def test_a_professional_who_prepares_a_vae_keeps_both_homes(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.register()
    admit(scenario.person, Role.JUROR, demo.certifier)
    person = User.objects.get(pk=scenario.person.pk)
    assert roles(person) == {Role.JUROR, Role.CANDIDATE}
    client = browser(person)
    assert client.get(reverse("candidate:home")).status_code == 200
    assert client.get(reverse("juror:home")).status_code == 200
    assert roles(demo.officer) == {Role.CERTIFIER}
    assert browser(demo.officer).get(reverse("candidate:home")).status_code == 404


def test_a_candidate_reads_how_to_reach_who_accompanies_them_and_is_reached(
    scenario: Scenario,
) -> None:
    scenario.to_ready()
    timekeeper.travel(scenario.at)
    scenario.architect.phone = "02 00 00 00 01"
    scenario.architect.save()
    home = browser(scenario.person).get(reverse("candidate:home")).content.decode()
    assert scenario.architect.email in home and "02 00 00 00 01" in home
    address = reverse("dossiers:journey", args=[scenario.journey.pk])
    page = browser(scenario.architect).get(address).content.decode()
    assert scenario.person.candidate_profile.phone in page


def test_who_goes_on_alone_is_told_how_to_reach_the_certifier_that_a_warning_names(
    scenario: Scenario,
) -> None:
    scenario.accompaniment = Accompaniment.ALONE
    scenario.register()
    Certification.objects.filter(pk=scenario.certification.pk).update(
        deliverable_until=timekeeper.today() + timedelta(days=20)
    )
    certifier = Organisation.objects.filter(pk=scenario.journey.certifier_id)
    certifier.update(phone="02 00 00 00 09", email="vae.certif@exemple.fr")
    warned = home(scenario)
    assert "C’est au certificateur de dire" in warned
    assert 'href="tel:0200000009"' in warned and "mailto:vae.certif@exemple.fr" in warned
    certifier.update(phone="", email="")
    assert "Pour lui parler, passez par" in home(scenario), "the house knows how"


def test_what_is_next_is_to_send_once_the_file_is_signed(scenario: Scenario) -> None:
    scenario.to_path_accepted().fill_feasibility().give_opinion().sign(Act.CONFIRM_FEASIBILITY)
    page = home(scenario)
    assert "il reste à l’envoyer" in page
    assert filled_buttons(page) == [Act.SEND_FEASIBILITY.label]


def test_somebody_alone_is_not_shown_a_first_meeting(demo: DemoPeople, scenario: Scenario) -> None:
    scenario.accompaniment = Accompaniment.ALONE
    scenario.register()
    page = home(scenario)
    assert "Premier rendez-vous" not in page
    assert "architecte" not in page.split("<main")[1].split("</main")[0].lower()


def test_the_last_step_is_done_once_the_result_is_notified(scenario: Scenario) -> None:
    first, *_ = scenario.certification.blocs.order_by("position")
    scenario.to_result([first.code])
    steps = home(scenario).split('class="steps across"')[1].split("</ol>")[0]
    assert "en cours" not in steps
    assert steps.count("fait") == 5


def test_what_is_to_be_done_says_by_when_it_was_planned(scenario: Scenario) -> None:
    scenario.to_admissible()
    timekeeper.travel(scenario.at)
    planned = scenario.journey.milestones.filter(kept_on=None).earliest("due_on")
    assert f"prévu pour le {french(planned.due_on)}" in home(scenario)


def test_a_step_whose_day_is_over_does_not_take_the_day_of_the_next_one(scenario: Scenario) -> None:
    scenario.to_admissible()
    sending = scenario.journey.milestones.get(title=calendar.VALIDATION_SENT)
    scenario.wait((sending.due_on - scenario.at.date()).days + 1)
    assert scenario.journey.milestones.filter(due_on__gte=scenario.at.date()).exists()
    assert "prévu pour le" not in home(scenario).split("Qui agit")[1].split("</p>")[0]


def test_a_fixed_jury_is_the_only_date_and_its_limit_stands_behind_why(scenario: Scenario) -> None:
    scenario.to_scheduled()
    hearing = scenario.current_hearing()
    page = home(scenario)
    before, why = page.split("Pourquoi à cette date", 1)
    assert french(hearing.session.held_on) in before
    assert french_hour(hearing.starts_at) in before
    assert "Le jury se tient avant" not in page
    assert calendar.JURY not in page
    turn = page.split("Qui agit")[1].split("</p>")[0]
    assert "prévu pour le" not in turn and "au plus tard" not in turn
    assert "au plus tard le" in why.split("</details>")[0]


def test_a_result_that_is_late_is_said_so_with_whom_to_call(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.runs_clocks = True
    scenario.to_scheduled().deliberate().wait(30)
    page = home(scenario)
    assert "Le résultat devait arriver avant le" in page
    assert "en retard de 15 jours" in page
    assert settings.CONTACT_PHONE in page.split("is-late")[1].split("</div>")[0]


def test_a_person_with_two_journeys_chooses_and_each_has_its_address(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.register()
    naval = Certification.objects.get(code="RNCP39883")
    other = Scenario(demo, naval, scenario.at, candidate=scenario.person).register()
    page = home(scenario)
    assert "Mes parcours" in page
    client = browser(scenario.person)
    for one in (scenario, other):
        address = reverse("candidate:journey", args=[one.journey.pk])
        assert address in page
        assert one.certification.title in client.get(address).content.decode()
        led = client.get(reverse("dossiers:journey", args=[one.journey.pk]))
        assert led["Location"] == address


def test_the_certificate_of_an_old_journey_stays_at_hand(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.runs_jobs = True
    scenario.to_result().do(Act.REQUEST_DOCUMENTS, scenario.person)
    scenario.certifier(Act.ISSUE_DOCUMENTS).run_pending_jobs()
    naval = Certification.objects.get(code="RNCP39883")
    Scenario(demo, naval, scenario.at, candidate=scenario.person).register()
    address = reverse("candidate:journey", args=[scenario.journey.pk])
    assert address in home(scenario)
    assert DocumentKind.CERTIFICATE.label in browser(scenario.person).get(address).content.decode()


def test_what_the_certifier_asks_for_comes_first_with_a_way_to_it(scenario: Scenario) -> None:
    scenario.to_ready().send_feasibility().wait(2)
    asked = Missing(("Justificatif d’emploi lisible",), "La photo est floue.")
    scenario.certifier(Act.DECLARE_INCOMPLETE, asked)
    file = browser(scenario.person).get(f"/dossiers/{scenario.journey.pk}/faisabilite/")
    for page, after in ((home(scenario), "Ce qui s’est passé"), (file.content.decode(), "fait")):
        request = page.split("Le certificateur demande")[1].split("</section>")[0]
        assert "Justificatif d’emploi lisible" in request
        assert "La photo est floue." in request
        assert reverse("writing:upload", args=[scenario.journey.pk]) in request
        assert page.index("Le certificateur demande") < page.index(after)
    staff = browser(scenario.architect)
    for address in ("", "faisabilite/relire/"):
        page = staff.get(f"/dossiers/{scenario.journey.pk}/{address}").content.decode()
        assert "Justificatif d’emploi lisible" in page
        assert "La photo est floue." in page


def test_a_validation_file_that_came_back_says_why_to_who_wrote_it_and_who_helps(
    scenario: Scenario,
) -> None:
    scenario.to_validation_sent()
    asked = Missing(("Une preuve datée",), "La photo de la pièce ne s’ouvre pas.")
    scenario.certifier(Act.RETURN_VALIDATION, asked)
    address = f"/dossiers/{scenario.journey.pk}"
    mine, staff = browser(scenario.person), browser(scenario.architect)
    pages = [home(scenario), mine.get(f"{address}/validation/").content.decode()]
    pages += [staff.get(f"{address}/{end}").content.decode() for end in ("", "validation/relire/")]
    text = scenario.journey.attempt.validation.sections.asked().earliest("pk").competence_id
    pages.append(mine.get(f"{address}/validation/{text}/").content.decode())
    for page in pages:
        assert "Une preuve datée" in page and "La photo de la pièce ne s’ouvre pas." in page


@pytest.mark.rule("R-088")
def test_a_mandate_is_taken_back_from_the_page_of_who_gave_it(scenario: Scenario) -> None:
    scenario.to_admissible().do(Act.GIVE_MANDATE, scenario.person, scenario.signature)
    assert reverse("dossiers:act", args=[scenario.journey.pk, "withdraw_mandate"]) in home(scenario)
    scenario.do(Act.WITHDRAW_MANDATE, scenario.person)
    assert Act.GIVE_MANDATE.label in home(scenario)


def test_a_candidate_reads_no_number_of_an_article_before_asking_why(scenario: Scenario) -> None:
    scenario.to_complete()
    seen = re.sub(r"(?s)<details.*?</details>", "", home(scenario))
    assert not re.search(r"R6412|R-0\d\d", seen)


def sent_files(scenario: Scenario) -> str:
    """Return what the candidate's page says of what they sent, on one line."""
    return " ".join(home(scenario).split('id="envoye"')[1].split("</details>")[0].split())


def test_a_file_that_was_sent_arrived_and_its_candidate_knows_when_the_certifier_opened_it(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_ready()
    assert "Ce que vous avez envoyé" not in home(scenario)
    scenario.send_feasibility().wait(2)
    sent = sent_files(scenario)
    assert "Dossier de faisabilité" in sent and "Arrivé le" in sent and "pas encore lu" in sent
    browser(scenario.architect).get(f"/dossiers/{scenario.journey.pk}/")
    assert "pas encore lu" in sent_files(scenario)
    browser(demo.officer).get(f"/dossiers/{scenario.journey.pk}/faisabilite/relire/")
    assert f"lu le {french(timekeeper.today())}" in sent_files(scenario)


def test_who_answered_a_file_has_read_it(scenario: Scenario) -> None:
    scenario.to_complete()
    assert "pas encore lu" not in sent_files(scenario) and "lu le" in sent_files(scenario)


def test_a_file_sent_again_is_unread_until_the_certifier_opens_it_again(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_ready().send_feasibility().wait(2)
    timekeeper.travel(scenario.at)
    browser(demo.officer).get(f"/dossiers/{scenario.journey.pk}/")
    scenario.certifier(Act.DECLARE_INCOMPLETE, Missing(("Une pièce lisible",))).wait(1)
    scenario.sign(Act.CONFIRM_FEASIBILITY).send_feasibility().wait(1)
    sent = sent_files(scenario)
    assert "corrigé" in sent and "pas encore lu" in sent


def test_a_candidate_reads_when_their_architect_last_opened_the_file(scenario: Scenario) -> None:
    scenario.to_path_accepted()
    assert "A ouvert votre dossier" not in home(scenario)
    browser(scenario.architect).get(f"/dossiers/{scenario.journey.pk}/")
    said = f"A ouvert votre dossier le {french(timekeeper.today())}"
    assert said in " ".join(home(scenario).split())


def test_what_happened_is_told_by_its_steps_and_not_by_each_paper(scenario: Scenario) -> None:
    scenario.to_scheduled()
    told = home(scenario).split("Ce qui s’est passé")[1].split("</ol>")[0]
    assert "Déclaré recevable" in told and "Déclaration d’indépendance" not in told


def test_what_stands_beside_a_word_starts_on_its_line(scenario: Scenario) -> None:
    scenario.to_scheduled()
    pairs = re.findall(r'<dl class="pairs">.*?</dl>', home(scenario), re.S)
    assert pairs
    assert not [one for one in pairs if re.search(r"<dd>\s*\n", one)]


def test_a_long_story_offers_the_rest_after_its_eight_latest_steps(scenario: Scenario) -> None:
    scenario.to_scheduled()
    latest, rest = home(scenario).split("Ce qui s’est passé")[1].split("Voir tout depuis le début")
    assert latest.count("<li>") == 8
    assert "Candidature" in rest.split("</ol>")[0]


def test_a_stopped_journey_keeps_the_marks_of_its_steps_and_awaits_no_adjustment(
    scenario: Scenario,
) -> None:
    scenario.to_admissible()
    needs = AdjustmentRequest(
        AdjustedStep.VALIDATION, (AdjustmentKind.LARGE_PRINT,), "De gros caractères."
    )
    scenario.do(Act.ASK_ADJUSTMENT, scenario.person, needs)
    assert "réponse attendue" in " ".join(home(scenario).split())
    before = home(scenario).count('<span class="soft">fait</span>')
    scenario.do(Act.DROP_OUT, scenario.person, Leaving(DropOutReason.TIME))
    page = " ".join(home(scenario).split())
    assert page.count('<span class="soft">fait</span>') == before > 0
    assert "réponse attendue" not in page and "sans réponse, parcours arrêté" in page
    assert 'aria-current="step"' not in page
