"""The lists ask the database the same number of questions for ten rows and for a thousand."""

import copy
import uuid
from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jalon import now as timekeeper
from jalon.catalogue.models import Certification, Competence, RegisterImport
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.documents.models import Document
from jalon.journeys import shown
from jalon.journeys.models import (
    AccessLog,
    Attempt,
    CertifierQuestion,
    Clock,
    Complaint,
    JournalEntry,
    Journey,
    ListRead,
)
from jalon.juries.models import Hearing, Juror, Seat, Session
from jalon.law.vocabulary import (
    Act,
    Addressee,
    Attendance,
    DocumentKind,
    EnrolmentState,
    Event,
    MeetingKind,
    MeetingMode,
    PanelRole,
    Presence,
    Role,
    Shared,
    SignedHow,
    Territory,
)
from jalon.law.workshops import MOST_SEATS
from jalon.mailbox import feeds
from jalon.mailbox.models import Notice, NoticeState
from jalon.people.models import (
    BlocEquivalence,
    CertifierSetting,
    CoverPeriod,
    Membership,
    Organisation,
    User,
)
from jalon.support import employers
from jalon.support.attendance import hours_of
from jalon.support.models import (
    Absence,
    AttendanceEntry,
    AttendanceSignature,
    Booking,
    CompanyGroup,
    EarlierOffer,
    EarlierWish,
    EmployerAgreement,
    EmployerContact,
    EmployerRead,
    Enrolment,
    GroupMember,
    HalfDay,
    Meeting,
    Site,
    SurveyAnswer,
    TeamNote,
    ThreadMessage,
    Workshop,
)
from jalon.writing.models import FeasibilityFile, Remark, Section, SectionVersion
from jalon.writing.remarks import MOST
from jalon.writing.versions import MOST as MOST_VERSIONS
from tests.support.agenda import opened, site
from tests.support.attendance import attended_today
from tests.support.companies import a_group
from tests.support.rehearsing import shared_grid, written_grid
from tests.support.rooms import a_workshop
from tests.walks import writes

FEW, MANY = 10, 1000


def statements(person: User, address: str) -> int:
    """Return how many SQL statements a page costs, once the session is warm."""
    client = Client()
    client.force_login(person)
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def count_rows() -> None:
    """Have PostgreSQL count the rows of the tables that grew: it would plan as if there were none."""
    grown = [name for name, put, _, _ in writes() if put >= MANY // 2]
    if grown:
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(grown)}")


def copies(journey: Journey, count: int) -> None:
    """Add journeys like this one, each with its candidate, file, clock and first act."""
    people = User.objects.bulk_create(
        User(email=f"copie{uuid.uuid4().hex}@exemple.fr", first_name="Copie", last_name=f"N{n}")
        for n in range(count)
    )
    made = []
    for person in people:
        one = copy.copy(journey)
        one.pk, one.candidate, one.reference = uuid.uuid4(), person, uuid.uuid4().hex[:12]
        made.append(one)
    Journey.objects.bulk_create(made)
    FeasibilityFile.objects.bulk_create(
        FeasibilityFile(journey=one, sent_at=timekeeper.now()) for one in made
    )
    model = journey.clocks.filter(state="running").first()
    if model:
        Clock.objects.bulk_create(clock_like(model, one) for one in made)
    entries(made, 1)


def clock_like(model: Clock, journey: Journey) -> Clock:
    """Return a clock like another, not yet kept, for another journey."""
    made = copy.copy(model)
    made.pk, made.journey = None, journey
    return made


def entries(journeys: list[Journey], count: int) -> None:
    """Add lines to journals."""
    JournalEntry.objects.bulk_create(
        JournalEntry(
            journey=one,
            number=1000 + n,
            act=Act.RECORD_STEP,
            role=Role.CANDIDATE,
            author=one.candidate,
            at=timekeeper.now(),
            occurred_on=timekeeper.today(),
            stage_before=one.stage,
            stage_after=one.stage,
        )
        for one in journeys
        for n in range(count)
    )


@pytest.fixture
def decided(demo: DemoPeople, scenario: Scenario) -> Scenario:
    """A journey that waits for the certifier's decision."""
    scenario.to_complete()
    timekeeper.travel(scenario.at)
    return scenario


def more_journeys(scenario: Scenario, count: int) -> None:
    """Fill the caseload and the inbox."""
    copies(scenario.journey, count)


def more_to_do(scenario: Scenario, count: int) -> None:
    """Fill the three blocks of an architect's day: late, waiting for them, silent."""
    copies(scenario.journey, count)
    made = list(Journey.objects.exclude(pk=scenario.journey.pk).values_list("pk", flat=True))
    long_ago = timekeeper.today() - timedelta(days=200)
    late = Clock.objects.filter(journey__in=made[::3])
    late.update(started_on=long_ago, target_on=long_ago, limit_on=long_ago)
    Journey.objects.filter(pk__in=made[1::3]).update(stage="taken_on")
    Journey.objects.filter(pk__in=made[2::3]).update(
        candidate_seen_at=timekeeper.now() - timedelta(days=60)
    )


