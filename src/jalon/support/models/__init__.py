"""What accompaniment keeps: meetings held and the path, the agenda and what is booked in it."""

from jalon.support.models.agenda import (
    Absence,
    Booking,
    BookingQuerySet,
    OpeningHours,
    Site,
    TravelTime,
)
from jalon.support.models.path import Meeting, Milestone, PlannedAction, Quote, Training

__all__ = [
    "Absence",
    "Booking",
    "BookingQuerySet",
    "Meeting",
    "Milestone",
    "OpeningHours",
    "PlannedAction",
    "Quote",
    "Site",
    "Training",
    "TravelTime",
]
