"""Draws from the law what the documentation shows of it: `docs/rules.md` and `docs/lifecycle.svg`."""

import importlib
import pkgutil
import sys
from collections import defaultdict
from html import escape
from itertools import groupby, pairwise
from pathlib import Path
from textwrap import wrap

import jalon.law
from jalon.law.clocks import french, french_period
from jalon.law.lifecycle import TABLE
from jalon.law.reading import CERTAINTY
from jalon.law.rulebook import Version, enforcers, rules
from jalon.law.stages import ENDS
from jalon.law.transitions import (
    STOP_EVERY_CLOCK,
    ClockMove,
    Expire,
    Start,
    Stop,
    Transition,
)
from jalon.law.vocabulary import Accompaniment, Act, Role, Route, Stage

DOCS = Path(__file__).resolve().parents[3] / "docs"


def main(arguments: list[str]) -> int:
    """Write the two documents, or with `--check` say which are no longer those of the law."""
    drawn = {"rules.md": render_rules(), "lifecycle.svg": render_lifecycle()}
    if "--check" in arguments:
        stale = [name for name, text in drawn.items() if _kept(DOCS / name) != text]
        for name in stale:
            print(f"docs/{name} n’est plus à jour : lancez « python -m jalon.devtools.docs »")
        return 1 if stale else 0
    DOCS.mkdir(exist_ok=True)
    for name, text in drawn.items():
        (DOCS / name).write_text(text, encoding="utf-8")
        print(f"docs/{name}")
    return 0


