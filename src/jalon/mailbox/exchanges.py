"""What was said around a journey, in one timeline: calls, messages, meetings, hours booked, e-mails."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    CharField,
    DateTimeField,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Concat, JSONObject, TruncDate

from jalon.journeys.models import CertifierQuestion, JournalEntry, Journey
from jalon.journeys.policy import reads_notes
from jalon.journeys.questions import (
    of_its_certifier,
    reads_every_question,
    reads_own_questions,
)
from jalon.law.meetings import MET_BY
from jalon.law.notes import may_change
from jalon.law.vocabulary import (
    Act,
    Attendance,
    Channel,
    ContactKind,
    MeetingKind,
    MeetingMode,
    Word,
)
from jalon.mailbox.messages.thread import ToTheCandidate
from jalon.mailbox.models import Notice, NoticeState
from jalon.now import PARIS, now
from jalon.people.models import User
from jalon.support.models import (
    Booking,
    JoinedFile,
    Meeting,
    PlannedAction,
    ReportCorrection,
    ThreadMessage,
)
from jalon.support.models.path import told
from jalon.support.notes import of_the_team, reads_team_notes
from jalon.support.queries import reads_meetings
from jalon.support.thread import messages, of_thread, reads_thread

#: The columns that every part of the timeline gives.
COLUMNS = ("day", "moment", "sort", "ref", "said")


class Sort(Word):
    """What stands on a line of the timeline."""

    CONTACT = "contact", "Échange"
    MEETING = "meeting", "Rendez-vous tenu"
    BOOKING = "booking", "Rendez-vous pris"
    MAIL = "mail", "Courriel envoyé par Jalon"
    NOTE = "note", "Note de l’équipe"
    QUESTION = "question", "Question au certificateur"
    PLAN = "plan", "Plan après le jury"
    MESSAGE = "thread", "Message"


@dataclass(frozen=True)
class Version:
    """A report as it was written once: by whom, when, and why it was corrected."""

    told: Sequence[tuple[str, str]]
    who: str
    at: datetime | None = None
    why: str = ""


@dataclass(frozen=True)
class Exchange:
    """A line of the timeline."""

    day: date
    moment: datetime
    sort: Sort
    number: int
    said: Mapping[str, Any]

    @property
    def title(self) -> str:
        """Return what it was, in a few words."""
        return TITLES[self.sort](self.said)

    @property
    def to_come(self) -> bool:
        """Say whether it is an hour that is still awaited."""
        return (
            self.sort is Sort.BOOKING
            and self.said["attendance"] == Attendance.EXPECTED
            and self.moment > now()
        )

    @property
    def became(self) -> str:
        """Return what became of an hour that was booked; that it is still to be noted, once it has come."""
        attendance = Attendance(self.said["attendance"])
        unsaid = attendance is Attendance.EXPECTED and not self.to_come
        return "Présence à noter" if unsaid else attendance.label

    @property
    def versions(self) -> Sequence[Version]:
        """Return the report of a meeting, the one that stands first, then those that it was before."""
        first = Version(told(self.said["report"]), self.said["who"])
        later = [
            Version(told(one["report"]), one["who"], datetime.fromisoformat(one["at"]), one["why"])
            for one in self.said["corrections"]
        ]
        return [*reversed(later), first]

    @property
    def changeable(self) -> bool:
        """Say whether a note may still be put right by its author."""
        return may_change(self.moment, now(), mine=True) is None

    @property
    def read_at(self) -> datetime | None:
        """Return when a message was first read by the other side."""
        return datetime.fromisoformat(self.said["read_at"]) if self.said["read_at"] else None

    @property
    def heard(self) -> str:
        """Return how the answer of a certifier is known, when it was not written here."""
        return labelled(Channel, self.said["channel"]).lower() if self.said["channel"] else ""

    @property
    def noted(self) -> Mapping[str, Any]:
        """Return what was noted of a call or a message; nothing once it was erased."""
        facts: Mapping[str, Any] = self.said["facts"]
        return facts


def labelled(word: type[Word], value: Any) -> str:
    """Return what people read for a stored word; the word itself for one that was retired."""
    known = word.or_none(str(value))
    return known.label if known else str(value)


def contact_title(said: Mapping[str, Any]) -> str:
    """Return how people spoke; what was noted before it was asked says only that they did."""
    kind = said["facts"].get("kind")
    return labelled(ContactKind, kind) if kind else "Prise de contact"


TITLES: dict[Sort, Callable[[Mapping[str, Any]], str]] = {
    Sort.CONTACT: contact_title,
    Sort.MEETING: lambda said: labelled(MeetingKind, said["kind"]),
    Sort.BOOKING: lambda said: (
        f"{labelled(MeetingKind, said['kind'])}, {labelled(MeetingMode, said['mode']).lower()}"
    ),
    Sort.MAIL: lambda said: str(said["title"]),
    Sort.NOTE: lambda said: Sort.NOTE.label,
    Sort.QUESTION: lambda said: Sort.QUESTION.label,
    Sort.PLAN: lambda said: Sort.PLAN.label,
    Sort.MESSAGE: lambda said: (
        "Message du candidat" if said["from_candidate"] else "Message au candidat"
    ),
}


def exchanges(viewer: User, journey: Journey) -> QuerySet[Any, Any]:
    """Return the lines of the timeline that a person reads, the latest first, in one statement."""
    parts = [part(journey) for reads, part in PARTS if reads(viewer, journey)]
    if not parts:
        return contacts(journey).none()
    return parts[0].union(*parts[1:], all=True).order_by("-day", "-moment", "-ref")


def exchange(row: Sequence[Any]) -> Exchange:
    """Return a line of the timeline from its columns."""
    day, moment, sort, number, said = row
    return Exchange(day, moment, Sort(sort), number, said)


def messages_to_open(lines: Sequence[Exchange], *, by_candidate: bool) -> list[int]:
    """Return the numbers of the messages of the other side that nobody opened, among some lines."""
    return [
        one.number
        for one in lines
        if one.sort is Sort.MESSAGE
        and one.said["from_candidate"] is not by_candidate
        and not one.said["read_at"]
    ]


def named(person: str) -> Concat:
    """Return the name of somebody, as the database writes it."""
    return Concat(f"{person}__first_name", Value(" "), f"{person}__last_name")


def columns(
    found: QuerySet[Any], sort: Sort, day: Any, moment: Any, **said: Any
) -> QuerySet[Any, Any]:
    """Return a part of the timeline with the columns that every part gives."""
    made = found.order_by().annotate(
        day=day,
        moment=moment,
        sort=Value(sort.value, CharField()),
        ref=F("pk"),
        said=JSONObject(**said),
    )
    return made.values_list(*COLUMNS)


def contacts(journey: Journey) -> QuerySet[Any, Any]:
    """Return the calls and messages that the team noted; a meeting is told by its own line."""
    noted = JournalEntry.objects.filter(journey=journey, act=Act.RECORD_CONTACT)
    return columns(
        noted.exclude(facts__kind__in=[kind.value for kind in MET_BY]),
        Sort.CONTACT,
        F("occurred_on"),
        F("at"),
        facts="facts",
        who=named("author"),
    )


def held(journey: Journey) -> QuerySet[Any, Any]:
    """Return the meetings that were held, with every version of their reports."""
    later = ReportCorrection.objects.filter(meeting=OuterRef("pk")).order_by("pk")
    corrections = ArraySubquery(
        later.values(one=JSONObject(report="report", why="why", at="at", who=named("author")))
    )
    return columns(
        Meeting.objects.filter(journey=journey),
        Sort.MEETING,
        F("held_on"),
        Cast("held_on", DateTimeField()),
        kind="kind",
        mode="mode",
        minutes="minutes",
        report="report",
        who=named("held_by"),
        corrections=corrections,
        grid="mock_grid",
    )


def booked(journey: Journey) -> QuerySet[Any, Any]:
    """Return the hours that were booked; one that was held is told by its meeting."""
    return columns(
        Booking.objects.filter(journey=journey, meeting=None),
        Sort.BOOKING,
        TruncDate("starts_at", tzinfo=PARIS),
        F("starts_at"),
        kind="kind",
        mode="mode",
        attendance="attendance",
        reason="reason",
        who=named("architect"),
    )


def mails(journey: Journey) -> QuerySet[Any, Any]:
    """Return the e-mails about a journey that left for its candidate: what they were about, not their text.

    A text may hold a link that only the person it is sent to should press. One that says that a message
    waits stands beside that message already.
    """
    bookings = journey.bookings.annotate(key=Cast("pk", TextField())).values("key")
    number = Func(F("about"), Value("."), Value(1), function="split_part", output_field=TextField())
    of_this = (
        Q(entry__journey=journey)
        | Q(about=str(journey.pk))
        | Q(message__startswith="booking_", booking__in=bookings)
    )
    sent = (
        Notice.objects.alias(booking=number)
        .filter(of_this, person=journey.candidate_id, state=NoticeState.SENT)
        .exclude(message=ToTheCandidate.name)
    )
    return columns(sent, Sort.MAIL, TruncDate("sent_at", tzinfo=PARIS), F("sent_at"), title="title")


def team_notes(journey: Journey) -> QuerySet[Any, Any]:
    """Return what the team noted for itself."""
    return columns(
        of_the_team(journey),
        Sort.NOTE,
        TruncDate("at", tzinfo=PARIS),
        F("at"),
        text="text",
        who=named("author"),
        author="author_id",
    )


def asked(journey: Journey) -> QuerySet[Any, Any]:
    """Return what every certifier of a journey was asked, with the answers."""
    return asked_and_answered(CertifierQuestion.objects.filter(journey=journey))


def asked_of_its_certifier(journey: Journey) -> QuerySet[Any, Any]:
    """Return what whoever certifies a journey now was asked, with the answers."""
    return asked_and_answered(of_its_certifier(journey))


def asked_and_answered(found: QuerySet[CertifierQuestion]) -> QuerySet[Any, Any]:
    """Return the lines of some questions."""
    return columns(
        found,
        Sort.QUESTION,
        TruncDate("asked_at", tzinfo=PARIS),
        F("asked_at"),
        certifier="certifier_id",
        whom="certifier__name",
        question="question",
        answer="answer",
        answered_on="answered_on",
        channel="channel",
        who=named("asked_by"),
        answered_by=named("answered_by"),
    )


def thread(viewer: User, journey: Journey) -> QuerySet[Any, Any]:
    """Return the messages of a journey that a person reads, the latest first."""
    return written(messages(viewer, journey)).order_by("-moment", "-ref")


def team_thread(journey: Journey) -> QuerySet[Any, Any]:
    """Return the messages between the candidate and the organisation that accompanies them now."""
    return written(of_thread(journey, own=False))


def written(found: QuerySet[ThreadMessage]) -> QuerySet[Any, Any]:
    """Return the lines of some messages, each with what was joined to it."""
    joined = JoinedFile.objects.filter(message=OuterRef("pk"), document__removed_at__isnull=True)
    files = joined.order_by("pk").values(
        one=JSONObject(id="document_id", name="document__name", size="document__size")
    )
    return columns(
        found,
        Sort.MESSAGE,
        TruncDate("sent_at", tzinfo=PARIS),
        F("sent_at"),
        text="text",
        from_candidate="from_candidate",
        who=named("author"),
        for_whom=named("acted_for"),
        read_at="read_at",
        waits=Q(from_candidate=True, settled_at__isnull=True),
        files=ArraySubquery(files),
    )


def planned(journey: Journey) -> QuerySet[Any, Any]:
    """Return what was last said of each action of the plan: done, moved or given up."""
    return columns(
        PlannedAction.objects.filter(journey=journey, changed_at__isnull=False),
        Sort.PLAN,
        TruncDate("changed_at", tzinfo=PARIS),
        F("changed_at"),
        action="action",
        due_on="due_on",
        kept_on="kept_on",
        given_up_on="given_up_on",
        reason="reason",
        who=named("changed_by"),
    )


def reads_for_the_team(viewer: User, journey: Journey) -> bool:
    """Say whether somebody reads the messages among the exchanges of the file; its candidate has their own page."""
    return journey.candidate_id != viewer.pk and reads_thread(viewer, journey)


Reads = Callable[[User, Journey], bool]

#: The parts of the timeline, and who reads each.
PARTS: tuple[tuple[Reads, Callable[[Journey], QuerySet[Any, Any]]], ...] = (
    (reads_notes, contacts),
    (reads_meetings, held),
    (reads_meetings, booked),
    (reads_meetings, planned),
    (reads_notes, mails),
    (reads_team_notes, team_notes),
    (reads_for_the_team, team_thread),
    (reads_every_question, asked),
    (reads_own_questions, asked_of_its_certifier),
)
