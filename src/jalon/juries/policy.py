"""What jurors see of journeys, and when they act on one."""

from datetime import timedelta

from django.db.models import (
    DateTimeField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from jalon.journeys.models import Journey
from jalon.journeys.policy import acts_as, sees
from jalon.juries.models import Declaration, Hearing, HearingQuerySet, Seat
from jalon.law.independence import jury_reading_days
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import PanelRole, Role, Setting
from jalon.now import midnight, today
from jalon.people.models import CertifierSetting, User
from jalon.writing.policy import reads


@sees(Role.JUROR)
def heard_by(viewer: User) -> Q:
    """Return the condition that keeps the journeys heard in a session where a person sits."""
    return Q(pk__in=heard_in_sessions_of(viewer).values("attempt__journey"))


@enforces("R-123")
def heard_in_sessions_of(viewer: User) -> HearingQuerySet:
    """Return the passages that a person hears, in the sessions in which they sit.

    Neither those of sessions where they were replaced, nor those that were cancelled, nor those whose
    minutes were signed too long ago for an addendum.
    """
    seats = Seat.objects.filter(juror__user=viewer)
    settled = (
        CertifierSetting.objects.filter(
            organisation=OuterRef("session__certifier"),
            setting=Setting.JURY_READING,
            start__lte=today(),
        )
        .order_by("-start", "-at", "-pk")
        .values("value")[:1]
    )
    days = Coalesce(Subquery(settled), jury_reading_days(None, today()))
    opened = Value(midnight(today())) - days * Value(timedelta(days=1))
    oldest = ExpressionWrapper(opened, output_field=DateTimeField())
    open_still = Q(locked_at=None) | Q(locked_at__gte=oldest)
    return Hearing.objects.living().filter(open_still, session__in=seats.values("session"))


@acts_as(Role.JUROR)
def presides(viewer: User, journey: Journey) -> bool:
    """Tell whether a person presides over the hearing planned for the attempt under way (R-061)."""
    own = Seat.objects.filter(juror__user=viewer)
    presided = own.filter(role=PanelRole.PRESIDENT).values("session")
    here = Q(chair__in=own) | Q(chair=None, session__in=presided)
    return Hearing.objects.to_come().filter(here, attempt__journey=journey).exists()


@reads(Role.JUROR)
@enforces("R-064")
def attempts_heard_by(viewer: User) -> Q:
    """Return the condition that keeps the attempts a person hears, once they declared no link (R-064)."""
    said = Declaration.objects.filter(juror__user=viewer)
    last = said.filter(hearing=OuterRef("pk")).order_by("-pk").values("related")[:1]
    linked = said.filter(
        hearing__attempt__journey__candidate=OuterRef("attempt__journey__candidate"),
        related=True,
        lift=None,
    )
    heard = heard_in_sessions_of(viewer).annotate(related=Subquery(last))
    independent = heard.filter(~Exists(linked), related=False)
    return Q(pk__in=independent.values("attempt"))