def more_imported(scenario: Scenario, count: int) -> None:
    """Lengthen what an import brought in."""
    copies(scenario.journey, count)
    told = {"event": Event.TAKEN_OVER, "author": scenario.architect, "at": scenario.at}
    told |= {"stage_before": scenario.journey.stage, "stage_after": scenario.journey.stage}
    JournalEntry.objects.bulk_create(
        JournalEntry(journey=one, number=9_000, occurred_on=scenario.at.date(), **told)
        for one in Journey.objects.exclude(journal__event=Event.TAKEN_OVER)
    )


def more_journal(scenario: Scenario, count: int) -> None:
    """Lengthen one journal and what its candidate was told."""
    start = scenario.journey.journal.count() * 10_000
    made = JournalEntry.objects.bulk_create(
        JournalEntry(
            journey=scenario.journey,
            number=start + n,
            act=Act.RECORD_STEP,
            role=Role.CANDIDATE,
            author=scenario.person,
            at=timekeeper.now(),
            occurred_on=timekeeper.today(),
            stage_before=scenario.journey.stage,
            stage_after=scenario.journey.stage,
        )
        for n in range(count)
    )
    Notice.objects.bulk_create(
        Notice(
            message="progress",
            entry=entry,
            person=scenario.person,
            title=entry.done,
            path="/",
            created_at=timekeeper.now(),
            due_at=timekeeper.now(),
        )
        for entry in made
    )


def more_sessions(scenario: Scenario, count: int) -> None:
    """Fill the calendar of the juries."""
    made = Session.objects.bulk_create(
        Session(
            certification=scenario.certification,
            certifier=scenario.demo.certifier,
            reference=uuid.uuid4().hex[:12],
            held_on=timekeeper.today() + timedelta(days=1 + n % 300),
            mode="on_site",
            form="both",
            place="Atelier",
            created_at=timekeeper.now(),
        )
        for n in range(count)
    )
    Seat.objects.bulk_create(
        Seat(
            session=one,
            juror=scenario.demo.jurors[0],
            role=PanelRole.PRESIDENT,
            summoned_on=timekeeper.today(),
        )
        for one in made
    )


def more_sittings(scenario: Scenario, count: int) -> None:
    """Let the same members sit again and again, under signed minutes."""
    more_sessions(scenario, count)
    first, _ = Attempt.objects.get_or_create(
        journey=scenario.journey, number=1, defaults={"opened_at": timekeeper.now()}
    )
    held = Session.objects.filter(certifier=scenario.demo.certifier, hearings=None)
    Hearing.objects.bulk_create(
        Hearing(
            session=one,
            attempt=first,
            starts_at=time(9),
            cancelled_at=timekeeper.now(),
            locked_at=timekeeper.now() + timedelta(minutes=1),
        )
        for one in held
    )


def more_people(scenario: Scenario, count: int) -> None:
    """Fill the office."""
    people = User.objects.bulk_create(
        User(email=f"equipe{uuid.uuid4().hex}@exemple.fr", first_name="Équipe", last_name=f"N{n}")
        for n in range(count)
    )
    Membership.objects.bulk_create(
        Membership(user=one, organisation=scenario.demo.accompanist, role=Role.ARCHITECT)
        for one in people
    )


def more_jurors(scenario: Scenario, count: int) -> None:
    """Fill the certifier's pool."""
    people = User.objects.bulk_create(
        User(email=f"jury{uuid.uuid4().hex}@exemple.fr", first_name="Jury", last_name=f"N{n}")
        for n in range(count)
    )
    certifier = scenario.demo.certifier
    Membership.objects.bulk_create(
        Membership(user=one, organisation=certifier, role=Role.JUROR) for one in people
    )
    made = Juror.objects.bulk_create(
        Juror(user=one, certifier=certifier, college="employers", gender="woman") for one in people
    )
    trades = Juror.qualified_for.through
    trades.objects.bulk_create(
        trades(juror=one, certification=scenario.certification) for one in made
    )


def more_organisations(scenario: Scenario, count: int) -> None:
    """Fill the list of organisations."""
    start = Organisation.objects.count()
    Organisation.objects.bulk_create(
        Organisation(
            kind="accompanist",
            name=f"Centre {start + n}",
            siret=f"{20_000_000_000_000 + start + n}",
        )
        for n in range(count)
    )


def more_imports(scenario: Scenario, count: int) -> None:
    """Lengthen the list of the exports that were taken in."""
    RegisterImport.objects.bulk_create(
        RegisterImport(
            format="XML",
            name=f"export-{n}.zip",
            total=n,
            read_at=timekeeper.now(),
            applied_at=timekeeper.now(),
        )
        for n in range(count)
    )


def more_settings(scenario: Scenario, count: int) -> None:
    """Lengthen what a certifier wrote of its settings."""
    CertifierSetting.objects.bulk_create(
        CertifierSetting(
            organisation=scenario.journey.certifier,
            setting="quorum",
            value=3,
            start=timekeeper.today(),
            source="Règlement",
            author=scenario.demo.officer,
        )
        for _ in range(count)
    )


