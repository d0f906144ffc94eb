"""A mock grid written and shared, for the tests that begin with one."""

from jalon.demo.scenario import Scenario
from jalon.law.vocabulary import MeetingMode, Readiness
from jalon.now import today
from jalon.support import rehearsals
from jalon.support.models import MockGrid

ADVICE = "Présentez d’abord le poste, puis vos preuves."
REMARK = "Citez le plan de contrôle."


def written_grid(one: Scenario) -> MockGrid:
    """Return a grid of which each competence has its finding, with its advice: it is not shared yet."""
    for bloc in rehearsals.blocs(one.journey):
        found = dict.fromkeys(bloc.competences.all(), (Readiness.TO_STRENGTHEN, REMARK))
        rehearsals.write(one.journey.pk, one.architect, bloc, found)
    return rehearsals.advise(one.journey.pk, one.architect, ADVICE)


def shared_grid(one: Scenario) -> MockGrid:
    """Return a grid that was shared, of a rehearsal of an hour held today."""
    written_grid(one)
    held = rehearsals.Held(today(), 60, MeetingMode.REMOTE)
    return rehearsals.share(one.journey.pk, one.architect, held)
