"""What calls people to a jury, reminds them the day before, and tells them of each change."""

import re
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.urls import reverse

from jalon.journeys.snapshot import snapshot
from jalon.juries.models import Hearing, Seat, Session
from jalon.law.clocks import french, french_hour
from jalon.law.facts import Absence, Postponement, SessionChange
from jalon.law.guidance import PAID_BY_OTHERS, new_date
from jalon.law.jury import agreed
from jalon.law.vocabulary import (
    Act,
    ClockKind,
    Event,
    Occasion,
    Outcome,
    PanelRole,
    Role,
    Stage,
)
from jalon.mailbox import appointments
from jalon.mailbox.agenda import Appointment
from jalon.mailbox.messages import EntryMessage, EventMessage, Message, message, reached
from jalon.mailbox.models import Category
from jalon.mailbox.recipients import members, panel
from jalon.now import PARIS, now
from jalon.people.models import User

#: The hour at which a reminder is sent, the day before.
REMINDED_AT = time(9)
SIDES = frozenset({Role.CANDIDATE, Role.ARCHITECT, Role.HEAD})


def where_and_when(session: Session) -> dict[str, Any]:
    """Return what both sides of a jury need to know of its session."""
    return {
        "session": session,
        "on": french(session.held_on),
        "hours": f"{french_hour(session.starts_at)} – {french_hour(session.ends_at)}",
        "place": appointments.where(session),
        "mode": session.mode.label,
        "form": session.form.label,
        "certification": session.certification,
        "certifier": reached(session.certifier),
    }


def eve(day: date) -> datetime | None:
    """Return the hour of a reminder, the day before; None when it is past: the summons said it all."""
    moment = datetime.combine(day - timedelta(days=1), REMINDED_AT, PARIS)
    return moment if moment > now() else None


# ---------------------------------------------------------------- the candidate, and who accompanies


class HearingMessage(EntryMessage):
    """A message about a hearing to come, as long as it is not postponed."""

    category = Category.DECISIONS
    roles = frozenset({Role.CANDIDATE})

    @cached_property
    def hearing(self) -> Hearing | None:
        """Return the hearing that this act planned, or None once another act undid it."""
        planned = self.journey.journal.filter(act=Act.SCHEDULE_HEARING).order_by("number").last()
        if planned != self.entry or self.journey.stage != Stage.JURY_SCHEDULED:
            return None
        return hearing_to_come(self.entry)

    @property
    def starts_at(self) -> datetime | None:
        """Return the moment at which the candidate is heard."""
        return self.hearing.moment if self.hearing else None

    def still_true(self) -> bool:
        """Say whether the hearing is still to come."""
        return self.starts_at is not None and now() < self.starts_at

    def appointment(self, person: User) -> Appointment | None:
        """Return the hour, for the person's agenda."""
        return appointments.of_hearing(self.hearing) if self.hearing else None

    def context(self, person: User) -> dict[str, Any]:
        """Return where, when, for how long and with what."""
        return super().context(person) | hearing_in_words(self.hearing)


def hearing_to_come(entry: Any) -> Hearing | None:
    """Return the hearing to come of the journey that a line of a journal is about."""
    living = Hearing.objects.to_come().filter(attempt__journey=entry.journey)
    return living.select_related("session__certification", "session__certifier").last()


def hearing_in_words(hearing: Hearing | None) -> dict[str, Any]:
    """Return what the files say of a hearing."""
    if hearing is None:
        return {}
    hour = {"hearing": hearing, "hour": french_hour(hearing.starts_at)}
    return where_and_when(hearing.session) | hour


@message(Act.SCHEDULE_HEARING)
class HearingSummons(HearingMessage):
    """A candidate is called before a jury (R-056)."""

    name = "hearing_summons"

    def title(self) -> str:
        """Return what the page of notices says."""
        if self.starts_at is None:
            return super().title()
        day, hour = french(self.starts_at.date()), french_hour(self.starts_at.time())
        return f"Votre convocation devant le jury : le {day} à {hour}"


@message(Act.SCHEDULE_HEARING)
class HearingTold(HearingMessage):
    """Who accompanies a candidate learns of the day, to tell them and to prepare them (R-057)."""

    name = "hearing_told"
    roles = frozenset({Role.ARCHITECT, Role.HEAD})


@message(Act.SCHEDULE_HEARING)
class HearingReminder(HearingMessage):
    """The jury is tomorrow."""

    name = "hearing_reminder"
    category = Category.REMINDERS

    def when(self) -> datetime | None:
        """Return the day before the hearing, at nine; None when that is past: the summons says it."""
        return eve(self.starts_at.date()) if self.starts_at else None

    def title(self) -> str:
        """Return what the page of notices says, that day."""
        return "Rappel : vous passez devant le jury demain"