def more_equivalences(scenario: Scenario, count: int) -> None:
    """Lengthen a table of equivalence."""
    bloc = scenario.journey.blocs.first()
    BlocEquivalence.objects.bulk_create(
        BlocEquivalence(
            organisation=scenario.journey.certifier,
            former=bloc,
            bloc=bloc,
            start=timekeeper.today(),
            ended_on=timekeeper.today(),
            source="Table",
            author=scenario.demo.officer,
        )
        for _ in range(count)
    )


def more_complaints(scenario: Scenario, count: int) -> None:
    """Fill the register of complaints."""
    start = scenario.journey.complaints.count()
    Complaint.objects.bulk_create(
        Complaint(
            journey=scenario.journey,
            number=start + n,
            to=Addressee.CERTIFIER,
            words="Je conteste.",
            filed_on=timekeeper.today(),
        )
        for n in range(count)
    )


def more_looks(scenario: Scenario, count: int) -> None:
    """Lengthen the list of who looked at a file."""
    AccessLog.objects.bulk_create(
        AccessLog(journey=scenario.journey, reader=scenario.architect, what="dossier")
        for _ in range(count)
    )


def more_lists(scenario: Scenario, count: int) -> None:
    """Lengthen the list of who took lists away."""
    ListRead.objects.bulk_create(
        ListRead(reader=scenario.architect, what="Mes dossiers", rows=12, exported=True)
        for _ in range(count)
    )


def more_ended(scenario: Scenario, count: int) -> None:
    """Fill the list of what is to be erased."""
    before = set(Journey.objects.values_list("pk", flat=True))
    copies(scenario.journey, count)
    Journey.objects.exclude(pk__in=before).update(stage="dropped_out")


def feed_address(scenario: Scenario) -> str:
    return reverse("public:feed", args=[feeds.make(scenario.architect)])


def more_meetings(scenario: Scenario, count: int) -> None:
    """Fill the agenda of an architect: a week of a few meetings, a year of past and coming ones."""
    if not scenario.architect.opening_hours.exists():
        opened(scenario.architect, scenario.demo.accompanist)
    number = Booking.objects.count()
    begins = timekeeper.now() + timedelta(hours=1)
    Booking.objects.bulk_create(
        Booking(
            journey=scenario.journey,
            architect=scenario.architect,
            kind=MeetingKind.FOLLOW_UP,
            mode=MeetingMode.PHONE,
            territory=Territory.METROPOLE,
            starts_at=begins + timedelta(minutes=10 * n),
            ends_at=begins + timedelta(minutes=10 * n + 10),
            attendance=Attendance.HELD,
        )
        for n in range(number, number + count)
    )


def more_waiting(scenario: Scenario, count: int) -> None:
    """Let other candidates of an architect wait for a sooner meeting, each with an hour kept."""
    before = set(Journey.objects.values_list("pk", flat=True))
    copies(scenario.journey, count)
    waiting = Journey.objects.exclude(pk__in=before)
    begins = timekeeper.now() + timedelta(days=30)
    number = Booking.objects.count()
    how = {
        "mode": MeetingMode.PHONE,
        "territory": Territory.METROPOLE,
        "architect": scenario.architect,
    }
    hours = [
        {
            "starts_at": begins + timedelta(hours=number + n),
            "ends_at": begins + timedelta(hours=number + n, minutes=30),
        }
        for n in range(len(waiting))
    ]
    Booking.objects.bulk_create(
        Booking(journey=one, kind=MeetingKind.FOLLOW_UP, **how, **when)
        for one, when in zip(waiting, hours, strict=True)
    )
    wishes = EarlierWish.objects.bulk_create(
        EarlierWish(journey=one, until=begins.date(), weekdays=[0]) for one in waiting
    )
    EarlierOffer.objects.bulk_create(
        EarlierOffer(wish=wish, key=f"1-{number + n}", held_until=begins, **how, **when)
        for n, (wish, when) in enumerate(zip(wishes, hours, strict=True))
    )


def more_at_a_site(scenario: Scenario, count: int) -> None:
    """Let an architect receive more people at one site."""
    here = site(scenario.demo.accompanist)
    number = Booking.objects.count()
    more_meetings(scenario, count)
    Booking.objects.filter(architect=scenario.architect).update(
        mode=MeetingMode.ON_SITE, site=here, attendance=Attendance.EXPECTED
    )
    assert Booking.objects.count() == number + count


def more_openings(scenario: Scenario, count: int) -> None:
    """Lengthen the list of the hours that an architect opened, and of their absences."""
    for _ in range(min(count, 300)):
        opened(scenario.architect, scenario.demo.accompanist, valid_until=timekeeper.today())
        Absence.objects.create(
            architect=scenario.architect,
            starts_on=timekeeper.today(),
            ends_on=timekeeper.today(),
        )


