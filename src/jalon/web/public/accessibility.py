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
        written_on=date(2026, 11, 26),
        audited_on=None,
        known_gaps=(
            "les fichiers que déposent les candidats : Jalon ne rend pas lisible une photo ou une page numérisée ;",
            "les preuves enregistrées de la voix, dont le texte n’est écrit que si quelqu’un l’a tapé ;",
            "le formulaire officiel de la demande de recevabilité, publié par l’administration ;",
            "la connexion par clé d’accès, qui demande JavaScript : le code et le mot de passe n’en demandent pas ;",
            "la règle de lecture, la dictée, la voix enregistrée et la sauvegarde à mesure que l’on tape, qui demandent JavaScript : "
            "tout se lit, s’écrit et s’enregistre sans eux ;",
            "les pages plus rares, que l’outil n’a pas toutes parcourues ;",
            "aucun essai n’a encore été fait par des personnes qui utilisent un lecteur d’écran.",
        ),
    )