def _kept(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


# ---------------------------------------------------------------- rules.md


def render_rules() -> str:
    """Return the rules and the table of acts as Markdown, in French."""
    for module in pkgutil.iter_modules(jalon.law.__path__, "jalon.law."):
        importlib.import_module(module.name)
    return "\n".join(
        [
            "# Les règles et le tableau des actes",
            "",
            "Cette page est tirée de `src/jalon/law/`. Un tiret dit que le droit du parcours ne porte pas",
            "la règle : une autre pièce de la maison l’applique, ou aucune encore. `./jalon rules` montre",
            "tous les endroits du code qui appliquent chaque règle et les tests qui la prouvent.",
            "",
            "![Les étapes d’un parcours et les actes qui mènent de l’une à l’autre](lifecycle.svg)",
            "",
            *_rule_lines(),
            *_act_lines(),
        ]
    )


def _rule_lines() -> list[str]:
    places = _places_in_law()
    acts = _acts_guarded()
    lines = ["## Les règles", ""]
    for area, members in groupby(rules().values(), key=lambda rule: rule.area):
        lines += [f"### {area}", ""]
        lines += ["| Règle | Ce qu’elle dit | Article | En vigueur | Certitude, lu | Appliquée à |"]
        lines += ["|---|---|---|---|---|---|"]
        for rule in members:
            where = acts[rule.id] or places[rule.id] or ["—"]
            for version in rule.versions:
                lines.append(f"| {' | '.join(_rule_cells(version, where))} |")
        lines.append("")
    return lines


def _rule_cells(version: Version, where: list[str]) -> tuple[str, ...]:
    """Return the cells of a version, on a line of its own."""
    figures = ", ".join(f"`{name}` = {figure}" for name, figure in version.values.items())
    return (
        version.rule,
        version.text + (f"<br>{figures}" if figures else ""),
        version.article,
        french_period(version.period),
        f"{CERTAINTY[version.confidence]}, le {french(version.read_on)}",
        "<br>".join(where),
    )


def _places_in_law() -> dict[str, list[str]]:
    """Return, for each rule, the functions of the law that enforce it."""
    found: dict[str, list[str]] = defaultdict(list)
    for rule, places in enforcers().items():
        found[rule] = [
            f"`{place.removeprefix('jalon.')}`"
            for place in places
            if place.startswith("jalon.law.")
        ]
    return found


def _acts_guarded() -> dict[str, list[str]]:
    """Return, for each rule, the acts that one of its guards watches over, in order."""
    rules_of: dict[str, list[str]] = defaultdict(list)
    for rule, places in enforcers().items():
        for place in places:
            rules_of[place].append(rule)
    found: dict[str, list[str]] = defaultdict(list)
    for transition in TABLE:
        for guard in transition.guards:
            for rule in rules_of[f"{guard.__module__}.{guard.__qualname__}"]:
                if transition.act.label not in found[rule]:
                    found[rule].append(transition.act.label)
    return found


def _act_lines() -> list[str]:
    lines = ["## Le tableau des actes", ""]
    lines += ["| Acte | De | Vers | Qui | Délais | Sont prévenus | Article |"]
    lines += ["|---|---|---|---|---|---|---|"]
    for transition in TABLE:
        cells = (
            transition.act.label + _reserved(transition),
            "<br>".join(stage.label for stage in Stage if stage in transition.at) or "—",
            _destination(transition),
            ", ".join(role.label for role in Role if role in transition.by),
            _moves(transition.clocks),
            ", ".join(role.label for role in transition.notifies) or "—",
            transition.article,
        )
        lines.append(f"| {' | '.join(cells)} |")
    lines.append("")
    return lines


def _destination(transition: Transition) -> str:
    if transition.among:
        return "selon le cas : " + " ; ".join(one.label for one in Stage if one in transition.among)
    return transition.to.label if transition.to else "même étape"


def _reserved(transition: Transition) -> str:
    only = (
        [route.label for route in transition.routes]
        if transition.routes != frozenset(Route)
        else []
    )
    if transition.accompaniment != frozenset(Accompaniment):
        only += [choice.label.lower() for choice in transition.accompaniment]
    return f" ({', '.join(only)})" if only else ""


def _moves(moves: tuple[ClockMove, ...]) -> str:
    if moves == STOP_EVERY_CLOCK:
        return "tout délai finit"
    return "<br>".join(_said(move) for move in moves) or "—"


def _said(move: ClockMove) -> str:
    verbs = {
        Start: "démarre",
        Stop: "finit",
        Expire: "dépassé",
    }
    return f"{verbs[type(move)]} : {move.kind.label}"


# ---------------------------------------------------------------- lifecycle.svg

BOX_WIDTH, BOX_HEIGHT = 208, 60
COLUMN, ROW, LEFT, TOP = 276, 104, 30, 124
WIDTH = 2 * LEFT + 4 * COLUMN + BOX_WIDTH + 30

#: Where each stage stands: (column, row). The spine of the story goes down the middle.
PLACES: dict[Stage, tuple[int, int]] = {
    Stage.REGISTERED: (2, 0),
    Stage.TAKEN_ON: (1, 1),
    Stage.MEETING_HELD: (1, 2),
    Stage.PATH_PROPOSED: (1, 3),
    Stage.PATH_ACCEPTED: (1, 4),
    Stage.FEASIBILITY_SENT: (2, 5),
    Stage.FEASIBILITY_INCOMPLETE: (3, 5),
    Stage.FEASIBILITY_COMPLETE: (2, 6),
    Stage.INADMISSIBLE: (3, 6),
    Stage.ADMISSIBLE: (2, 7),
    Stage.LAPSED: (3, 7),
    Stage.VALIDATION_SENT: (2, 8),
    Stage.VALIDATION_RETURNED: (3, 8),
    Stage.VALIDATION_ACCEPTED: (2, 9),
    Stage.JURY_SCHEDULED: (2, 10),
    Stage.DELIBERATED: (2, 11),
    Stage.CERTIFIED: (0, 12),
    Stage.CONDITIONALLY_CERTIFIED: (1, 12),
    Stage.BLOCS_CERTIFIED: (2, 12),
    Stage.PARTIALLY_CERTIFIED: (3, 12),
    Stage.NOT_CERTIFIED: (4, 12),
}
#: Stages reached from many others: told in words, not drawn with a tangle of lines.
GATHERING = (Stage.REORIENTED, Stage.DROPPED_OUT, Stage.FRAUD_REFUSED, Stage.ARCHIVED)
RESULTS_ROW = 12

Point = tuple[float, float]
Edges = dict[tuple[Stage, Stage], list[int]]

STYLE = """
  text { font-family: system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; fill: #16202c; }
  .title { font-size: 24px; font-weight: 700; }
  .note { font-size: 14px; fill: #3d4b5c; }
  .stage { fill: #ffffff; stroke: #1d4f91; stroke-width: 1.6; }
  .end { fill: #eef1f5; stroke: #52606f; stroke-width: 1.6; }
  .won { fill: #e6f4ea; stroke: #1b6b3a; stroke-width: 1.6; }
  .name { font-size: 14px; font-weight: 600; text-anchor: middle; }
  .clock { font-size: 12.5px; fill: #8a3b00; text-anchor: middle; }
  .way { fill: none; stroke: #52606f; stroke-width: 1.6; marker-end: url(#arrow); }
  .mark { fill: #ffffff; stroke: #52606f; stroke-width: 1; }
  .number { font-size: 12.5px; font-weight: 600; text-anchor: middle; }
  .small { font-size: 13px; }
"""


def render_lifecycle() -> str:
    """Return the stages of a journey, and the acts between them, as an accessible SVG image."""
    numbers = _numbers()
    edges = _edges(numbers)
    body = [_way(pair, marks, edges) for pair, marks in edges.items() if set(pair) <= set(PLACES)]
    body += [_entry(), *(_box(stage) for stage in PLACES)]
    top = _y(RESULTS_ROW) + BOX_HEIGHT + 108
    gathered, height = _gathering(edges, top)
    legend, bottom = _legend(numbers, top + height + 52)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom}" width="{WIDTH}" '
            f'height="{bottom}" role="img" aria-labelledby="title desc" lang="fr">',
            '<title id="title">Les étapes d’un parcours de VAE</title>',
            f'<desc id="desc">{escape(_description())}</desc>',
            f"<style>{STYLE}</style>",
            '<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" '
            'markerHeight="7" orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="#52606f"/>'
            "</marker></defs>",
            f'<rect width="{WIDTH}" height="{bottom}" fill="#ffffff"/>',
            f'<text class="title" x="{LEFT}" y="44">Les étapes d’un parcours de VAE</text>',
            f'<text class="note" x="{LEFT}" y="68">Chaque flèche porte le numéro de l’acte, nommé plus '
            "bas. Un délai qui court est écrit sous le nom de l’étape.</text>",
            *body,
            *gathered,
            *legend,
            "</svg>",
            "",
        ]
    )


