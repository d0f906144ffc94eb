"""The jurors' space: each step of a hearing on its page."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.juries import actions
from jalon.juries.models import Hearing
from jalon.law.clocks import french
from jalon.law.vocabulary import Setting
from jalon.people.actions import settle
from tests.juries.steps import declare, heard, on_the_day, postpone, president, score, sign
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def hearing(scenario: Scenario) -> Hearing:
    """A candidate to hear, on the day."""
    found = scenario.to_scheduled().current_hearing()
    on_the_day(found.session)
    return found


@pytest.fixture
def presiding(hearing: Hearing) -> Client:
    """The president's browser."""
    return browser(president(hearing))


def page(client: Client, name: str, hearing: Hearing) -> str:
    """Return a page of a hearing."""
    answer: HttpResponse = client.get(reverse(f"juror:{name}", args=[hearing.pk]))
    return answer.content.decode()


def test_a_link_with_the_candidate_is_declared(presiding: Client, hearing: Hearing) -> None:
    said = {"related": "oui", "detail": "Ancien collègue"}
    presiding.post(reverse("juror:declare", args=[hearing.pk]), said)
    assert hearing.declarations.get().related


def test_who_is_unticked_does_not_sit(presiding: Client, hearing: Hearing) -> None:
    seats = list(hearing.session.panel.order_by("pk"))
    stay = [seat.pk for seat in seats[:2]]
    presiding.post(reverse("juror:presence", args=[hearing.pk]), {"present": stay})
    assert hearing.vacancies.count() == len(seats) - 2
    declare(hearing)
    assert f"Membres qui siègent\N{NO-BREAK SPACE}: {len(stay)}." in page(
        presiding, "votes", hearing
    )


def test_votes_are_written_beside_what_the_panel_found(presiding: Client, hearing: Hearing) -> None:
    declare(hearing)
    assert "Aucune compétence n’est encore évaluée." in page(presiding, "votes", hearing)
    score(hearing)
    assert "Évaluation du jury" in page(presiding, "votes", hearing)


def test_what_is_signed_is_read_before_it_is(presiding: Client, hearing: Hearing) -> None:
    declare(hearing)
    shown = page(presiding, "sign", hearing)
    assert "Siègent pour ce candidat" in shown
    assert "Aucun vote n’est encore écrit." in shown
    answer = presiding.post(reverse("juror:sign", args=[hearing.pk]), {"signed": "on"})
    assert answer.status_code == 409


def test_the_file_opens_once_independence_is_declared(
    presiding: Client, hearing: Hearing, scenario: Scenario
) -> None:
    reading = reverse("writing:reading", args=[scenario.journey.pk])
    assert presiding.get(reading).status_code == 404
    assert "Lire le dossier de validation" not in page(presiding, "hearing", hearing)
    presiding.post(reverse("juror:declare", args=[hearing.pk]), {"related": "non"})
    assert presiding.get(reading).status_code == 200
    assert "Lire le dossier de validation" in page(presiding, "hearing", hearing)


def test_a_member_with_a_link_reads_nothing(
    presiding: Client, hearing: Hearing, scenario: Scenario
) -> None:
    said = {"related": "oui", "detail": "Cousin"}
    presiding.post(reverse("juror:declare", args=[hearing.pk]), said)
    assert presiding.get(reverse("writing:reading", args=[scenario.journey.pk])).status_code == 404


@pytest.mark.rule("R-064")
@pytest.mark.parametrize("said", [None, True])
def test_who_did_not_declare_or_has_a_link_sees_nothing_that_the_panel_found(
    hearing: Hearing, demo: DemoPeople, said: bool | None
) -> None:
    heard(hearing)
    newcomer = demo.jurors[3]
    hearing.session.panel.filter(juror=demo.jurors[2]).update(juror=newcomer)
    if said:
        actions.declare(hearing, newcomer.user, related=True)
    client = browser(newcomer.user)
    for name in ("own_assessments", "assessments", "votes"):
        assert client.get(reverse(f"juror:{name}", args=[hearing.pk])).status_code == 404
    for name in ("hearing", "sign"):
        assert hearing.attempt.blocs.first().title not in page(client, name, hearing)


