"""What a person brings to an act whose facts a room completes."""

from jalon.demo.scenario import DemoPeople
from jalon.journeys.models import Journey
from jalon.law import facts
from jalon.law.facts import Facts
from jalon.law.transitions import Transition
from jalon.law.vocabulary import Act, Scope


def brought_to(transition: Transition, journey: Journey, demo: DemoPeople, good: Facts) -> Facts:
    """Return what is asked of a person for an act, given the facts that the law would let through."""
    if transition.act == Act.ASK_ACCOMPANIMENT:
        others = (demo.accompanist, demo.neighbour)
        wanted = next(one for one in others if one.pk != journey.organisation_id)
        return facts.AccompanimentRequest(wanted.pk, "Plus près de chez moi.")
    if transition.act == Act.REASSIGN:
        colleague = next(one for one in demo.architects if one.pk != journey.architect_id)
        return facts.ReassignmentRequest(colleague.pk)
    if transition.act == Act.CHANGE_TARGET:
        bloc = journey.certification.blocs.order_by("position").first()
        assert bloc
        return facts.TargetRequest(
            "", journey.certification.code, Scope.BLOCS, (bloc.code,), agreed=True
        )
    if transition.asks is facts.PathAnswer:
        return facts.PathAnswer()
    if transition.asks is facts.Nothing:
        return facts.Nothing()
    if transition.asks is facts.Reason:
        return facts.Reason("Une raison écrite.")
    return good
