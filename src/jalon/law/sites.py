"""What may be changed of a place where people are received, and from when it receives nobody."""

from collections.abc import Iterable
from datetime import date

from jalon.law.rulebook import Refusal


def may_keep(*, in_the_team: bool, named_elsewhere: bool) -> Refusal | None:
    """Refuse whoever does not accompany there, and a name that another site of the team bears."""
    if not in_the_team:
        return Refusal.permission(
            "Les sites sont tenus par l’équipe qui y reçoit\N{NO-BREAK SPACE}: demandez-lui."
        )
    if named_elsewhere:
        return Refusal(
            "",
            "Un site porte déjà ce nom\N{NO-BREAK SPACE}: choisissez-en un autre.",
            fields=("name",),
        )
    return None


def may_close(on: date, closes_on: date) -> Refusal | None:
    """Refuse to close a site on a day that is past: people may have come since."""
    if closes_on >= on:
        return None
    return Refusal(
        "",
        "Choisissez aujourd’hui ou un jour à venir\N{NO-BREAK SPACE}: des personnes ont pu venir depuis.",
        fields=("closes_on",),
    )


def by_video(leader: str, link: str) -> Refusal | None:
    """Refuse to hold a workshop by video when who leads it has no link."""
    if link:
        return None
    return Refusal.permission(
        f"{leader} n’a pas de lien de visioconférence\N{NO-BREAK SPACE}: écrivez-en un avec « Changer le lieu ou les "
        "heures »."
    )


def receives(site: str, closes_on: date | None, days: Iterable[date]) -> Refusal | None:
    """Refuse to receive at a site on a day from which it is closed."""
    if closes_on is None or all(day < closes_on for day in days):
        return None
    return Refusal(
        "",
        f"Le site « {site} » est fermé ce jour-là\N{NO-BREAK SPACE}: choisissez un autre site, ou la visioconférence.",
        fields=("site",),
    )
