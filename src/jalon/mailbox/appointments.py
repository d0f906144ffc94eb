"""What agendas are given: the hour of a candidate before a jury, the day of a member, a meeting."""

from datetime import datetime, timedelta
from urllib.parse import urlparse

from django.conf import settings

from jalon.juries.models import Hearing, Session
from jalon.law.vocabulary import SessionMode
from jalon.mailbox.agenda import Appointment
from jalon.now import PARIS, now
from jalon.people.contact import contact
from jalon.support.models import Booking, Enrolment, HalfDay, WithdrawnHalfDay
from jalon.support.territories import zone


def of_hearing(hearing: Hearing, *, cancelled: bool = False) -> Appointment:
    """Return the hour at which a candidate is heard; a cancelled one is taken out of agendas."""
    session = hearing.session
    return Appointment(
        uid=f"passage-{hearing.pk}@{site()}",
        sequence=session.revision + cancelled,
        starts_at=hearing.moment,
        ends_at=hearing.moment + timedelta(minutes=hearing.minutes),
        title="Passage devant le jury",
        place=where(session),
        text=f"{session.certification.title}\nÀ apporter : {session.documents}\n"
        f"Un aménagement à prévoir : {session.accessibility_contact}",
        organiser=session.certifier.email or contact().email,
        stamped_at=now(),
        cancelled=cancelled,
    )


def of_session(session: Session, *, cancelled: bool = False) -> Appointment:
    """Return the day of a member of the panel; a session that is off, or left, is taken out of agendas."""
    return Appointment(
        uid=f"session-{session.pk}@{site()}",
        sequence=session.revision + cancelled,
        starts_at=datetime.combine(session.held_on, session.starts_at, PARIS),
        ends_at=datetime.combine(session.held_on, session.ends_at, PARIS),
        title="Jury",
        place=where(session),
        text=f"{session.certification.title}\nSession {session.reference}",
        organiser=session.certifier.email or contact().email,
        stamped_at=now(),
        cancelled=cancelled,
    )


def of_booking(booking: Booking, attendee: str = "", organiser: str | None = None) -> Appointment:
    """Return a meeting as it is now, sent to somebody; a given up one is taken out of agendas.

    The organisation invites, unless `organiser` says otherwise.
    """
    return Appointment(
        uid=f"rendez-vous-{booking.pk}@{site()}",
        sequence=booking.revision,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        title=f"{booking.kind.label} (VAE)",
        place=booking.where,
        text=f"Avec {booking.architect.get_full_name()}",
        organiser=contact().email if organiser is None else organiser,
        stamped_at=now(),
        cancelled=booking.given_up_at is not None,
        attendee=attendee,
        name="rendez-vous.ics",
        zone=zone(booking.territory),
    )


def of_half_day(
    half_day: HalfDay | WithdrawnHalfDay,
    enrolment: Enrolment,
    attendee: str,
    *,
    cancelled: bool = False,
    organiser: str | None = None,
) -> Appointment:
    """Return a half-day of a workshop for one of its people; a cancelled one is taken out of agendas.

    Its name is that of the half-day and of the seat: it stays when either changes.
    """
    workshop = enrolment.workshop
    number = half_day.number if isinstance(half_day, WithdrawnHalfDay) else half_day.pk
    return Appointment(
        uid=f"atelier-{number}-{enrolment.pk}@{site()}",
        sequence=enrolment.sequence,
        starts_at=half_day.starts_at,
        ends_at=half_day.ends_at,
        title=str(workshop),
        place=workshop.where,
        text=f"Avec {workshop.led_by.get_full_name()}",
        organiser=contact().email if organiser is None else organiser,
        stamped_at=now(),
        cancelled=cancelled,
        attendee=attendee,
        name=f"atelier-{number}.ics",
        zone=zone(workshop.territory),
    )


def of_led(half_day: HalfDay | WithdrawnHalfDay) -> Appointment:
    """Return a half-day of a workshop for who leads it; one that does not take place is taken out."""
    workshop = half_day.workshop
    cancelled = isinstance(half_day, WithdrawnHalfDay) or workshop.cancelled_at is not None
    number = half_day.number if isinstance(half_day, WithdrawnHalfDay) else half_day.pk
    return Appointment(
        uid=f"atelier-{number}@{site()}",
        sequence=workshop.revision + cancelled,
        starts_at=half_day.starts_at,
        ends_at=half_day.ends_at,
        title=str(workshop),
        place=workshop.where,
        text="",
        organiser="",
        stamped_at=now(),
        cancelled=cancelled,
        name=f"atelier-{number}.ics",
        zone=zone(workshop.territory),
    )


def where(session: Session) -> str:
    """Return where a session sits: an address, or a link."""
    return session.link if session.mode == SessionMode.REMOTE else session.place


def site() -> str:
    """Return what makes the name of an appointment this site's own."""
    return urlparse(settings.SITE_ADDRESS).hostname or "jalon"