def _numbers() -> dict[Act, int]:
    """Return a number for each act that changes the stage, in the order of the story."""
    changing = (
        transition.act
        for transition in TABLE
        if not transition.at or any(transition.leads_to(source) for source in transition.at)
    )
    return {act: rank for rank, act in enumerate(dict.fromkeys(changing), 1)}


def _edges(numbers: dict[Act, int]) -> Edges:
    """Return the numbers of the acts that lead from one stage to another."""
    edges: Edges = defaultdict(list)
    for transition in TABLE:
        for source in Stage:
            for target in _targets(transition, source):
                marks = edges[source, target]
                marks.extend({numbers[transition.act]} - set(marks))
    return dict(edges)


def _targets(transition: Transition, source: Stage) -> list[Stage]:
    """Return the other stages to which an act may lead from a stage, in order."""
    if source not in transition.at:
        return []
    found = transition.leads_to(source)
    return [stage for stage in Stage if stage in found]


def _description() -> str:
    """Return the story of the diagram in words, for those who do not see it."""
    ways = defaultdict(list)
    for transition in TABLE:
        for source in Stage:
            for target in _targets(transition, source):
                ways[source].append(f"{transition.act.label} mène à {target.label}")
    told = [f"{stage.label} : {' ; '.join(dict.fromkeys(ways[stage]))}." for stage in ways]
    return "Un parcours commence par Candidature déposée. " + " ".join(told)


def _x(column: int) -> float:
    return LEFT + column * COLUMN


def _y(row: int) -> float:
    return TOP + row * ROW + (24 if row == RESULTS_ROW else 0)


def _entry() -> str:
    """Return the arrow by which a journey begins: the first act."""
    x = _x(PLACES[Stage.REGISTERED][0]) + BOX_WIDTH / 2
    return _drawn([(x, TOP - 40), (x, TOP)], "1", f'data-to="{Stage.REGISTERED}"')


def _box(stage: Stage) -> str:
    column, row = PLACES[stage]
    x, y = _x(column), _y(row)
    middle = x + BOX_WIDTH / 2
    clocks = _clocks_begun(stage)
    lines = wrap(stage.label, 23)
    height = 17 * len(lines) + (16 if clocks else 0)
    first = y + (BOX_HEIGHT - height) / 2 + 13
    texts = [
        f'<text class="name" x="{middle}" y="{first + 17 * rank:g}">{escape(text)}</text>'
        for rank, text in enumerate(lines)
    ]
    if clocks:
        said = escape(" · ".join(clocks))
        texts.append(
            f'<text class="clock" x="{middle}" y="{first + 17 * len(lines):g}">{said}</text>'
        )
    return (
        f'<g data-stage="{stage}"><rect class="{_look(stage)}" x="{x}" y="{y}" width="{BOX_WIDTH}" '
        f'height="{BOX_HEIGHT}" rx="8"/>{"".join(texts)}</g>'
    )


