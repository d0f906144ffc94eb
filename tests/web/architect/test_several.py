"""One act on several files of a list: who is concerned, who is not and why, and what was done."""

import uuid
from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.actions import act
from jalon.journeys.models import JournalEntry, Journey, ListRead
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act
from jalon.people.models import User
from jalon.web.architect.several import MOST
from jalon.web.architect.several_forms import FORMS
from tests.conftest import TODAY
from tests.web.browsers import browser
from tests.web.test_statements import copies, statements

pytestmark = pytest.mark.django_db

PAGE = "/accompagnement/plusieurs/"


@pytest.fixture
def files(demo: DemoPeople, scenario: Scenario) -> dict[str, Scenario]:
    """Three files of one architect: one that writes, one at the certifier's, one whose path is proposed."""
    writing = Scenario(demo, scenario.certification, TODAY - timedelta(days=90)).to_admissible()
    away = Scenario(demo, scenario.certification, TODAY - timedelta(days=60)).to_complete()
    proposed = Scenario(demo, scenario.certification, TODAY - timedelta(days=20))
    proposed.register().take_charge().wait(1).first_meeting().wait(1).propose_path()
    timekeeper.travel(TODAY)
    every = {"writing": writing, "away": away, "proposed": proposed}
    for one in every.values():
        Journey.objects.filter(pk=one.journey.pk).update(architect=demo.architects[0])
    return every


def ids(files: dict[str, Scenario]) -> list[uuid.UUID]:
    """Return the files by their ids."""
    return [one.journey.pk for one in files.values()]


def asked(person: User, what: str, chosen: Iterable[uuid.UUID], **more: str) -> HttpResponse:
    """Return the page that says what an act would do on some files."""
    said = {"acte": what, "dossier": [str(one) for one in chosen]} | more
    return browser(person).get(PAGE, said)


def confirmed(person: User, what: str, chosen: Iterable[uuid.UUID], **more: str) -> HttpResponse:
    """Confirm an act on some files, and return the page that says what was done."""
    said = {"acte": what, "dossier": [str(one) for one in chosen], "confirme": "1"} | more
    return browser(person).post(PAGE, said, follow=True)


def names(lines: Iterable[object]) -> set[str]:
    """Return the references of lines of a page."""
    return {line.journey.reference for line in lines}  # type: ignore[attr-defined]


def done(act: Act) -> set[str]:
    """Return the references of the files on which people did an act."""
    found = JournalEntry.objects.filter(act=act, author__isnull=False)
    return set(found.values_list("journey__reference", flat=True))


def test_the_page_says_which_files_will_be_chased_and_which_will_not_and_why(
    files: dict[str, Scenario], demo: DemoPeople
) -> None:
    answer = asked(demo.architects[0], "remind", ids(files))
    will, will_not = answer.context["will"], answer.context["will_not"]
    assert names(will) == {files[one].journey.reference for one in ("writing", "proposed")}
    (left,) = will_not
    assert left.journey == files["away"].journey and "n’est pas possible à l’étape" in left.why
    page = answer.content.decode()
    assert (
        left.why.replace(" »", "\N{NO-BREAK SPACE}»").replace("« ", "«\N{NO-BREAK SPACE}") in page
    )
    assert "Confirmer pour 2 dossiers" in page
    assert not done(Act.REMIND)


def test_chasing_writes_to_each_candidate_and_tells_what_was_done_and_refused(
    files: dict[str, Scenario], demo: DemoPeople
) -> None:
    mail.outbox.clear()
    answer = confirmed(demo.architects[0], "remind", ids(files))
    assert done(Act.REMIND) == {files[one].journey.reference for one in ("writing", "proposed")}
    page = answer.content.decode()
    assert "C’est fait pour 2 dossiers" in page and "Refusé pour 1 dossier" in page
    for one in files.values():
        one.run_pending_jobs()
    written = [one for one in mail.outbox if "où en êtes-vous" in one.subject]
    assert {one.to[0] for one in written} == {
        files[one].person.email for one in ("writing", "proposed")
    }
    assert all(demo.architects[0].get_full_name() in one.body for one in written)


