"""Who may replace whom between two days: what is refused, in words that say what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jalon.law.clocks import french
from jalon.law.rulebook import Refusal

#: How many days a replacement lasts at most: beyond, files change hands for good.
LONGEST = 184


@dataclass(frozen=True)
class Cover:
    """Somebody who replaces somebody, both by number and by name, between two days, both included."""

    absent: int
    cover: int
    starts_on: date
    ends_on: date
    absent_name: str = ""
    cover_name: str = ""

    def meets(self, other: "Cover") -> bool:
        """Say whether two replacements have a day in common."""
        return self.starts_on <= other.ends_on and other.starts_on <= self.ends_on

    @property
    def days(self) -> str:
        """Return its days as people say them."""
        return f"du {french(self.starts_on)} au {french(self.ends_on)}"


def may_name(*, oneself: bool, leads: bool) -> Refusal | None:
    """Refuse whoever names a replacement for a colleague without leading their team."""
    if oneself or leads:
        return None
    return Refusal.permission(
        "Le remplacement d’un collègue est choisi par lui ou par son responsable : demandez-leur."
    )


def both_work_here(absent: bool, cover: bool) -> Refusal | None:
    """Refuse a replacement by, or of, somebody who does not accompany candidates in that organisation."""
    if absent and cover:
        return None
    why = "Cette personne n’accompagne pas de candidats dans votre organisme : choisissez un collègue qui y travaille."
    return Refusal("", why, fields=("cover",))


def days_are_right(asked: Cover, today: date) -> Refusal | None:
    """Refuse days in the wrong order, days past, and an absence that is too long."""
    if asked.ends_on < asked.starts_on:
        why = "Le dernier jour vient avant le premier : corrigez l’une des deux dates."
        return Refusal("", why, fields=("ends_on",))
    if asked.starts_on < today:
        why = "Le premier jour est passé : choisissez aujourd’hui ou un jour à venir."
        return Refusal("", why, fields=("starts_on",))
    if (asked.ends_on - asked.starts_on).days >= LONGEST:
        why = "Un remplacement dure six mois au plus : au-delà, confiez les dossiers à un collègue."
        return Refusal("", why, fields=("ends_on",))
    return None


def somebody_is_there(asked: Cover, others: Iterable[Cover]) -> Refusal | None:
    """Refuse two replacements of one person on a day, and one by or of somebody in a chain of absences."""
    if asked.absent == asked.cover:
        why = "Personne ne se remplace : choisissez un collègue."
        return Refusal("", why, fields=("cover",))
    for one in others:
        if asked.meets(one) and (why := clash(asked, one)):
            return Refusal("", why, fields=("cover",))
    return None


def clash(asked: Cover, one: Cover) -> str:
    """Return why a replacement cannot stand beside another one of the same days; nothing when it can."""
    if one.absent == asked.absent:
        return (
            f"{one.cover_name} remplace déjà {one.absent_name} {one.days} : choisissez d’autres dates, "
            "ou retirez d’abord ce remplacement."
        )
    if one.absent == asked.cover:
        return f"{one.absent_name} est absent aussi, {one.days} : choisissez un autre collègue."
    if one.cover == asked.absent:
        return (
            f"{one.cover_name} remplace {one.absent_name} {one.days} : choisissez d’abord qui d’autre "
            f"remplace {one.absent_name} ces jours-là."
        )
    return ""


def still_stands(*, ended: bool, over: bool) -> Refusal | None:
    """Refuse to take back a replacement that is over, or that somebody took back."""
    if not ended and not over:
        return None
    return Refusal.permission("Ce remplacement est déjà terminé : il n’y a rien à retirer.")


def free_then(name: str, when: str, *, free: bool) -> Refusal | None:
    """Refuse to give a meeting to a colleague who is taken or away at that hour."""
    if free:
        return None
    return Refusal.permission(f"{name} n’est pas libre {when} : déplacez ce rendez-vous.")