def more_of_a_file(scenario: Scenario, count: int) -> None:
    """Lengthen the journal of a file, its exchanges and its documents."""
    more_journal(scenario, count)
    more_meetings(scenario, count)
    Meeting.objects.bulk_create(
        Meeting(
            journey=scenario.journey,
            kind=MeetingKind.FOLLOW_UP,
            mode=MeetingMode.PHONE,
            held_on=timekeeper.today(),
            minutes=30,
            report={"report": "Le calendrier."},
            held_by=scenario.architect,
        )
        for _ in range(count)
    )
    TeamNote.objects.bulk_create(
        TeamNote(
            journey=scenario.journey,
            organisation=scenario.demo.accompanist,
            author=scenario.architect,
            text="À suivre.",
        )
        for _ in range(count)
    )
    CertifierQuestion.objects.bulk_create(
        CertifierQuestion(
            journey=scenario.journey,
            certifier=scenario.demo.certifier,
            question="Suffit-il ?",
            asked_by=scenario.architect,
        )
        for _ in range(count)
    )
    more_messages(scenario, count)
    Notice.objects.filter(person=scenario.person).update(
        state=NoticeState.SENT, sent_at=timekeeper.now()
    )
    Document.objects.bulk_create(
        Document(
            journey=scenario.journey,
            kind=DocumentKind.PROOF,
            name=f"piece-{n}.pdf",
            origin="uploaded",
            file=f"{uuid.uuid4()}.pdf",
            media_type="application/pdf",
            size=1000,
            sha256=uuid.uuid4().hex * 2,
            created_at=timekeeper.now(),
        )
        for n in range(count)
    )


def more_messages(scenario: Scenario, count: int) -> None:
    """Lengthen the messages of a journey, each read."""
    ThreadMessage.objects.bulk_create(
        ThreadMessage(
            journey=scenario.journey,
            organisation=scenario.demo.accompanist,
            author=scenario.person,
            from_candidate=True,
            text="Puis-je ?",
            sent_at=timekeeper.now() - timedelta(days=1),
            read_at=timekeeper.now(),
            read_by=scenario.architect,
        )
        for _ in range(count)
    )


def more_covers(scenario: Scenario, count: int) -> None:
    """Lengthen the list of the replacements of an architect."""
    day = timekeeper.today()
    CoverPeriod.objects.bulk_create(
        CoverPeriod(
            absent=scenario.architect,
            cover=scenario.demo.head,
            organisation=scenario.demo.accompanist,
            named_by=scenario.architect,
            starts_on=day + timedelta(days=400 + n),
            ends_on=day + timedelta(days=400 + n),
        )
        for n in range(count)
    )


def more_of_an_absence(scenario: Scenario, count: int) -> None:
    """Lengthen the list of the meetings of an absence."""
    CoverPeriod.objects.get_or_create(
        absent=scenario.architect,
        cover=scenario.demo.head,
        organisation=scenario.demo.accompanist,
        named_by=scenario.architect,
        starts_on=timekeeper.today(),
        ends_on=timekeeper.today() + timedelta(days=90),
    )
    before = scenario.architect.bookings.count()
    Booking.objects.bulk_create(
        Booking(
            journey=scenario.journey,
            architect=scenario.architect,
            kind=MeetingKind.FOLLOW_UP,
            mode=MeetingMode.PHONE,
            territory=Territory.METROPOLE,
            starts_at=timekeeper.now() + timedelta(hours=before + n + 1),
            ends_at=timekeeper.now() + timedelta(hours=before + n + 2),
        )
        for n in range(count)
    )


def more_handed_over(scenario: Scenario, count: int) -> None:
    """Lengthen the list of the files that a head handed over."""
    before = list(Journey.objects.values_list("pk", flat=True))
    copies(scenario.journey, count)
    JournalEntry.objects.bulk_create(
        JournalEntry(
            journey=one,
            number=10_000,
            act=Act.REASSIGN,
            role=Role.HEAD,
            author=scenario.demo.head,
            at=timekeeper.now(),
            occurred_on=timekeeper.today(),
            stage_before=one.stage,
            stage_after=one.stage,
        )
        for one in Journey.objects.exclude(pk__in=before)
    )


def more_workshops(scenario: Scenario, count: int) -> None:
    """Lengthen the list of the workshops of a team, each with its people."""
    for _ in range(min(count, 100)):
        workshop = a_workshop(scenario)
        Enrolment.objects.create(
            workshop=workshop, journey=scenario.journey, state=EnrolmentState.ENROLLED
        )


def more_past_workshops(scenario: Scenario, count: int) -> None:
    """Lengthen the list of the workshops that were held."""
    more_workshops(scenario, count)
    HalfDay.objects.update(
        starts_at=F("starts_at") - timedelta(days=30), ends_at=F("ends_at") - timedelta(days=30)
    )


def more_to_choose(scenario: Scenario, count: int) -> None:
    """Lengthen both lists of a candidate's workshops: those chosen, those to choose."""
    more_workshops(scenario, count)
    for _ in range(min(count, 100)):
        a_workshop(scenario)


def more_enrolled(scenario: Scenario, count: int) -> None:
    """Fill one workshop, up to what a room holds: each of its people was there."""
    workshop = Workshop.objects.first() or a_workshop(scenario, seats=MOST_SEATS)
    count = min(count, MOST_SEATS - FEW)
    before = Enrolment.objects.values("journey")
    copies(scenario.journey, count)
    seats = Enrolment.objects.bulk_create(
        Enrolment(workshop=workshop, journey=one, state=EnrolmentState.ENROLLED)
        for one in Journey.objects.exclude(pk__in=before).exclude(pk=scenario.journey.pk)
    )
    half_day = workshop.half_days.get()
    AttendanceEntry.objects.bulk_create(
        AttendanceEntry(
            half_day=half_day,
            enrolment=one,
            presence=Presence.PRESENT,
            noted_by=scenario.architect,
        )
        for one in seats
    )


