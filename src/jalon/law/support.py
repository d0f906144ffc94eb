"""What the accompaniment must hold: first meeting, path, quotes, signed statements."""

import re
import unicodedata
from decimal import Decimal

from jalon.law.case import Case
from jalon.law.clocks import french
from jalon.law.facts import DatedNote, FirstMeeting, Path, PostJury, Reason, Signature, Training
from jalon.law.rulebook import Refusal, enforces, ratio, value
from jalon.law.vocabulary import Act, Role, Stage
from jalon.now import today

#: The hours of a path are counted by it.
HALF_HOUR = Decimal("0.5")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})

FIRST_MEETING_SUBJECTS = {
    "device_relevance": "La VAE est-elle le bon dispositif\N{NO-BREAK SPACE}?",
    "certification_adequacy": "La certification est-elle la bonne\N{NO-BREAK SPACE}?",
    "prerequisites": "Les prérequis",
    "training_needs": "Les besoins de formation",
    "calendar": "Le calendrier",
    "duration": "La durée",
    "modalities": "Les modalités",
}
#: What says which path is proposed to the candidate, the first time or again.
PROPOSES_A_PATH = (Act.PROPOSE_PATH, Act.AMEND_PATH)
#: What says that the candidate accepts the one that was proposed last.
ACCEPTS_A_PATH = (Act.ACCEPT_PATH, Act.ACCEPT_AMENDMENT)
#: What the report of a post-jury meeting holds, as it is read.
POST_JURY_SUBJECTS = {"report": "Ce qui s’est dit", "alternative": "Autre projet"}
#: What is noted of any other meeting.
NOTED_SUBJECTS = {"report": "Ce qui s’est dit", "next_step": "La suite"}


@enforces("R-081", "R-089")
def meeting_already_held(case: Case, facts: FirstMeeting | PostJury) -> Refusal | None:
    """A report tells of a meeting that took place and lasted."""
    if facts.held_on <= case.today and facts.minutes > 0:
        return None
    rule = "R-089" if isinstance(facts, FirstMeeting) else "R-081"
    return Refusal(
        rule, "Indiquez la date et la durée d’un rendez-vous qui a eu lieu, pas à venir."
    )


@enforces("R-045", "R-089")
def since_registration(case: Case, facts: FirstMeeting | DatedNote) -> Refusal | None:
    """What is noted of a journey happened once the candidate had registered."""
    first = isinstance(facts, FirstMeeting)
    on = facts.held_on if isinstance(facts, FirstMeeting) else facts.on
    if case.registered_on is None or on >= case.registered_on:
        return None
    return Refusal(
        "R-089" if first else "R-045",
        f"Vérifiez la date : la candidature est du {french(case.registered_on)}.",
    )


@enforces("R-089")
def first_meeting_covers_all(case: Case, facts: FirstMeeting) -> Refusal | None:
    """The report of the first meeting covers its seven subjects."""
    empty = tuple(name for name in FIRST_MEETING_SUBJECTS if not getattr(facts, name).strip())
    if not empty:
        return None
    subjects = [FIRST_MEETING_SUBJECTS[name].removesuffix("\N{NO-BREAK SPACE}?") for name in empty]
    why = f"Complétez le compte rendu : {', '.join(subjects)}."
    return Refusal("R-089", why, fields=empty)


@enforces("R-090")
def keeps_the_calendar(able: frozenset[Role]) -> bool:
    """Say whether a person, in these capacities, may note that a planned date was kept."""
    return bool(able & {Role.ARCHITECT, Role.HEAD})


@enforces("R-090")
def calendar_set(case: Case, facts: Path) -> Refusal | None:
    """A path has dated milestones to come, in order."""
    days = [milestone.due_on for milestone in facts.milestones]
    hours = (facts.hours_individual, facts.hours_group, facts.hours_training)
    if min(hours) < 0:
        return Refusal("R-090", "Les heures prévues ne peuvent pas être négatives.")
    if any(one % HALF_HOUR for one in hours):
        return Refusal("R-090", "Comptez les heures prévues par demi-heure, par exemple 2,5.")
    if days and days == sorted(days) and days[0] >= case.today:
        return None
    return Refusal("R-090", "Fixez au moins un jalon daté à venir, et rangez les jalons par date.")


def path_proposed(case: Case) -> bool:
    """Say whether a path waits for the candidate's answer: to propose again is to change it."""
    return case.stage == Stage.PATH_PROPOSED


def hours_said(hours: Decimal | None) -> str:
    """Return hours as people write them: "14", "2,5"; none are "0"."""
    return f"{(hours or Decimal()).normalize():f}".replace(".", ",")


