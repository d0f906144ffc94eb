"""A place where a team receives: renamed, put right, closed from a day; who was to come there is told."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.law.earlier import Wanted
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import MeetingMode
from jalon.support import earlier, planning, sites
from jalon.support.models import Booking, EarlierOffer, OpeningHours, Site, Workshop
from jalon.support.programme import Span, change
from jalon.support.queries import offered
from jalon.support.workshops import enrol
from tests.mailbox.test_meetings import run_tells, sent
from tests.support.agenda import site
from tests.support.rooms import a_workshop
from tests.support.test_earlier import run_offers
from tests.web.browsers import browser
from tests.web.reading import read


@pytest.fixture
def meeting(met: Scenario) -> Booking:
    """A meeting on Tuesday 2 March at nine, in Caen."""
    slot = offered(met.person, met.journey)[0]
    return planning.book(met.journey.pk, slot.key, met.person)


def page(meeting: Booking, name: str = "site", *more: int) -> str:
    return reverse(f"architect:{name}", args=[meeting.site_id, *more])


def test_another_address_is_told_to_who_is_to_come_and_another_name_is_not(
    met: Scenario, meeting: Booking
) -> None:
    client = browser(met.architect)
    client.post(page(meeting), {"name": "Caen centre", "address": "1 rue de l’Exemple"})
    run_tells()
    mail.outbox.clear()
    client.post(page(meeting), {"name": "Caen centre", "address": "9 quai du Port"})
    run_tells()
    [told] = sent("booking_placed")
    assert told.to == [met.person.email]
    assert "garde sa date et son heure" in told.body and "9 quai du Port" in told.body
    meeting.refresh_from_db()
    assert meeting.revision == 1


def test_a_workshop_whose_site_moves_is_told_to_its_people_too(met: Scenario) -> None:
    here = site(met.demo.accompanist)
    workshop = a_workshop(met)
    workshop.mode, workshop.site, workshop.link = MeetingMode.ON_SITE, here, ""
    workshop.save()
    sites.change_site(here.pk, met.architect, {"name": here.name, "address": "9 quai du Port"})
    workshop.refresh_from_db()
    assert workshop.revision == 1


def test_a_name_that_another_site_bears_is_refused(met: Scenario, meeting: Booking) -> None:
    site(met.demo.accompanist, "Alençon")
    answer = browser(met.architect).post(page(meeting), {"name": "Alençon", "address": "Ici"})
    assert answer.status_code == 409
    assert "Un site porte déjà ce nom : choisissez-en un autre." in read(answer)


def test_what_is_to_come_is_listed_before_a_site_is_closed_then_to_be_moved(
    met: Scenario, meeting: Booking
) -> None:
    client = browser(met.architect)
    asked = read(client.get(page(meeting, "close_site")))
    assert met.person.get_full_name() in asked and "Mardi 2 mars 2027 à 9 h 00" in asked
    done = client.post(page(meeting, "close_site"), {"closes_on": "2027-03-02"}, follow=True)
    assert "Il reste 1 à déplacer ou à garder à distance" in read(done)
    assert "Déplacer" in read(done)
    meeting.refresh_from_db()
    assert meeting.awaited


def test_no_hour_is_offered_at_a_site_from_the_day_it_closes_until_it_is_kept_open(
    met: Scenario, meeting: Booking
) -> None:
    days = {one.starts_at.date() for one in offered(met.person, met.journey, meeting)}
    closes_on = sorted(days)[1]
    client = browser(met.architect)
    client.post(page(meeting, "close_site"), {"closes_on": closes_on.isoformat()})
    left = {one.starts_at.date() for one in offered(met.person, met.journey, meeting)}
    assert left == {day for day in days if day < closes_on} and left
    client.post(page(meeting, "reopen_site"))
    assert {one.starts_at.date() for one in offered(met.person, met.journey, meeting)} == days


def test_a_site_is_not_closed_on_a_day_that_is_past(met: Scenario, meeting: Booking) -> None:
    past = timekeeper.today() - timedelta(days=1)
    answer = browser(met.architect).post(
        page(meeting, "close_site"), {"closes_on": past.isoformat()}
    )
    assert answer.status_code == 409
    assert "Choisissez aujourd’hui ou un jour à venir" in read(answer)
    assert Site.objects.get(pk=meeting.site_id).closes_on is None


@pytest.mark.parametrize("link", ["https://visio.exemple.fr/1", ""])
def test_a_meeting_is_kept_at_its_hour_by_video_or_else_by_telephone(
    met: Scenario, meeting: Booking, link: str
) -> None:
    OpeningHours.objects.update(link=link)
    sites.close_site(meeting.site_id, met.architect, date(2027, 3, 2))
    client = browser(met.architect)
    for _ in range(2):
        client.post(page(meeting, "keep_from_afar", meeting.pk))
    starts_at = meeting.starts_at
    meeting.refresh_from_db()
    mode = MeetingMode.REMOTE if link else MeetingMode.PHONE
    assert (meeting.mode, meeting.starts_at, meeting.revision) == (mode, starts_at, 1)
    run_tells()
    [told] = sent("booking_placed")
    assert (link or "par téléphone") in told.body
    assert "Rien n’y est prévu" in read(client.get(page(meeting)))


def test_a_colleague_sees_whose_meeting_it_is_and_does_not_move_it(
    met: Scenario, meeting: Booking, demo: DemoPeople
) -> None:
    sites.close_site(meeting.site_id, met.architect, date(2027, 3, 2))
    colleague = next(one for one in demo.architects if one != met.architect)
    client = browser(colleague)
    assert f"À déplacer par {met.architect.get_full_name()}" in read(client.get(page(meeting)))
    client.post(page(meeting, "keep_from_afar", meeting.pk))
    meeting.refresh_from_db()
    assert meeting.mode == MeetingMode.ON_SITE


def test_a_workshop_takes_no_half_day_at_a_site_that_is_closed_by_then(met: Scenario) -> None:
    here = site(met.demo.accompanist)
    workshop = a_workshop(met)
    half = workshop.half_days.get()
    here = sites.close_site(here.pk, met.architect, half.on)
    values = {"mode": MeetingMode.ON_SITE, "site": here, "link": ""}
    span = Span(half.starts_at, half.ends_at, half.pk)
    with pytest.raises(Refused, match="est fermé ce jour-là"):
        change(workshop.pk, met.architect, values, [span])


@pytest.fixture
def workshop(met: Scenario, meeting: Booking) -> Workshop:
    """A workshop at the site of the meeting, where somebody has a seat."""
    made = a_workshop(met)
    Workshop.objects.filter(pk=made.pk).update(
        mode=MeetingMode.ON_SITE, site=meeting.site_id, link=""
    )
    enrol(made.pk, met.journey.pk, met.person)
    return made


def test_a_workshop_of_a_site_is_held_by_video_and_its_people_are_told(
    met: Scenario, meeting: Booking, workshop: Workshop
) -> None:
    OpeningHours.objects.update(link="https://visio.exemple.fr/1")
    client = browser(met.architect)
    assert "Garder en visioconférence" in read(client.get(page(meeting)))
    run_tells()
    mail.outbox.clear()
    said = client.post(page(meeting, "keep_workshop_from_afar", workshop.pk), follow=True)
    assert "garde ses heures, en visioconférence" in read(said)
    workshop.refresh_from_db()
    assert (workshop.mode, workshop.revision) == (MeetingMode.REMOTE, 1)
    run_tells()
    [told] = sent("workshop_changed")
    assert told.to == [met.person.email] and "https://visio.exemple.fr/1" in told.body


def test_a_workshop_whose_leader_has_no_link_is_not_held_by_video(
    met: Scenario, meeting: Booking, workshop: Workshop
) -> None:
    client = browser(met.architect)
    said = client.post(page(meeting, "keep_workshop_from_afar", workshop.pk), follow=True)
    assert "n’a pas de lien de visioconférence : écrivez-en un" in read(said)
    workshop.refresh_from_db()
    assert workshop.on_site


def test_colleagues_who_still_receive_at_a_site_that_closes_are_told_and_who_closed_it_is_not(
    met: Scenario, meeting: Booking, demo: DemoPeople
) -> None:
    run_tells()
    mail.outbox.clear()
    sites.close_site(meeting.site_id, met.architect, date(2027, 3, 2))
    run_tells()
    assert not sent("site_closed")
    sites.close_site(meeting.site_id, demo.head, date(2027, 3, 1))
    run_tells()
    [told] = sent("site_closed")
    assert told.to == [met.architect.email]
    assert met.person.get_full_name() in told.body and "ferme le 1er mars 2027" in told.body


def test_a_site_that_receives_again_offers_its_hours_to_who_waits(
    met: Scenario, meeting: Booking
) -> None:
    last = offered(met.architect, met.journey, meeting)[-1]
    moved = planning.move(meeting, last.key, met.person)
    sites.close_site(moved.site_id, met.architect, timekeeper.today())
    earlier.ask(met.journey.pk, Wanted(moved.on, tuple(range(5))), met.person)
    run_offers()
    assert not EarlierOffer.objects.exists()
    sites.close_site(moved.site_id, met.architect, None)
    assert run_offers() == 1
