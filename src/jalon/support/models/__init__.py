"""What accompaniment keeps: meetings held and the path, the agenda and what is booked in it, workshops."""

from jalon.support.models.agenda import (
    Absence,
    Booking,
    BookingQuerySet,
    OpeningHours,
    Site,
    TravelTime,
)
from jalon.support.models.earlier import AgendaRule, EarlierOffer, EarlierWish
from jalon.support.models.employers import (
    EmployerAgreement,
    EmployerContact,
    EmployerRead,
)
from jalon.support.models.groups import CompanyGroup, GroupMember
from jalon.support.models.notes import TeamNote
from jalon.support.models.path import (
    Immersion,
    Meeting,
    Milestone,
    PlannedAction,
    Quote,
    ReportCorrection,
    Training,
)
from jalon.support.models.rehearsal import MockFinding, MockGrid
from jalon.support.models.signatures import AttendanceSignature, SigningCode
from jalon.support.models.survey import Survey, SurveyAnswer
from jalon.support.models.thread import JoinedFile, ThreadMessage
from jalon.support.models.visits import BroughtAnswer
from jalon.support.models.workshops import (
    AttendanceEntry,
    Enrolment,
    HalfDay,
    WithdrawnHalfDay,
    Workshop,
)

__all__ = [
    "Absence",
    "AgendaRule",
    "AttendanceEntry",
    "AttendanceSignature",
    "Booking",
    "BookingQuerySet",
    "BroughtAnswer",
    "CompanyGroup",
    "EarlierOffer",
    "EarlierWish",
    "EmployerAgreement",
    "EmployerContact",
    "EmployerRead",
    "Enrolment",
    "GroupMember",
    "HalfDay",
    "Immersion",
    "JoinedFile",
    "Meeting",
    "Milestone",
    "MockFinding",
    "MockGrid",
    "OpeningHours",
    "PlannedAction",
    "Quote",
    "ReportCorrection",
    "SigningCode",
    "Site",
    "Survey",
    "SurveyAnswer",
    "TeamNote",
    "ThreadMessage",
    "Training",
    "TravelTime",
    "WithdrawnHalfDay",
    "Workshop",
]
