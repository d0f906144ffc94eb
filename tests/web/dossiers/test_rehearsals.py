"""The rehearsal of a jury on pages: written bloc by bloc, shared, read by the candidate, by nobody who judges."""

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.models import JournalEntry
from jalon.journeys.rights import ERASED_BY, TOLD_BY, Erasing
from jalon.law.vocabulary import Event, MeetingKind, MeetingMode, Readiness
from jalon.mailbox.jobs import notify
from jalon.mailbox.models import Notice
from jalon.people.models import User
from jalon.support import rehearsals
from jalon.support.attendance import hours_of
from jalon.support.models import Meeting, MockGrid
from jalon.support.service import by_kind
from tests.support.rehearsing import ADVICE, REMARK, shared_grid, written_grid
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db

TODAY = "/accompagnement/aujourdhui/?tous=0"
HELD = {"held_on": "2027-03-01", "minutes": "75", "mode": "on_site"}


@pytest.fixture
def called(scenario: Scenario) -> Scenario:
    """A candidate who is called before a jury, on the day after."""
    scenario.to_scheduled()
    timekeeper.travel(scenario.at)
    return scenario


def read(viewer: User, address: str) -> str:
    """Return a page, on one line."""
    answer = browser(viewer).get(address)
    return " ".join(answer.content.decode().split()) if answer.status_code == 200 else ""


def page(one: Scenario, name: str = "rehearsal", *more: int) -> str:
    """Return an address of the rehearsal of a file."""
    return reverse(f"dossiers:{name}", args=[one.journey.pk, *more])


def held_today(**said: str) -> dict[str, str]:
    """Return what the page of sharing asks of a rehearsal of today."""
    return HELD | {"held_on": timekeeper.today().isoformat()} | said


def test_each_bloc_is_saved_by_itself_with_its_criteria_and_the_next_one_follows(
    called: Scenario,
) -> None:
    by = browser(called.architect)
    first, *others = rehearsals.blocs(called.journey)
    shown = read(called.architect, page(called, "rehearsal_bloc", first.pk))
    competences = list(first.competences.all())
    assert all(str(one.title) in shown or "&#x27;" in shown for one in competences)
    assert "Acquis" in shown and "À renforcer" in shown and "Pas encore" in shown
    assert "appuyez-vous sur son intitulé" in shown and "à fournir" not in shown
    said = {f"readiness_{competences[0].pk}": "not_yet", f"comment_{competences[0].pk}": REMARK}
    answer = by.post(page(called, "rehearsal_bloc", first.pk), said)
    if others:
        assert answer["Location"] == page(called, "rehearsal_bloc", others[0].pk)
    kept = MockGrid.objects.get().findings.get()
    assert (kept.readiness, kept.comment) == (Readiness.NOT_YET, REMARK)
    assert f"1 sur {len(competences)}" in read(called.architect, page(called))


def test_a_remark_without_a_finding_is_asked_for_its_finding_and_stays(called: Scenario) -> None:
    first = rehearsals.blocs(called.journey)[0]
    one = first.competences.all()[0]
    where = page(called, "rehearsal_bloc", first.pk)
    shown = browser(called.architect).post(where, {f"comment_{one.pk}": REMARK}).content.decode()
    assert "Choisissez un constat" in shown and REMARK in shown
    assert not MockGrid.objects.exists()


def test_a_grid_that_is_not_complete_is_not_shared_and_it_is_said_what_is_left(
    called: Scenario,
) -> None:
    rehearsals.advise(called.journey.pk, called.architect, ADVICE)
    answer = browser(called.architect).post(page(called, "share_rehearsal"), held_today())
    assert answer.status_code == 409
    assert "compétences à noter" in answer.content.decode()
    assert not Meeting.objects.filter(kind=MeetingKind.REHEARSAL).exists()


def test_a_shared_grid_is_told_to_the_candidate_who_reads_it_and_its_hour_counts(
    called: Scenario,
) -> None:
    grid = written_grid(called)
    own = page(called, "rehearsal_grid", grid.pk)
    assert read(called.person, own) == ""
    before = by_kind(called.journey, hours_of(called.journey))[0].given
    answer = browser(called.architect).post(page(called, "share_rehearsal"), held_today())
    assert answer.status_code == 302
    entry = JournalEntry.objects.get(event=Event.REHEARSAL_SHARED)
    notify(entry_id=entry.pk)
    assert [one.person for one in Notice.objects.filter(entry=entry)] == [called.person]
    shown = read(called.person, own)
    assert ADVICE in shown and REMARK in shown and "À renforcer" in shown
    assert own in read(called.person, f"/candidat/{called.journey.pk}/")
    assert own in read(called.architect, f"/dossiers/{called.journey.pk}/echanges/")
    met = called.journey.meetings.get(kind=MeetingKind.REHEARSAL)
    assert (met.minutes, met.mode) == (75, MeetingMode.ON_SITE)
    assert by_kind(called.journey, hours_of(called.journey))[0].given == before + 75


def test_a_rehearsal_that_was_noted_before_is_not_counted_twice(called: Scenario) -> None:
    Meeting.objects.create(
        journey=called.journey,
        kind=MeetingKind.REHEARSAL,
        mode=MeetingMode.REMOTE,
        held_on=timekeeper.today(),
        minutes=45,
        held_by=called.architect,
    )
    written_grid(called)
    assert "(45 minutes)" in read(called.architect, page(called, "share_rehearsal"))
    assert browser(called.architect).post(page(called, "share_rehearsal")).status_code == 302
    assert called.journey.meetings.filter(kind=MeetingKind.REHEARSAL).count() == 1
    assert MockGrid.objects.get().meeting is not None


def test_neither_certifier_nor_jury_nor_anybody_else_reads_a_grid_shared_or_not(
    called: Scenario, demo: DemoPeople
) -> None:
    judging = (demo.officer, *(juror.user for juror in demo.jurors), demo.stranger)
    for grid in (written_grid(called), shared_grid(called)):
        for who in (*judging, demo.administrator):
            assert read(who, page(called, "rehearsal_grid", grid.pk)) == "", who
            for name in ("rehearsal", "share_rehearsal"):
                assert browser(who).get(page(called, name)).status_code == 404, who
        assert "grille d’entraînement" not in read(
            demo.officer, f"/dossiers/{called.journey.pk}/echanges/"
        )
    assert "Entraînement au jury" not in read(demo.officer, f"/dossiers/{called.journey.pk}/")


def test_a_rehearsal_is_offered_while_a_jury_is_set_and_none_was_held(called: Scenario) -> None:
    file = f"/dossiers/{called.journey.pk}/"
    assert "Entraînements au jury à proposer" in read(called.architect, TODAY)
    assert "aucun entraînement n’est tenu ni prévu" in read(called.architect, file)
    shared_grid(called)
    assert "Entraînements au jury à proposer" not in read(called.architect, TODAY)
    assert "aucun entraînement n’est tenu ni prévu" not in read(called.architect, file)


@pytest.mark.rule("R-122")
def test_the_grids_are_in_the_copy_of_the_candidate_and_go_with_the_journey(
    called: Scenario,
) -> None:
    written_grid(called)
    (told,) = TOLD_BY["entrainements_au_jury"](called.person)
    assert told["advice"] == ADVICE and told["constats"][0]["comment"] == REMARK
    erasing = Erasing(called.journey, awarded=False)
    assert ERASED_BY["grilles d’entraînement au jury"](erasing) == 1
    assert not MockGrid.objects.exists()
