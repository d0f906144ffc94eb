"""Plans after a jury of the demonstration: some actions are done, one is moved, one is late."""

from datetime import timedelta

from jalon import now as timekeeper
from jalon.demo.agendas import still_since
from jalon.demo.people import DemoPeople
from jalon.demo.scenario import moment_before
from jalon.law.plan import AWAITED_AT
from jalon.now import today
from jalon.support import plan
from jalon.support.models import PlannedAction

MOVED_TO = 30


def follow_plans(demo: DemoPeople) -> None:
    """Let each architect note the first action of their plans as done, and move the second one."""
    for architect in demo.architects:
        mine = PlannedAction.objects.to_come().filter(
            journey__architect=architect, journey__stage__in=AWAITED_AT
        )
        with timekeeper.at(moment_before(1) + timedelta(hours=2)):
            since = [one for one in mine if still_since(one.journey, timekeeper.now())]
            for one in since[:1]:
                plan.keep(one.journey_id, one.pk, architect, today())
            for one in since[1:2]:
                later = max(today(), one.due_on) + timedelta(days=MOVED_TO)
                plan.move(one.journey_id, one.pk, architect, later, "Le tuteur est absent.")