@pytest.mark.rule("R-123")
def test_a_month_after_the_minutes_a_juror_reads_nothing_of_a_candidate_any_more(
    hearing: Hearing, scenario: Scenario, demo: DemoPeople
) -> None:
    sign(heard(hearing))
    name = scenario.person.get_full_name()
    client = browser(president(hearing))
    session = reverse("juror:session", args=[hearing.session_id])
    closing = [
        reverse("juror:hearing", args=[hearing.pk]),
        reverse("juror:addendum", args=[hearing.pk]),
        reverse("writing:reading", args=[scenario.journey.pk]),
    ]
    timekeeper.travel(timekeeper.now() + timedelta(days=30))
    assert [client.get(one).status_code for one in closing] == [200, 200, 200]
    assert name in client.get(session).content.decode()
    timekeeper.travel(timekeeper.now() + timedelta(days=1))
    assert [client.get(one).status_code for one in closing] == [404, 404, 404]
    for listed in (session, reverse("juror:home")):
        assert name not in client.get(listed).content.decode()
    at_home = browser(demo.officer).get(reverse("certifier:session", args=[hearing.session_id]))
    assert name in at_home.content.decode()


@pytest.mark.rule("R-123")
def test_the_certifier_settles_for_how_long_a_jury_reads_after_its_minutes(
    hearing: Hearing, demo: DemoPeople
) -> None:
    sign(heard(hearing))
    source = "Règlement du jury"
    settle(demo.officer, Setting.JURY_READING, 10, start=timekeeper.today(), source=source)
    client = browser(president(hearing))
    address = reverse("juror:hearing", args=[hearing.pk])
    last = timekeeper.today() + timedelta(days=10)
    assert f"jusqu’au {french(last)}" in " ".join(client.get(address).content.decode().split())
    timekeeper.travel(timekeeper.now() + timedelta(days=10))
    assert client.get(address).status_code == 200
    timekeeper.travel(timekeeper.now() + timedelta(days=1))
    assert client.get(address).status_code == 404


@pytest.mark.rule("R-123")
def test_a_juror_reads_nothing_of_a_candidate_whose_hearing_was_put_off(
    hearing: Hearing, scenario: Scenario, demo: DemoPeople
) -> None:
    declare(hearing)
    client = browser(president(hearing))
    timekeeper.travel(timekeeper.now() - timedelta(days=3))
    postpone(hearing, demo.officer, "Grève.")
    for name in ("hearing", "declare", "votes"):
        assert client.get(reverse(f"juror:{name}", args=[hearing.pk])).status_code == 404
    assert client.get(reverse("writing:reading", args=[scenario.journey.pk])).status_code == 404


def test_each_page_of_a_jury_names_the_candidate(hearing: Hearing) -> None:
    declare(hearing)
    name = hearing.attempt.journey.candidate.get_full_name()
    for step in ("own_assessments", "assessments", "votes", "presence", "sign"):
        assert name in page(browser(president(hearing)), step, hearing)


def test_each_member_has_a_grid_and_the_common_one_shows_who_found_what(hearing: Hearing) -> None:
    declare(hearing)
    first, second = (seat.juror.user for seat in hearing.session.panel.order_by("pk")[:2])
    competence = hearing.attempt.blocs.order_by("position")[0].competences.first()
    assert competence
    for person, found in ((first, "mastered"), (second, "not_shown")):
        said = {f"mastery_{competence.pk}": found, f"comment_{competence.pk}": ""}
        browser(person).post(reverse("juror:own_assessments", args=[hearing.pk]), said)
    own = page(browser(second), "own_assessments", hearing)
    assert first.get_full_name() not in own
    common = page(browser(second), "assessments", hearing)
    assert f"{first.get_full_name()}\N{NO-BREAK SPACE}: maîtrisée" in common
    assert f"{second.get_full_name()}\N{NO-BREAK SPACE}: non démontrée" in common


def test_what_somebody_wrote_meanwhile_is_shown_before_it_is_written_over(
    hearing: Hearing,
) -> None:
    declare(hearing)
    first, second = (seat.juror.user for seat in hearing.session.panel.order_by("pk")[:2])
    competence = hearing.attempt.blocs.order_by("position")[0].competences.first()
    assert competence
    address = reverse("juror:assessments", args=[hearing.pk])
    drawn = timekeeper.now().isoformat()
    timekeeper.travel(timekeeper.now() + timedelta(minutes=1))
    mine = {f"mastery_{competence.pk}": "mastered", "seen": drawn}
    theirs = {f"mastery_{competence.pk}": "not_shown", "seen": drawn}
    assert browser(first).post(address, mine).status_code == 302
    late = browser(second).post(address, theirs)
    assert late.status_code == 409 and first.get_full_name() in late.content.decode()
    assert hearing.assessments.get().mastery == "mastered"


