"""What a team may keep of its lists: views under a name, one's own or shared; none of it is of any text."""

from collections.abc import Collection

from jalon.law.rulebook import Refusal

#: How many views a person keeps for themselves, and a team shares: they all stand above one list.
MOST = 12


def may_keep(name: str, taken: Collection[str], *, shared: bool) -> Refusal | None:
    """Refuse a view without a name of its own, or one too many beside the others of the same people."""
    if name.casefold() in {one.casefold() for one in taken}:
        return Refusal(
            "",
            f"Une vue s’appelle déjà « {name} »\N{NO-BREAK SPACE}: donnez un autre nom à celle-ci.",
            fields=("name",),
        )
    if len(taken) >= MOST:
        whose = "Votre équipe partage" if shared else "Vous gardez"
        return Refusal.permission(
            f"{whose} déjà {len(taken)} vues\N{NO-BREAK SPACE}: supprimez-en une avant d’en ajouter."
        )
    return None


def may_change(*, own: bool, leads: bool) -> Refusal | None:
    """Refuse to change a view of the team for whoever neither made it nor leads that team."""
    if own or leads:
        return None
    return Refusal.permission(
        "Cette vue est changée par la personne qui l’a faite ou par le responsable\N{NO-BREAK SPACE}: demandez-le-"
        "leur, ou enregistrez la vôtre."
    )
