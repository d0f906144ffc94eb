"""The architects' space: their caseload, by what waits for them."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from jalon.juries.queries import hearings_to_tell
from jalon.law.vocabulary import Role, Stage
from jalon.web.access import Visit, needs
from jalon.web.listing import StageFilter, journeys_page

S = Stage
FILTERS = (
    StageFilter(
        "en-cours",
        "En cours",
        tuple(
            stage
            for stage in S
            if stage
            not in (
                S.CERTIFIED,
                S.BLOCS_CERTIFIED,
                S.INADMISSIBLE,
                S.LAPSED,
                S.FRAUD_REFUSED,
                S.REORIENTED,
                S.DROPPED_OUT,
                S.ARCHIVED,
            )
        ),
    ),
    StageFilter("nouveaux", "À prendre en charge", (S.REGISTERED,)),
    StageFilter(
        "preparation", "Parcours à construire", (S.TAKEN_ON, S.MEETING_HELD, S.PATH_PROPOSED)
    ),
    StageFilter(
        "faisabilite", "Dossier de faisabilité", (S.PATH_ACCEPTED, S.FEASIBILITY_INCOMPLETE)
    ),
    StageFilter(
        "certificateur",
        "Chez le certificateur",
        (S.FEASIBILITY_SENT, S.FEASIBILITY_COMPLETE, S.VALIDATION_SENT),
    ),
    StageFilter("ecriture", "Écriture", (S.ADMISSIBLE, S.VALIDATION_RETURNED)),
    StageFilter("jury", "Jury", (S.VALIDATION_ACCEPTED, S.JURY_SCHEDULED, S.DELIBERATED)),
    StageFilter("post-jury", "Après le jury", (S.PARTIALLY_CERTIFIED, S.NOT_CERTIFIED)),
    StageFilter(
        "finis",
        "Terminés",
        (
            S.CERTIFIED,
            S.BLOCS_CERTIFIED,
            S.CONDITIONALLY_CERTIFIED,
            S.INADMISSIBLE,
            S.LAPSED,
            S.FRAUD_REFUSED,
            S.REORIENTED,
            S.DROPPED_OUT,
            S.ARCHIVED,
        ),
    ),
)


@needs(Role.ARCHITECT, Role.HEAD)
@require_safe
def caseload(request: Visit) -> HttpResponse:
    """Show the caseload: one's own, or the whole team's."""
    to_tell = hearings_to_tell(request.user)[:10]
    return journeys_page(request, "Mes dossiers", FILTERS, mine=True, to_tell=to_tell)