def more_groups(scenario: Scenario, count: int) -> None:
    """Lengthen the list of the groups of a team, each with somebody."""
    for _ in range(min(count, 100)):
        a_group(scenario)
    more_in_a_group(scenario, count)


def more_in_a_group(scenario: Scenario, count: int) -> None:
    """Lengthen the list of the people of a group, each with a path and a meeting, and of its workshops."""
    group = CompanyGroup.objects.first() or a_group(scenario)
    before = set(Journey.objects.values_list("pk", flat=True))
    copies(scenario.journey, count)
    people = Journey.objects.exclude(pk__in=before)
    GroupMember.objects.bulk_create(GroupMember(group=group, journey=one) for one in people)
    for _ in range(min(count, 30)):
        Workshop.objects.filter(pk=a_workshop(scenario).pk).update(group=group)


def more_agreed(scenario: Scenario, count: int) -> None:
    """Lengthen what a company reads, and the list of what it read of one candidate."""
    more_in_a_group(scenario, count)
    members = GroupMember.objects.filter(agreements=None)
    EmployerAgreement.objects.bulk_create(
        EmployerAgreement(member=one, item=Shared.STAGE, agreed_on=timekeeper.today())
        for one in members
    )
    contact = reader(scenario)
    EmployerRead.objects.bulk_create(
        EmployerRead(journey=scenario.journey, contact=contact, items=["stage"])
        for _ in range(count)
    )


def reader(scenario: Scenario) -> EmployerContact:
    """Return the contact of the only company."""
    group = CompanyGroup.objects.get()
    return group.contacts.first() or employers.add_contact(
        group.pk, scenario.architect, "Léa Exemple", "lea@exemple.fr"
    )


def the_workshop() -> int:
    """Return the number of the only workshop."""
    return Workshop.objects.get().pk


def more_half_days(scenario: Scenario, count: int) -> None:
    """Lengthen the list of the half-days to sign, and the hours of a person, half of them signed."""
    workshop = Workshop.objects.filter(half_days__gt=0).first()
    if workshop is None:
        workshop = attended_today(scenario).workshop
    begins = timekeeper.now() - timedelta(days=1000) + timedelta(hours=HalfDay.objects.count())
    days = HalfDay.objects.bulk_create(
        HalfDay(
            workshop=workshop,
            starts_at=begins + timedelta(hours=n),
            ends_at=begins + timedelta(hours=n + 1),
        )
        for n in range(count)
    )
    enrolment = workshop.enrolments.get()
    AttendanceEntry.objects.bulk_create(
        AttendanceEntry(
            half_day=one,
            enrolment=enrolment,
            presence=Presence.PRESENT,
            noted_by=scenario.architect,
        )
        for one in days
    )
    hours = [one for one in hours_of(scenario.journey) if one.half_day in days]
    AttendanceSignature.objects.bulk_create(
        AttendanceSignature(
            journey=one.journey,
            half_day=one.half_day,
            person=one.person,
            how=SignedHow.CODE,
            minutes=one.minutes,
            digest=one.digest,
            noted_by=one.person,
        )
        for one in hours[::2]
    )


def more_seats(scenario: Scenario, count: int) -> None:
    """Fill a workshop that was held; its list is as long as its seats."""
    half_day = HalfDay.objects.first() or attended_today(scenario)
    Workshop.objects.update(capacity=2 * MANY)
    before = set(Journey.objects.values_list("pk", flat=True))
    copies(scenario.journey, min(count, 50))
    for one in Journey.objects.exclude(pk__in=before):
        seated = Enrolment.objects.create(
            workshop=half_day.workshop, journey=one, state=EnrolmentState.ENROLLED
        )
        AttendanceEntry.objects.create(
            half_day=half_day,
            enrolment=seated,
            presence=Presence.PRESENT,
            noted_by=scenario.architect,
        )


def more_opinions(scenario: Scenario, count: int) -> None:
    """Lengthen what candidates answered at the end of their accompaniment."""
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(
            organisation=scenario.demo.accompanist,
            month=timekeeper.today().replace(day=1),
            whole="good",
        )
        for _ in range(count)
    )


Who = Callable[[Scenario], User]


