"""Reads of juries: each takes the viewer first."""

from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from jalon.journeys.models import AccessLog, JournalEntry
from jalon.juries.models import Hearing, Juror, Seat, Session
from jalon.juries.panel import member_facts
from jalon.law.jury import late_summons_warning
from jalon.law.rulebook import Refusal, enforces
from jalon.law.vocabulary import Act, Role
from jalon.now import today
from jalon.people.models import Membership, User
from jalon.people.policy import organisations, roles


def sessions(viewer: User) -> QuerySet[Session]:
    """Return the sessions of the viewer's certifier, and those the viewer sits in."""
    seats = Seat.objects.filter(juror__user=viewer)
    mine = Q(certifier__in=organisations(viewer, Role.CERTIFIER)) | Q(
        pk__in=seats.values("session")
    )
    if Role.ADMINISTRATOR in roles(viewer):
        mine = Q()
    heard = (
        Hearing.objects.living()
        .filter(session=OuterRef("pk"))
        .order_by()
        .values("session")
        .annotate(count=Count("pk"))
    )
    return (
        Session.objects.filter(mine)
        .select_related("certification")
        .annotate(heard=Coalesce(Subquery(heard.values("count")), 0))
        .order_by("-held_on", "pk")
    )


def with_panel(found: QuerySet[Session]) -> QuerySet[Session]:
    """Return the same sessions, each with its panel and the candidates to hear."""
    living = Hearing.objects.filter(cancelled_at__isnull=True).select_related(
        "attempt__journey__candidate", "attempt__journey__certification"
    )
    return found.prefetch_related("panel__juror__user", Prefetch("hearings", queryset=living))


def session(viewer: User, id: int) -> Session:
    """Return one session with its panel and hearings; raises DoesNotExist."""
    return with_panel(sessions(viewer)).get(pk=id)


def sessions_of_juror(juror: User) -> QuerySet[Session]:
    """Return the sessions a juror sits in and who is heard: the next one first, then those gone by."""
    own = Session.objects.filter(panel__juror__user=juror).select_related("certification")
    to_come = Case(When(held_on__gte=today(), then=F("held_on")))
    return with_panel(own).order_by(to_come.asc(nulls_last=True), "-held_on", "pk")


def hearing(viewer: User, id: int) -> Hearing:
    """Return one hearing that the viewer may see, and record the look (R-124)."""
    found = Hearing.objects.select_related(
        "session__certification", "attempt__journey__candidate", "attempt__validation"
    ).get(pk=id, session__in=Session.objects.filter(pk__in=sessions(viewer).values("pk")))
    AccessLog.objects.create(
        journey=found.attempt.journey, reader=viewer, what="passage devant le jury"
    )
    return found


def jurors(viewer: User) -> QuerySet[Juror]:
    """Return the pool of the viewer's certifier: those who sit, not those who left."""
    living = Membership.objects.filter(
        user=OuterRef("user"), organisation=OuterRef("certifier"), role=Role.JUROR, ended_at=None
    )
    return (
        Juror.objects.filter(Exists(living), certifier__in=organisations(viewer, Role.CERTIFIER))
        .select_related("user")
        .prefetch_related("qualified_for")
    )


@enforces("R-057")
def hearings_to_tell(architect: User) -> QuerySet[Hearing]:
    """Return the planned hearings of an architect's candidates, to confirm that each was told."""
    told = JournalEntry.objects.filter(
        journey=OuterRef("attempt__journey"),
        act=Act.CONFIRM_TOLD,
        at__gte=OuterRef("attempt__journey__stage_since"),
    )
    return (
        Hearing.objects.filter(
            cancelled_at__isnull=True, locked_at__isnull=True, attempt__journey__architect=architect
        )
        .exclude(Exists(told))
        .select_related("session", "attempt__journey__candidate")
        .order_by("session__held_on", "starts_at")
    )


def composition_warnings(session: Session) -> list[Refusal]:
    """Return what the certifier should know of a panel before it sits, whoever it hears (R-069)."""
    panel = (member_facts(seat, qualified=False, present=True) for seat in session.panel.all())
    found = (late_summons_warning(one, session.held_on) for one in panel)
    return [warning for warning in found if warning]
