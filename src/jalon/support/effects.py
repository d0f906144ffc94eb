"""What acts leave in the support room: meetings held, the calendar, trainings and quotes, the plan."""

import dataclasses
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Subquery

from jalon.journeys.models import Journey
from jalon.journeys.registry import ActContext, effect, resolve
from jalon.law.facts import (
    AccompanimentEnded,
    Contact,
    DayCorrection,
    Facts,
    FirstMeeting,
    Path,
    PathAnswer,
    PostJury,
)
from jalon.law.facts import Immersion as Planned
from jalon.law.immersion import beside_others
from jalon.law.lifecycle import TABLE, rows_of
from jalon.law.meetings import MET_BY, noted_at
from jalon.law.rulebook import enforces, refuse
from jalon.law.support import FIRST_MEETING_SUBJECTS
from jalon.law.vocabulary import Act, MeetingKind, MeetingMode
from jalon.now import today
from jalon.support import planning, surveys
from jalon.support.models import (
    GroupMember,
    Immersion,
    Meeting,
    Milestone,
    PlannedAction,
    Quote,
    Training,
)


@effect(Act.HOLD_FIRST_MEETING)
def record_first_meeting(ctx: ActContext[FirstMeeting]) -> None:
    """The first meeting and its report on seven subjects (R-089)."""
    facts = ctx.facts
    held = Meeting.objects.create(
        journey=ctx.journey,
        kind=MeetingKind.FIRST,
        mode=facts.mode,
        held_on=facts.held_on,
        minutes=facts.minutes,
        report={name: getattr(facts, name) for name in FIRST_MEETING_SUBJECTS},
        held_by=ctx.person,
    )
    planning.report(held)


@effect(Act.RECORD_CONTACT)
def record_meeting(ctx: ActContext[Contact]) -> None:
    """A meeting that is noted counts among those that were held; a call or a message is only noted.

    One whose presence was noted already, without a report, is the same: it gets its report and its length.
    """
    facts = ctx.facts
    if facts.kind not in MET_BY:
        return
    kind = noted_at(ctx.journey.stage)
    report = {"report": facts.text, "next_step": facts.next_step}
    untold = Meeting.objects.filter(
        journey=ctx.journey, kind=kind, held_on=facts.on, report={}
    ).first()
    held = untold or Meeting(journey=ctx.journey, kind=kind, held_on=facts.on, held_by=ctx.person)
    held.mode, held.minutes, held.report = MET_BY[facts.kind], facts.minutes, report
    held.save()
    if untold is None:
        planning.report(held)


@effect(Act.PROPOSE_PATH)
def plan_path(ctx: ActContext[Path]) -> None:
    """The calendar and the trainings replace those of an earlier proposal (R-086, R-090)."""
    replace_path(ctx.journey, ctx.facts)


@effect(Act.ACCEPT_AMENDMENT)
def amend_path(ctx: ActContext[PathAnswer]) -> None:
    """The amended path, once accepted, takes the place of the other, which the journal keeps (R-090)."""
    proposed = ctx.journey.journal.filter(act=Act.AMEND_PATH).latest("number")
    first = first_days(ctx.journey)
    replace_path(ctx.journey, proposed.facts_as(Path))
    remember_first_days(ctx.journey, first)
    mark_chosen(ctx.journey, ctx.facts)


def first_days(journey: Journey) -> dict[str, date]:
    """Return the first day that was planned for each date to come of an accepted path."""
    return {
        one.title: one.planned_on for one in Milestone.objects.to_come().filter(journey=journey)
    }


def remember_first_days(journey: Journey, first: dict[str, date]) -> None:
    """Keep beside each date that was moved the first day that was planned for it (R-090)."""
    for one in Milestone.objects.to_come().filter(journey=journey, title__in=first):
        if one.due_on != first[one.title]:
            Milestone.objects.filter(pk=one.pk).update(moved_from=first[one.title])


@effect(Act.CHANGE_TARGET)
def forget_path(ctx: ActContext[Any]) -> None:
    """A path to another target holds no more: the journal keeps it, and immersions that began still count."""
    clear_path(ctx.journey)
    ctx.journey.immersions.filter(starts_on__gt=today()).delete()


def clear_path(journey: Journey) -> None:
    """Take away the dates to come and the trainings of a path."""
    Milestone.objects.to_come().filter(journey=journey).delete()
    Training.objects.filter(journey=journey).delete()


@resolve(Act.PROPOSE_PATH)
@resolve(Act.AMEND_PATH)
@enforces("R-098")
def judged_beside_others(journey: Journey, asked: Path) -> Path:
    """Return a path as it was asked; raises `Refused` when its immersions don't go with the person's others."""
    refuse(beside_others(asked, map(as_law_sees, beside(journey)), today()))
    return asked


def beside(journey: Journey) -> QuerySet[Immersion]:
    """Return the immersions of a person that the path of a journey doesn't plan: those that began, and those to come."""
    others = Immersion.objects.filter(journey__candidate=journey.candidate_id).exclude(
        journey=journey
    )
    under_way = Q(journey__in=Journey.objects.under_way())
    return others.filter(Q(starts_on__lte=today()) | under_way) | of_earlier_target(journey)


