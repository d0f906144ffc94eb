"""How long the law lets somebody wait, said before they begin: figure, and article behind it."""

from dataclasses import dataclass
from datetime import date

from jalon.law.rulebook import enforces, rules, value
from jalon.law.vocabulary import Route


@dataclass(frozen=True)
class Wait:
    """Something that is waited for, within how long, and under which article."""

    what: str
    within: str
    article: str


@enforces("R-028", "R-030", "R-052", "R-078")
def waits(route: Route, on: date) -> tuple[Wait, ...]:
    """Return what is waited for on a route, as the law gives it on a day; no text is quoted for another route."""
    months = value("R-028", "months", on)
    decision = f"{months}\N{NO-BREAK SPACE}mois au plus après un dossier complet\N{NO-BREAK SPACE}; sans réponse, c’est oui"
    if route == Route.LAW_2002:
        return (Wait("La réponse à votre demande", decision, article("R-030", on)),)
    return (
        Wait("La réponse à votre demande", decision, article("R-028", on)),
        Wait(
            "Le jury",
            f"avant la fin du {value('R-052', 'months', on)}ᵉ\N{NO-BREAK SPACE}mois qui suit l’envoi du dossier de validation",
            article("R-052", on),
        ),
        Wait(
            "Le résultat",
            f"{value('R-078', 'days', on)}\N{NO-BREAK SPACE}jours au plus après le jury",
            article("R-078", on),
        ),
    )


def article(rule: str, on: date) -> str:
    """Return the article of a rule as it stands on a day."""
    return rules()[rule].at(on).article
