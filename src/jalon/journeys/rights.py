"""How rooms take part in the rights of people over their data: what each holds, and what it erases."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.db import connection, models

from jalon.journeys.models import (
    AccessLog,
    BlocAward,
    Complaint,
    Gap,
    JournalEntry,
    Journey,
    ListRead,
    PriorBloc,
)
from jalon.law.retention import DECIDED_BY_A_JURY, told_in_a_copy
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import PriorBlocState, Role
from jalon.people.models import CandidateProfile, User

#: What no copy holds: what opens an account, and what only says how rows hang together.
NEVER_TOLD = frozenset(
    {"password", "is_superuser", "verification_code", "salt", "facts_hash", "hash", "evidence_sent"}
)


@dataclass(frozen=True)
class StoredFile:
    """A file that goes with a copy: its name in it, and what opens its bytes."""

    name: str
    open: Callable[[], IO[bytes]]


Told = Any
Tells = Callable[[User], Told]
Files = Callable[[User], Iterator[StoredFile]]

#: What each room holds about a person, under the French name that the copy gives it; and its files.
TOLD_BY: dict[str, Tells] = {}
FILES_OF: list[Files] = []


@dataclass(frozen=True)
class Erasing:
    """A journey whose personal data are erased; `awarded` says that something was obtained on it."""

    journey: Journey
    awarded: bool


Erases = Callable[[Erasing], int]

#: What each room erases of a journey, under the name of what it counts.
ERASED_BY: dict[str, Erases] = {}


def erases(name: str) -> Callable[[Erases], Erases]:
    """Register what a room erases of a journey: it returns how many."""

    def register(erase: Erases) -> Erases:
        ERASED_BY[name] = erase
        return erase

    return register


def deleted(found: models.QuerySet[Any]) -> int:
    """Delete rows, and return how many there were."""
    count = found.count()
    found.delete()
    return count


def tells(name: str) -> Callable[[Tells], Tells]:
    """Register what a room holds about a person, as JSON takes it."""

    def register(held: Tells) -> Tells:
        TOLD_BY[name] = held
        return held

    return register


def brings(files: Files) -> Files:
    """Register the files that a room holds about a person."""
    FILES_OF.append(files)
    return files


def row(one: models.Model, *also: str) -> dict[str, Any]:
    """Return what a row says, by the names of its fields; `also` names what it says by other rows."""
    own = {
        field.name: getattr(one, field.name)
        for field in one._meta.concrete_fields
        if not (field.is_relation or field.primary_key or field.generated)
        and not isinstance(field, models.FileField)
        and field.name not in NEVER_TOLD
    }
    return own | {name: str(getattr(one, name) or "") for name in also}


@enforces("R-124")
def record_list(reader: User, what: str, rows: int, *, exported: bool = False) -> None:
    """Keep that somebody of the staff opened a list of people, or took it away; an empty one is not."""
    if rows:
        ListRead.objects.create(reader=reader, what=what[:120], rows=rows, exported=exported)


@tells("compte")
def account(person: User) -> Told:
    """Return who the person is."""
    return row(person)


@tells("etat_civil")
def civil_status(person: User) -> Told:
    """Return the civil status as it is known today."""
    known = CandidateProfile.objects.filter(user=person).first()
    return row(known) if known else {}


@tells("parcours")
def journeys(person: User) -> Told:
    """Return each journey with its decisions, delays, results and journal."""
    own = Journey.objects.filter(candidate=person).select_related(
        "certification", "certifier", "organisation", "architect"
    )
    return [journey(one) for one in own.order_by("registered_at")]


def journey(one: Journey) -> dict[str, Any]:
    """Return a journey, and what the room holds of it."""
    return row(one, "certification", "certifier", "organisation", "architect") | {
        "reference": one.reference,
        "decisions": [
            row(decision) | {"ecarts": [row(gap) for gap in decision.gaps.all()]}
            for decision in one.decisions.prefetch_related("gaps").order_by("pk")
        ],
        "delais": [row(clock) for clock in one.clocks.all()],
        "passages": attempts(one),
        "blocs_acquis": [
            row(award, "bloc")
            for award in BlocAward.objects.told().filter(journey=one).select_related("bloc")
        ],
        "blocs_obtenus_ailleurs": [
            row(prior, "bloc") for prior in PriorBloc.objects.filter(journey=one)
        ],
        "reclamations": [
            row(complaint) for complaint in Complaint.objects.filter(journey=one).order_by("number")
        ],
        "amenagements": [row(asked) for asked in one.adjustments.all()],
        "questions_au_certificateur": [
            row(asked, "certifier", "asked_by", "answered_by")
            for asked in one.questions.select_related("certifier", "asked_by", "answered_by")
        ],
        "journal": journal(one),
    }


def attempts(one: Journey) -> list[dict[str, Any]]:
    """Return each attempt; what a jury decided is told once its result was notified (R-078)."""
    return [
        row(attempt)
        if attempt.notified_on
        else {"number": attempt.number, "hearing_on": attempt.hearing_on}
        for attempt in one.attempts.all()
    ]


def journal(one: Journey) -> list[dict[str, Any]]:
    """Return each line of a journal, in which role, and what it brought unless that is about others."""
    return [
        row(entry) | ({} if told_in_a_copy(entry.word) else {"facts": {}})
        for entry in JournalEntry.objects.filter(journey=one)
    ]


@tells("lectures_de_mon_dossier")
def looks(person: User) -> Told:
    """Return who of the staff looked at the files of a person; a juror is not named."""
    found = AccessLog.objects.filter(journey__candidate=person).select_related("reader", "journey")
    return [
        {"le": one.at, "quoi": one.what, "dossier": one.journey.reference, "par": reader_said(one)}
        for one in found.prefetch_related("reader__memberships__organisation").order_by("at")
    ]


def reader_said(look: AccessLog) -> str:
    """Return who looked, and for which organisation; of a jury, only that it was one of its members."""
    held = list(look.reader.memberships.all())
    if held and all(one.role == Role.JUROR for one in held):
        return "Un membre du jury"
    where = next((one.organisation.name for one in held if one.organisation), "")
    return ", ".join(filter(None, (look.reader.get_full_name(), where)))


# ---------------------------------------------------------------- what this room erases


@erases("délais")
def erase_clocks(erasing: Erasing) -> int:
    """Delays say nothing once they are over."""
    return deleted(erasing.journey.clocks.all())


@erases("lectures")
def erase_looks(erasing: Erasing) -> int:
    """Who looked matters as long as there is something to look at."""
    return through_the_door("jalon_erase_looks", erasing.journey.pk)


@erases("décisions vidées de leurs motifs")
def erase_grounds(erasing: Erasing) -> int:
    """The decision and its day stay; its words, and the gaps it named, go."""
    decisions = erasing.journey.decisions.all()
    Gap.objects.filter(decision__in=decisions).delete()
    return decisions.update(reason="", recommendations="", analysis="")


@erases("demandes vidées de leur texte")
def erase_complaints(erasing: Erasing) -> int:
    """The register keeps its lines and their days (R-130)."""
    return erasing.journey.complaints.update(words="", answer="", action="")


@erases("aménagements")
def erase_adjustments(erasing: Erasing) -> int:
    """What the person needed, and what was put in place (R-123)."""
    return deleted(erasing.journey.adjustments.all())


@erases("questions au certificateur")
def erase_questions(erasing: Erasing) -> int:
    """What both sides asked and answered of the person."""
    return deleted(erasing.journey.questions.all())


@erases("blocs signalés")
def erase_prior_blocs(erasing: Erasing) -> int:
    """What was said to be held elsewhere and was not recognised."""
    unknown = PriorBloc.objects.filter(journey=erasing.journey)
    return deleted(unknown.exclude(state=PriorBlocState.CONFIRMED))


@erases("lignes du journal vidées")
def erase_facts(erasing: Erasing) -> int:
    """The journal keeps each act, its author and its day: not what it brought, save a jury's decision.

    The database lets this through for a journey that is erased, and nothing else.
    """
    return through_the_door("jalon_erase_facts", erasing.journey.pk, sorted(DECIDED_BY_A_JURY))


def through_the_door(function: str, *arguments: Any) -> int:
    """Call one of the two functions that erase where the application itself may only add; return how many."""
    with connection.cursor() as cursor:
        cursor.callproc(function, arguments)
        (count,) = cursor.fetchone()
    return int(count)
