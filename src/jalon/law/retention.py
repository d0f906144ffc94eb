"""What people may ask of their own data, how long it is kept, and what is never erased (R-122)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jalon.law.case import Case
from jalon.law.clocks import add_months
from jalon.law.rulebook import Refusal, enforces, value
from jalon.law.vocabulary import Act, DocumentKind, Event

#: For how long somebody who signed in may take everything away: a session lives much longer.
FRESH = timedelta(minutes=15)
#: What brought facts about others: the votes, which stay secret, and who sat.
ABOUT_OTHERS = frozenset(
    {Act.RECORD_DELIBERATION, Event.JUROR_DECLARED, Event.LINK_LIFTED, Event.PANEL_CHANGED}
)


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


# ---------------------------------------------------------------- how long a journey is kept

#: What proves an award: kept with it, for as long as somebody may have to show it.
PROOFS = frozenset({DocumentKind.CERTIFICATE, DocumentKind.ATTESTATION, DocumentKind.RESULT})
#: What the certifier keeps of each jury, awarded or not.
ARCHIVES = frozenset({DocumentKind.MINUTES})
#: What proves to those who pay or control that the service was given.
EVIDENCE = frozenset({DocumentKind.PATH, DocumentKind.SERVICE})
#: The lines of a journal that keep what they brought: what a jury decided.
DECIDED_BY_A_JURY = frozenset({Act.RECORD_DELIBERATION, Act.NOTE_RESULT, Act.RECTIFY_RESULT})
#: What is still possible once data were erased: what was obtained is proved, and questioned.
AFTER_ERASURE = frozenset(
    {
        Act.REQUEST_DOCUMENTS,
        Act.NOTE_HEIRS_REQUEST,
        Act.ISSUE_DOCUMENTS,
        Act.FILE_COMPLAINT,
        Act.ANSWER_COMPLAINT,
        Act.OPEN_FRAUD,
        Act.ANSWER_FRAUD,
        Act.DISMISS_FRAUD,
        Act.REFUSE_FOR_FRAUD,
    }
)


@dataclass(frozen=True)
class Retained:
    """What the law looks at before a journey is erased.

    `ended_on` is None while the journey goes on; `granted_on` is the day on which an erasure was
    agreed to, `announced_on` the one on which the person was told of it.
    """

    ended_on: date | None
    frozen: bool = False
    complaints: int = 0
    fraud: bool = False
    contested: bool = False
    documents_awaited: bool = False
    announced_on: date | None = None
    granted_on: date | None = None


@enforces("R-122")
def erased_from(journey: Retained) -> date | None:
    """Return the first day on which a journey may be erased; None while it goes on.

    Some months after its end, never before the notice had its time; at once for who asked for it.
    """
    if journey.ended_on is None:
        return None
    if journey.granted_on:
        return max(journey.granted_on, journey.ended_on)
    due = add_months(journey.ended_on, value("R-122", "months", journey.ended_on))
    if journey.announced_on is None:
        return due
    return max(due, journey.announced_on + notice(journey.announced_on))


def notice(on: date) -> timedelta:
    """Return for how long people are warned before their data are erased."""
    return timedelta(days=value("R-122", "notice_days", on))


@enforces("R-122")
def announced_from(journey: Retained) -> date | None:
    """Return the day from which the person is warned; None when there is nothing to warn of."""
    due = erased_from(journey)
    if due is None or journey.granted_on or journey.announced_on:
        return None
    return due - notice(due)


def worth_a_look(on: date) -> date:
    """Return the latest end that may ask for something on a day: a notice, or an erasure."""
    month_ends_differ = timedelta(days=3)
    return add_months(on + notice(on) + month_ends_differ, -value("R-122", "months", on))


@enforces("R-122")
def kept_because(journey: Retained) -> Refusal | None:
    """Return what forbids to erase a journey whatever the day, if anything does."""
    reasons = (
        (journey.frozen, "L’effacement est suspendu : la suspension se lève d’abord."),
        (journey.fraud, "Une procédure pour fraude est ouverte : elle se termine d’abord."),
        (journey.complaints > 0, "Une réclamation attend sa réponse : elle se traite d’abord."),
        (journey.contested, "Une contestation attend sa réponse : elle se traite d’abord."),
        (journey.documents_awaited, "Des documents sont demandés : ils se délivrent d’abord."),
    )
    return next((Refusal("R-122", why) for holds, why in reasons if holds), None)


@enforces("R-122")
def not_to_erase(journey: Retained, on: date) -> Refusal | None:
    """Return why a journey is not erased on a day, or None when it is to be."""
    due = erased_from(journey)
    if due is None:
        return Refusal("R-122", "Ce parcours n’est pas terminé.")
    if refusal := kept_because(journey):
        return refusal
    if not journey.granted_on and journey.announced_on is None:
        return Refusal("R-122", "La personne n’a pas encore été prévenue.")
    return None if on >= due else Refusal("R-122", "La durée de conservation n’est pas écoulée.")


@enforces("R-122")
def document_kept(kind: DocumentKind, *, awarded: bool) -> bool:
    """Say whether a document outlives its journey: what proves an award, a jury, or the service given."""
    return kind in ARCHIVES | EVIDENCE or (awarded and kind in PROOFS)


@enforces("R-122")
def evidence_over(erased_on: date, on: date) -> bool:
    """Say whether nobody may ask any more for what proves that the service was given."""
    return on >= add_months(erased_on, value("R-122", "evidence_months", erased_on))


@enforces("R-122")
def not_erased(act: Act, case: Case) -> Refusal | None:
    """Once personal data were erased, only what was obtained is still proved or questioned."""
    if not case.erased or act in AFTER_ERASURE:
        return None
    return Refusal(
        "R-122", "Les données de ce parcours sont effacées : il ne reste que les titres obtenus."
    )


@enforces("R-122")
def not_held(case: Case) -> Refusal | None:
    """What is held already is not held again."""
    if case.frozen_on is None:
        return None
    return Refusal("R-122", "L’effacement de ces données est déjà suspendu.")


@enforces("R-122")
def held(case: Case) -> Refusal | None:
    """Only what was held is released."""
    if case.frozen_on:
        return None
    return Refusal("R-122", "L’effacement de ces données n’est pas suspendu.")
