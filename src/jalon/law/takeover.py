"""A journey that began before Jalon: its dated history, and the acts that it amounts to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from jalon.law.facts import (
    Decision,
    Deposit,
    Facts,
    JuryElsewhere,
    Nothing,
    PortalNumber,
    Receipt,
    SummonsElsewhere,
)
from jalon.law.vocabulary import Accompaniment, Act, Role, Word

#: What stands where reasons are asked for and were written elsewhere.
SEE_THE_LETTER = "Voir la décision d’origine."


class Verdict(Word):
    """What became of a request, before the journey was taken over."""

    ADMISSIBLE = "admissible", "Recevable"
    INADMISSIBLE = "inadmissible", "Non recevable"
    TACIT = "tacit", "Recevable par le silence du certificateur"


@dataclass(frozen=True)
class History:
    """The days that a journey went through; what did not happen yet is None."""

    registered_on: date
    portal_number: str = ""
    filed_on: date | None = None
    complete_on: date | None = None
    verdict: Verdict | None = None
    decided_on: date | None = None
    valid_until: date | None = None
    deposited_on: date | None = None
    hearing_on: date | None = None
    place: str = ""
    result_on: date | None = None
    won: tuple[str, ...] = ()
    condition: str = ""


@dataclass(frozen=True)
class PastAct:
    """An act that was done before Jalon: by whom, when, and what it brought."""

    act: Act
    role: Role
    on: date
    facts: Facts


def past_acts(history: History, accompaniment: Accompaniment) -> Iterator[PastAct]:
    """Yield the acts that a history amounts to after the registration, in their order."""
    mine = Role.CANDIDATE
    if accompaniment == Accompaniment.ACCOMPANIED:
        yield PastAct(Act.TAKE_CHARGE, Role.ARCHITECT, history.registered_on, Nothing())
    if history.portal_number:
        number = PortalNumber(history.registered_on, number=history.portal_number)
        yield PastAct(Act.NOTE_PORTAL_NUMBER, mine, history.registered_on, number)
    if history.filed_on:
        yield PastAct(Act.DEPOSIT_FEASIBILITY, mine, history.filed_on, Deposit(history.filed_on))
    yield from past_decision(history)
    if history.deposited_on:
        deposit = Deposit(history.deposited_on)
        yield PastAct(Act.DEPOSIT_VALIDATION, mine, history.deposited_on, deposit)
    yield from past_jury(history)


def past_decision(history: History) -> Iterator[PastAct]:
    """Yield what the certifier answered on admissibility, or its silence."""
    if history.complete_on:
        receipt = Receipt(history.complete_on)
        yield PastAct(Act.DECLARE_COMPLETE, Role.CERTIFIER, history.complete_on, receipt)
    if history.verdict is None or history.decided_on is None:
        return
    if history.verdict == Verdict.TACIT:
        yield PastAct(Act.ADMIT_TACITLY, Role.SYSTEM, history.decided_on, Nothing())
        return
    admissible = history.verdict == Verdict.ADMISSIBLE
    act = Act.DECLARE_ADMISSIBLE if admissible else Act.DECLARE_INADMISSIBLE
    reason = "" if admissible else SEE_THE_LETTER
    analysis = SEE_THE_LETTER if history.valid_until else ""
    decision = Decision(reason=reason, valid_until=history.valid_until, analysis=analysis)
    yield PastAct(act, Role.CERTIFIER, history.decided_on, decision)


def past_jury(history: History) -> Iterator[PastAct]:
    """Yield the summons and the result of the jury, those that are known."""
    if history.hearing_on and history.deposited_on:
        summons = SummonsElsewhere(history.hearing_on, history.place or "Voir la convocation")
        yield PastAct(Act.NOTE_SUMMONS, Role.CERTIFIER, history.deposited_on, summons)
    if history.result_on and history.hearing_on:
        result = JuryElsewhere(
            held_on=history.hearing_on, won=history.won, condition=history.condition
        )
        yield PastAct(Act.NOTE_RESULT, Role.CERTIFIER, history.result_on, result)


#: The days of a history in their order, with what each one is.
ORDER = (
    ("registered_on", "l’inscription"),
    ("filed_on", "le dépôt du dossier de faisabilité"),
    ("complete_on", "le jour où il était complet"),
    ("decided_on", "la décision"),
    ("deposited_on", "le dépôt du dossier de validation"),
    ("hearing_on", "le jury"),
    ("result_on", "le résultat"),
)
#: What each day supposes.
SUPPOSES = {
    "complete_on": ("filed_on",),
    "decided_on": ("filed_on", "verdict"),
    "deposited_on": ("decided_on",),
    "hearing_on": ("deposited_on",),
    "result_on": ("hearing_on",),
    "verdict": ("decided_on",),
}
NAMES = dict(ORDER) | {"verdict": "ce qui a été décidé"}


def faults(history: History, today: date) -> Iterator[tuple[str, str]]:
    """Yield what cannot be in a history, each with the field that says it and a sentence."""
    for name, needed in SUPPOSES.items():
        if getattr(history, name):
            for other in needed:
                if not getattr(history, other):
                    yield name, f"Il manque {NAMES[other]}."
    known = [(name, getattr(history, name)) for name, _ in ORDER if getattr(history, name)]
    for (before, first), (name, day) in pairwise(known):
        if day < first:
            yield name, f"Ce jour vient avant {NAMES[before]}."
    for name, day in known:
        if day > today and name != "hearing_on":
            yield name, "Ce jour n’est pas encore venu."
    if history.verdict == Verdict.INADMISSIBLE and history.deposited_on:
        yield "deposited_on", "Une demande non recevable n’a pas de dossier de validation."
    if history.won and not history.result_on:
        yield "won", "Des blocs obtenus supposent un résultat : donnez son jour."
