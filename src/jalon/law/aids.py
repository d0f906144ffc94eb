"""An aid to writing: somebody whom a candidate names, for some competences, until a day (R-051, R-127)."""

from dataclasses import dataclass
from datetime import date, timedelta

from jalon.law.clocks import french
from jalon.law.independence import DECIDE
from jalon.law.rulebook import Refusal, enforces
from jalon.law.vocabulary import Act, AidDeed, Role, Stage
from jalon.law.writing import VALIDATION

#: How many people help to write one file at once, and for how long at most.
MOST, LONGEST = 3, timedelta(days=184)
#: How many people are named for one file in a day: each naming sends an e-mail to somebody who asked for none.
MOST_A_DAY = 6
#: How many addresses are tried in a day, refused ones included.
MOST_TRIES_A_DAY = 12
#: How often a link is sent in a day, the first time included.
MOST_LINKS_A_DAY = 3
#: What somebody did who came by their link.
CAME = frozenset(AidDeed) - {AidDeed.SENT}
#: For how long a page that is opened again is the same reading.
ONE_READING = timedelta(minutes=10)

#: What ends the help that was asked: who was let in for one writing is let in to another by a new word only.
SENDINGS = frozenset({Act.SEND_VALIDATION, Act.DEPOSIT_VALIDATION})

#: The roles of those who judge a candidate, or decide of their file.
JUDGES = DECIDE | {Role.JUROR}

CLOSED = "Ce dossier est fermé : plus rien ne s’y écrit. Votre aide est finie, merci."
WITHDRAWN = "La personne qui vous a demandé de l’aide a retiré ce lien. Parlez-en avec elle."
SENT = "Le dossier n’est plus en cours d’écriture : plus rien ne s’y écrit. Votre aide est finie, merci."
LEFT_SINCE = (
    "Ce lien a servi jusqu’à l’envoi du dossier. Si votre aide est encore utile, la personne que vous "
    "aidiez vous enverra un autre lien."
)
NOT_THEM = "Cette personne ne peut pas vous aider à écrire : demandez à quelqu’un d’autre."
NOT_ASKED = (
    "Votre aide n’est pas demandée pour cette compétence : choisissez-en une de votre liste."
)


@dataclass(frozen=True)
class Naming:
    """What is known when somebody is named: who they are, who helps already, who was named today, the last day that is asked."""

    stage: Stage
    able: frozenset[Role]
    #: Whether the address is the candidate's own, and the roles that somebody holds who has it.
    own: bool
    held: frozenset[Role]
    helping: int
    named_today: int
    again: bool
    until: date
    today: date


@enforces("R-051")
def may_name(asked: Naming) -> Refusal | None:
    """Refuse to name somebody to whoever is not the candidate, once the file left, too many, or for too long."""
    if Role.CANDIDATE not in asked.able:
        return Refusal("R-051", "Seul le candidat choisit qui l’aide à écrire.")
    if asked.stage not in VALIDATION.stages:
        return Refusal("R-051", "Ce dossier n’est plus en cours d’écriture : il ne s’écrit plus.")
    if refusal := may_be_named(own=asked.own, held=asked.held):
        return refusal
    if asked.again:
        return Refusal.permission(
            "Cette adresse vous aide déjà : renvoyez-lui son lien, ou retirez-la d’abord."
        )
    if asked.helping >= MOST:
        return Refusal.permission(
            f"{MOST} personnes vous aident déjà : retirez-en une avant d’en nommer une autre."
        )
    if asked.named_today >= MOST_A_DAY:
        return Refusal.permission(
            f"Vous avez nommé {asked.named_today} personnes aujourd’hui : nommez la suivante demain."
        )
    last = asked.today + LONGEST
    if not asked.today <= asked.until <= last:
        return Refusal.permission(f"Choisissez un jour entre aujourd’hui et le {french(last)}.")
    return None


def may_try(tries: int) -> Refusal | None:
    """Refuse one address more in a day, this one being counted: each answer tells something of who has it."""
    if tries <= MOST_TRIES_A_DAY:
        return None
    return Refusal.permission("Vous avez essayé trop d’adresses aujourd’hui : recommencez demain.")


@enforces("R-064")
def may_be_named(*, own: bool, held: frozenset[Role]) -> Refusal | None:
    """Refuse the candidate's own address, and whoever judges or decides: helping is a link with the candidate.

    The sentence names no rule: that of judges would say what somebody does in Jalon to whoever types addresses.
    """
    if own:
        return Refusal.permission(
            "C’est votre adresse : écrivez celle de la personne qui vous aide."
        )
    if held & JUDGES:
        return Refusal.permission(NOT_THEM)
    return None


@dataclass(frozen=True)
class Link:
    """What is known when a link is opened: until when it was given, what became of it, of the file, of the account."""

    until: date
    withdrawn: bool
    #: Whether the file left since, by one of `SENDINGS`.
    left_since: bool
    account_open: bool
    stage: Stage
    today: date


def told_of_sending(name: str) -> str:
    """Say to a candidate whose file came back that somebody helps no more, and how they may again."""
    return (
        f"L’envoi de votre dossier a mis fin à l’aide de {name}. Pour continuer avec cette personne, "
        "nommez-la de nouveau."
    )


@enforces("R-051")
def may_open(link: Link) -> Refusal | None:
    """Refuse a link that was withdrawn, whose time is over, whose file left, or whose candidate's account is closed."""
    if not link.account_open:
        return Refusal.permission(CLOSED)
    if link.withdrawn:
        return Refusal.permission(WITHDRAWN)
    if link.stage not in VALIDATION.stages:
        return Refusal("R-051", SENT)
    if link.left_since:
        return Refusal("R-051", LEFT_SINCE)
    if link.today > link.until:
        return Refusal.permission(
            f"Ce lien servait jusqu’au {french(link.until)}. Demandez-en un autre à la personne que vous aidez."
        )
    return None


def may_type(*, asked: bool) -> Refusal | None:
    """Refuse to type in a competence for which no help was asked."""
    return None if asked else Refusal.permission(NOT_ASKED)


def may_withdraw(*, helping: bool) -> Refusal | None:
    """Refuse to take away somebody who helps no more."""
    if helping:
        return None
    return Refusal.permission("Cette personne ne vous aide plus : son lien est déjà retiré.")


def may_send_again(*, helping: bool, sent_today: int) -> Refusal | None:
    """Refuse to send again the link of somebody who helps no more, or one that left often enough today."""
    if not helping:
        return Refusal.permission(
            "Cette personne ne vous aide plus : son lien est retiré. Nommez-la de nouveau."
        )
    if sent_today < MOST_LINKS_A_DAY:
        return None
    return Refusal.permission(
        f"Ce lien est parti {sent_today} fois aujourd’hui : cherchez-le dans les courriels indésirables. Si "
        "l’adresse n’est pas la bonne, retirez cette personne, puis nommez-la de nouveau."
    )