def _look(stage: Stage) -> str:
    if stage in (Stage.CERTIFIED, Stage.BLOCS_CERTIFIED, Stage.CONDITIONALLY_CERTIFIED):
        return "won"
    return "end" if stage in ENDS else "stage"


#: How each clock is said in a box, in a few words.
SHORT_CLOCKS = {
    "decision": "décision : 2 mois",
    "lapse": "caducité : 6 mois",
    "validity": "validité",
    "hearing": "jury : 3 mois",
    "result": "résultat : 15 jours",
    "answer": "relance : 1 semaine",
}


def _clocks_begun(stage: Stage) -> list[str]:
    begun = {
        move.kind
        for transition in TABLE
        if transition.to == stage
        for move in transition.clocks
        if isinstance(move, Start)
    }
    return [said for kind, said in SHORT_CLOCKS.items() if kind in begun]


def _way(pair: tuple[Stage, Stage], marks: list[int], edges: Edges) -> str:
    source, target = pair
    points = _route(source, target, both=(target, source) in edges)
    return _drawn(points, " · ".join(map(str, marks)), f'data-from="{source}" data-to="{target}"')


def _drawn(points: list[Point], text: str, data: str) -> str:
    """Return a transition that carries numbers."""
    path = "M" + " L".join(f"{x:g} {y:g}" for x, y in points)
    x, y = _mark_place(points)
    width = 12 + 8 * len(text)
    return (
        f'<g {data}><path class="way" d="{path}"/>'
        f'<rect class="mark" x="{x - width / 2:g}" y="{y - 10:g}" width="{width}" height="20" rx="10"/>'
        f'<text class="number" x="{x:g}" y="{y + 4.5:g}">{text}</text></g>'
    )


def _mark_place(points: list[Point]) -> Point:
    """Return the middle of the last segment long enough to carry a number."""
    pairs = list(pairwise(points))
    (x1, y1), (x2, y2) = next((pair for pair in reversed(pairs) if _length(*pair) >= 34), pairs[-1])
    return (x1 + x2) / 2, (y1 + y2) / 2


def _length(one: Point, two: Point) -> float:
    return abs(one[0] - two[0]) + abs(one[1] - two[1])


def _route(source: Stage, target: Stage, *, both: bool) -> list[Point]:
    """Return the points of the transition from a stage to another, along rows and columns."""
    (from_column, from_row), (to_column, to_row) = PLACES[source], PLACES[target]
    x1, y1 = _x(from_column) + BOX_WIDTH / 2, _y(from_row) + BOX_HEIGHT / 2
    x2, y2 = _x(to_column) + BOX_WIDTH / 2, _y(to_row) + BOX_HEIGHT / 2
    down, right = (1 if y2 > y1 else -1), (1 if x2 > x1 else -1)
    if from_row == RESULTS_ROW and to_row < RESULTS_ROW:
        return _way_back(x1, x2, to_row)
    if from_row == RESULTS_ROW - 1 and to_row == RESULTS_ROW:
        bus = y1 + BOX_HEIGHT / 2 + 16
        return [(x1, y1 + BOX_HEIGHT / 2), (x1, bus), (x2, bus), (x2, y2 - BOX_HEIGHT / 2)]
    if from_column == to_column:
        x = x1 + (34 * -down if both else 0)
        return [(x, y1 + down * BOX_HEIGHT / 2), (x, y2 - down * BOX_HEIGHT / 2)]
    if from_row == to_row == RESULTS_ROW and abs(to_column - from_column) > 1:
        return _beneath(from_column, to_column)
    if from_row == to_row:
        y = y1 + (13 * -right if both else 0)
        return [(x1 + right * BOX_WIDTH / 2, y), (x2 - right * BOX_WIDTH / 2, y)]
    if down > 0 and right < 0:
        return [(x1 - BOX_WIDTH / 2, y1), (x2, y1), (x2, y2 - BOX_HEIGHT / 2)]
    if down > 0:
        return [(x1, y1 + BOX_HEIGHT / 2), (x1, y2), (x2 - BOX_WIDTH / 2, y2)]
    between = y1 - ROW / 2
    start = x1 + BOX_WIDTH / 2 - 28
    end = x2 - BOX_WIDTH / 2 + 40
    return [
        (start, y1 - BOX_HEIGHT / 2),
        (start, between),
        (end, between),
        (end, y2 + BOX_HEIGHT / 2),
    ]


