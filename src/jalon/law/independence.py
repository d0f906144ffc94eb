"""Who may not act on a file, and what becomes of a link with a candidate (R-063, R-064)."""

from datetime import date, timedelta

from jalon.law.rulebook import Refusal, enforces, value
from jalon.law.settings import Settings
from jalon.law.vocabulary import Role, Setting

#: The roles of those who accompany a candidate, and of those who decide.
ACCOMPANY = frozenset({Role.ARCHITECT, Role.HEAD})
DECIDE = frozenset({Role.CERTIFIER})


@enforces("R-063")
def lost_roles(*, accompanied: bool, decided: bool) -> frozenset[Role]:
    """Return the roles that a person does not hold on a file, for what they did on it.

    Who accompanied the candidate decides nothing; who decided does not accompany.
    """
    return (DECIDE if accompanied else frozenset()) | (ACCOMPANY if decided else frozenset())


@enforces("R-063")
def other_side(asked: frozenset[Role], lost: frozenset[Role]) -> Refusal | None:
    """Refuse an act that a person would do in a role which they lost on this very file."""
    if not asked & lost:
        return None
    if asked & lost & DECIDE:
        return Refusal(
            "R-063",
            "Vous avez accompagné ce candidat : vous ne pouvez pas décider de son dossier. "
            "Demandez à un collègue du certificateur de le faire.",
        )
    return Refusal(
        "R-063",
        "Vous avez décidé de ce dossier pour le certificateur : vous ne pouvez pas l’accompagner. "
        "Demandez à un collègue de l’organisme de le faire.",
    )


@enforces("R-064")
def link_not_taken_back(*, linked: bool, related: bool) -> Refusal | None:
    """Refuse to declare no link after a link, while the certifier has not lifted it."""
    if related or not linked:
        return None
    return Refusal(
        "R-064",
        "Vous avez déclaré un lien avec ce candidat : vous ne pouvez pas le retirer vous-même. "
        "Si c’est une erreur, écrivez au certificateur : il peut lever ce lien, en disant pourquoi.",
    )


@enforces("R-064")
def lifted_with_a_reason(reason: str) -> Refusal | None:
    """A link is lifted in words that the journal keeps."""
    if reason.strip():
        return None
    return Refusal("R-064", "Écrivez pourquoi ce lien n’empêche pas de juger ce candidat.")


@enforces("R-123")
def jury_reading_days(settled: int | None, on: date) -> int:
    """Return for how many days a jury reads a file after its minutes: as settled, a month otherwise."""
    return settled or value("R-123", "jury_days", on)


@enforces("R-123")
def jury_reads_until(signed_on: date, settings: Settings, on: date) -> date:
    """Return the last day on which a jury reads the file of a candidate whose minutes it signed."""
    settled = settings.value(Setting.JURY_READING, on)
    return signed_on + timedelta(days=jury_reading_days(settled, on))