PAGES: dict[str, tuple[Who, Callable[[Scenario], str], Callable[[Scenario, int], None], int]] = {
    "caseload": (lambda w: w.architect, lambda w: "/accompagnement/", more_journeys, 15),
    "narrowed": (
        lambda w: w.demo.head,
        lambda w: "/accompagnement/?tous=1&etape=feasibility_complete&delai=60&tri=-qui",
        more_journeys,
        14,
    ),
    "export_csv": (
        lambda w: w.architect,
        lambda w: "/accompagnement/?format=csv",
        more_journeys,
        7,
    ),
    "export_xlsx": (
        lambda w: w.demo.officer,
        lambda w: "/certificateur/?format=xlsx",
        more_journeys,
        7,
    ),
    "today": (lambda w: w.architect, lambda w: "/accompagnement/aujourdhui/", more_to_do, 25),
    "search": (
        lambda w: w.demo.head,
        lambda w: "/accompagnement/?tous=1&q=copie",
        more_journeys,
        15,
    ),
    "imported": (
        lambda w: w.architect,
        lambda w: "/accompagnement/?repris=0-9999999999999999",
        more_imported,
        14,
    ),
    "inbox": (lambda w: w.demo.officer, lambda w: "/certificateur/", more_journeys, 9),
    "journey": (lambda w: w.architect, lambda w: f"/dossiers/{w.journey.pk}/", more_journal, 13),
    **{
        tab: (
            lambda w: w.architect,
            lambda w, tab=tab: f"/dossiers/{w.journey.pk}/{tab}/",  # type: ignore[misc]
            more_of_a_file,
            pinned,
        )
        for tab, pinned in {"echanges": 12, "ecrits": 12, "documents": 12, "journal": 12}.items()
    },
    "home": (lambda w: w.person, lambda w: "/candidat/", more_journal, 30),
    "messages": (
        lambda w: w.person,
        lambda w: f"/dossiers/{w.journey.pk}/messages/",
        more_messages,
        7,
    ),
    "messages_of_a_file": (
        lambda w: w.architect,
        lambda w: f"/dossiers/{w.journey.pk}/messages/",
        more_messages,
        9,
    ),
    "agenda": (lambda w: w.architect, lambda w: "/accompagnement/agenda/", more_meetings, 16),
    "agenda_settings": (
        lambda w: w.architect,
        lambda w: "/accompagnement/agenda/reglages/",
        more_openings,
        9,
    ),
    "site": (
        lambda w: w.architect,
        lambda w: f"/accompagnement/agenda/site/{Site.objects.first().pk}/",
        more_at_a_site,
        7,
    ),
    "earlier": (
        lambda w: w.architect,
        lambda w: "/accompagnement/agenda/plus-tot/",
        more_waiting,
        8,
    ),
    "feed": (lambda w: w.architect, feed_address, more_meetings, 16),
    "covers": (
        lambda w: w.architect,
        lambda w: "/accompagnement/remplacements/",
        more_covers,
        5,
    ),
    "cover": (
        lambda w: w.architect,
        lambda w: f"/accompagnement/remplacements/{CoverPeriod.objects.get().pk}/",
        more_of_an_absence,
        7,
    ),
    "handed_over": (
        lambda w: w.demo.head,
        lambda w: "/gestion/dossiers/confies/",
        more_handed_over,
        7,
    ),
    "files": (lambda w: w.demo.head, lambda w: "/gestion/dossiers/", more_journeys, 11),
    "workshops": (
        lambda w: w.architect,
        lambda w: "/accompagnement/ateliers/",
        more_workshops,
        6,
    ),
    "groups": (
        lambda w: w.architect,
        lambda w: "/accompagnement/groupes/",
        more_groups,
        5,
    ),
    "group": (
        lambda w: w.architect,
        lambda w: f"/accompagnement/groupes/{CompanyGroup.objects.get().pk}/",
        more_in_a_group,
        15,
    ),
    "group_csv": (
        lambda w: w.architect,
        lambda w: f"/accompagnement/groupes/{CompanyGroup.objects.get().pk}/?format=csv",
        more_in_a_group,
        10,
    ),
    "employer": (
        lambda w: w.person,
        lambda w: f"/entreprise/lien/{employers.token_of(reader(w))}/",
        more_agreed,
        10,
    ),
    "employer_reads": (
        lambda w: w.person,
        lambda w: "/candidat/mes-donnees/entreprise/",
        more_agreed,
        5,
    ),
    "past_workshops": (
        lambda w: w.architect,
        lambda w: "/accompagnement/ateliers/?passes=1",
        more_past_workshops,
        6,
    ),
    "own_workshops": (
        lambda w: w.person,
        lambda w: f"/candidat/{w.journey.pk}/ateliers/",
        more_to_choose,
        10,
    ),
    "own_workshop": (
        lambda w: w.person,
        lambda w: f"/candidat/{w.journey.pk}/ateliers/{the_workshop()}/",
        more_enrolled,
        7,
    ),
    "workshop": (
        lambda w: w.architect,
        lambda w: f"/accompagnement/ateliers/{the_workshop()}/",
        more_enrolled,
        8,
    ),
    "presences": (
        lambda w: w.architect,
        lambda w: (
            f"/accompagnement/ateliers/{the_workshop()}/presences/{HalfDay.objects.get().pk}/"
        ),
        more_enrolled,
        9,
    ),
    "to_enrol": (
        lambda w: w.architect,
        lambda w: f"/accompagnement/ateliers/{a_workshop(w).pk}/inscrire/?q=copie",
        more_journeys,
        10,
    ),
    "hours": (
        lambda w: w.person,
        lambda w: f"/candidat/{w.journey.pk}/rendez-vous/",
        more_meetings,
        13,  # one of them asks who replaces the architect on those days
    ),
    "attendance": (
        lambda w: w.architect,
        lambda w: "/accompagnement/emargement/",
        more_half_days,
        9,
    ),
    "half_day": (
        lambda w: w.architect,
        lambda w: f"/accompagnement/emargement/{HalfDay.objects.get().pk}/",
        more_seats,
        8,
    ),
    "visit": (
        lambda w: w.architect,
        lambda w: f"/accompagnement/visite/demi-journee/{HalfDay.objects.get().pk}/",
        more_seats,
        10,
    ),
    "hours_given": (
        lambda w: w.architect,
        lambda w: f"/dossiers/{w.journey.pk}/heures/",
        more_half_days,
        9,
    ),
    "own_hours": (
        lambda w: w.person,
        lambda w: f"/candidat/{w.journey.pk}/heures/",
        more_half_days,
        8,
    ),
    "notices": (lambda w: w.person, lambda w: "/dossiers/avis/", more_journal, 5),
    "complaints": (
        lambda w: w.demo.officer,
        lambda w: "/dossiers/reclamations/",
        more_complaints,
        6,
    ),
    "sessions": (lambda w: w.demo.officer, lambda w: "/certificateur/jurys/", more_sessions, 5),
    "sessions_of_juror": (lambda w: w.demo.jurors[0].user, lambda w: "/jury/", more_sessions, 9),
    "jurors": (lambda w: w.demo.officer, lambda w: "/certificateur/membres/", more_jurors, 7),
    "participations": (
        lambda w: w.demo.officer,
        lambda w: "/certificateur/membres/participations/",
        more_sittings,
        5,
    ),
    "settings": (
        lambda w: w.demo.officer,
        lambda w: "/certificateur/reglages/",
        more_settings,
        7,
    ),
    "equivalences": (
        lambda w: w.demo.officer,
        lambda w: "/certificateur/equivalences/",
        more_equivalences,
        7,
    ),
    "organisations": (
        lambda w: w.demo.administrator,
        lambda w: "/gestion/organismes/",
        more_organisations,
        5,
    ),
    "reads": (lambda w: w.person, lambda w: "/candidat/mes-donnees/lectures/", more_looks, 7),
    "kept": (lambda w: w.demo.head, lambda w: "/gestion/conservation/", more_ended, 6),
    "lists": (lambda w: w.demo.head, lambda w: "/gestion/listes/", more_lists, 5),
    "imports": (
        lambda w: w.demo.administrator,
        lambda w: "/gestion/catalogue/",
        more_imports,
        6,
    ),
    "office": (lambda w: w.demo.head, lambda w: "/gestion/", more_people, 7),
    "figures": (lambda w: w.demo.head, lambda w: "/pilotage/", more_journeys, 12),
    "figures_flow": (lambda w: w.demo.head, lambda w: "/pilotage/parcours/", more_journeys, 8),
    "figures_delays": (lambda w: w.demo.head, lambda w: "/pilotage/delais/", more_journeys, 7),
    "figures_load": (lambda w: w.demo.head, lambda w: "/pilotage/equipe/", more_journeys, 11),
    "figures_dates": (lambda w: w.demo.head, lambda w: "/pilotage/calendriers/", more_journeys, 7),
    "figures_files": (lambda w: w.demo.head, lambda w: "/pilotage/dossiers/", more_journeys, 7),
    "figures_juries": (lambda w: w.demo.head, lambda w: "/pilotage/jurys/", more_journeys, 7),
    "figures_ends": (lambda w: w.demo.head, lambda w: "/pilotage/fins/", more_journeys, 7),
    "quality": (lambda w: w.demo.head, lambda w: "/pilotage/qualite/", more_opinions, 6),
    "figures_list": (
        lambda w: w.demo.head,
        lambda w: "/pilotage/charge/liste/?periode=2027",
        more_journeys,
        10,
    ),
}


