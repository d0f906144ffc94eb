"""What somebody who looked at the blocs of a certification may aim at: an advice, never a condition (R-008)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jalon.law.rulebook import Refusal
from jalon.law.vocabulary import Word

#: How many searches one network address may make in so many seconds: a room of people who share one does.
MOST_SEARCHES, WITHIN = 200, 10 * 60


class Practice(Word):
    """How much of a bloc somebody does at work."""

    DONE = "oui", "Je fais"
    SOME = "un-peu", "Un peu"
    NEVER = "non", "Non"


@dataclass(frozen=True)
class Advice:
    """What is said to somebody, whether to apply is the next step, and for which blocs: none is the whole."""

    title: str
    text: str
    apply: bool
    blocs: tuple[str, ...] = ()


def advice(said: Mapping[str, Practice | None]) -> Advice | None:
    """Return what somebody may aim at, from what they said of each bloc by its code; None if nothing."""
    answered = [practice for practice in said.values() if practice]
    done = tuple(code for code, practice in said.items() if practice is Practice.DONE)
    if not answered:
        return None
    if len(done) == len(said):
        return Advice(
            "Vous pouvez viser la certification entière",
            "Vous faites déjà ce que demande chacun de ses blocs.",
            apply=True,
        )
    if done:
        return Advice(
            f"Vous pouvez viser {blocs_counted(len(done))} sur {len(said)}",
            "Un bloc obtenu reste à votre dossier. Vous pouvez aussi viser la certification entière\N{NO-BREAK SPACE}: "
            "parlez-en avec votre architecte-accompagnateur.",
            apply=True,
            blocs=done,
        )
    if Practice.SOME in answered:
        return Advice(
            "Vous en faites une partie",
            "Rien ne vous empêche de déposer votre candidature. Appelez-nous d’abord : nous verrons ensemble si cette "
            "certification vous convient.",
            apply=True,
        )
    return Advice(
        "Ce n’est sans doute pas votre métier",
        "Regardez les autres certifications, ou dites autrement ce que vous faites au travail.",
        apply=False,
    )


def may_search(searches: int) -> Refusal | None:
    """Refuse one search more than an address may make, this one being counted."""
    if searches <= MOST_SEARCHES:
        return None
    return Refusal.permission(
        "Trop de recherches depuis votre réseau. Attendez dix minutes, ou regardez toutes les certifications."
    )


def together(said: Sequence[Practice | None]) -> Practice | None:
    """Return how much of a bloc somebody does, from what they said of its tasks; None if nothing.

    A task left without an answer is one that nobody said they do.
    """
    answered = {practice for practice in said if practice}
    if not answered:
        return None
    if answered == {Practice.NEVER}:
        return Practice.NEVER
    return Practice.DONE if set(said) == {Practice.DONE} else Practice.SOME


def blocs_counted(count: int) -> str:
    """Return how many blocs, in words that agree."""
    return "un bloc" if count == 1 else f"{count} blocs"
