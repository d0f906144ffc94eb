"""Immersions in a company that a path plans (PMSMP): how long, how often at one host, who signs, what an accident asks."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from jalon.law.case import Case
from jalon.law.clocks import add_months, french
from jalon.law.dates import When
from jalon.law.facts import Immersion, Path
from jalon.law.rulebook import Refusal, enforces, value
from jalon.law.support import siren_exists
from jalon.now import today

#: From how many years before or after today an immersion may be planned: no path is that long.
YEARS = 10

Immersions = Sequence[Immersion]


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
            return about(one, "vérifiez les dates et le nombre de jours de l’immersion.")
        if one.ends_on >= add_months(one.starts_on, months):
            last = add_months(one.starts_on, months) - timedelta(days=1)
            return about(
                one,
                f"une immersion dure {said(months)} au plus. Celle-ci se termine le "
                f"{french(last)} au plus tard ; ensuite, ajoutez une ligne qui la prolonge.",
            )
    return None


@enforces("R-098")
def immersions_renewed_once(case: Case, facts: Path) -> Refusal | None:
    """A renewal follows an immersion at the same host, for the same purpose, and there is one at most."""
    for one in facts.immersions:
        same = for_the_same(facts.immersions, one)
        if one.renewed and not any(not two.renewed and two.ends_on < one.starts_on for two in same):
            return about(
                one,
                "une prolongation suit une immersion chez le même hôte, avec le même objet. "
                "Ajoutez la première, ou décochez « prolongation ».",
            )
    return renewed_too_often(facts.immersions, facts.immersions, case.anchors)


@enforces("R-098")
def immersions_within_host(case: Case, facts: Path) -> Refusal | None:
    """At one host, over twelve months, conventions and days stay within their limits."""
    return too_much_at_host(facts.immersions, facts.immersions, case.anchors)


@enforces("R-098")
def immersions_apart(case: Case, facts: Path) -> Refusal | None:
    """Two immersions never share a day."""
    return at_the_same_time(facts.immersions, facts.immersions)


@enforces("R-098")
def beside_others(facts: Path, others: Iterable[Immersion], when: When) -> Refusal | None:
    """Judge a path beside the immersions of the same person's other journeys, and of paths that hold no more.

    One that the path lists too is the same one, and counts once. Dates that make no sense are the guards' to refuse.
    """
    if not facts.immersions or not all(map(of_our_days, facts.immersions)):
        return None
    listed = {(one.siren, one.starts_on) for one in facts.immersions}
    beside = [one for one in others if (one.siren, one.starts_on) not in listed]
    every = (*facts.immersions, *beside)
    return (
        renewed_too_often(facts.immersions, every, when)
        or too_much_at_host(facts.immersions, every, when)
        or at_the_same_time(facts.immersions, every)
    )


def renewed_too_often(asked: Immersions, every: Immersions, when: When) -> Refusal | None:
    """Refuse what is asked when it is renewed more often, among all there are, than the law lets it."""
    most = value("R-098", "renewals", when)
    for one in asked:
        if sum(two.renewed for two in for_the_same(every, one)) > most:
            return about(one, "une immersion se prolonge une seule fois. Retirez une ligne.")
    return None


def too_much_at_host(asked: Immersions, every: Immersions, when: When) -> Refusal | None:
    """Refuse what is asked when it makes too many immersions, or days, at one host in twelve months."""
    conventions, days = (value("R-098", name, when) for name in ("conventions", "days"))
    months = value("R-098", "over_months", when)
    for one in every:
        near = list(within(every, one, months))
        if not any(two in asked for two in near):
            continue
        if sum(not two.renewed for two in near) > conventions:
            return about(
                one,
                f"{conventions} conventions au plus chez le même hôte en {months} mois, tous parcours "
                "compris. Choisissez un autre hôte pour la suivante.",
            )
        if sum(two.days for two in near) > days:
            return about(
                one,
                f"{days} jours au plus chez le même hôte en {months} mois, tous parcours compris. "
                "Réduisez les jours.",
            )
    return None


def at_the_same_time(asked: Immersions, every: Immersions) -> Refusal | None:
    """Refuse what is asked on a day of another immersion, which is told by its days only."""
    for one in asked:
        for two in every:
            if two is not one and one.starts_on <= two.ends_on and two.starts_on <= one.ends_on:
                return about(
                    one,
                    f"une autre immersion est prévue du {french(two.starts_on)} au "
                    f"{french(two.ends_on)}. Changez les dates : elles ne se font pas en même temps.",
                )
    return None


@enforces("R-099")
def immersions_signed(case: Case, facts: Path) -> Refusal | None:
    """A convention has a prescriber, and the employer of somebody who is employed signs it too."""
    for one in facts.immersions:
        if not one.prescriber.strip():
            return about(
                one,
                "indiquez le prescripteur habilité qui signe la convention "
                "(France Travail, mission locale, Cap emploi…).",
                "R-099",
            )
        if one.employed and not one.employer.strip():
            return about(
                one,
                "le candidat est salarié, son employeur signe aussi la convention. Nommez-le.",
                "R-099",
            )
    return None


@enforces("R-098")
def hosts_exist(case: Case, facts: Path) -> Refusal | None:
    """The host of an immersion is one that may exist: the limits are counted by its SIREN."""
    for one in facts.immersions:
        if not siren_exists(one.siren):
            return about(one, "vérifiez le SIREN, ses neuf chiffres ne vont pas ensemble.")
    return None


def about(one: Immersion, why: str, rule: str = "R-098") -> Refusal:
    """Return a refusal that names the host of an immersion, then says why and what to do."""
    return Refusal(rule, f"« {one.host} » : {why}")


#: What each path that plans immersions is judged by.
GUARDS = (
    hosts_exist,
    immersions_dated,
    immersions_renewed_once,
    immersions_within_host,
    immersions_apart,
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


def for_the_same(every: Iterable[Immersion], one: Immersion) -> list[Immersion]:
    """Return the immersions at the same host for the same purpose as one of them, itself included."""
    return [two for two in every if (two.siren, two.purpose) == (one.siren, one.purpose)]


def within(every: Iterable[Immersion], one: Immersion, months: int) -> Iterator[Immersion]:
    """Yield the immersions at the same host that begin in the months from the first day of one of them."""
    until = add_months(one.starts_on, months)
    return (
        two for two in every if two.siren == one.siren and one.starts_on <= two.starts_on < until
    )


def said(months: int) -> str:
    """Return how many months there are: "un mois", "2 mois"."""
    return "un mois" if months == 1 else f"{months} mois"
