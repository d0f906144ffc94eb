"""The plan after a jury: who says what became of an action, moves it or gives it up, and when it is late (R-081)."""

from datetime import date

from jalon.law import stages
from jalon.law.clocks import french
from jalon.law.meetings import ACCOMPANISTS
from jalon.law.rulebook import Refusal, enforces
from jalon.law.vocabulary import Role

#: Who follows a plan: the person whose it is, and who accompanies them.
FOLLOWERS = ACCOMPANISTS | {Role.CANDIDATE}
#: Where an action of the plan is still awaited: until the new file is before the certifier.
AWAITED_AT = stages.BEFORE_SENDING


@enforces("R-081")
def may_follow(able: frozenset[Role], *, kept: bool, given_up: bool) -> Refusal | None:
    """Refuse to touch an action for whoever does not follow the plan, or once it is done or given up."""
    if not able & FOLLOWERS:
        return Refusal(
            "R-081",
            "Le candidat et la personne qui l’accompagne suivent ce plan : parlez-en à l’un ou à l’autre.",
        )
    if kept:
        return Refusal(
            "R-081", "Cette action est déjà notée comme faite : il n’y a rien à changer."
        )
    if given_up:
        return Refusal(
            "R-081",
            "Cette action a été abandonnée : convenez d’une autre au prochain entretien après le jury.",
        )
    return None


@enforces("R-081")
def kept_on_a_past_day(on: date, since: date, today: date) -> Refusal | None:
    """Refuse an action done on a day to come, or before the journey began."""
    if since <= on <= today:
        return None
    return Refusal(
        "R-081",
        f"Indiquez le jour où l’action a été faite, entre le {french(since)} et aujourd’hui.",
        fields=("on",),
    )


@enforces("R-081")
def moved_with_a_reason(due_on: date, before: date, today: date, reason: str) -> Refusal | None:
    """Refuse a date that is past or is the same, and one that is moved without saying why."""
    if due_on < today:
        return Refusal("R-081", "Choisissez une date à venir.", fields=("due_on",))
    if due_on == before:
        return Refusal(
            "R-081",
            "L’action est déjà prévue ce jour-là : choisissez-en un autre.",
            fields=("due_on",),
        )
    return said_why(reason)


@enforces("R-081")
def said_why(reason: str) -> Refusal | None:
    """Refuse to move an action, or to give it up, without a reason."""
    if reason.strip():
        return None
    return Refusal(
        "R-081", "Dites pourquoi, en une phrase : le plan du dossier le garde.", fields=("reason",)
    )
