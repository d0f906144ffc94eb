"""The figures that a head reads: where each comes from, the rule that computes it, and its page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from jalon.catalogue.models import Bloc
from jalon.journeys import figures as journeys
from jalon.journeys.figures import OF_A_TEAM, Rows, Team
from jalon.law import figures as law
from jalon.law.figures import Compared, Ending, Kept
from jalon.law.stages import UNDER_WAY
from jalon.law.vocabulary import DropOutReason, Outcome, Route, Stage, Word
from jalon.people.models import Organisation, User
from jalon.support import figures as support
from jalon.words import number


class Shape(Enum):
    """What is read of each line of a figure."""

    COUNT = "count"  #: how many
    PART = "part"  #: how many, out of all the lines
    RATE = "rate"  #: how many are of one kind, out of those of the line
    DAYS = "days"  #: how long it lasted


#: Returns what each line is called.
Names = Callable[[Iterable[str]], dict[str, str]]


@dataclass(frozen=True)
class Figure:
    """One figure: its rows, what is read of them, and the rule that computes it, in one sentence.

    `thing` is what is counted, `good` what counts in the part of a rate. `order` is that of the lines;
    without it, the most numerous come first. `present` figures are those of today alone. Lines of
    few people are told together when they are `rare` words that somebody typed. Lines that are
    `mixed` make no total: a delay is not another one.
    """

    slug: str
    title: str
    rule: str
    thing: str
    shape: Shape
    of: Callable[[Team, Compared], list[Rows]]
    names: Names
    order: tuple[str, ...] = ()
    good: str = ""
    unit: str = "jour"
    present: bool = False
    mixed: bool = False
    rare: str = ""

    def counted(self, count: int) -> str:
        """Return so many of what is counted: "1 date", "12 parcours"."""
        return f"{number(count)} {self.thing if count < 2 else self.things}"

    @property
    def things(self) -> str:
        """Return several of what is counted."""
        return self.thing if self.thing.endswith("s") else f"{self.thing}s"

    @property
    def rated(self) -> bool:
        """Say whether a rate is read of each line."""
        return self.shape in {Shape.PART, Shape.RATE}


@dataclass(frozen=True)
class Theme:
    """A page of figures; `headline` is the line of its first figure that the front page shows."""

    slug: str
    title: str
    lead: str
    figures: tuple[Figure, ...]
    headline: str
    headline_of: str


def words(kind: type[Word], otherwise: str = "—") -> Names:
    """Return the names of lines that are words of the field."""

    def names(keys: Iterable[str]) -> dict[str, str]:
        found = {key: kind.or_none(key) for key in keys}
        return {key: word.label if word else otherwise for key, word in found.items()}

    return names


def told(labels: dict[str, str]) -> Names:
    """Return the names of lines that are given here."""
    return lambda keys: {key: labels.get(key, key) for key in keys}


def as_typed(keys: Iterable[str]) -> dict[str, str]:
    """Return the names of lines that are what somebody typed."""
    return {key: key[:1].upper() + key[1:] for key in keys}


def people(keys: Iterable[str]) -> dict[str, str]:
    """Return the names of lines that are people of the team, or teams where several are read together."""
    found = frozenset(keys)
    teams = {key for key in found if key.startswith(OF_A_TEAM)}
    return of_teams(teams) | of_people(found - teams)


def of_people(keys: Iterable[str]) -> dict[str, str]:
    """Return the names of people by their numbers."""
    found = User.objects.in_bulk([int(key) for key in keys if key])
    return {key: str(found[int(key)].get_full_name()) if key else "Personne encore" for key in keys}


def of_teams(keys: Iterable[str]) -> dict[str, str]:
    """Return the names of teams by their numbers."""
    numbers = {key: key.removeprefix(OF_A_TEAM) for key in keys}
    found = Organisation.objects.in_bulk([int(number) for number in numbers.values() if number])
    return {
        key: found[int(number)].name if number else "Sans équipe" for key, number in numbers.items()
    }


def blocs(keys: Iterable[str]) -> dict[str, str]:
    """Return the names of lines that are blocs."""
    found = Bloc.objects.in_bulk([int(key) for key in keys])
    return {key: f"{found[int(key)].code} · {found[int(key)].title}" for key in keys}


def in_order(kind: type[Word], among: Iterable[Word] | None = None) -> tuple[str, ...]:
    """Return the words of the field in their order, all of them or some."""
    kept = frozenset(kind if among is None else among)
    return tuple(str(word) for word in kind if word in kept)


STEPS = in_order(Stage)
SENT = {
    f"{one.slug}-{number}": f"{one.label}, {said}"
    for one in law.SENDINGS
    for number, said in enumerate(law.TIMES, 1)
}
DELAYS = {one.slug: one.label for one in law.DELAYS}
DATES = {one: one for one in (*law.COMMON_DATES, law.OTHER_DATES)}

ENTRIES = Figure(
    "entrees",
    "Entrées par étape",
    "Chaque arrivée à une étape pendant la période, au jour où elle a eu lieu ; un parcours qui "
    "revient à une étape y est compté de nouveau.",
    "arrivée",
    Shape.COUNT,
    journeys.entries,
    words(Stage),
    STEPS,
)
EXITS = Figure(
    "sorties",
    "Sorties par étape",
    "Chaque départ d’une étape vers une autre pendant la période, au jour où il a eu lieu.",
    "départ",
    Shape.COUNT,
    journeys.exits,
    words(Stage),
    STEPS,
)
STOCK = Figure(
    "stock",
    "Parcours en cours, par étape",
    "Les parcours qui ne sont pas terminés, à l’étape où ils étaient le dernier jour de la période.",
    "parcours",
    Shape.COUNT,
    journeys.stock,
    words(Stage),
    in_order(Stage, UNDER_WAY),
)
BETWEEN = Figure(
    "entre-etapes",
    "Délais entre étapes",
    "Les jours entre la dernière arrivée à la première étape et l’arrivée à la suivante, pour les "
    "délais terminés pendant la période ; des dates notées dans le désordre ne comptent pas.",
    "délai",
    Shape.DAYS,
    journeys.delays,
    told(DELAYS),
    tuple(DELAYS),
    mixed=True,
)
WHOLE = Figure(
    "jusqu-au-resultat",
    "De la candidature au résultat",
    "Les jours entre la candidature et le résultat notifié, pour les résultats notifiés pendant la "
    "période.",
    "résultat",
    Shape.DAYS,
    journeys.whole_delays,
    words(Route),
    in_order(Route),
)
LOAD = Figure(
    "charge",
    "Parcours en cours, par personne",
    "Aujourd’hui : les parcours qui ne sont pas terminés, chez l’architecte qui les suit ; pour toutes les "
    "équipes ensemble, une ligne par équipe.",
    "parcours",
    Shape.COUNT,
    journeys.load,
    people,
    present=True,
)
LATE = Figure(
    "retards",
    "Parcours en retard, par personne",
    "Aujourd’hui : parmi les parcours qui ne sont pas terminés, ceux dont une échéance ouverte est "
    "passée, quelle que soit la personne qui l’a laissée passer ; pour toutes les équipes ensemble, une "
    "ligne par équipe.",
    "parcours",
    Shape.RATE,
    journeys.load,
    people,
    good="en retard",
    present=True,
)
MEETINGS = Figure(
    "rendez-vous",
    "Rendez-vous tenus, par personne",
    "Les rendez-vous tenus pendant la période, chez la personne qui les a tenus, avec leur durée ; pour "
    "toutes les équipes ensemble, une ligne par équipe.",
    "rendez-vous",
    Shape.DAYS,
    support.meetings,
    people,
    unit="minute",
)
CALENDARS = Figure(
    "dates",
    "Dates des calendriers",
    "Les dates prévues pendant la période et déjà tenues ou passées ; une date non tenue d’un "
    "parcours terminé n’est plus à tenir, et n’est pas comptée.",
    "date",
    Shape.PART,
    support.calendars,
    words(Kept),
    in_order(Kept),
)
SLIPPAGE = Figure(
    "ecarts",
    "Écart avec la date prévue",
    "Les jours entre la date prévue et celle où elle a été tenue, pour les dates tenues pendant la "
    "période ; un nombre négatif dit une date tenue en avance.",
    "date",
    Shape.DAYS,
    support.slippage,
    told(DATES),
    tuple(DATES),
)
SENDINGS = Figure(
    "envois",
    "Dossiers renvoyés",
    "Les dossiers envoyés au certificateur pendant la période et qui ont eu une réponse ; renvoyés, "
    "ceux que l’étape suivante rend au candidat pour les compléter.",
    "envoi",
    Shape.RATE,
    journeys.sendings,
    told(SENT),
    tuple(SENT),
    good="renvoyés",
)
REASONS = Figure(
    "motifs-de-renvoi",
    "Ce qui a été demandé",
    "Chaque pièce ou correction écrite par le certificateur dans un renvoi de la période ; celles des "
    "dossiers effacés ne sont plus connues.",
    "demande",
    Shape.COUNT,
    journeys.reasons,
    as_typed,
    rare="Autres demandes, chacune faite à peu de personnes",
)
HEARINGS = Figure(
    "passages",
    "Passages devant le jury",
    "Les personnes convoquées à un jury de la période : ce qu’il a décidé, tel que c’est connu "
    "aujourd’hui, ou leur absence.",
    "passage",
    Shape.PART,
    journeys.hearings,
    words(Outcome, "Absence, motif effacé"),
    (*in_order(Outcome), ""),
)
BLOCS = Figure(
    "blocs",
    "Blocs présentés",
    "Les blocs sur lesquels un jury de la période a délibéré ; acquis, ceux qu’il a accordés et qui "
    "n’ont pas été retirés depuis.",
    "présentation",
    Shape.RATE,
    journeys.blocs,
    blocs,
    good="acquis",
)
ENDINGS = Figure(
    "fins",
    "Comment les parcours finissent",
    "Les parcours terminés pendant la période et qui n’ont pas repris depuis ; l’objectif est atteint "
    "quand la certification, ou tous les blocs visés, sont obtenus.",
    "parcours",
    Shape.PART,
    journeys.endings,
    words(Ending),
    in_order(Ending),
)
DROP_OUTS = Figure(
    "abandons",
    "Abandons, par motif",
    "Les parcours arrêtés pendant la période et qui n’ont pas repris depuis, par le motif donné.",
    "abandon",
    Shape.PART,
    journeys.drop_outs,
    words(DropOutReason, "Motif effacé, ou non donné"),
)

THEMES = (
    Theme(
        "parcours",
        "Flux et étapes",
        "Combien de parcours arrivent à chaque étape, la quittent, et y sont.",
        (ENTRIES, EXITS, STOCK),
        "Candidatures déposées",
        str(Stage.REGISTERED),
    ),
    Theme(
        "delais",
        "Délais",
        "Combien de temps passe entre deux étapes.",
        (BETWEEN, WHOLE),
        "Décision de recevabilité, en médiane",
        "decision",
    ),
    Theme(
        "equipe",
        "Charge de l’équipe",
        "Qui suit combien de parcours, et combien de rendez-vous sont tenus.",
        (LOAD, LATE, MEETINGS),
        "Parcours en cours",
        "",
    ),
    Theme(
        "calendriers",
        "Calendriers",
        "Les dates des calendriers : tenues ou non, et de combien elles glissent.",
        (CALENDARS, SLIPPAGE),
        "Dates tenues à temps",
        str(Kept.ON_TIME),
    ),
    Theme(
        "dossiers",
        "Qualité des dossiers",
        "Les dossiers que le certificateur renvoie, au premier envoi ou après, et ce qu’il demande.",
        (SENDINGS, REASONS),
        "Dossiers renvoyés",
        "",
    ),
    Theme(
        "jurys",
        "Jurys",
        "Ce que les jurys décident, par personne et par bloc.",
        (HEARINGS, BLOCS),
        "Certification entière devant le jury",
        str(Outcome.FULL),
    ),
    Theme(
        "fins",
        "Réussites et abandons",
        "Comment les parcours finissent, et pourquoi certains s’arrêtent.",
        (ENDINGS, DROP_OUTS),
        "Objectif atteint à la fin du parcours",
        str(Ending.SUCCESS),
    ),
)
EVERY = {figure.slug: figure for theme in THEMES for figure in theme.figures}
