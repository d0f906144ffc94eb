"""What people may ask of their own data, how long it is kept, and what is never erased (R-122)."""

from datetime import date, datetime, timedelta

from jalon.law.rulebook import Refusal, enforces, value
from jalon.law.vocabulary import Act, Event

#: For how long somebody who signed in may take everything away: a session lives much longer.
FRESH = timedelta(minutes=15)
#: What brought facts about others: the votes, which stay secret, and who sat.
ABOUT_OTHERS = frozenset({Act.RECORD_DELIBERATION, Event.JUROR_DECLARED, Event.PANEL_CHANGED})


@enforces("R-079", "R-122")
def told_in_a_copy(word: Act | Event | None) -> bool:
    """Say whether somebody's copy holds what a line of their journal brought, beside the line itself."""
    return word not in ABOUT_OTHERS


@enforces("R-122")
def no_copy_under_way(asked_at: datetime | None) -> Refusal | None:
    """One copy is made at a time; `asked_at` is that of the one being made, if there is one."""
    if asked_at is None:
        return None
    return Refusal("R-122", "Votre copie se prépare déjà : attendez le courriel qui l’annonce.")


@enforces("R-122")
def copy_available_until(ready_on: date) -> date:
    """Return the last day on which a copy may be downloaded."""
    return ready_on + timedelta(days=value("R-122", "copy_days", ready_on))


@enforces("R-122")
def signed_in_lately(signed_in_at: datetime | None, at: datetime) -> Refusal | None:
    """Everything held about somebody is given only to who has just proved who they are."""
    if signed_in_at is not None and timedelta(0) <= at - signed_in_at <= FRESH:
        return None
    return Refusal("R-122", "Reconnectez-vous d’abord : cette copie contient tout votre dossier.")
