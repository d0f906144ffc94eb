"""Immersions in a company that a path plans (PMSMP): how long, how often at one host, who signs, what an accident asks."""

from collections.abc import Iterator
from datetime import date, timedelta

from jalon.law.case import Case
from jalon.law.clocks import add_months, french
from jalon.law.facts import Immersion, Path
from jalon.law.rulebook import Refusal, enforces, value
from jalon.law.support import siren_exists
from jalon.now import today

#: From how many years before or after today an immersion may be planned: no path is that long.
YEARS = 10


@enforces("R-098")
def immersions_dated(case: Case, facts: Path) -> Refusal | None:
    """An immersion ends after it began, within its longest length, with a number of days that fits."""
    months = value("R-098", "months", case.anchors)
    for one in facts.immersions:
        if (
            not of_our_days(one)
            or one.ends_on < one.starts_on
            or not 0 < one.days <= calendar_days(one)
        ):
            return Refusal(
                "R-098",
                f"« {one.host} » : vérifiez les dates et le nombre de jours de l’immersion.",
            )
        if one.ends_on >= add_months(one.starts_on, months):
            last = add_months(one.starts_on, months) - timedelta(days=1)
            return Refusal(
                "R-098",
                f"« {one.host} » : une immersion dure {said(months)} au plus. Celle-ci se termine le "
                f"{french(last)} au plus tard ; ensuite, ajoutez une ligne qui la prolonge.",
            )
    return None


@enforces("R-098")
def immersions_renewed_once(case: Case, facts: Path) -> Refusal | None:
    """A renewal follows an immersion at the same host, for the same purpose, and there is one at most."""
    most = value("R-098", "renewals", case.anchors)
    for one in facts.immersions:
        same = [two for two in at_host(facts, one) if two.purpose == one.purpose]
        first = [two for two in same if not two.renewed and two.ends_on < one.starts_on]
        if one.renewed and not first:
            return Refusal(
                "R-098",
                f"« {one.host} » : une prolongation suit une immersion chez le même hôte, avec le même objet. "
                "Ajoutez la première, ou décochez « prolongation ».",
            )
        if sum(two.renewed for two in same) > most:
            return Refusal(
                "R-098",
                f"« {one.host} » : une immersion se prolonge une seule fois. Retirez une ligne.",
            )
    return None


@enforces("R-098")
def immersions_within_host(case: Case, facts: Path) -> Refusal | None:
    """At one host, over twelve months, conventions and days stay within their limits."""
    conventions = value("R-098", "conventions", case.anchors)
    days = value("R-098", "days", case.anchors)
    months = value("R-098", "over_months", case.anchors)
    for one in facts.immersions:
        near = list(within(facts, one, months))
        if sum(not two.renewed for two in near) > conventions:
            return Refusal(
                "R-098",
                f"« {one.host} » : {conventions} conventions au plus chez le même hôte en {months} mois. "
                "Choisissez un autre hôte pour la suivante.",
            )
        if sum(two.days for two in near) > days:
            return Refusal(
                "R-098",
                f"« {one.host} » : {days} jours au plus chez le même hôte en {months} mois. Réduisez les jours.",
            )
    return None


@enforces("R-099")
def immersions_signed(case: Case, facts: Path) -> Refusal | None:
    """A convention has a prescriber, and the employer of somebody who is employed signs it too."""
    for one in facts.immersions:
        if not one.prescriber.strip():
            return Refusal(
                "R-099",
                f"« {one.host} » : indiquez le prescripteur habilité qui signe la convention "
                "(France Travail, mission locale, Cap emploi…).",
            )
        if one.employed and not one.employer.strip():
            return Refusal(
                "R-099",
                f"« {one.host} » : le candidat est salarié, son employeur signe aussi la convention. Nommez-le.",
            )
    return None


@enforces("R-098")
def hosts_exist(case: Case, facts: Path) -> Refusal | None:
    """The host of an immersion is one that may exist: the limits are counted by its SIREN."""
    for one in facts.immersions:
        if not siren_exists(one.siren):
            return Refusal(
                "R-098",
                f"Vérifiez le SIREN de « {one.host} » : ses neuf chiffres ne vont pas ensemble.",
            )
    return None


#: What each path that plans immersions is judged by.
GUARDS = (
    hosts_exist,
    immersions_dated,
    immersions_renewed_once,
    immersions_within_host,
    immersions_signed,
)


@enforces("R-100")
def accident_said(on: date | None = None) -> str:
    """Return what an accident during an immersion asks of the host, in a sentence."""
    at = on or today()
    told, declared = (value("R-100", name, at) for name in ("told_hours", "declared_hours"))
    return (
        f"En cas d’accident, l’entreprise d’accueil prévient le prescripteur dans les {told} heures ; "
        f"la déclaration part dans les {declared} heures."
    )


def of_our_days(one: Immersion) -> bool:
    """Say whether an immersion is planned within some years: a figure of its year is wrong otherwise."""
    return abs(one.starts_on.year - today().year) <= YEARS


def calendar_days(one: Immersion) -> int:
    """Return how many days there are from the first to the last one, both included."""
    return (one.ends_on - one.starts_on).days + 1


def at_host(facts: Path, one: Immersion) -> Iterator[Immersion]:
    """Yield the immersions of a path at the host of one of them, itself included."""
    return (two for two in facts.immersions if two.siren == one.siren)


def within(facts: Path, one: Immersion, months: int) -> Iterator[Immersion]:
    """Yield the immersions at the same host that begin in the months from the first day of one of them."""
    until = add_months(one.starts_on, months)
    return (two for two in at_host(facts, one) if one.starts_on <= two.starts_on < until)


def said(months: int) -> str:
    """Return how many months there are: "un mois", "2 mois"."""
    return "un mois" if months == 1 else f"{months} mois"