@enforces("R-086")
def siren_exists(siren: str) -> bool:
    """Say whether nine digits may be a SIREN: the last one follows from the others (Luhn)."""
    if not re.fullmatch(r"[0-9]{9}", siren):
        return False
    doubled = [int(digit) * (2 if rank % 2 else 1) for rank, digit in enumerate(siren)]
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0


@enforces("R-086")
def sirens_exist(case: Case, facts: Path) -> Refusal | None:
    """The provider of each quote is one that may exist."""
    for training in facts.trainings:
        for quote in training.quotes:
            if quote.siren and not siren_exists(quote.siren):
                why = f"Vérifiez le SIREN de « {quote.provider} » : ses neuf chiffres ne vont pas ensemble."
                return Refusal("R-086", why)
    return None


@enforces("R-086")
def trainings_told_apart(case: Case, facts: Path) -> Refusal | None:
    """The candidate chooses among trainings by their titles: no two have the same."""
    titles = [training.title.casefold() for training in facts.trainings]
    if len(set(titles)) == len(titles):
        return None
    why = (
        "Deux formations portent le même titre : distinguez-les, le candidat choisit par le titre."
    )
    return Refusal("R-086", why)


@enforces("R-086")
def three_quotes(case: Case, facts: Path) -> Refusal | None:
    """Each proposed training has three quotes from three different providers."""
    needed = value("R-086", "quotes", case.anchors)
    for training in facts.trainings:
        if len({quote.siren for quote in training.quotes if quote.siren}) < needed:
            return Refusal(
                "R-086",
                f"« {training.title} » : il faut au moins trois devis de trois organismes "
                "différents (SIREN différents).",
            )
    return None


def spread(training: Training) -> float:
    """Return the ratio between the dearest and the cheapest quote; 1 when there is none."""
    amounts = [quote.amount for quote in training.quotes if quote.amount > 0]
    return max(amounts) / min(amounts) if amounts else 1.0


def spread_said(training: Training) -> str:
    """Return how far apart the prices of a training are, in words; empty while they are comparable."""
    times = spread(training)
    if times <= ratio("R-087", "ratio", today()):
        return ""
    return f"le plus cher vaut {times:.1f} fois le moins cher".replace(".", ",")


@enforces("R-087")
def quotes_proportionate(case: Case, facts: Path) -> Refusal | None:
    """A large spread between quotes is explained."""
    limit = ratio("R-087", "ratio", case.anchors)
    for training in facts.trainings:
        if spread(training) > limit and not training.disproportion_reason.strip():
            return Refusal(
                "R-087",
                f"« {training.title} » : les prix des devis sont très différents. "
                "Expliquez pourquoi.",
            )
    return None


def reason_given(case: Case, facts: Reason) -> Refusal | None:
    """Some acts must say why (R-124: the journal keeps the reason)."""
    if facts.reason.strip():
        return None
    return Refusal("R-124", "Dites pourquoi, en une phrase : le journal du dossier le garde.")


@enforces("R-013")
def statement_signed(case: Case, facts: Signature) -> Refusal | None:
    """A statement is read, sworn and signed by the candidate's own name (R-013, R-051)."""
    if not (facts.read and facts.sworn and facts.name.strip()):
        return Refusal(
            "R-013", "Cochez les deux cases et écrivez votre nom pour signer la déclaration."
        )
    if not case.signs_as or any(is_signed(facts.name, name) for name in case.signs_as):
        return None
    return Refusal(
        "R-013", f"Signez de votre prénom et de votre nom, comme ici : {case.signs_as[0]}."
    )


def is_signed(typed: str, name: str) -> bool:
    """Say whether what was typed is a name: accents, capitals, hyphens and order are forgiven.

    Other first names may stand beside.
    """
    return parts_of(name) <= parts_of(typed)


def parts_of(name: str) -> frozenset[str]:
    """Return the words of a name, without accents, in small letters."""
    spread_out = unicodedata.normalize("NFKD", name.casefold().translate(LIGATURES))
    letters = "".join(sign for sign in spread_out if not unicodedata.combining(sign))
    return frozenset(re.findall(r"[^\W\d_]+", letters))


@enforces("R-045")
def not_in_the_future(case: Case, facts: DatedNote) -> Refusal | None:
    """What is recorded has happened (R-045)."""
    if facts.on <= case.today:
        return None
    return Refusal("R-045", "Indiquez une date passée : on n’enregistre que ce qui a eu lieu.")