def _beneath(source: int, target: int) -> list[Point]:
    """Return the way between two results that others stand between: under them, each at its depth."""
    bottom = _y(RESULTS_ROW) + BOX_HEIGHT
    under = bottom + 38 + 11 * (source + target - 2)
    x1 = _x(source) + BOX_WIDTH / 2 - 30 + 14 * target
    x2 = _x(target) + BOX_WIDTH / 2 - 30 + 14 * source
    return [(x1, bottom), (x1, under), (x2, under), (x2, bottom)]


def _way_back(x1: float, x2: float, to_row: int) -> list[Point]:
    """Return the long way from a result to another attempt, around the right-hand side."""
    under = _y(RESULTS_ROW) + BOX_HEIGHT + 26
    side = _x(4) + BOX_WIDTH + 30
    above = _y(to_row) + BOX_HEIGHT + (ROW - BOX_HEIGHT) / 2
    end = x2 + 60
    return [
        (x1, under - 26),
        (x1, under),
        (side, under),
        (side, above),
        (end, above),
        (end, above - (ROW - BOX_HEIGHT) / 2),
    ]


def _gathering(edges: Edges, top: float) -> tuple[list[str], float]:
    """Return the stages reached from many others, with where one comes from and goes, and their height."""
    width = (WIDTH - 2 * LEFT - 3 * 20) / len(GATHERING)
    cards = []
    tallest = 0
    for rank, stage in enumerate(GATHERING):
        said = [line for way in _ways_told(stage, edges) for line in wrap(way, 40)]
        tallest = max(tallest, len(said))
        cards.append((stage, LEFT + rank * (width + 20), said))
    height = 50 + 19 * tallest
    drawn = []
    for stage, x, said in cards:
        lines = "".join(
            f'<text class="small" x="{x + 14:g}" y="{top + 52 + 19 * rank:g}">{escape(text)}</text>'
            for rank, text in enumerate(said)
        )
        drawn.append(
            f'<g data-stage="{stage}"><rect class="end" x="{x:g}" y="{top:g}" width="{width:g}" '
            f'height="{height}" rx="8"/><text class="name" x="{x + width / 2:g}" y="{top + 27:g}">'
            f"{escape(stage.label)}</text>{lines}</g>"
        )
    return drawn, height


def _ways_told(stage: Stage, edges: Edges) -> list[str]:
    """Return in words from where the acts lead to a stage, and where they lead from it."""
    told: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (source, target), marks in edges.items():
        numbers = " · ".join(map(str, marks))
        if target == stage:
            told[numbers, "depuis"].append(source.label)
        elif source == stage:
            told[numbers, "vers"].append(target.label)
    return [f"{numbers} — {way} : {', '.join(names)}." for (numbers, way), names in told.items()]


def _legend(numbers: dict[Act, int], top: float) -> tuple[list[str], int]:
    """Return the numbered acts with who does them, in three columns, and where the image ends."""
    actors: dict[Act, set[Role]] = defaultdict(set)
    for transition in TABLE:
        actors[transition.act] |= transition.by
    entries = [
        (number, act.label, ", ".join(ACTORS[role] for role in ACTORS if role in actors[act]))
        for act, number in numbers.items()
    ]
    rows = -(-len(entries) // 3)
    column = (WIDTH - 2 * LEFT) / 3
    drawn = [f'<text class="title" x="{LEFT}" y="{top:g}">Les actes</text>']
    for rank, (number, label, who) in enumerate(entries):
        x, y = LEFT + (rank // rows) * column, top + 34 + (rank % rows) * 40
        drawn.append(
            f'<text class="small" x="{x:g}" y="{y:g}"><tspan font-weight="700">{number}</tspan>'
            f'<tspan x="{x + 28:g}">{escape(label)}</tspan>'
            f'<tspan class="note" x="{x + 28:g}" dy="17" fill="#3d4b5c">{escape(who)}</tspan></text>'
        )
    return drawn, int(top + 34 + rows * 40 + 10)


#: Who acts, as the legend says it: the head of an organisation acts as an architect.
ACTORS = {
    Role.CANDIDATE: "candidat",
    Role.ARCHITECT: "architecte-accompagnateur",
    Role.CERTIFIER: "certificateur",
    Role.JUROR: "président du jury",
    Role.ADMINISTRATOR: "administrateur",
    Role.SYSTEM: "Jalon, seul",
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
