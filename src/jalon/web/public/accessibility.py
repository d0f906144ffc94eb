"""What the accessibility statement says, which must be true: the state, its date, what was and wasn't done."""

from dataclasses import dataclass
from datetime import date

from jalon.law.rulebook import enforces


@dataclass(frozen=True)
class Statement:
    """The state of conformity in the words of the RGAA, the day it was written, and the audit, if any."""

    state: str
    written_on: date
    audited_on: date | None
    known_gaps: tuple[str, ...]


@enforces("R-128")
def statement() -> Statement:
    """Return the statement of this version.

    Without an audit the RGAA knows one word only, « non conforme », whatever tests say.
    """
    return Statement(
        state="non conforme",
        written_on=date(2026, 11, 25),
        audited_on=None,
        known_gaps=(
            "les fichiers que déposent les candidats : Jalon les rend tels qu’il les a reçus ;",
            "le formulaire officiel de la demande de recevabilité, publié par l’administration ;",
            "la connexion par clé d’accès, qui demande JavaScript : le mot de passe n’en demande pas ;",
            "aucun essai n’a encore été fait par des personnes qui utilisent un lecteur d’écran.",
        ),
    )
