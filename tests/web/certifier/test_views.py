"""The certifier's space: a session is planned with its panel, a candidate is called before it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.models import Journey
from jalon.juries import actions, planning
from jalon.juries.models import Session
from jalon.juries.queries import free_hours_of
from jalon.law.clocks import french, french_hour
from jalon.law.facts import Claim, Reason
from jalon.law.vocabulary import Act, PanelRole
from jalon.now import midnight, today
from tests.conftest import TODAY
from tests.juries.steps import worked_for
from tests.web.browsers import browser
from tests.web.reading import read

pytestmark = pytest.mark.django_db


def a_session(demo: DemoPeople, scenario: Scenario, **changes: Any) -> dict[str, Any]:
    """Return what a certifier writes to plan a session."""
    president, *members = demo.jurors[:3]
    return {
        "certification": scenario.certification.pk,
        "held_on": today() + timedelta(days=30),
        "mode": "on_site",
        "form": "both",
        "place": "Atelier de démonstration",
        "documents": "Pièce d’identité",
        "accessibility_contact": "referent.handicap@exemple.fr",
        "starts_at": "09:00",
        "ends_at": "18:00",
        "president": president.pk,
        "members": [one.pk for one in members],
    } | changes


def test_a_session_is_shown_as_soon_as_it_is_planned(demo: DemoPeople, scenario: Scenario) -> None:
    answer = browser(demo.officer).post(reverse("certifier:new_session"), a_session(demo, scenario))
    session = Session.objects.get()
    assert answer["Location"] == reverse("certifier:session", args=[session.pk])
    assert session.panel.count() == 3
    assert session.panel.get(role=PanelRole.PRESIDENT).juror == demo.jurors[0]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"place": ""}, "Indiquez l’adresse de la session."),
        ({"mode": "remote"}, "Indiquez le lien de la visioconférence."),
        ({"held_on": "2020-01-01"}, "Choisissez une date à venir."),
    ],
)
def test_a_session_that_cannot_be_is_told_what_to_correct(
    demo: DemoPeople, scenario: Scenario, wrong: dict[str, str], said: str
) -> None:
    address = reverse("certifier:new_session")
    page = browser(demo.officer).post(address, a_session(demo, scenario, **wrong))
    assert said in page.content.decode()
    assert not Session.objects.exists()


def test_who_sits_is_chosen_before_what_explains_the_panel(demo: DemoPeople) -> None:
    page = browser(demo.officer).get(reverse("certifier:new_session")).content.decode()
    places = [page.index(f'name="{name}"') for name in ("president", "imbalance_reason")]
    assert places == sorted(places)


def test_nobody_presides_and_sits_beside_themselves(demo: DemoPeople, scenario: Scenario) -> None:
    twice = a_session(demo, scenario, members=[demo.jurors[0].pk])
    page = browser(demo.officer).post(reverse("certifier:new_session"), twice)
    assert "La personne qui préside est déjà membre" in page.content.decode()


def test_a_candidate_is_called_before_a_session(demo: DemoPeople, scenario: Scenario) -> None:
    scenario.to_validation_sent().certifier(Act.ACCEPT_VALIDATION)
    timekeeper.travel(scenario.at)
    client = browser(demo.officer)
    client.post(reverse("certifier:new_session"), a_session(demo, scenario))
    address = reverse("certifier:convene", args=[scenario.journey.pk])
    said = {"session": Session.objects.get().pk, "starts_at": "14:00", "minutes": 60}
    assert client.post(address, said).status_code == 302
    assert scenario.current_hearing().starts_at.hour == 14


def test_a_doubtful_panel_is_shown_before_the_session_is_saved(
    demo: DemoPeople, scenario: Scenario
) -> None:
    client, address = browser(demo.officer), reverse("certifier:new_session")
    soon = a_session(demo, scenario, held_on=today() + timedelta(days=3))
    page = client.post(address, soon).content.decode()
    assert "Huit jours pour les membres salariés" in page and "trop tard pour" in page
    assert not Session.objects.exists()
    assert client.post(address, soon | {"anyway": "on"}).status_code == 302
    assert Session.objects.count() == 1


def test_the_rules_of_a_panel_are_looked_at_without_saving(
    demo: DemoPeople, scenario: Scenario
) -> None:
    said = a_session(demo, scenario) | {"check": "1"}
    page = browser(demo.officer).post(reverse("certifier:new_session"), said).content.decode()
    assert "Une personne qualifiée pour cette certification" in page
    assert not Session.objects.exists()


def test_a_member_who_knows_a_candidate_is_seen_before_the_session_is_saved(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_validation_sent()
    timekeeper.travel(scenario.at)
    worked_for(scenario, demo.jurors[1].employer_siren)
    said = a_session(demo, scenario)
    page = browser(demo.officer).post(reverse("certifier:new_session"), said).content.decode()
    assert f"à regarder pour {scenario.person.get_full_name()}" in page
    assert not Session.objects.exists()


def test_a_closed_certification_is_not_offered_for_a_session(demo: DemoPeople) -> None:
    closed = Certification.objects.filter(active=False).first()
    assert closed
    page = browser(demo.officer).get(reverse("certifier:new_session")).content.decode()
    assert f'value="{closed.pk}"' not in page.split('name="certification"')[1].split("</select>")[0]


@pytest.fixture
def planned(demo: DemoPeople, scenario: Scenario) -> Session:
    """A session with one candidate called, and today the day of the summons."""
    session = scenario.to_scheduled().current_hearing().session
    timekeeper.travel(scenario.at)
    return session


def test_a_session_shows_its_day_who_comes_and_the_links_declared(
    demo: DemoPeople, scenario: Scenario, planned: Session
) -> None:
    planning.answer(planned, demo.jurors[1].user, comes=False, reason="En déplacement.")
    hearing = scenario.current_hearing()
    actions.declare(hearing, demo.jurors[2].user, related=True, detail="Ancien collègue.")
    page = browser(demo.officer).get(reverse("certifier:session", args=[planned.pk]))
    said = " ".join(page.content.decode().split())
    assert "libre" in said and "En déplacement." in said and "Ancien collègue." in said
    assert f"{demo.jurors[0]}, présidente" in said


@pytest.mark.rule("R-064")
def test_a_declared_link_is_lifted_from_the_session_s_page_with_a_reason(
    demo: DemoPeople, scenario: Scenario, planned: Session
) -> None:
    hearing = scenario.current_hearing()
    link = actions.declare(hearing, demo.jurors[2].user, related=True, detail="Ancien collègue.")
    officer, here = browser(demo.officer), reverse("certifier:session", args=[planned.pk])
    address = reverse("certifier:lift_link", args=[link.pk])
    assert address in officer.get(here).content.decode()
    assert officer.post(address, {"reason": ""}).status_code == 200
    assert officer.post(address, {"reason": "Homonyme du candidat."}).status_code == 302
    said = officer.get(here).content.decode()
    assert address not in said and "Homonyme du candidat." in said
    assert officer.get(address).status_code == 404
    journal = officer.get(reverse("dossiers:journal", args=[hearing.attempt.journey_id]))
    assert "Lien déclaré par un membre du jury levé" in journal.content.decode()
    member = browser(demo.jurors[2].user).get(reverse("juror:hearing", args=[hearing.pk]))
    assert "La suite s’ouvre quand votre déclaration est signée." in member.content.decode()


def test_a_session_s_place_is_corrected(demo: DemoPeople, planned: Session) -> None:
    said = {
        name: getattr(planned, name)
        for name in ("mode", "form", "documents", "accessibility_contact")
    } | {"held_on": planned.held_on, "starts_at": "09:00", "ends_at": "18:00", "place": "Salle B"}
    address = reverse("certifier:change_session", args=[planned.pk])
    assert browser(demo.officer).post(address, said).status_code == 302
    planned.refresh_from_db()
    assert planned.place == "Salle B" and planned.revision == 1


def test_a_member_is_replaced_from_the_session_s_page(demo: DemoPeople, planned: Session) -> None:
    address = reverse("certifier:panel", args=[planned.pk])
    said = {
        "president": demo.jurors[0].pk,
        "members": [demo.jurors[1].pk, demo.jurors[3].pk],
        "reason": "Malade.",
    }
    assert browser(demo.officer).post(address, said).status_code == 302
    assert planned.panel.filter(juror=demo.jurors[3]).exists()
    assert not planned.panel.filter(juror=demo.jurors[2]).exists()


@pytest.mark.rule("R-077")
def test_an_absence_is_noted_from_the_day_of_the_session_on(
    demo: DemoPeople, scenario: Scenario, planned: Session
) -> None:
    client, page = browser(demo.officer), reverse("certifier:session", args=[planned.pk])
    note = reverse("certifier:absence", args=[scenario.current_hearing().pk])
    assert note not in client.get(page).content.decode()
    timekeeper.travel(scenario.current_hearing().moment)
    assert note in client.get(page).content.decode()


def test_the_next_session_is_read_first_and_those_gone_by_last(
    demo: DemoPeople, planned: Session
) -> None:
    later = Session.objects.get(pk=planned.pk)
    later.pk, later.reference = None, "S27-APRES"
    later.held_on = planned.held_on + timedelta(days=30)
    later.save()
    listed = reverse("certifier:sessions")
    for day, first in ((planned.held_on, planned), (later.held_on, later)):
        timekeeper.travel(midnight(day))
        page = browser(demo.officer).get(listed).context["page"]
        assert next(iter(page)) == first


def test_a_session_called_off_says_so_on_its_page(demo: DemoPeople, planned: Session) -> None:
    client = browser(demo.officer)
    client.post(reverse("certifier:cancel_session", args=[planned.pk]), {"reason": "Travaux."})
    page = client.get(reverse("certifier:session", args=[planned.pk])).content.decode()
    assert "Session annulée" in page and "Travaux." in page


def test_the_list_of_sessions_to_come_says_who_confirmed_and_the_others_are_apart(
    demo: DemoPeople, planned: Session
) -> None:
    planning.answer(planned, demo.jurors[0].user, comes=True)
    planning.answer(planned, demo.jurors[1].user, comes=False, reason="En déplacement.")
    client, sessions = browser(demo.officer), reverse("certifier:sessions")
    listed = read(client.get(sessions))
    assert french(planned.held_on) in listed
    assert "1 confirmé sur 3" in listed and "1 absence" in listed
    assert french(planned.held_on) not in read(client.get(sessions, {"passees": "1"}))
    timekeeper.travel(planned.hearings.get().moment + timedelta(days=1))
    assert "Aucune session prévue." in read(client.get(sessions))
    assert "tenue" in read(client.get(sessions, {"passees": "1"}))


@pytest.mark.rule("R-056")
@pytest.mark.parametrize("page", ["convene_several", "change_session", "panel", "cancel_session"])
def test_nothing_is_planned_any_more_in_a_session_whose_day_is_over(
    demo: DemoPeople, planned: Session, page: str
) -> None:
    client = browser(demo.officer)
    address = reverse(f"certifier:{page}", args=[planned.pk])
    timekeeper.travel(planned.hearings.get().moment)
    assert french(planned.held_on) in client.get(address).content.decode(), (
        "one reads which session"
    )
    timekeeper.travel(planned.hearings.get().moment + timedelta(days=1))
    told = client.get(address, follow=True)
    assert told.redirect_chain == [(reverse("certifier:session", args=[planned.pk]), 302)]
    assert f"Cette session a eu lieu le {french(planned.held_on)}." in read(told)
    assert "réponse attendue" not in read(told)


def test_several_candidates_are_called_at_once_or_none(
    demo: DemoPeople, scenario: Scenario, planned: Session
) -> None:
    waiting = [Scenario(demo, scenario.certification, TODAY) for _ in range(2)]
    for one in waiting:
        one.to_validation_sent().certifier(Act.ACCEPT_VALIDATION)
    client, address = browser(demo.officer), reverse("certifier:convene_several", args=[planned.pk])
    timekeeper.travel(max(one.at for one in waiting))
    first, second = (f"hour_{one.journey.pk}" for one in waiting)
    twice = client.post(address, {first: "14:00", second: "14:00"})
    assert "Deux candidats ont la même heure" in twice.content.decode()
    answer = client.post(
        address, {first: "14:00", second: "15:00", "short_notice_reason": "Accord des deux."}
    )
    assert answer.status_code == 302
    assert planned.hearings.living().count() == 3


def test_a_session_is_chosen_by_its_day_what_is_free_and_its_place(
    demo: DemoPeople, scenario: Scenario, planned: Session
) -> None:
    other = Scenario(demo, scenario.certification, scenario.at).to_validation_sent()
    other.certifier(Act.ACCEPT_VALIDATION)
    address = reverse("certifier:convene", args=[other.journey.pk])
    page = browser(demo.officer).get(address).content.decode()
    free = free_hours_of(planned)
    left = f"{len(free)} heures libres dès {french_hour(free[0])}"
    assert f"{french(planned.held_on)} · {left} · {planned.place}" in page


@pytest.mark.rule("R-024", "R-044")
def test_what_a_candidate_asks_waits_among_the_requests_of_the_inbox_until_its_answer(
    scenario: Scenario,
) -> None:
    scenario.to_admissible().wait(30)
    inbox = reverse("certifier:inbox") + "?filtre=demandes"
    timekeeper.travel(scenario.at)
    officer = browser(scenario.demo.officer)
    name = scenario.person.last_name
    assert name not in officer.get(inbox).content.decode()
    scenario.do(Act.CLAIM_REASON, scenario.person, Claim("Congé maternité.", "Attestation"))
    assert name in officer.get(inbox).content.decode()
    scenario.certifier(Act.GRANT_REASON, Reason("Congé reconnu."))
    assert name not in officer.get(inbox).content.decode()
    other = Scenario(scenario.demo, scenario.certification, scenario.at).register()
    Journey.objects.filter(pk=other.journey.pk).update(extra_filing_asked_at=scenario.at)
    assert other.person.last_name in officer.get(inbox).content.decode()
    other.certifier(Act.ALLOW_EXTRA_FILING, Reason("Erreur de notre part."))
    assert other.person.last_name not in officer.get(inbox).content.decode()
