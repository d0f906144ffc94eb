"""Reads of notices: each takes the viewer first."""

from django.db.models import Q, QuerySet

from jalon.journeys.models import Journey
from jalon.journeys.policy import visible
from jalon.mailbox.models import Notice
from jalon.people.models import User


def notices(viewer: User) -> QuerySet[Notice]:
    """Return what a person was told, the latest first, about journeys they still may see."""
    seen = Journey.objects.filter(visible(viewer))
    return (
        Notice.objects.told()
        .filter(Q(entry__isnull=True) | Q(entry__journey__in=seen), person=viewer)
        .select_related("entry__journey")
    )
