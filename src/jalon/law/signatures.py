"""What is signed of the time given, by whom and how; what of it counts on a certificate (R-110)."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from jalon.law.plurals import plural
from jalon.law.rulebook import Refusal, enforces
from jalon.law.vocabulary import Role, SignedHow
from jalon.law.workshops import ACCOMPANISTS, decimal_hours

#: The sheet on which one draws, in its own units; and how much of it may be drawn.
WIDTH, HEIGHT = 600, 240
MOST_STROKES, MOST_POINTS = 60, 2_000
#: A shorter line is a finger that touched the screen, not a name.
SHORTEST = 60
STROKE = re.compile(r"M(?:\d{1,3} \d{1,3})(?:L\d{1,3} \d{1,3})+", re.ASCII)
DRAWING = re.compile(rf"(?:{STROKE.pattern})+", re.ASCII)
#: No drawing within these bounds is longer.
LONGEST = (MOST_POINTS + MOST_STROKES) * len("M999 999")

#: For how long a code serves, how often it is tried, and how many are sent in a day.
CODE_SERVES = timedelta(minutes=15)
MOST_TRIES, MOST_CODES = 5, 5
#: For how long the link of a mail leads to what is to be signed.
LINK_SERVES = timedelta(days=30)


@dataclass(frozen=True)
class Counted:
    """One half-day, or one meeting, of one person: how long they were there, and whether they signed that."""

    minutes: int
    signed: bool


@enforces("R-110")
def signed_minutes(pieces: Iterable[Counted]) -> int:
    """Return the minutes that count: those that their person signed, as they stand."""
    return sum(one.minutes for one in pieces if one.signed)


@enforces("R-110")
def signed_hours(pieces: Iterable[Counted]) -> Decimal:
    """Return the hours that count, rounded once, at the end: three times twenty minutes are an hour."""
    return decimal_hours(signed_minutes(pieces))


@enforces("R-110")
def digest(person: int, what: str, begins: str, ends: str, minutes: int) -> str:
    """Return what tells what is signed from anything else: who, of what, from when to when, how long."""
    said = json.dumps([1, person, what, begins, ends, minutes])
    return hashlib.sha256(said.encode()).hexdigest()


def lasting(minutes: int) -> str:
    """Return a length as people say it, never cut at the end of a line: "2 h 50"."""
    hours, left = divmod(minutes, 60)
    return f"{hours}\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}{left:02}"


def in_hours(minutes: int) -> str:
    """Return a length in decimal hours, as a certificate writes it: "2,83 h"."""
    return f"{decimal_hours(minutes)}\N{NO-BREAK SPACE}h".replace(".", ",")


@enforces("R-110")
def on_paper(minutes: int) -> str:
    """Return a length as a paper writes it, in both ways: whoever adds it up finds the same."""
    return f"{lasting(minutes)}, soit {in_hours(minutes)}"


@enforces("R-090")
def against_planned(planned: int, given: int) -> str:
    """Return how the minutes given compare with those planned, in words; empty when there are neither."""
    if not planned:
        return "rien n’était prévu" if given else ""
    if given < planned:
        return f"encore {lasting(planned - given)} à donner"
    return f"{lasting(given - planned)} de plus que prévu" if given > planned else "tout est donné"


# ---------------------------------------------------------------- what is refused


def may_collect(able: frozenset[Role]) -> Refusal | None:
    """Refuse whoever is not of the team that accompanies."""
    if able & ACCOMPANISTS:
        return None
    return Refusal.permission("Demandez à l’équipe qui accompagne : elle recueille les signatures.")


@enforces("R-110")
def something_to_sign(minutes: int) -> Refusal | None:
    """Refuse the signature of somebody who was not there, or of whom nothing was noted."""
    if minutes > 0:
        return None
    return Refusal("R-110", "Notez d’abord la présence : on ne signe que le temps passé sur place.")


@enforces("R-110")
def as_seen(seen: str, now: str) -> Refusal | None:
    """Refuse a signature under other hours than those that were shown."""
    if seen == now:
        return None
    return Refusal("R-110", "Les heures ont changé depuis : relisez-les, puis signez.")


@enforces("R-110")
def drawing(path: str) -> Refusal | None:
    """Refuse what is not a drawing on the sheet, what is too long, and a finger that touched the screen."""
    if not path:
        return Refusal("R-110", "Signez dans le cadre, ou choisissez une autre façon de signer.")
    if len(path) > LONGEST or not DRAWING.fullmatch(path):
        return unreadable()
    strokes = points_of(path)
    if len(strokes) > MOST_STROKES or sum(map(len, strokes)) > MOST_POINTS:
        return Refusal(
            "R-110", "Cette signature est trop longue : effacez-la et signez plus court."
        )
    if any(x > WIDTH or y > HEIGHT for stroke in strokes for x, y in stroke):
        return unreadable()
    if sum(map(length, strokes)) < SHORTEST:
        return Refusal("R-110", "Signez d’un trait plus long : un point ne suffit pas.")
    return None


def unreadable() -> Refusal:
    """Return the refusal of what no sheet of ours draws."""
    return Refusal("R-110", "Cette signature est illisible : effacez-la et signez de nouveau.")


def points_of(path: str) -> list[list[tuple[int, int]]]:
    """Return the points of each stroke of a drawing."""
    return [
        [(int(x), int(y)) for x, y in re.findall(r"(\d+) (\d+)", stroke)]
        for stroke in STROKE.findall(path)
    ]


def length(stroke: list[tuple[int, int]]) -> int:
    """Return how far a stroke goes, across and down."""
    return sum(abs(to[0] - at[0]) + abs(to[1] - at[1]) for at, to in pairwise(stroke))


@enforces("R-110")
def said_aloud(reason: str) -> Refusal | None:
    """Refuse to note that somebody signs aloud without saying why."""
    if reason.strip():
        return None
    why = "Dites pourquoi la personne ne signe pas elle-même, en une phrase."
    return Refusal("R-110", why, fields=("reason",))


@enforces("R-110")
def who_leads_notes(how: SignedHow, *, leads: bool) -> Refusal | None:
    """Refuse what only who led the hours, or their head, may write: that somebody signed aloud."""
    if how != SignedHow.ALOUD or leads:
        return None
    return Refusal(
        "R-110",
        "Seule la personne qui a animé, ou son responsable, note un accord à voix haute : demandez-lui.",
    )


@enforces("R-110")
def code_refused(until: datetime | None, tries: int, at: datetime) -> Refusal | None:
    """Refuse a code that was never sent, is too old, served already, or was tried too often."""
    if until is None:
        return Refusal("R-110", "Demandez d’abord un code : il arrive par courriel.")
    if at >= until:
        return Refusal("R-110", "Ce code ne sert plus : demandez-en un autre.")
    if tries >= MOST_TRIES:
        return Refusal("R-110", "Trop d’essais : demandez un autre code.")
    return None


def wrong_code(tries: int) -> Refusal:
    """Return the refusal of a code that is not the one that was sent."""
    left = MOST_TRIES - tries
    if left <= 0:
        return Refusal("R-110", "Trop d’essais : demandez un autre code.")
    ways = plural(left, f"{left} essais", "un seul essai")
    return Refusal("R-110", f"Ce code n’est pas le bon : il vous reste {ways}.")


@enforces("R-110")
def enough_codes(sent: int) -> Refusal | None:
    """Refuse to send codes again and again in a day for the same hours."""
    if sent < MOST_CODES:
        return None
    return Refusal(
        "R-110",
        "Assez de codes pour aujourd’hui : regardez dans les courriers indésirables, ou signez sur place.",
    )


@enforces("R-110")
def hours_to_certify(since: date | None) -> Refusal | None:
    """Refuse a certificate of nothing: `since` is the first day of which something is signed."""
    if since:
        return None
    return Refusal("R-110", "Aucune heure n’est signée : faites signer d’abord.")


def still_to_sign(*, signed: bool) -> Refusal | None:
    """Refuse a code for what is signed already."""
    if not signed:
        return None
    return Refusal("R-110", "Ces heures sont signées : il ne reste rien à faire.")


def still_met(*, signed: bool) -> Refusal | None:
    """Refuse to say that somebody did not come to a meeting that they signed."""
    if not signed:
        return None
    return Refusal("R-110", "La personne a signé ce rendez-vous, il a eu lieu : laissez « tenu ».")