def test_more_votes_than_members_are_refused_beside_the_bloc(
    presiding: Client, hearing: Hearing
) -> None:
    declare(hearing)
    score(hearing)
    votes = {f"for_{bloc.pk}": 3 for bloc in hearing.attempt.blocs.all()}
    votes |= {f"against_{bloc.pk}": 2 for bloc in hearing.attempt.blocs.all()}
    answer = presiding.post(reverse("juror:votes", args=[hearing.pk]), votes)
    assert "ne peut pas dépasser celui des présents" in answer.content.decode()
    assert not hearing.votes.exists()


def test_a_tie_is_said_to_be_settled_by_the_president(presiding: Client, hearing: Hearing) -> None:
    declare(hearing)
    score(hearing)
    seats = list(hearing.session.panel.order_by("-role", "pk"))
    actions.mark_presence(hearing, president(hearing), [seat.pk for seat in seats[:2]])
    votes: dict[str, object] = {}
    for bloc in hearing.attempt.blocs.all():
        votes |= {f"for_{bloc.pk}": 1, f"against_{bloc.pk}": 1, f"president_{bloc.pk}": "non"}
        votes |= {f"ground_{bloc.pk}": "Gestes absents."}
    presiding.post(reverse("juror:votes", args=[hearing.pk]), votes)
    assert "non acquis, à la voix du président" in page(presiding, "sign", hearing)


def test_a_refusal_to_sign_names_the_bloc_and_leads_to_its_votes(
    presiding: Client, hearing: Hearing
) -> None:
    declare(hearing)
    score(hearing)
    refused, *others = hearing.attempt.blocs.order_by("position")
    sitting = hearing.session.panel.count()
    votes: dict[str, object] = {f"for_{refused.pk}": 0, f"against_{refused.pk}": sitting}
    for bloc in others:
        votes |= {f"for_{bloc.pk}": sitting, f"against_{bloc.pk}": 0}
    presiding.post(reverse("juror:votes", args=[hearing.pk]), votes)
    answer = presiding.post(reverse("juror:sign", args=[hearing.pk]), {"signed": "on"})
    shown = answer.content.decode()
    why = shown.split('class="problem"')[1].split("</div>")[0]
    assert refused.title in why and refused.code not in why
    assert reverse("juror:votes", args=[hearing.pk]) in shown


def test_a_member_answers_the_summons_and_takes_the_day_in_their_agenda(hearing: Hearing) -> None:
    timekeeper.travel(timekeeper.now() - timedelta(days=20))
    seat = hearing.session.panel.order_by("pk").first()
    assert seat
    client = browser(seat.juror.user)
    address = reverse("juror:session", args=[hearing.session_id])
    assert "réponse attendue" in client.get(address).content.decode().lower()
    client.post(address, {"comes": "non", "reason": "En congé."})
    seat.refresh_from_db()
    assert (seat.answer, seat.answer_reason) == ("declined", "En congé.")
    file = client.get(reverse("juror:agenda", args=[hearing.session_id]))
    assert file["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in file.content


def test_a_candidate_takes_their_hour_in_their_agenda(scenario: Scenario, hearing: Hearing) -> None:
    client = browser(scenario.person)
    assert (
        reverse("dossiers:agenda", args=[scenario.journey.pk])
        in client.get(reverse("candidate:home")).content.decode()
    )
    file = client.get(reverse("dossiers:agenda", args=[scenario.journey.pk])).content.decode()
    assert f"passage-{hearing.pk}@" in file and "METHOD:PUBLISH" in file


def test_a_hearing_that_was_held_waits_for_its_minutes(presiding: Client, hearing: Hearing) -> None:
    assert "à venir" in presiding.get(reverse("juror:home")).content.decode()
    with timekeeper.at(timekeeper.now() + timedelta(days=1)):
        later = browser(president(hearing)).get(reverse("juror:home")).content.decode()
    assert "procès-verbal attendu" in later and "à venir" not in later