class HearingGone(EntryMessage):
    """A message about a hearing that does not take place, and what the delay is from now on."""

    category = Category.DECISIONS
    roles = SIDES

    @cached_property
    def hearing(self) -> Hearing | None:
        """Return the hearing that this act cancelled."""
        gone = Hearing.objects.filter(attempt__journey=self.journey, cancelled_at=self.entry.at)
        return gone.select_related("session__certification", "session__certifier").last()

    def still_true(self) -> bool:
        """Say whether no other date was set since."""
        return self.journey.stage == Stage.VALIDATION_ACCEPTED

    def appointment(self, person: User) -> Appointment | None:
        """Return what takes the hour out of the person's agenda."""
        return appointments.of_hearing(self.hearing, cancelled=True) if self.hearing else None

    def context(self, person: User) -> dict[str, Any]:
        """Return which day it was, and by when another one is to be set, if the law says so."""
        clock = self.journey.clocks.running().filter(kind=ClockKind.HEARING).first()
        limit = french(clock.limit_on) if clock else ""
        return super().context(person) | hearing_in_words(self.hearing) | {"limit": limit}


@message(Act.POSTPONE_HEARING)
class HearingPostponed(HearingGone):
    """The hour is free again: the candidate waits for another date (R-055)."""

    name = "hearing_postponed"

    def context(self, person: User) -> dict[str, Any]:
        """Return why it is postponed, and whose doing it is."""
        said = self.entry.facts_as(Postponement)
        whose = said.whose.label.lower() if said.whose else ""
        return super().context(person) | {"why": said.reason, "whose": whose}


@message(Act.RECORD_ABSENCE)
class HearingMissed(HearingGone):
    """The candidate was not there: it is no failure, and another date will follow (R-055, R-084)."""

    name = "hearing_missed"

    def context(self, person: User) -> dict[str, Any]:
        """Return whether the absence is excused, the new date, and what it changes for who pays."""
        said = self.entry.facts_as(Absence)
        return super().context(person) | {
            "excused": said.outcome == Outcome.EXCUSED,
            "why": said.reason,
            "date": new_date(snapshot(self.journey, Role.CANDIDATE)),
            "payer": PAID_BY_OTHERS[said.outcome],
        }

    def title(self) -> str:
        """Return what the page of notices says: absent and excused are two things."""
        said = self.entry.facts_as(Absence)
        return f"Pas de passage devant le jury : {said.outcome.label.lower()}"


@message(Event.HEARING_CHANGED)
class HearingChanged(EventMessage):
    """Something of what a summons said is no longer so (R-056)."""

    name = "hearing_changed"
    category = Category.DECISIONS
    roles = frozenset({Role.CANDIDATE, Role.ARCHITECT})

    @cached_property
    def hearing(self) -> Hearing | None:
        """Return the hearing to come, or None."""
        return hearing_to_come(self.entry)

    def still_true(self) -> bool:
        """Say whether the hearing is still to come."""
        return self.hearing is not None and now() < self.hearing.moment

    def appointment(self, person: User) -> Appointment | None:
        """Return the hour as it is now, for the person's agenda."""
        return appointments.of_hearing(self.hearing) if self.hearing else None

    def context(self, person: User) -> dict[str, Any]:
        """Return what changed, and the whole summons as it is now."""
        changes = self.entry.facts_as(SessionChange).changes
        return super().context(person) | hearing_in_words(self.hearing) | {"changes": changes}


# ---------------------------------------------------------------- the members of the panel


class SessionMessage(Message[Session]):
    """A message about a session, to its panel; its key is the session's number, then what else it needs."""

    category = Category.DECISIONS

    @classmethod
    def find(cls, key: str) -> "SessionMessage | None":
        """Return the message about the session under a key."""
        number = re.match(r"\d+", key)
        sessions = Session.objects.select_related("certification", "certifier")
        session = sessions.filter(pk=number[0]).first() if number else None
        return cls(session, key) if session else None

    def recipients(self) -> list[User]:
        """Return the members of the panel."""
        return panel(self.about)

    def still_true(self) -> bool:
        """Say whether the session is still to come."""
        return self.about.over is None

    def path(self) -> str:
        """Return the page of the session, where a member answers."""
        return reverse("juror:session", args=[self.about.pk])

    def appointment(self, person: User) -> Appointment | None:
        """Return the day, for the person's agenda."""
        return appointments.of_session(self.about)

    def context(self, person: User) -> dict[str, Any]:
        """Return where, when, in which role, how many candidates, and where to answer."""
        seat = self.seats.get(person.pk)
        return where_and_when(self.about) | {
            "presides": bool(seat and seat.role == PanelRole.PRESIDENT),
            "called": agreed(seat.juror.gender, "convoqué") if seat else "convoqué",
            "heard": self.about.hearings.living().count(),
        }

    @cached_property
    def seats(self) -> dict[int, Seat]:
        """Return the seat of each member, by account."""
        held = Seat.objects.filter(session=self.about).select_related("juror")
        return {seat.juror.user_id: seat for seat in held}


