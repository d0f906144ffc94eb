"""What a head's figures count of accompaniment: the dates of calendars, and the meetings held."""

from django.db.models import F, Value, When
from django.db.models.functions import Coalesce

from jalon.journeys.figures import Rows, Team, days_from, first_of, rows, tallied, within
from jalon.law import figures as law
from jalon.law.figures import Compared, Kept
from jalon.law.stages import ENDS
from jalon.now import today
from jalon.support.models import Meeting, Milestone


@tallied()
def calendars(team: Team, compared: Compared) -> list[Rows]:
    """Return the dates planned in either span, by what became of each, as `law.figures.kept` says it."""
    planned = Milestone.objects.filter(team.holds(), within("due_on", compared))
    known = planned.annotate(
        became=first_of(
            [
                When(kept_on__lte=F("due_on"), then=Value(str(Kept.ON_TIME))),
                When(kept_on__isnull=False, then=Value(str(Kept.LATE))),
                When(journey__stage__in=ENDS, then=Value("")),
                When(due_on__lt=today(), then=Value(str(Kept.MISSED))),
            ]
        )
    )
    return [rows(known.exclude(became=""), day=F("due_on"), line=F("became"))]


@tallied()
def slippage(team: Team, compared: Compared) -> list[Rows]:
    """Return the dates kept in either span, with the days from the first one planned, less than 0 when early."""
    done = Milestone.objects.filter(team.holds(), within("kept_on", compared))
    title = first_of(
        [When(title=one, then=Value(one)) for one in law.COMMON_DATES], law.OTHER_DATES
    )
    late = days_from(Coalesce("moved_from", "due_on"), F("kept_on"))
    return [rows(done, day=F("kept_on"), line=title, days=late)]


@tallied(by_person=True)
def meetings(team: Team, compared: Compared) -> list[Rows]:
    """Return the meetings held, by who held them, each with its minutes."""
    held = Meeting.objects.filter(team.holds(), within("held_on", compared))
    return [rows(held, day=F("held_on"), line=team.line_of("held_by_id"), days=F("minutes"))]
