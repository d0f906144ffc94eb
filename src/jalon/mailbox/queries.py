"""Reads of notices: each takes the viewer first."""

from django.db.models import QuerySet

from jalon.journeys.models import Journey
from jalon.journeys.policy import visible
from jalon.mailbox.models import Notice
from jalon.people.models import User


def notices(viewer: User) -> QuerySet[Notice]:
    """Return what a person was told, the latest first, about journeys they still may see."""
    return Notice.objects.filter(
        person=viewer, entry__journey__in=Journey.objects.filter(visible(viewer))
    ).select_related("entry__journey")
