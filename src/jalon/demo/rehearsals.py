"""Rehearsals of the demonstration: for each architect a grid that was shared, and one that is being written."""

from datetime import timedelta

from jalon import now as timekeeper
from jalon.catalogue.models import Competence
from jalon.demo.agendas import still_since
from jalon.demo.people import DemoPeople
from jalon.demo.scenario import moment_before
from jalon.journeys.models import Journey
from jalon.law.rehearsal import OFFERED_AT
from jalon.law.vocabulary import MeetingMode, Readiness
from jalon.now import today
from jalon.people.models import User
from jalon.support import rehearsals

ADVICE = (
    "Vous parlez bien de votre métier. Commencez par le poste et l’équipe, en deux minutes, puis donnez une preuve "
    "pour chaque compétence. Entraînez-vous à voix haute, montre en main."
)
REMARKS = {
    Readiness.ACQUIRED: "",
    Readiness.TO_STRENGTHEN: "L’exemple est bon : dites ce que vous avez décidé, vous.",
    Readiness.NOT_YET: "Préparez une preuve : une fiche, une photo, un compte rendu.",
}


def rehearse(demo: DemoPeople) -> None:
    """Let each architect share the grid of one candidate who has a jury, and begin that of another."""
    for architect in demo.architects:
        mine = Journey.objects.filter(architect=architect, stage__in=OFFERED_AT)
        called = [one for one in mine.order_by("reference") if still_since(one, moment_before(1))]
        with timekeeper.at(moment_before(1) + timedelta(hours=1)):
            for one in called[:1]:
                find(one, architect, rehearsals.blocs(one).count())
                rehearsals.advise(one.pk, architect, ADVICE)
                held = rehearsals.Held(today(), 75, MeetingMode.ON_SITE)
                rehearsals.share(one.pk, architect, held)
            for one in called[1:2]:
                find(one, architect, 1)


def find(journey: Journey, by: User, blocs: int) -> None:
    """Write what is found of the first blocs of a journey."""
    for bloc in rehearsals.blocs(journey)[:blocs]:
        found = {one: readiness(one) for one in bloc.competences.all()}
        rehearsals.write(journey.pk, by, bloc, found)


def readiness(competence: Competence) -> tuple[Readiness, str]:
    """Return what is found of a competence, with the remark beside it."""
    found = list(REMARKS)[competence.position % len(REMARKS)]
    return found, REMARKS[found]
