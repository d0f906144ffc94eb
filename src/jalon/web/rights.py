"""What the pages hold about a person, for the copy they ask for."""

from typing import Any

from jalon.journeys.rights import row, tells
from jalon.people.models import User
from jalon.web.models import SavedView


@tells("vues_enregistrees")
def views(person: User) -> Any:
    """Return the lists that a person named, and whether theirs opens on each."""
    mine = SavedView.objects.filter(author=person).select_related("team").order_by("pk")
    first = set(person.first_views.values_list("pk", flat=True))
    return [row(one, "team") | {"opened_first": one.pk in first} for one in mine]
