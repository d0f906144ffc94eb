"""What juries hold about a person, for a copy or to be erased (R-122)."""

from typing import Any

from jalon.journeys.rights import Erasing, deleted, erases, tells
from jalon.juries.models import Assessment, Hearing, OwnAssessment
from jalon.people.models import User


@tells("passages_devant_le_jury")
def hearings(person: User) -> Any:
    """Return each hearing, and what was found once the result was notified (R-078).

    The votes are secret, and what each member noted for themselves is theirs (R-079).
    """
    own = Hearing.objects.filter(attempt__journey__candidate=person).select_related(
        "session", "attempt__journey"
    )
    return [hearing(one) for one in own.order_by("pk")]


def hearing(one: Hearing) -> dict[str, Any]:
    """Return a hearing: its day and hour, and what the person was told of."""
    when = {"jour": one.session.held_on, "heure": one.starts_at, "annule_le": one.cancelled_at}
    told = {"dossier": one.attempt.journey.reference} | when
    if one.attempt.notified_on is None:
        return told
    found = one.assessments.select_related("competence")
    grounds = one.votes.select_related("bloc")
    return told | {
        "constats": [
            {"competence": str(said.competence), "constat": said.mastery, "remarque": said.comment}
            for said in found
        ],
        "motifs": [{"bloc": str(vote.bloc), "motif": vote.ground} for vote in grounds],
    }


@erases("constats de jury sans procès-verbal")
def erase_assessments(erasing: Erasing) -> int:
    """What was noted and never signed; signed minutes are locked, and the certifier's archive."""
    unsigned = Hearing.objects.filter(attempt__journey=erasing.journey, locked_at__isnull=True)
    return sum(
        deleted(model.objects.filter(hearing__in=unsigned)) for model in (Assessment, OwnAssessment)
    )
