"""What calls a candidate and a panel to a jury, and what reminds the candidate the day before."""

from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.urls import reverse

from jalon.juries.models import Hearing, Seat, Session
from jalon.law.clocks import french, french_hour
from jalon.law.vocabulary import (
    Act,
    Occasion,
    PanelRole,
    Role,
    SessionMode,
    Stage,
)
from jalon.mailbox.messages import EntryMessage, Message, message, reached
from jalon.mailbox.models import Category
from jalon.mailbox.recipients import panel
from jalon.now import PARIS, now, today
from jalon.people.models import User

#: The hour at which a reminder is sent, the day before.
REMINDED_AT = time(9)


def where_and_when(session: Session) -> dict[str, Any]:
    """Return what both sides of a jury need to know of its session."""
    remote = session.mode == SessionMode.REMOTE
    return {
        "session": session,
        "on": french(session.held_on),
        "place": session.link if remote else session.place,
        "mode": session.mode.label,
        "form": session.form.label,
        "certification": session.certification,
        "certifier": reached(session.certifier),
    }


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
        living = Hearing.objects.to_come().filter(attempt__journey=self.journey)
        return living.select_related("session__certification", "session__certifier").last()

    @property
    def starts_at(self) -> datetime | None:
        """Return the moment at which the candidate is heard."""
        if self.hearing is None:
            return None
        return datetime.combine(self.hearing.session.held_on, self.hearing.starts_at, PARIS)

    def still_true(self) -> bool:
        """Say whether the hearing is still to come."""
        return self.starts_at is not None and now() < self.starts_at

    def context(self, person: User) -> dict[str, Any]:
        """Return where, when, for how long and with what."""
        said = super().context(person)
        if self.hearing is None:
            return said
        hour = french_hour(self.hearing.starts_at)
        return said | where_and_when(self.hearing.session) | {"hearing": self.hearing, "hour": hour}


@message(Act.SCHEDULE_HEARING)
class HearingSummons(HearingMessage):
    """A candidate is called before a jury (R-056)."""

    name = "hearing_summons"

    def title(self) -> str:
        """Return what the page of notices says."""
        if self.starts_at is None:
            return super().title()
        day, hour = french(self.starts_at.date()), french_hour(self.starts_at.time())
        return f"Vous êtes convoqué devant le jury le {day} à {hour}"


@message(Act.SCHEDULE_HEARING)
class HearingReminder(HearingMessage):
    """The jury is tomorrow."""

    name = "hearing_reminder"
    category = Category.REMINDERS

    def when(self) -> datetime | None:
        """Return the day before the hearing, at nine; None when that is past: the summons says it."""
        if self.starts_at is None:
            return None
        eve = self.starts_at.date() - timedelta(days=1)
        moment = datetime.combine(eve, REMINDED_AT, PARIS)
        return moment if moment > now() else None

    def title(self) -> str:
        """Return what the page of notices says, that day."""
        return "Rappel : vous passez devant le jury demain"


@message(Occasion.SESSION_CREATED)
class JurorSummons(Message[Session]):
    """A member of a panel is called to a session (R-069)."""

    name = "juror_summons"
    category = Category.DECISIONS

    @classmethod
    def find(cls, key: str) -> "JurorSummons | None":
        """Return the summons to a session."""
        sessions = Session.objects.select_related("certification", "certifier")
        session = sessions.filter(pk=key).first()
        return cls(session) if session else None

    def recipients(self) -> list[User]:
        """Return the members of the panel."""
        return panel(self.about)

    def still_true(self) -> bool:
        """Say whether the session is still to come."""
        return self.about.held_on >= today()

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Vous êtes convoqué au jury du {french(self.about.held_on)}"

    def path(self) -> str:
        """Return the page of the sessions a juror sits in."""
        return reverse("juror:home")

    def context(self, person: User) -> dict[str, Any]:
        """Return where, when, and in which role."""
        seat = self.seats.get(person.pk)
        return where_and_when(self.about) | {"presides": seat == PanelRole.PRESIDENT}

    @cached_property
    def seats(self) -> dict[int, str]:
        """Return the role of each member, by account."""
        return dict(Seat.objects.filter(session=self.about).values_list("juror__user", "role"))
