"""What a person brings to an act whose facts a room completes."""

from dataclasses import replace

from jalon.demo.scenario import DemoPeople
from jalon.journeys.models import Journey
from jalon.law import facts
from jalon.law.facts import Facts
from jalon.law.transitions import Transition
from jalon.law.vocabulary import Act, OrganisationKind, Scope
from jalon.people.models import Certifying, Organisation


def brought_to(transition: Transition, journey: Journey, demo: DemoPeople, good: Facts) -> Facts:
    """Return what is asked of a person for an act, given the facts that the law would let through."""
    if transition.act == Act.ASK_ACCOMPANIMENT:
        others = (demo.accompanist, demo.neighbour)
        wanted = next(one for one in others if one.pk != journey.organisation_id)
        return facts.AccompanimentRequest(wanted.pk, "Plus près de chez moi.")
    if transition.act == Act.REASSIGN:
        colleague = next(one for one in demo.architects if one.pk != journey.architect_id)
        return facts.ReassignmentRequest(colleague.pk)
    if transition.act == Act.TRANSFER:
        return facts.TransferRequest("Il déménage.", another_certifier(journey).pk)
    if transition.act == Act.CHANGE_TARGET:
        bloc = journey.certification.blocs.order_by("position").first()
        assert bloc
        return facts.TargetRequest(
            "", journey.certification.code, Scope.BLOCS, (bloc.code,), agreed=True
        )
    if isinstance(good, facts.HeldElsewhere):
        return replace(good, document="")  # whoever does the act brings the proof
    if transition.asks is facts.PathAnswer:
        return facts.PathAnswer()
    if transition.asks is facts.Nothing:
        return facts.Nothing()
    if transition.asks is facts.Reason:
        return facts.Reason("Une raison écrite.")
    return good


def another_certifier(journey: Journey) -> Organisation:
    """Return another organisation that delivers the certification of a journey, made if needed."""
    other, _ = Organisation.objects.get_or_create(
        siret="99999999900019",
        defaults={"name": "Autre certificateur", "kind": OrganisationKind.CERTIFIER},
    )
    Certifying.objects.get_or_create(organisation=other, certification=journey.certification)
    return other
