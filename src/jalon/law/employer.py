"""What an employer may read of the people of its group: what each agreed to, and nothing else (R-125)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from jalon.law.clocks import french
from jalon.law.figures import fewest_people
from jalon.law.rulebook import Refusal, enforces
from jalon.law.signatures import lasting
from jalon.law.stages import at
from jalon.law.vocabulary import Outcome, Shared, Stage

S = Stage
#: For how long the link of a contact serves, and how many contacts a group has at most.
LINK_SERVES, MOST_CONTACTS = timedelta(days=90), 5
#: What is said where nothing was agreed, and where there is nothing yet: the same for both.
NOTHING = "Rien à afficher"

#: What each item shows, as the candidate reads it before agreeing.
EXPLAINED = {
    Shared.STAGE: "Où j’en suis, en gros : préparation, dossier, jury à venir, jury passé. Jamais un refus ni un "
    "dossier à refaire.",
    Shared.HOURS: "Le total des heures d’accompagnement auxquelles j’étais présent, rendez-vous et ateliers.",
    Shared.JURY_DATE: "Le jour de mon passage devant le jury dès qu’il est fixé, puis celui d’un autre passage s’il y "
    "en a un.",
    Shared.RESULT: "Ce que le jury a décidé, une fois que je l’ai appris.",
}

JURY_PASSED = "Jury passé"
#: What each item is called on the page of the employer.
TITLES = {
    Shared.STAGE: "Étape",
    Shared.HOURS: "Heures de présence",
    Shared.JURY_DATE: "Jury",
    Shared.RESULT: "Résultat",
}

#: Where a journey stands as an employer reads it: no refusal, no return, no result can be guessed from it.
STAGES_TOLD = {
    "En préparation": at(
        S.REGISTERED, S.TAKEN_ON, S.MEETING_HELD, S.PATH_PROPOSED, S.PATH_ACCEPTED
    ),
    "Dossier de faisabilité déposé": at(
        S.FEASIBILITY_SENT, S.FEASIBILITY_INCOMPLETE, S.FEASIBILITY_COMPLETE
    ),
    "Dossier de validation en cours": at(
        S.ADMISSIBLE, S.VALIDATION_SENT, S.VALIDATION_RETURNED, S.VALIDATION_ACCEPTED
    ),
    "Jury à venir": at(S.JURY_SCHEDULED),
    JURY_PASSED: at(
        S.DELIBERATED,
        S.CERTIFIED,
        S.CONDITIONALLY_CERTIFIED,
        S.BLOCS_CERTIFIED,
        S.PARTIALLY_CERTIFIED,
        S.NOT_CERTIFIED,
    ),
}
#: Of an absence before the jury, an employer learns nothing.
RESULTS_TOLD = frozenset(
    {Outcome.FULL, Outcome.CONDITIONAL, Outcome.TARGETED, Outcome.PARTIAL, Outcome.NONE}
)


@dataclass(frozen=True)
class Known:
    """What is known of a journey that may be shared; `outcome` is None until the candidate was told.

    `again` says that another passage is prepared after a first one.
    """

    stage: Stage
    minutes: int
    jury_on: date | None
    outcome: Outcome | None
    again: bool = False


@enforces("R-125")
def told(known: Known, agreed: Mapping[Shared, date]) -> dict[Shared, str]:
    """Return what an employer reads of somebody, by item: what was agreed to, where there is something to say.

    Of a journey that was stopped, refused or put away nothing is said: whoever gives up does so unseen.
    """
    stage = stage_told(known)
    if stage is None:
        return {}
    said = {
        Shared.STAGE: stage,
        Shared.HOURS: lasting(known.minutes) if known.minutes else None,
        Shared.JURY_DATE: french(known.jury_on) if known.jury_on else None,
        Shared.RESULT: known.outcome.label if known.outcome in RESULTS_TOLD else None,
    }
    return {item: words for item, words in said.items() if words and item in agreed}


def stage_told(known: Known) -> str | None:
    """Return a stage as an employer reads it; None where nothing is said.

    Whoever goes before a jury again stays where a jury was passed: else the result could be guessed.
    """
    words = next((words for words, stages in STAGES_TOLD.items() if known.stage in stages), None)
    return JURY_PASSED if words and known.again else words


@enforces("R-116", "R-125")
def unnamed(count: int, on: date) -> int:
    """Return how many people an employer is told of without a name: none while they are too few to hide."""
    return count if count >= fewest_people(on) else 0


@enforces("R-125")
def changed(before: Collection[Shared], after: Collection[Shared]) -> bool:
    """Say whether an agreement changes, and is to be dated anew in the journal."""
    return set(before) != set(after)


def agreement_said(items: Collection[Shared]) -> str:
    """Return what is shared, in words, as the journal keeps it."""
    kept = [item.label for item in Shared if item in items]
    return ", ".join(kept) or "Plus rien n’est partagé"


def may_add_contact(count: int, *, again: bool) -> Refusal | None:
    """Refuse one contact too many, and one whose address is written already."""
    if again:
        why = (
            "Cette adresse a déjà un lien\N{NO-BREAK SPACE}: renvoyez-le depuis la page du groupe."
        )
        return Refusal("", why, fields=("email",))
    if count >= MOST_CONTACTS:
        return Refusal.permission(
            f"Ce groupe a déjà {count} contacts\N{NO-BREAK SPACE}: retirez d’abord celui qui ne sert plus."
        )
    return None


def still_a_contact(*, known: bool) -> Refusal | None:
    """Refuse to send the link of a contact who was taken away."""
    if known:
        return None
    return Refusal.permission(
        "Ce contact a été retiré\N{NO-BREAK SPACE}: ajoutez-le de nouveau pour lui envoyer un lien."
    )
