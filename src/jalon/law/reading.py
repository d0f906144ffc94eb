"""What is to be read again: each rule in force, how sure of it we are, and when somebody last read it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from jalon.law.clocks import add_months
from jalon.law.jury import without_accents
from jalon.law.rulebook import Confidence, Rule, Version, enforcers, rules

#: A text is read again after this long: the house's own habit.
REREAD_MONTHS = 6

CERTAINTY = {
    Confidence.CERTAIN: "texte lu",
    Confidence.PROBABLE: "pratique ou source secondaire",
    Confidence.UNSURE: "à confirmer auprès du certificateur",
}


@dataclass(frozen=True)
class Reading:
    """A rule as it stands on a day: its version, its other versions, and when it is to be read again."""

    rule: Rule
    version: Version
    others: tuple[Version, ...]
    due_on: date
    stale: bool
    applied: bool

    @property
    def unsure(self) -> bool:
        """Say whether the certifier is to settle it."""
        return self.version.confidence == Confidence.UNSURE

    @property
    def certainty(self) -> str:
        """Return how sure of it we are, as people say it."""
        return CERTAINTY[self.version.confidence]

    def speaks_of(self, words: str) -> bool:
        """Say whether each word stands in the rule, its subject, its text or its article, accents aside."""
        version = self.version
        said = without_accents(
            " ".join((self.rule.id, self.rule.area, version.text, version.article))
        )
        return all(word in said for word in without_accents(words).split())

    @property
    def figures(self) -> list[str]:
        """Return the figures of the version as people say them."""
        return [figure(name, value) for name, value in self.version.values.items()]


def readings(on: date) -> list[Reading]:
    """Return every rule as it stands on a day: the unsure ones first, then those to read again."""
    found = [reading(rule, on) for rule in rules().values()]
    return sorted(found, key=lambda one: (not one.unsure, not one.stale, one.rule.id))


def reading(rule: Rule, on: date) -> Reading:
    """Return one rule as it stands on a day, whatever its anchor."""
    version = rule.at(on)
    due_on = add_months(version.read_on, REREAD_MONTHS)
    others = tuple(one for one in rule.versions if one != version)
    return Reading(rule, version, others, due_on, due_on <= on, rule.id in enforcers())


@dataclass(frozen=True)
class Choice:
    """One way to look at the list: its name in the address, its label, what it keeps."""

    slug: str
    label: str
    keeps: Callable[[Reading], bool]


CHOICES = (
    Choice("toutes", "Toutes les règles", lambda one: True),
    Choice("a-confirmer", "À confirmer", lambda one: one.unsure),
    Choice("a-relire", "À relire", lambda one: one.stale),
    Choice("hors-jalon", "Pas encore dans Jalon", lambda one: not one.applied),
)

#: How a figure of a rule is said, by its name.
FIGURES = {
    "months": "{} mois",
    "days": "{} jours",
    "years": "{} an",
    "hours": "{} heures",
    "percent": "{} %",
    "alert_days": "rappel à {} jours",
    "last_alert_days": "dernier rappel à {} jours",
    "members": "{} membres",
    "people": "{} personnes",
    "qualified": "membre qualifié : {}",
    "files": "{} dossier",
    "certifications": "{} certifications",
    "quotes": "{} devis",
    "ratio": "écart de 1 à {}",
    "days_to_choose": "{} jours pour choisir",
    "silent_days": "{} jours sans acte de l’organisme",
    "answer_days": "{} jours pour répondre",
    "notice_days": "{} jours pour prévenir",
    "jury_days": "{} jours de lecture par le jury après le procès-verbal",
    "copy_days": "{} jours pour télécharger une copie",
    "renewals": "{} prolongation",
    "conventions": "{} conventions chez le même hôte",
    "over_months": "sur {} mois",
    "told_hours": "prévenir dans les {} heures",
    "declared_hours": "déclarer dans les {} heures",
    "evidence_months": "{} mois pour ce qui prouve le service rendu",
}


def figure(name: str, value: float) -> str:
    """Return a figure of a rule as people say it: "2 mois", "103,20 €"."""
    if name == "amount_cents":
        return f"{value / 100:.2f}\N{NO-BREAK SPACE}€".replace(".", ",")
    said = f"{value:g}".replace(".", ",")
    return FIGURES.get(name, f"{name}\N{NO-BREAK SPACE}: {{}}").format(said)
