"""An agenda to book in: mornings of an architect, at two sites."""

from datetime import date, time
from typing import Any

from jalon.law.vocabulary import MeetingMode, Territory
from jalon.people.models import Organisation, User
from jalon.support.models import OpeningHours, Site


def site(organisation: Organisation, name: str = "Caen", **more: Any) -> Site:
    """Return a site of an organisation, made on first use."""
    found, _ = Site.objects.get_or_create(
        organisation=organisation, name=name, defaults={"address": "1 rue de l’Exemple"} | more
    )
    return found


def opened(architect: User, organisation: Organisation, **changes: Any) -> OpeningHours:
    """Return hours of an architect: on Tuesdays from nine to twelve, an hour each, unless said otherwise."""
    usual = {
        "weekday": 1,
        "starts_at": time(9),
        "ends_at": time(12),
        "minutes": 60,
        "mode": MeetingMode.ON_SITE,
        "site": None,
        "valid_from": date(2027, 1, 1),
    }
    said = usual | changes
    if said["mode"] == MeetingMode.ON_SITE and said["site"] is None:
        said["site"] = site(organisation)
    return OpeningHours.objects.create(architect=architect, organisation=organisation, **said)


def overseas(organisation: Organisation) -> Site:
    """Return a site in La Réunion."""
    return site(organisation, "Saint-Denis", territory=Territory.REUNION)