def test_the_team_does_not_chase_somebody_twice_in_a_week(
    files: dict[str, Scenario], demo: DemoPeople
) -> None:
    architect, journey = demo.architects[0], files["writing"].journey
    act(journey.pk, Act.REMIND, by=architect)
    timekeeper.travel(TODAY + timedelta(days=6))
    (left,) = asked(architect, "remind", [journey.pk]).context["will_not"]
    assert "Une relance est déjà partie" in left.why and "à partir du" in left.why
    with pytest.raises(Refused):
        act(journey.pk, Act.REMIND, by=architect)
    timekeeper.travel(TODAY + timedelta(days=7))
    act(journey.pk, Act.REMIND, by=architect)


def test_a_candidate_who_answered_meanwhile_gets_no_reminder(
    files: dict[str, Scenario], demo: DemoPeople
) -> None:
    mail.outbox.clear()
    act(files["writing"].journey.pk, Act.REMIND, by=demo.architects[0])
    later = timekeeper.now() + timedelta(minutes=1)
    Journey.objects.filter(pk=files["writing"].journey.pk).update(candidate_seen_at=later)
    files["writing"].run_pending_jobs()
    assert not [one for one in mail.outbox if "où en êtes-vous" in one.subject]


def test_files_are_handed_to_a_colleague_after_the_files_concerned_were_read(
    files: dict[str, Scenario], demo: DemoPeople
) -> None:
    architect, colleague = demo.architects[:2]
    own = files["writing"].journey
    Journey.objects.filter(pk=own.pk).update(architect=colleague)
    first = asked(demo.head, "reassign", ids(files))
    assert "Voir ce qui sera fait" in first.content.decode()
    said = {"architect": str(colleague.pk), "reason": "Congé."}
    read = browser(demo.head).post(
        PAGE, {"acte": "reassign", "dossier": [str(one) for one in ids(files)]} | said
    )
    assert names(read.context["will_not"]) == {own.reference}
    assert "Confirmer pour 2 dossiers" in read.content.decode()
    assert not done(Act.REASSIGN)
    confirmed(demo.head, "reassign", ids(files), **said)
    followed = Journey.objects.filter(architect=colleague)
    assert set(followed.values_list("pk", flat=True)) == set(ids(files))
    assert done(Act.REASSIGN) == {files[one].journey.reference for one in ("away", "proposed")}
    assert architect.accompanied_journeys.count() == 0


def test_the_same_note_is_written_in_each_file(
    files: dict[str, Scenario], demo: DemoPeople
) -> None:
    said = {
        "on": TODAY.date().isoformat(),
        "kind": "message",
        "text": "Message envoyé à tous.",
        "answered": "non",
    }
    confirmed(demo.architects[0], "record_contact", ids(files), **said)
    noted = JournalEntry.objects.filter(act=Act.RECORD_CONTACT)
    assert set(noted.values_list("journey", flat=True)) == set(ids(files))
    assert {one.facts["text"] for one in noted} == {"Message envoyé à tous."}


def test_a_note_that_says_nothing_is_asked_again_and_nothing_is_done(
    files: dict[str, Scenario], demo: DemoPeople
) -> None:
    answer = confirmed(demo.architects[0], "record_contact", ids(files), text="")
    assert answer.status_code == 200 and answer.context["form"].errors
    assert not done(Act.RECORD_CONTACT)


def test_every_file_of_a_narrowed_list_may_be_taken_at_once(
    files: dict[str, Scenario], demo: DemoPeople
) -> None:
    answer = browser(demo.head).get(
        PAGE, {"acte": "remind", "liste": "1", "tous": "1", "etape": "admissible"}
    )
    assert names(answer.context["will"]) == {files["writing"].journey.reference}
    assert answer.context["will_not"] == []


