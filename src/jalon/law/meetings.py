"""When a meeting with who accompanies may be booked, changed, and said to have been held."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from jalon.law import stages
from jalon.law.case import Case
from jalon.law.facts import Contact
from jalon.law.rulebook import Refusal
from jalon.law.vocabulary import (
    Act,
    Attendance,
    ContactKind,
    MeetingKind,
    MeetingMode,
    Role,
    Stage,
)

#: A candidate books no sooner than this from now, and no further than that.
NOTICE, HORIZON = timedelta(hours=12), timedelta(weeks=8)
#: How many times a candidate takes, moves or cancels in a day.
MOST_CHANGES = 10
#: What an architect settles once the hour has come.
OUTCOMES = (Attendance.HELD, Attendance.NO_SHOW, Attendance.EXCUSED)
#: The act that writes the report of a meeting of some kind, on a page of its own.
REPORTED_BY = {MeetingKind.FIRST: Act.HOLD_FIRST_MEETING, MeetingKind.POST_JURY: Act.HOLD_POST_JURY}
ACCOMPANISTS = frozenset({Role.ARCHITECT, Role.HEAD})
#: How people met, for what is noted of a meeting; a call or a message is none.
MET_BY = {ContactKind.ON_SITE: MeetingMode.ON_SITE, ContactKind.REMOTE: MeetingMode.REMOTE}


def kind_at(stage: Stage) -> MeetingKind:
    """Return what a meeting is about, by where the journey stands."""
    if stage == Stage.TAKEN_ON:
        return MeetingKind.FIRST
    if stage in stages.AFTER_JURY:
        return MeetingKind.POST_JURY
    return MeetingKind.REHEARSAL if stage in stages.AWAITING_A_JURY else MeetingKind.FOLLOW_UP


def noted_at(stage: Stage) -> MeetingKind:
    """Return what a meeting was about that is noted in a sentence: those that have a report of their own aside."""
    kind = kind_at(stage)
    return MeetingKind.FOLLOW_UP if kind in REPORTED_BY else kind


def lasts(case: Case, facts: Contact) -> Refusal | None:
    """Refuse a meeting without its length: it counts among the time that was given."""
    if facts.minutes > 0 or facts.kind not in MET_BY:
        return None
    return Refusal(
        "",
        "Dites combien de minutes a duré le rendez-vous : ce temps compte dans l’accompagnement.",
        fields=("minutes",),
    )


def may_meet(stage: Stage, *, taken_on: bool) -> Refusal | None:
    """Refuse a meeting where nobody accompanies, or where the journey is over."""
    if stage in stages.ENDS:
        return Refusal.permission(
            "Ce parcours est terminé : appelez l’organisme qui accompagne pour convenir d’un rendez-vous."
        )
    if not taken_on or stage == Stage.REGISTERED:
        return Refusal.permission(
            "Personne ne suit encore ce dossier : le rendez-vous se prend dès qu’un architecte l’a pris en charge."
        )
    return None


#: What a candidate reads when a meeting cannot follow their file.
OTHER_HANDS = "Le dossier est suivi par une autre personne : choisissez une heure avec elle."


def may_book(able: frozenset[Role]) -> Refusal | None:
    """Refuse whoever is neither the candidate nor who accompanies them."""
    if able & (ACCOMPANISTS | {Role.CANDIDATE}):
        return None
    return Refusal.permission(
        "Seuls le candidat et la personne qui l’accompagne prennent rendez-vous : demandez-leur."
    )


def one_at_a_time(planned: str) -> Refusal | None:
    """Refuse a second meeting to come: `planned` is when the first one is, if there is one."""
    if not planned:
        return None
    return Refusal.permission(
        f"Un rendez-vous est déjà prévu : {planned}. Déplacez-le, ou annulez-le d’abord."
    )


def too_often(changes: int) -> Refusal | None:
    """Refuse a candidate who changes their meetings again and again on a day: each one is told to two people."""
    if changes < MOST_CHANGES:
        return None
    return Refusal.permission(
        "Vos rendez-vous ont beaucoup changé aujourd’hui : appelez la personne qui vous accompagne, ou revenez demain."
    )


def still_awaited(attendance: Attendance, starts_at: datetime, at: datetime) -> Refusal | None:
    """Refuse to change a meeting that was given up, settled, or that has begun."""
    if attendance in (Attendance.EXCUSED, Attendance.CANCELLED):
        return Refusal.permission("Ce rendez-vous est annulé : prenez-en un autre.")
    if attendance != Attendance.EXPECTED or starts_at <= at:
        return Refusal.permission(
            "L’heure de ce rendez-vous est passée : prenez-en un autre, ou appelez la personne qui vous accompagne."
        )
    return None


def changed_meanwhile(seen: str, told_as: str, when: str) -> Refusal | None:
    """Refuse what was asked of a meeting that is no longer as the page showed it; `seen` may be unsaid."""
    if seen in ("", told_as):
        return None
    return Refusal.permission(
        f"Ce rendez-vous a changé depuis que vous avez ouvert la page : il est maintenant prévu {when}. "
        "Relisez, puis recommencez si vous le voulez encore."
    )


def may_settle(
    able: frozenset[Role],
    outcome: Attendance,
    starts_at: datetime,
    at: datetime,
    *,
    given_up: bool,
    reported: bool,
) -> Refusal | None:
    """Refuse to say what became of a meeting before its hour, once it was cancelled, or against its report."""
    if not able & ACCOMPANISTS:
        return Refusal.permission("Demandez à l’équipe qui accompagne : elle note la présence.")
    if given_up:
        return Refusal.permission(
            "Ce rendez-vous a été annulé : il n’y a plus de présence à noter."
        )
    if reported and outcome != Attendance.HELD:
        return Refusal.permission(
            "Le compte rendu de ce rendez-vous est écrit, il a donc été tenu : corrigez d’abord le compte rendu."
        )
    if outcome not in OUTCOMES:
        return Refusal.permission("Choisissez : tenu, absence ou absence excusée.")
    if starts_at > at:
        return Refusal.permission(
            "Ce rendez-vous n’a pas commencé : notez la présence à partir de son heure, ou annulez-le."
        )
    return None


def taken_meanwhile(others: Sequence[str]) -> Refusal:
    """Return why a slot can't be had any more, with the next free ones in words."""
    gone = "Cette heure n’est plus libre."
    if not others:
        return Refusal.permission(
            f"{gone} Il n’y en a pas d’autre pour l’instant : appelez la personne qui vous accompagne."
        )
    named = "\N{NO-BREAK SPACE}; ".join(others)
    return Refusal.permission(f"{gone} Les prochaines sont : {named}. Choisissez-en une autre.")


def may_correct(
    able: frozenset[Role], before: Mapping[str, str], after: Mapping[str, str], why: str
) -> Refusal | None:
    """Refuse to correct a report for whoever does not accompany, without a reason, or when nothing is."""
    if not able & ACCOMPANISTS:
        return Refusal.permission(
            "Un compte rendu est corrigé par l’équipe qui accompagne : dites-lui ce qui est à revoir."
        )
    if before and not why.strip():
        return Refusal("", "Dites pourquoi vous corrigez ce compte rendu.", fields=("why",))
    if dict(before) == dict(after):
        return Refusal.permission(
            "Rien n’a changé dans ce compte rendu : corrigez un texte, ou revenez au dossier."
        )
    return None