@pytest.mark.parametrize(
    "more", dict.fromkeys(page[2] for page in PAGES.values()), ids=lambda more: more.__name__
)
def test_pages_cost_the_same_for_ten_rows_and_for_a_thousand(
    decided: Scenario, more: Callable[[Scenario, int], None]
) -> None:
    pages = {name: page for name, page in PAGES.items() if page[2] is more}
    cost: dict[str, list[int]] = {name: [] for name in pages}
    for added in (FEW, MANY - FEW):
        more(decided, added)
        count_rows()
        for name, (who, address, _, _) in pages.items():
            cost[name].append(statements(who(decided), address(decided)))
    assert cost == {name: [pinned, pinned] for name, (_, _, _, pinned) in pages.items()}


def test_a_file_that_waits_for_its_jury_costs_no_more_for_what_was_written(
    scenario: Scenario,
) -> None:
    scenario.to_scheduled()
    timekeeper.travel(scenario.at)
    file = f"/dossiers/{scenario.journey.pk}/"
    section = Section.objects.filter(file__attempt__journey=scenario.journey).earliest("pk")
    more_remarks(section, scenario.architect, 3)
    seen = [statements(scenario.architect, f"{file}{tab}") for tab in ("", "ecrits/")]
    assert seen == [14, 12]