def test_two_clicks_do_it_once(files: dict[str, Scenario], demo: DemoPeople) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(demo.architects[0])
    page = client.get(PAGE, {"acte": "record_contact", "dossier": str(ids(files)[0])})
    said = {
        "csrfmiddlewaretoken": page.context["csrf_token"],
        "acte": "record_contact",
        "dossier": str(ids(files)[0]),
        "on": TODAY.date().isoformat(),
        "kind": "call",
        "text": "Appel.",
        "answered": "oui",
        "confirme": "1",
    }
    answers = [client.post(PAGE, said) for _ in range(2)]
    assert {one["Location"] for one in answers} == {reverse("architect:several_done")}
    assert JournalEntry.objects.filter(act=Act.RECORD_CONTACT).count() == 1


def test_a_colleague_is_told_that_the_file_is_not_theirs(
    files: dict[str, Scenario], demo: DemoPeople
) -> None:
    answer = asked(demo.architects[1], "remind", [ids(files)[0]])
    (left,) = answer.context["will_not"]
    assert "revient à" in left.why
    assert "Confirmer" not in answer.content.decode()


def test_nobody_touches_files_that_they_do_not_see(
    files: dict[str, Scenario], demo: DemoPeople
) -> None:
    page = confirmed(demo.stranger, "remind", ids(files)).content.decode()
    assert "Cochez au moins un dossier" in page
    assert not done(Act.REMIND)


@pytest.mark.parametrize("what", ["", "inconnu", "archive", "hand_over"])
def test_an_act_that_makes_no_sense_for_several_is_not_found(
    files: dict[str, Scenario], demo: DemoPeople, what: str
) -> None:
    assert asked(demo.architects[0], what, ids(files)).status_code == 404


def test_nothing_ticked_or_too_much_says_what_to_do(
    files: dict[str, Scenario], demo: DemoPeople
) -> None:
    client = browser(demo.head)
    none = client.get(PAGE, {"acte": "remind", "dossier": "x"}, follow=True)
    assert "Cochez au moins un dossier" in none.content.decode()
    copies(files["writing"].journey, MOST)
    many = client.get(PAGE, {"acte": "remind", "liste": "1", "tous": "1"}, follow=True)
    assert f"Pas plus de {MOST} dossiers" in many.content.decode()


@pytest.mark.rule("R-124")
def test_the_ticked_files_are_taken_away_and_that_is_kept(
    files: dict[str, Scenario], demo: DemoPeople
) -> None:
    answer = asked(demo.architects[0], "csv", ids(files)[:2])
    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert ListRead.objects.get(exported=True).rows == 2


def test_a_list_offers_each_act_and_a_box_for_each_file(
    files: dict[str, Scenario], demo: DemoPeople
) -> None:
    page = browser(demo.head).get("/accompagnement/?tous=1").content.decode()
    assert all(f'<option value="{one.value}">{one.label}</option>' in page for one in FORMS)
    assert page.count('name="dossier"') == len(files)
    inbox = browser(demo.officer).get("/certificateur/").content.decode()
    assert 'name="dossier"' not in inbox


def test_the_page_of_a_result_is_the_list_when_nothing_was_done(demo: DemoPeople) -> None:
    answer = browser(demo.head).get(reverse("architect:several_done"))
    assert answer["Location"] == reverse("architect:caseload")


def test_reading_what_would_be_done_costs_the_same_for_ten_files_as_for_a_hundred(
    files: dict[str, Scenario], demo: DemoPeople
) -> None:
    copies(files["writing"].journey, MOST - len(files))
    every = list(Journey.objects.filter(architect=demo.architects[0]).values_list("pk", flat=True))
    costs = [
        statements(
            demo.architects[0],
            f"{PAGE}?acte=record_contact&" + "&".join(f"dossier={one}" for one in every[:count]),
        )
        for count in (10, MOST)
    ]
    assert costs[0] == costs[1]


def test_a_reminder_is_a_button_of_the_file_for_who_accompanies_it_only(
    files: dict[str, Scenario], demo: DemoPeople
) -> None:
    address = f"/dossiers/{files['writing'].journey.pk}/faire/remind/"
    assert browser(demo.architects[0]).get(address).status_code == 200
    assert browser(demo.officer).get(address).status_code == 404
    assert browser(files["writing"].person).get(address).status_code == 404
