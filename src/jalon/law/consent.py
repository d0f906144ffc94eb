"""The texts to which people give their agreement, each with the day from which it is asked (R-010)."""

from datetime import date

from jalon.law.rulebook import enforces

#: The newest last; none is ever edited: the journal keeps, word for word, the one that was agreed to.
TEXTS: tuple[tuple[date, str], ...] = (
    (
        date(2026, 11, 25),
        "J’accepte de commencer cette démarche et que mon dossier soit traité. Je peux retirer cet "
        "accord à tout moment, en arrêtant mon parcours.",
    ),
)


@enforces("R-010")
def consent_text() -> str:
    """Return the text that is asked today."""
    return TEXTS[-1][1]
