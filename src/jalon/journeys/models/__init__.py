"""A journey and all it owns, one file a subject."""

from jalon.journeys.models.adjustment import Adjustment
from jalon.journeys.models.admissibility import AdmissibilityDecision, Gap
from jalon.journeys.models.attempt import Attempt, BlocAward, PriorBloc
from jalon.journeys.models.clock import Clock, ClockQuerySet
from jalon.journeys.models.complaint import Complaint
from jalon.journeys.models.journal import AccessLog, JournalEntry, JournalSeal, SealedHead
from jalon.journeys.models.journey import Journey
from jalon.journeys.models.question import CertifierQuestion
from jalon.journeys.models.rights import DataCopy, ListRead, Purge
from jalon.journeys.models.tally import Grain, Tally, TallyMoment

__all__ = [
    "AccessLog",
    "Adjustment",
    "AdmissibilityDecision",
    "Attempt",
    "BlocAward",
    "CertifierQuestion",
    "Clock",
    "ClockQuerySet",
    "Complaint",
    "DataCopy",
    "Gap",
    "Grain",
    "JournalEntry",
    "JournalSeal",
    "Journey",
    "ListRead",
    "PriorBloc",
    "Purge",
    "SealedHead",
    "Tally",
    "TallyMoment",
]
