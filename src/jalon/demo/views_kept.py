"""Views that the demonstration's team keeps of its lists: two shared, one that an architect has alone."""

from jalon.demo.people import DemoPeople
from jalon.law.stages import ARCHITECT_FILTERS, StageFilter
from jalon.web.saved_views import keep


def slug_of(label: str) -> str:
    """Return how an address names a tab."""
    found: StageFilter = next(one for one in ARCHITECT_FILTERS if one.label == label)
    return found.slug


def keep_views(people: DemoPeople) -> None:
    """Keep what a team looks at each week."""
    writing, all_of_them = slug_of("Écriture"), slug_of("En cours")
    keep(
        people.head,
        "Écriture, sans signe depuis un mois",
        f"filtre={writing}&tous=1&silence=30&tri=contact",
        shared=True,
    )
    keep(
        people.head, "Échéance sous 14 jours", f"filtre={all_of_them}&tous=1&delai=14", shared=True
    )
    keep(
        people.architects[0],
        "Mes dossiers, par rendez-vous",
        f"filtre={all_of_them}&tous=0&tri=rendez-vous",
        shared=False,
    )