def of_earlier_target(journey: Journey) -> QuerySet[Immersion]:
    """Return the immersions of a journey that began before it changed its target; none when it never did."""
    changed = journey.journal.filter(act=Act.CHANGE_TARGET).order_by("-number")
    return Immersion.objects.filter(
        journey=journey, starts_on__lte=Subquery(changed.values("occurred_on")[:1])
    )


def as_law_sees(one: Immersion) -> Planned:
    """Return an immersion that is kept as rules see it."""
    names = (field.name for field in dataclasses.fields(Planned))
    return Planned(**{name: getattr(one, name) for name in names})


def replace_path(journey: Journey, path: Path) -> None:
    """Write the calendar, the trainings and the immersions of a path in the place of those to come."""
    clear_path(journey)
    replace_immersions(journey, path)
    Milestone.objects.bulk_create(
        Milestone(journey=journey, **dataclasses.asdict(milestone)) for milestone in path.milestones
    )
    for training in path.trainings:
        kept = Training.objects.create(
            journey=journey,
            title=training.title,
            disproportion_reason=training.disproportion_reason,
        )
        Quote.objects.bulk_create(
            Quote(training=kept, **dataclasses.asdict(quote)) for quote in training.quotes
        )


def replace_immersions(journey: Journey, path: Path) -> None:
    """Write the immersions of a path in the place of the others; those of an earlier target stay, unless it lists them."""
    earlier = of_earlier_target(journey)
    for one in path.immersions:
        earlier = earlier.exclude(siren=one.siren, starts_on=one.starts_on)
    journey.immersions.exclude(pk__in=earlier.values("pk")).delete()
    Immersion.objects.bulk_create(
        Immersion(journey=journey, **dataclasses.asdict(one)) for one in path.immersions
    )


@effect(*{row.act for row in TABLE if row.keeps})
def keep_dates(ctx: ActContext[Facts]) -> None:
    """The date of the calendar that an act keeps is ticked by itself (R-090)."""
    kept = {row.keeps for row in rows_of(ctx.entry.act) if row.keeps}
    planned = Milestone.objects.to_come().filter(journey=ctx.journey, title__in=kept)
    planned.update(kept_on=ctx.on)


@effect(Act.CORRECT_DAY)
def correct_dates(ctx: ActContext[DayCorrection]) -> None:
    """The date of the calendar that a deposit kept follows its right day (R-090)."""
    kept = (
        {row.keeps for row in rows_of(ctx.facts.corrects) if row.keeps}
        if ctx.facts.corrects
        else ()
    )
    ticked = Milestone.objects.filter(journey=ctx.journey, title__in=kept, kept_on=ctx.facts.before)
    ticked.update(kept_on=ctx.facts.right_on)


@effect(Act.ACCEPT_PATH)
def mark_chosen_trainings(ctx: ActContext[PathAnswer]) -> None:
    """Which of the proposed trainings the candidate chose."""
    mark_chosen(ctx.journey, ctx.facts)


def mark_chosen(journey: Journey, answer: PathAnswer) -> None:
    """Mark the trainings of a path that the candidate chose."""
    chosen = Training.objects.filter(journey=journey, title__in=answer.trainings_chosen)
    chosen.update(chosen=True)


@effect(Act.REASSIGN, Act.TAKE_OVER)
def meetings_follow(ctx: ActContext[Any]) -> None:
    """The meetings to come go with the file, or are given up where who has it now is not free."""
    if to := ctx.journey.architect:
        planning.follow_the_file(ctx.journey, to, ctx.author)


@effect(Act.LEAVE_ACCOMPANIMENT, Act.END_ACCOMPANIMENT, Act.ASK_ACCOMPANIMENT)
@enforces("R-125")
def leave_group(ctx: ActContext[Any]) -> None:
    """Whoever is accompanied elsewhere leaves the group, with what its company was let read: it never comes back alone."""
    elsewhere = GroupMember.objects.exclude(group__organisation=ctx.journey.organisation)
    elsewhere.filter(journey=ctx.journey).delete()


@effect(Act.LEAVE_ACCOMPANIMENT, Act.END_ACCOMPANIMENT)
def ask_for_an_opinion(ctx: ActContext[AccompanimentEnded]) -> None:
    """Whoever was met and is accompanied no more is asked what they think of it."""
    if ctx.facts.left and Meeting.objects.filter(journey=ctx.journey).exists():
        surveys.ask(ctx.journey, ctx.facts.left)


@effect(Act.HOLD_POST_JURY)
def record_post_jury(ctx: ActContext[PostJury]) -> None:
    """The post-jury meeting and its plan (R-081)."""
    facts = ctx.facts
    held = Meeting.objects.create(
        journey=ctx.journey,
        kind=MeetingKind.POST_JURY,
        mode=MeetingMode.ON_SITE,
        held_on=facts.held_on,
        minutes=facts.minutes,
        report={"report": facts.report, "alternative": facts.alternative},
        held_by=ctx.person,
    )
    planning.report(held)
    PlannedAction.objects.bulk_create(
        PlannedAction(journey=ctx.journey, **dataclasses.asdict(action)) for action in facts.actions
    )