def test_the_grid_of_a_rehearsal_costs_the_same_whatever_was_found(scenario: Scenario) -> None:
    scenario.to_scheduled()
    timekeeper.travel(scenario.at)
    file = f"/dossiers/{scenario.journey.pk}/entrainement/"
    empty = statements(scenario.architect, file)
    number = shared_grid(scenario).pk
    written_grid(scenario)
    assert (empty, statements(scenario.architect, file)) == (11, 12)
    readers = (scenario.architect, scenario.person)
    assert [statements(one, f"{file}{number}/") for one in readers] == [7, 6]


def more_remarks(section: Section, author: User, count: int) -> None:
    """Remark on the first letter of a text, again and again."""
    Remark.objects.bulk_create(
        Remark(
            section=section,
            question="context",
            kind="question",
            words="D",
            start=0,
            body="Où ?",
            author=author,
            said_at=timekeeper.now(),
        )
        for _ in range(count)
    )


def test_the_remarks_on_a_text_cost_the_same_for_one_as_for_many(scenario: Scenario) -> None:
    scenario.to_admissible()
    timekeeper.travel(scenario.at)
    section = Section.objects.filter(file__attempt__journey=scenario.journey).earliest("pk")
    own = f"/dossiers/{scenario.journey.pk}/validation/{section.competence_id}/"
    seen = []
    for more in (1, MOST - 1):
        more_remarks(section, scenario.architect, more)
        seen.append(
            (
                statements(scenario.architect, f"{own}remarques/"),
                statements(scenario.person, own),
            )
        )
    assert seen == [(11, 17), (11, 17)]


def more_versions(section: Section, count: int) -> None:
    """Lengthen the list of the versions of a text."""
    SectionVersion.objects.bulk_create(
        SectionVersion(
            section=section,
            reason="saved",
            answers={"actions": "J’ai réglé."},
            words=2,
            author=section.file.attempt.journey.candidate,
            written_at=timekeeper.now(),
            kept_at=timekeeper.now(),
        )
        for _ in range(count)
    )


def test_the_pages_of_rereading_cost_the_same_for_one_version_as_for_many(
    scenario: Scenario,
) -> None:
    scenario.to_admissible().wait(20).write_validation()
    timekeeper.travel(scenario.at)
    section = Section.objects.filter(file__attempt__journey=scenario.journey).earliest("pk")
    own = f"/dossiers/{scenario.journey.pk}/validation/"
    pages = (
        f"{own}suivi/",
        f"{own}avant-envoi/",
        f"{own}{section.competence_id}/versions/",
        f"{own}{section.competence_id}/versions/comparer/",
    )
    seen = []
    for more in (1, MOST_VERSIONS - 1):
        more_versions(section, more)
        more_remarks(section, scenario.architect, more)
        seen.append([statements(scenario.architect, page) for page in pages])
    assert seen == [[19, 18, 12, 9]] * 2


def test_what_one_does_at_work_costs_the_same_for_ten_sheets_as_for_two_hundred(
    demo: DemoPeople,
) -> None:
    seen = []
    for more in (0, 200):
        Certification.objects.bulk_create(
            Certification(code=f"RNCP{number}", title="Sheet", trade_words="souder")
            for number in range(70_000, 70_000 + more)
        )
        with CaptureQueriesContext(connection) as sent:
            answer = Client().post("/mon-travail/", {"said": "coques, rivets, ponçage"})
        assert len(answer.context["answers"]) == 3
        seen.append(len(sent))
    assert seen == [8, 8]


def test_the_catalogue_costs_the_same_for_ten_sheets_as_for_two_hundred(demo: DemoPeople) -> None:
    seen = []
    for more in (0, 200):
        Certification.objects.bulk_create(
            Certification(code=f"RNCP{number}", title="Soudeur", level=3, nsf="254")
            for number in range(70_000, 70_000 + more)
        )
        seen.append(
            [
                asked_by_anybody(f"/certifications/{query}")
                for query in ("", "?q=soudeur", "?q=soudeur&famille=254&niveau=3")
            ]
        )
    assert seen == [[3, 4, 4]] * 2


def test_a_sheet_costs_the_same_with_its_tasks_answered_and_a_thousand_others(
    demo: DemoPeople,
) -> None:
    cache.clear()
    path = "/certifications/RNCP38622/"
    first = asked_by_anybody(path)
    task = Competence.objects.filter(bloc__certification__code="RNCP38622").earliest("pk").pk
    Certification.objects.bulk_create(
        Certification(code=f"RNCP{number}", title="Sheet") for number in range(70_000, 71_000)
    )
    assert (first, asked_by_anybody(f"{path}?tache-{task}=oui")) == (7, 6)


def test_the_figures_of_the_home_are_counted_once_and_held_for_everybody(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown, "fewest_people", lambda on: 1)
    scenario.to_result().do(Act.REQUEST_DOCUMENTS, scenario.person)
    timekeeper.travel(scenario.at + timedelta(days=92))
    cache.clear()
    assert [asked_by_anybody("/") for _ in range(2)] == [3, 0]


def asked_by_anybody(path: str) -> int:
    """Return how many statements a page asks for somebody who did not sign in."""
    with CaptureQueriesContext(connection) as sent:
        assert Client().get(path).status_code == 200
    return len(sent)
