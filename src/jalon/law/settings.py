"""What no text settles and the certifier's own rules do: dated values, and words while there are none."""

from dataclasses import dataclass
from datetime import date

from jalon.law.rulebook import Refusal
from jalon.law.vocabulary import Setting

TO_CONFIRM = "à confirmer par le certificateur"


@dataclass(frozen=True)
class Definition:
    """What a setting is: the rule that leaves it open, its bounds, what it decides, in French.

    `said` shows a value; `nought` says what zero means, where it means something of its own.
    """

    rule: str
    lowest: int
    highest: int
    said: str
    decides: str
    nought: str = ""

    @property
    def asked(self) -> str:
        """Return the question to which a value answers."""
        if self.yes_or_no:
            return "Votre règlement le demande-t-il ?"
        return f"{self.said.format('Combien de')} ?"

    @property
    def yes_or_no(self) -> bool:
        """Say whether the setting is a question, not a number."""
        return (self.lowest, self.highest) == (0, 1)


DEFINITIONS: dict[Setting, Definition] = {
    Setting.QUORUM: Definition(
        "R-070",
        2,
        20,
        "{} membres présents",
        "Le nombre de membres sans lesquels un jury ne se tient pas. La loi en demande deux.",
    ),
    Setting.PARITY: Definition(
        "R-070",
        0,
        1,
        "autant d’employeurs que de salariés",
        "Un règlement peut demander autant d’employeurs que de salariés dans le jury.",
        nought="non demandée",
    ),
    Setting.BLOC_VALIDITY: Definition(
        "R-083",
        0,
        240,
        "{} mois",
        "Pendant combien de mois un bloc acquis compte pour obtenir la certification. Écrivez 0 s’il compte "
        "sans limite.",
        nought="sans limite de durée",
    ),
    Setting.JURY_DELAY: Definition(
        "R-053",
        1,
        36,
        "{} mois",
        "Sur le parcours classique (loi de 2002), combien de mois passent au plus entre l’envoi du dossier "
        "de validation et le jury.",
    ),
    Setting.FRAUD_ANSWER: Definition(
        "R-082",
        1,
        180,
        "{} jours",
        "Combien de jours une personne a, au moins, pour présenter ses observations.",
    ),
    Setting.JURY_READING: Definition(
        "R-123",
        1,
        180,
        "{} jours",
        "Pendant combien de jours un membre du jury lit encore le dossier, le temps d’un additif. "
        "Sans réglage, c’est un mois.",
    ),
}


@dataclass(frozen=True)
class Settled:
    """A value that a certifier gave to a setting, from a day on; None takes the earlier one back."""

    setting: Setting
    start: date
    value: int | None


@dataclass(frozen=True)
class Settings:
    """Every value that a certifier gave, in the order in which they take effect."""

    values: tuple[Settled, ...] = ()

    def value(self, setting: Setting, on: date) -> int | None:
        """Return the value in force on a day, or None while the certifier has not settled it."""
        held = [one for one in self.values if one.setting == setting and one.start <= on]
        return held[-1].value if held else None

    def said(self, setting: Setting, on: date) -> str:
        """Return the value in force on a day, as people say it."""
        return said(setting, self.value(setting, on))


def said(setting: Setting, value: int | None) -> str:
    """Return a value of a setting as people say it; it is to be confirmed while there is none."""
    definition = DEFINITIONS[setting]
    if value is None:
        return TO_CONFIRM
    return definition.nought if definition.nought and not value else definition.said.format(value)


def within_bounds(setting: Setting, value: int | None) -> Refusal | None:
    """Refuse a value that the law does not allow, or that can only be a slip of the finger."""
    definition = DEFINITIONS[setting]
    if value is None or definition.lowest <= value <= definition.highest:
        return None
    return Refusal(
        definition.rule,
        f"Écrivez un nombre entre {definition.lowest} et {definition.highest}.",
    )


def not_in_the_past(setting: Setting, start: date, today: date) -> Refusal | None:
    """Refuse a value that would change what was decided already."""
    if start >= today:
        return None
    return Refusal(
        DEFINITIONS[setting].rule,
        "Un réglage vaut à partir d’aujourd’hui ou plus tard : ce qui est décidé ne change pas.",
    )