@message(Occasion.SESSION_CREATED)
class JurorSummons(SessionMessage):
    """A member of a panel is called to a session (R-069); whoever was called before is not called again."""

    name = "juror_summons"

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Vous siégez au jury du {french(self.about.held_on)} : dites si vous venez"


@message(Occasion.SESSION_CREATED, Occasion.SESSION_CHANGED)
class JurorReminder(SessionMessage):
    """The jury is tomorrow."""

    name = "juror_reminder"
    category = Category.REMINDERS

    def __init__(self, about: Session, key: str) -> None:
        super().__init__(
            about, f"{about.pk}@{about.held_on.isoformat()}" if "@" not in key else key
        )

    def when(self) -> datetime | None:
        """Return the day before the session, at nine; None when that is past."""
        return eve(self.about.held_on)

    def still_true(self) -> bool:
        """Say whether the session is still on the day after."""
        return super().still_true() and self.key.endswith(self.about.held_on.isoformat())

    def title(self) -> str:
        """Return what the page of notices says, that day."""
        return "Rappel : vous siégez au jury demain"


@message(Occasion.SESSION_CHANGED)
class JurorSessionChanged(SessionMessage):
    """Something of a session is no longer as its members were told."""

    name = "juror_session_changed"

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"La session de jury du {french(self.about.held_on)} a changé"


@message(Occasion.SESSION_CANCELLED)
class JurorSessionCancelled(SessionMessage):
    """A session does not take place."""

    name = "juror_session_cancelled"

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"La session de jury du {french(self.about.held_on)} est annulée"

    def still_true(self) -> bool:
        """Say whether it is still cancelled: nothing brings a session back."""
        return True

    def appointment(self, person: User) -> Appointment | None:
        """Return what takes the day out of the person's agenda."""
        return appointments.of_session(self.about, cancelled=True)


class SeatMessage(Message[Seat]):
    """A message about a seat."""

    category = Category.DECISIONS

    @classmethod
    def find(cls, key: str) -> "SeatMessage | None":
        """Return the message about a seat, held or left."""
        seats = Seat.ever.select_related(
            "juror__user", "session__certification", "session__certifier"
        )
        seat = seats.filter(pk=key).first()
        return cls(seat) if seat else None

    def context(self, person: User) -> dict[str, Any]:
        """Return which session, and what was said."""
        return where_and_when(self.about.session) | {
            "seat": self.about,
            "absent": self.about.juror.user.get_full_name(),
            "role": self.about.role_in_words,
        }


@message(Occasion.SEAT_LEFT)
class JurorReleased(SeatMessage):
    """A member is no longer of a panel."""

    name = "juror_released"

    def recipients(self) -> list[User]:
        """Return the member who was replaced."""
        return [self.about.juror.user]

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Vous ne siégez plus au jury du {french(self.about.session.held_on)}"

    def path(self) -> str:
        """Return the page of the sessions a juror sits in."""
        return reverse("juror:home")

    def appointment(self, person: User) -> Appointment | None:
        """Return what takes the day out of the person's agenda."""
        return appointments.of_session(self.about.session, cancelled=True)


@message(Occasion.SEAT_DECLINED)
class JurorDeclined(SeatMessage):
    """A member can't come: the certifier looks for another (R-061)."""

    name = "juror_declined"

    def recipients(self) -> list[User]:
        """Return the certifier's people."""
        certifier = self.about.session.certifier_id
        return members(Q(role=Role.CERTIFIER, organisation=certifier))

    def still_true(self) -> bool:
        """Say whether the member still has to be replaced."""
        return self.about.left_at is None

    def title(self) -> str:
        """Return what the page of notices says."""
        day = french(self.about.session.held_on)
        return f"{self.about.juror} ne peut pas siéger au jury du {day}"

    def path(self) -> str:
        """Return the page where another member is chosen."""
        return reverse("certifier:panel", args=[self.about.session_id])
