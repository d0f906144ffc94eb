"""What is done where nobody works here: on the national portal, or at a certifier's of its own."""

from dataclasses import replace

from jalon.law import jury
from jalon.law.case import Case
from jalon.law.clocks import french
from jalon.law.facts import (
    Decision,
    JuryElsewhere,
    Missing,
    PortalNumber,
    Receipt,
    SummonsElsewhere,
)
from jalon.law.rulebook import Refusal, enforces
from jalon.law.transitions import Offer, Transition
from jalon.law.vocabulary import Act, ClockKind, Outcome, Role, Scope, Stage

#: What is believed only with a paper: a decision, a lapse, a result.
PROVED = frozenset(
    {
        Act.DECLARE_ADMISSIBLE,
        Act.DECLARE_INADMISSIBLE,
        Act.CONFIRM_TACIT,
        Act.CONFIRM_LAPSE,
        Act.NOTE_RESULT,
        Act.RECTIFY_RESULT,
        Act.NOTE_PORTAL_NUMBER,
    }
)
#: Where each outcome leads once the person was told of it.
LEADS_TO = {
    Outcome.FULL: Stage.CERTIFIED,
    Outcome.CONDITIONAL: Stage.CONDITIONALLY_CERTIFIED,
    Outcome.TARGETED: Stage.BLOCS_CERTIFIED,
    Outcome.PARTIAL: Stage.PARTIALLY_CERTIFIED,
    Outcome.NONE: Stage.NOT_CERTIFIED,
}


def certifier_works_here(case: Case) -> Refusal | None:
    """What is sent here reaches a certifier who reads it here."""
    if not case.certifier_outside:
        return None
    return Refusal.permission(
        "Le certificateur ne travaille pas dans Jalon : déposez le dossier chez lui ou sur le portail, "
        "puis notez ici le jour du dépôt."
    )


def certifier_is_outside(case: Case) -> Refusal | None:
    """What happens elsewhere is noted only when the certifier does not work here."""
    if case.certifier_outside:
        return None
    if case.actor == Role.CERTIFIER:
        return Refusal.permission("Cela ne se note ici que pour un certificateur hors de Jalon.")
    return Refusal.permission("Le certificateur travaille dans Jalon : cet acte lui revient.")


def feasibility_signed(case: Case) -> bool:
    """Say whether a feasibility file is signed: its deposit is what comes next."""
    return case.feasibility.sworn_on is not None


def validation_signed(case: Case) -> bool:
    """Say whether a validation file is signed: its deposit is what comes next."""
    return case.validation.originality_on is not None


def may_be_reported(transition: Transition) -> bool:
    """Say whether an act of somebody outside can be written down as it is by who knows of it.

    What a room completes from its own rows (a session, votes) is not: it has an act of its own. Nor is
    what puts the file away here: a certifier elsewhere puts away its own.
    """
    return (
        Role.CERTIFIER in transition.by
        and transition.completed is None
        and transition.to != Stage.ARCHIVED
        and transition.offer != Offer.WITHIN
    )


@enforces("R-005", "R-133")
def portal_number_given(case: Case, facts: PortalNumber) -> Refusal | None:
    """A registration on the portal is known by its number."""
    if facts.number.strip():
        return None
    return Refusal("R-133", "Écrivez le numéro de dossier que le portail France VAE a donné.")


def portal_number_noted(case: Case) -> bool:
    """Say whether a number of the portal was noted: it may only be corrected."""
    return case.portal_number_noted


@enforces("R-056")
def summons_says_when_and_where(case: Case, facts: SummonsElsewhere) -> Refusal | None:
    """A summons by somebody outside says where to go, and a day that does not come before it."""
    if not facts.place.strip():
        return Refusal("R-056", "Écrivez le lieu du jury, ou le lien de la visioconférence.")
    if facts.held_on >= case.today:
        return None
    return Refusal(
        "R-056",
        "Le jour du jury vient après celui de la convocation : vérifiez les deux dates.",
    )


@enforces("R-052", "R-078")
def jury_held_in_its_time(case: Case, facts: JuryElsewhere) -> Refusal | None:
    """A jury elsewhere sat after the file was deposited, and before its result was known."""
    if facts.held_on > case.today:
        return Refusal(
            "R-078", "Le jour du jury est après celui du résultat : vérifiez les deux dates."
        )
    deposited = case.validation.sent_on
    if deposited is None or facts.held_on >= deposited:
        return None
    return Refusal(
        "R-052",
        f"Le dossier de validation a été déposé le {french(deposited)} : le jury s’est tenu ce "
        "jour-là, ou après.",
    )


@enforces("R-073", "R-074")
def award_fits_the_target(case: Case, facts: JuryElsewhere) -> Refusal | None:
    """A jury elsewhere gave blocs of this journey, among those that were still to obtain."""
    if set(facts.won) <= case.missing_blocs:
        return None
    if set(facts.won) <= case.targeted_blocs:
        return Refusal(
            "R-073",
            "Un de ces blocs est déjà acquis : ne cochez que ceux que ce jury a accordés.",
        )
    whole = case.scope == Scope.WHOLE
    return Refusal(
        "R-073",
        "Choisissez les blocs obtenus parmi ceux de la certification."
        if whole
        else "Choisissez les blocs obtenus parmi ceux qui étaient visés.",
    )


@enforces("R-029")
def decided_before_silence_did(case: Case, facts: Decision | Missing | Receipt) -> Refusal | None:
    """What the certifier said, known late, overtakes the silence only if it came within the two months."""
    clock = case.clock(ClockKind.DECISION)
    if clock is None or case.today <= clock.limit_on:
        return None
    return Refusal(
        "R-029",
        f"Le silence avait déjà rendu ce dossier recevable, le {french(clock.limit_on)} : une décision "
        "prise après ne le change pas.",
    )


@enforces("R-073")
def with_outcome(case: Case, asked: JuryElsewhere) -> JuryElsewhere:
    """Return what a jury elsewhere gave, with what it amounts to and where that leads."""
    outcome = jury.outcome_of(case, frozenset(asked.won), asked.condition)
    return replace(asked, outcome=outcome, leads_to=LEADS_TO[outcome])
