"""Groups of a company's people: who sets one up, who joins, and by which code."""

from collections.abc import Iterable
from datetime import date

from jalon.law import stages
from jalon.law.clocks import french
from jalon.law.rulebook import Refusal
from jalon.law.support import siren_exists
from jalon.law.vocabulary import Stage

#: The letters of a code that nobody mistakes for another, and how many it has.
LETTERS, LENGTH = "ABCDEFGHJKLMNPQRTUVWXY346789", 6
#: How many codes that are none somebody may try in an hour.
MOST_TRIES = 10


def may_lead(*, in_the_team: bool) -> Refusal | None:
    """Refuse whoever does not accompany candidates where a group is followed."""
    if in_the_team:
        return None
    return Refusal.permission(
        "Les groupes sont tenus par l’équipe qui accompagne\N{NO-BREAK SPACE}: demandez-lui."
    )


def group_described(siren: str, starts_on: date, ends_on: date) -> Refusal | None:
    """Refuse a SIREN that no company has, and a group that ends before it begins."""
    if not siren_exists(siren):
        why = "Vérifiez le SIREN\N{NO-BREAK SPACE}: ses neuf chiffres ne vont pas ensemble."
        return Refusal("R-086", why, fields=("siren",))
    if ends_on < starts_on:
        why = (
            "Le groupe finit avant de commencer\N{NO-BREAK SPACE}: vérifiez le premier et le "
            "dernier jour."
        )
        return Refusal("", why, fields=("starts_on", "ends_on"))
    return None


def code_typed(text: str) -> str:
    """Return a code as it is kept, however somebody typed it."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def code_said(code: str) -> str:
    """Return a code as people read it aloud: « ABC-DEF »."""
    half = LENGTH // 2
    return f"{code[:half]}-{code[half:]}" if code else ""


def may_try(tries: int) -> Refusal | None:
    """Refuse one more code to whoever tried too many within the hour."""
    if tries < MOST_TRIES:
        return None
    return Refusal.permission(
        "Trop de codes essayés\N{NO-BREAK SPACE}: attendez une heure, ou demandez le bon code à "
        "votre entreprise."
    )


def code_known(*, known: bool) -> Refusal | None:
    """Refuse a code that no group has, or has no more."""
    if known:
        return None
    return Refusal(
        "",
        "Ce code n’est pas celui d’un groupe\N{NO-BREAK SPACE}: vérifiez ses six lettres et chiffres, ou laissez "
        "la case vide.",
        fields=("code",),
    )


def joined_by_oneself(*, own: bool) -> Refusal | None:
    """Refuse to join, to leave or to agree in the place of the candidate."""
    if own:
        return None
    return Refusal.permission(
        "Seul le candidat rejoint ou quitte le groupe de son entreprise\N{NO-BREAK SPACE}: "
        "demandez-lui."
    )


def followed_here(team: str, *, same_team: bool) -> Refusal | None:
    """Refuse the group of another team: `team` is the name of the one that follows it."""
    if same_team:
        return None
    return Refusal.permission(
        f"Ce groupe est accompagné par {team}\N{NO-BREAK SPACE}: choisissez cet organisme, ou "
        "laissez le code vide."
    )


def may_join(stage: Stage, ends_on: date, on: date, other: str) -> Refusal | None:
    """Refuse a journey or a group that is over, and a second group: `other` is the first one's title."""
    if stage in stages.ENDS:
        return Refusal.permission(
            "Ce parcours est terminé\N{NO-BREAK SPACE}: ouvrez celui qui est en cours."
        )
    if ends_on < on:
        return Refusal.permission(
            f"Ce groupe est terminé depuis le {french(ends_on)}\N{NO-BREAK SPACE}: demandez un "
            "autre code à votre entreprise."
        )
    if other:
        return Refusal.permission(
            f"Vous êtes déjà dans le groupe «\N{NO-BREAK SPACE}{other}\N{NO-BREAK SPACE}»"
            "\N{NO-BREAK SPACE}: quittez-le d’abord."
        )
    return None


def belongs(*, member: bool) -> Refusal | None:
    """Refuse what is done of a group by somebody who is in none."""
    if member:
        return None
    return Refusal.permission(
        "Vous n’êtes dans aucun groupe d’entreprise\N{NO-BREAK SPACE}: écrivez d’abord son code."
    )


def may_sit(group: str, *, member: bool) -> Refusal | None:
    """Refuse a seat in a workshop reserved to a group, to whoever is not in it; `group` is its title, if any."""
    if not group or member:
        return None
    return Refusal.permission(
        f"Cet atelier est réservé au groupe «\N{NO-BREAK SPACE}{group}\N{NO-BREAK SPACE}»"
        "\N{NO-BREAK SPACE}: choisissez un autre atelier."
    )


def only_members(outsiders: Iterable[str]) -> Refusal | None:
    """Refuse to reserve a workshop while people who are not in the group have a seat or wait for one."""
    named = ", ".join(outsiders)
    if not named:
        return None
    why = (
        f"Des inscrits ne sont pas de ce groupe ({named})\N{NO-BREAK SPACE}: retirez-les "
        "d’abord, ou laissez l’atelier ouvert à toute l’équipe."
    )
    return Refusal("", why, fields=("group",))
