"""What an act will do, said before it is done: read from its row of the table, never written twice."""

from collections.abc import Iterable
from dataclasses import dataclass

from jalon.law import lifecycle, outside
from jalon.law.case import Case, ClockView
from jalon.law.clocks import french
from jalon.law.facts import Death
from jalon.law.results import notified_roles
from jalon.law.transitions import Expire, Start, Stop, Transition
from jalon.law.vocabulary import ClockKind, ClockState, Role

#: How a sentence names those whom an act concerns.
NAMED = {
    Role.CANDIDATE: "le candidat",
    Role.ARCHITECT: "l’architecte",
    Role.HEAD: "le responsable de l’accompagnement",
    Role.CERTIFIER: "le certificateur",
    Role.JUROR: "le jury",
    Role.ADMINISTRATOR: "l’administrateur",
}


@dataclass(frozen=True)
class Consequences:
    """Three sentences: what will happen, who will be told, and whether it can be undone."""

    happens: str
    told: str
    undone: str


def consequences(transition: Transition, case: Case) -> Consequences:
    """Return what somebody is told before they do an act on a case."""
    return Consequences(happens(transition, case), told(transition, case), undone(transition, case))


def happens(transition: Transition, case: Case) -> str:
    """Say where the journey goes, and which delays end or begin."""
    said, mine = [f"{transition.done}."], case.actor == Role.CANDIDATE
    if transition.to and transition.to != case.stage:
        whose = "Votre" if mine else "Le"
        said.append(f"{whose} parcours passe à l’étape « {transition.to.label} ».")
    if ended := delays_ended(transition, case):
        said.append(said_to_candidate(ended) if mine else f"Ce délai s’arrête : {named(ended)}.")
    if begun := delays_begun(transition, case):
        said.append(f"Un délai commence : {listed(begun)}.")
    return " ".join(said)


def named(delays: list[ClockView]) -> str:
    """Name some delays."""
    return listed(f"« {one.kind.label} »" for one in delays)


def said_to_candidate(ended: list[ClockView]) -> str:
    """Say to a candidate, by their days, which delays end: what each is called says nothing to them."""
    days = listed(f"le {french(one.limit_on)}" for one in ended)
    if len(ended) > 1:
        return f"Dates qui ne comptent plus : {days}."
    return f"Date qui ne compte plus : {days}."


def delays_ended(transition: Transition, case: Case) -> list[ClockView]:
    """Return the delays of a case that an act ends."""
    ends = {move.kind for move in transition.clocks if isinstance(move, Stop | Expire)}
    living = {one.kind: one for one in case.clocks if one.state == ClockState.RUNNING}
    return [living[kind] for kind in ClockKind if kind in ends & living.keys()]


def delays_begun(transition: Transition, case: Case) -> list[str]:
    """Return the delays that an act makes begin, in words."""
    return [
        f"« {move.kind.label} »"
        for move in transition.clocks
        if isinstance(move, Start)
        and move.basis == "today"
        and not move.limit
        and move.serves(case.route, case.accompaniment)
    ]


def told(transition: Transition, case: Case) -> str:
    """Say who receives a notice and an e-mail."""
    if transition.tells:
        return transition.tells
    filed = any(filing.journey == case.journey for filing in case.filings)
    roles = notified_roles(transition, case.accompaniment, filed=filed)
    others = [NAMED[role] for role in roles if role in NAMED and role != case.actor]
    mine = case.actor == Role.CANDIDATE and Role.CANDIDATE in roles
    if not others:
        return (
            "Vous en recevez un avis."
            if mine
            else "Personne. C’est seulement noté dans le journal."
        )
    who = listed(([*others, "vous-même"]) if mine else others)
    return f"{who[0].upper()}{who[1:]}, par un avis et un courriel."


def undone(transition: Transition, case: Case) -> str:
    """Say by which act, and by whom, the journey can come back to where it stands."""
    if not transition.leads_to(case.stage):
        return undone_in_place(transition)
    for back in ways_back(transition, case):
        by = listed(NAMED[role] for role in Role if role in back.by and role in NAMED)
        return f"Oui, par « {back.act.label} » : {by}."
    if case.actor == Role.CANDIDATE:
        return "Non : ensuite, vous ne pourrez plus revenir en arrière."
    return f"Non : rien ne ramène ensuite à l’étape « {case.stage.label} »."


def undone_in_place(transition: Transition) -> str:
    """Say whether an act that leaves the journey where it stands can be changed."""
    if transition.taken_back:
        return f"Oui, par « {transition.taken_back.label} »."
    if transition.already:
        return f"Oui, à cette étape : « {transition.again} »."
    return "Rien ne s’efface, tout reste noté. Une erreur se corrige ensuite."


def ways_back(transition: Transition, case: Case) -> list[Transition]:
    """Return the acts of people that lead from where an act leads to where the journey stands.

    The act itself comes first when it can undo what it did. Nothing takes back a death: the file of
    the dead is opened again by nobody (R-124).
    """
    if transition.asks is Death:
        return []
    found = [
        row
        for row in lifecycle.TABLE
        for after in transition.leads_to(case.stage)
        if Role.SYSTEM not in row.by
        and row.serves(after, case.route, case.accompaniment)
        and row.governs(case.anchors)
        and case.stage in row.leads_to(after)
        and open_with_this_certifier(row, case)
    ]
    return sorted(found, key=lambda row: row.act != transition.act)


def open_with_this_certifier(row: Transition, case: Case) -> bool:
    """Say whether a row is open as the certifier of a case works, here or elsewhere."""
    wheres = (outside.certifier_works_here, outside.certifier_is_outside)
    return not any(where(case) for where in wheres if where in row.when)


def listed(words: Iterable[str]) -> str:
    """Return words as a sentence lists them: "un, deux et trois"."""
    *before, last = words
    return f"{', '.join(before)} et {last}" if before else last
