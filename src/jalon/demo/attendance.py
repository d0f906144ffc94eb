"""A morning of the demonstration that people signed in each of the four ways, and a certificate of hours."""

from datetime import date, datetime, time, timedelta

from jalon import now as timekeeper
from jalon.demo.agendas import followed_by, site
from jalon.demo.people import DemoPeople
from jalon.demo.scenario import moment_before
from jalon.documents.jobs import issue
from jalon.journeys.models import Journey
from jalon.law.calendar import working_day_before
from jalon.law.vocabulary import EnrolmentState, MeetingMode, Presence, SignedHow, WorkshopTheme
from jalon.now import PARIS
from jalon.people.models import User
from jalon.support import workshops
from jalon.support.attendance import Hours, hours_of, sheet_of
from jalon.support.models import Enrolment, HalfDay, Workshop
from jalon.support.service import certify
from jalon.support.signatures import send_code, sign, sign_as_leader, sign_by_code
from jalon.support.workshops import accepted_path

#: How many days ago it was, and how many people had a seat.
HELD_AGO, SEATED = 3, 6
#: Two hands, as a tablet writes them.
HANDS = (
    "M60 140L80 60L100 40L110 80L90 150L140 110L160 120L180 100L200 130L240 90L300 120L420 80L540 100",
    "M80 60L80 150L130 150M150 120L180 90L200 120L170 150L150 120M220 150L230 60L260 150L330 70L520 160",
)


def sign_a_morning(demo: DemoPeople) -> list[Hours]:
    """Hold a morning; have it signed but by one who has not, and one who is away; return the first person's hours."""
    architect = demo.architects[0]
    there = [one for one in followed_by(architect) if accepted_path(one)][:SEATED]
    with timekeeper.at(moment_before(HELD_AGO)):
        morning = a_morning(demo, architect, working_day_before(timekeeper.now().date()))
        seats = [seat(morning, one) for one in there]
    with timekeeper.at(morning.ends_at):
        note_everybody(morning, seats, architect)
        present = [row.hours for row in sheet_of(morning).rows if row.hours.to_sign]
        in_each_way(present[:-1], architect)
        leader = sheet_of(morning).leader
        sign_as_leader(morning, architect, leader.digest, SignedHow.DRAWN, HANDS[1])
    return present[:1]


def a_morning(demo: DemoPeople, leader: User, on: date) -> HalfDay:
    """Return the morning of a workshop, from nine to twelve."""
    held = Workshop.objects.create(
        organisation=demo.accompanist,
        theme=WorkshopTheme.WRITING,
        led_by=leader,
        mode=MeetingMode.ON_SITE,
        site=site(demo, "Caen", "1 rue de l’Exemple, Caen"),
    )
    nine = datetime.combine(on, time(9), PARIS)
    return HalfDay.objects.create(workshop=held, starts_at=nine, ends_at=nine + timedelta(hours=3))


def seat(morning: HalfDay, journey: Journey) -> Enrolment:
    """Return a seat that somebody had."""
    return Enrolment.objects.create(
        workshop=morning.workshop, journey=journey, state=EnrolmentState.ENROLLED
    )


def note_everybody(morning: HalfDay, seats: list[Enrolment], by: User) -> None:
    """Note everybody as present, the second one late, the last one excused."""
    for number, one in enumerate(seats):
        away = number == len(seats) - 1
        late = morning.starts_at + timedelta(minutes=10) if number == 1 else None
        presence = Presence.EXCUSED if away else Presence.PRESENT
        workshops.note(morning, one, presence, by, arrived_at=late)


def in_each_way(present: list[Hours], architect: User) -> None:
    """Sign by hand, by code, aloud, then by hand again."""
    for number, hours in enumerate(present):
        seen = hours.digest
        if number == 1:
            code = send_code(hours, architect)
            sign_by_code(hours, code, seen, hours.person)
        elif number == 2:
            reason = "Main dans le plâtre"
            sign(hours, SignedHow.ALOUD, architect, seen, reason=reason)
        else:
            hand = HANDS[number % len(HANDS)]
            sign(hours, SignedHow.DRAWN, architect, seen, strokes=hand)


def certify_hours(signers: list[Hours], architect: User) -> None:
    """Have the meetings of some people signed too, and their certificates printed."""
    for one in signers:
        assert one.journey
        for hours in hours_of(one.journey):
            if hours.to_sign:
                sign(hours, SignedHow.DRAWN, architect, hours.digest, strokes=HANDS[0])
        issue(entry_id=certify(one.journey, architect).pk)
