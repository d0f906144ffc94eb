"""Clocks as rows: an act starts, stops or expires them; one job asks what is due."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from jalon.journeys.models import Clock, JournalEntry, Journey
from jalon.law import clocks as law
from jalon.law.case import Case
from jalon.law.chronology import Delay, Line, after_act, changes, delays
from jalon.law.facts import DelayChange, Facts
from jalon.law.lifecycle import row_done
from jalon.law.transitions import ClockMove, Transition
from jalon.law.vocabulary import Act, ClockState, Role, Stage


def move(
    journey: Journey, moves: Sequence[ClockMove], facts: Facts, on: date, before: Case
) -> None:
    """Carry out the clock moves of a row of the table, on the day of the act.

    `before` is the case as the act found it; what it wrote may have changed who accompanies.
    """
    if not moves:
        return
    rows = list(journey.clocks.order_by("started_on", "pk"))
    found = tuple(delay_of(row) for row in rows)
    keep(journey, rows, after_act(found, moves, facts, on, followed(before, journey)))


def followed(before: Case, journey: Journey) -> Case:
    """Return a case, whoever accompanies now."""
    return replace(before, accompaniment=journey.accompaniment)


def keep(journey: Journey, rows: Sequence[Clock], counted: Sequence[Delay]) -> None:
    """Make the rows of a journey those of a count.

    A row that the count finds again keeps what was already done about it; one that it doesn't find
    was counted from a story that was not true, and goes.
    """
    left = {row.pk: row for row in rows}
    found: list[tuple[Delay, Clock]] = []
    new: list[Delay] = []
    for delay in sorted(counted, key=lambda one: one.state == ClockState.RUNNING):
        same = [row for row in left.values() if delay_of(row).key == delay.key]
        if same:
            row = min(same, key=lambda row: row.state != delay.state)
            found.append((delay, left.pop(row.pk)))
        else:
            new.append(delay)
    if left:
        journey.clocks.filter(pk__in=left).delete()
    for delay, row in found:
        if row.state != delay.state or row.ended_on != delay.ended_on:
            row.state, row.ended_on, row.next_on = delay.state, delay.ended_on, next_look(delay)
            row.save(update_fields=["state", "ended_on", "next_on"])
    Clock.objects.bulk_create(row_of(journey, delay) for delay in counted if delay in new)


def row_of(journey: Journey, delay: Delay) -> Clock:
    """Return the row that keeps a delay."""
    span = delay.span
    return Clock(
        journey=journey,
        kind=delay.kind,
        state=delay.state,
        started_on=delay.started_on,
        target_on=span.target_on,
        limit_on=span.limit_on,
        alert_on=span.alert_on,
        next_on=next_look(delay),
        ended_on=delay.ended_on,
        rule=span.rule,
        article=span.article,
        explanation=span.explanation,
    )


def next_look(delay: Delay) -> date | None:
    """Return when a delay must be looked at first; None once it ended."""
    if delay.state != ClockState.RUNNING:
        return None
    return delay.span.alert_on or law.day_after(delay.span.limit_on)


# ---------------------------------------------------------------- what was written down late


def written_late(journey: Journey, number: int, on: date) -> bool:
    """Say whether something that happened after an act stands before it in the journal."""
    return journey.journal.acts().filter(number__lt=number, occurred_on__gte=on).exists()


def recount(journey: Journey, case: Case) -> tuple[DelayChange, ...]:
    """Count every delay anew from the whole story, and return what changed."""
    rows = list(journey.clocks.order_by("pk"))
    before = [delay_of(row) for row in rows]
    after = delays(story(journey), followed(case, journey))
    keep(journey, rows, after)
    return changes(before, after)


def delay_of(row: Clock) -> Delay:
    """Return what a row keeps, as the law counts it."""
    span = law.Span(
        row.target_on, row.limit_on, row.alert_on, row.rule, row.article, row.explanation
    )
    return Delay(row.kind, row.state, row.started_on, span, row.ended_on)


def story(journey: Journey) -> list[Line]:
    """Return the acts of a journal, as the law reads them; an act that was retired moves nothing."""
    lines = []
    for entry in journey.journal.acts().order_by("number"):
        row = row_of_entry(journey, entry)
        if row:
            facts, by_system = entry.facts_as(Facts), entry.role == Role.SYSTEM
            lines.append(Line(entry.occurred_on, entry.number, row, facts, by_system))
    return lines


def row_of_entry(journey: Journey, entry: JournalEntry) -> Transition | None:
    """Return the row of the table by which an act was done; None when it was retired."""
    if not isinstance(entry.word, Act):
        return None
    before = Stage.or_none(entry.stage_before)
    shape = journey.route, journey.accompaniment
    return row_done(entry.word, before, *shape, journey.anchors(entry.occurred_on))


def take_due(on: date, most: int = 50, but: Collection[int] = ()) -> list[Clock]:
    """Return clocks that are due, in one indexed statement, with their journeys locked.

    A journey on which somebody acts, or that another worker holds, is skipped: its clock will be due
    again at the next turn. Those of `but` failed already and are left. Must run in a transaction.
    """
    return list(
        Clock.objects.filter(next_on__lte=on)
        .exclude(pk__in=but)
        .select_related("journey")
        .select_for_update(skip_locked=True, of=("journey",))
        .order_by("next_on", "pk")[:most]
    )
