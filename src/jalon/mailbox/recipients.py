"""Who is told: the roles that the law names, and the people who hold them towards a journey."""

from collections.abc import Iterable

from django.db.models import Q

from jalon.journeys.models import JournalEntry, Journey
from jalon.journeys.policy import known_to_certifier
from jalon.juries.models import Hearing, Seat, Session
from jalon.law import lifecycle
from jalon.law.results import notified_roles
from jalon.law.vocabulary import Act, Role, Stage
from jalon.now import today
from jalon.people.models import CoverPeriod, Membership, User


def told_by_law(entry: JournalEntry) -> tuple[Role, ...]:
    """Return the roles that the table names for an act; nobody for an event, or a retired act."""
    journey = entry.journey
    if not isinstance(entry.word, Act):
        return ()
    before = Stage(entry.stage_before) if entry.stage_before else None
    transition = lifecycle.row_done(
        entry.word,
        before,
        journey.route,
        journey.accompaniment,
        journey.anchors(entry.occurred_on),
    )
    if transition is None:
        return ()
    filed = known_to_certifier(journey)
    return notified_roles(transition, journey.accompaniment, filed=filed)


def people(entry: JournalEntry, roles: Iterable[Role]) -> list[User]:
    """Return who holds these roles, each once; of the authors, only a candidate, who keeps a trace."""
    journey = entry.journey
    found: dict[int, User] = {}
    for role in roles:
        for person in holders(journey, role):
            found.setdefault(person.pk, person)
    if entry.author_id and entry.author_id != journey.candidate_id:
        found.pop(entry.author_id, None)
    return list(found.values())


def holders(journey: Journey, role: Role) -> list[User]:
    """Return the people who hold a role towards a journey."""
    if role == Role.CANDIDATE:
        return [journey.candidate] if journey.candidate.deceased_on is None else []
    if role == Role.JUROR:
        return jurors(journey)
    if role == Role.ADMINISTRATOR:
        return members(Q(role=role))
    if role in (Role.ARCHITECT, Role.HEAD):
        return accompanists(journey, role)
    if role == Role.CERTIFIER:
        return members(Q(role=role, organisation=journey.certifier_id))
    return []


def accompanists(journey: Journey, role: Role) -> list[User]:
    """Return who is told for the side that accompanies: whoever still works there (R-035).

    The architect of the file, and who replaces them today, unless their access ended; else the heads; in an organisation without
    a head, its architects; where nobody works any more, the administrators.
    """
    architect = journey.architect_id if role == Role.ARCHITECT else None
    return accompanists_of(journey.organisation_id, architect)


def accompanists_of(organisation: int | None, architect: int | None) -> list[User]:
    """Return who is told in an organisation: an architect, or whoever answers for them there."""
    if organisation is None:
        return []
    here = Q(organisation=organisation)
    return (
        [*still_there(organisation, architect), *standing_in(organisation, architect)]
        or members(here & Q(role=Role.HEAD))
        or members(here & Q(role=Role.ARCHITECT))
        or members(Q(role=Role.ADMINISTRATOR))
    )


def still_there(organisation: int | None, architect: int | None) -> list[User]:
    """Return the architect who had a file, if they still work in its organisation."""
    if organisation is None or architect is None:
        return []
    own = Q(organisation=organisation, role__in=(Role.ARCHITECT, Role.HEAD), user=architect)
    return members(own)[:1]


def standing_in(organisation: int, architect: int | None) -> list[User]:
    """Return who replaces an absent architect in an organisation today, and works there."""
    if architect is None:
        return []
    covers = CoverPeriod.objects.in_force(today()).filter(
        organisation=organisation, absent=architect
    )
    own = Q(organisation=organisation, role__in=(Role.ARCHITECT, Role.HEAD))
    return members(own & Q(user__in=covers.values("cover")))[:1]


def members(condition: Q) -> list[User]:
    """Return the people of the living memberships that answer a condition."""
    living = Membership.objects.living().filter(condition, user__is_active=True)
    return [one.user for one in living.select_related("user").order_by("pk")]


def jurors(journey: Journey) -> list[User]:
    """Return the panel before which a candidate was called last."""
    last = Hearing.objects.filter(attempt__journey=journey).order_by("-pk").first()
    return panel(last.session) if last else []


def panel(session: Session) -> list[User]:
    """Return the people who sit in a session."""
    seats = Seat.objects.filter(session=session, juror__user__is_active=True)
    return [seat.juror.user for seat in seats.select_related("juror__user")]
