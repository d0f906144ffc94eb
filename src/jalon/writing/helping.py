"""A text that somebody else types for a candidate, who reads it again, corrects it, and approves it or not.

Until then it counts for nothing: the file stays the candidate's own work (R-051).
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from jalon.journeys import events, signs
from jalon.journeys.actions import locked
from jalon.journeys.models import Journey
from jalon.journeys.policy import capacity
from jalon.law import writing
from jalon.law.facts import TextHelped
from jalon.law.rulebook import enforces, refuse
from jalon.law.vocabulary import Event, VersionReason
from jalon.now import now
from jalon.people.models import User
from jalon.writing import drafts, versions
from jalon.writing.merging import merge
from jalon.writing.models import HelpedText, Section, WritingAid


@dataclass(frozen=True)
class Heard:
    """A recording that somebody listened to: its number, and how it is named."""

    id: uuid.UUID
    name: str


@dataclass(frozen=True)
class Typed:
    """What somebody typed of a competence, from which version of it, and what they listened to."""

    answers: Mapping[str, str]
    seen: int
    heard: Heard | None = None


@transaction.atomic
@enforces("R-051")
def propose(journey_id: uuid.UUID, by: User, competence_id: int, typed: Typed) -> HelpedText:
    """Propose to a candidate the text of a competence that one typed for them; raises `Refused`."""
    journey = locked(journey_id)
    refuse(writing.may_help(journey.stage, capacity(by, journey)))
    signs.seen(journey, signs.side_of(journey, by))
    helped = proposed(journey, competence_id, typed, by.get_full_name(), by)
    drafts.forget_typed(journey, by, f"help/{competence_id}")
    return helped


def proposed(
    journey: Journey,
    competence_id: int,
    typed: Typed,
    writer: str,
    by: User | None,
    aid: WritingAid | None = None,
) -> HelpedText:
    """Keep what somebody typed for a candidate, of a journey that is locked; raises `Refused`."""
    section = journey.attempt.validation.sections.asked().get(competence_id=competence_id)
    answers = {name: typed.answers[name].replace("\r\n", "\n") for name in Section.QUESTIONS}
    refuse(
        writing.may_propose(
            waits=section.helped.waiting().exists(),
            changed=typed.seen != section.version,
            same=answers == section.texts,
        )
    )
    drafts.refuse_unkept(answers.values())
    helped = HelpedText.objects.create(
        section=section,
        writer=writer,
        author=by,
        aid=aid,
        recording=typed.heard.id if typed.heard else None,
        recorded=typed.heard.name if typed.heard else "",
        base=section.texts,
        answers=answers,
        written_at=now(),
    )
    events.record(journey, Event.TEXT_PROPOSED, by=by, facts=TextHelped(helped.pk))
    return helped


def together(helped: HelpedText) -> dict[str, str]:
    """Return the text of a competence with what was typed of it: what its candidate wrote since stays."""
    current = helped.section.texts
    return {
        name: merge(helped.base[name], helped.answers[name], current[name]).text
        for name in Section.QUESTIONS
    }


def own(journey_id: uuid.UUID, by: User, number: int) -> tuple[Journey, HelpedText]:
    """Lock a journey, and return a text typed for this very candidate that waits; raises `Refused`."""
    journey = locked(journey_id)
    drafts.refuse_unwritable(writing.VALIDATION, journey, by)
    found = HelpedText.objects.select_related("section__file").filter(
        pk=number, section__file=journey.attempt.validation
    )
    helped = found.first()
    refuse(writing.may_settle(waits=helped is not None and helped.waits))
    assert helped
    return journey, helped


@transaction.atomic
@enforces("R-051")
def approve(
    journey_id: uuid.UUID, by: User, number: int, answers: Mapping[str, str], *, seen: int
) -> HelpedText:
    """Make one's own a text that somebody typed, as one corrected it; raises `Refused`.

    A version keeps it, with who typed it and from what, and another what it takes the place of.
    """
    journey, helped = own(journey_id, by, number)
    section = helped.section
    versions.keep([section], VersionReason.SAVED)
    saved = drafts.save_section(journey_id, by, section.competence_id, answers, seen=seen)
    refuse(writing.may_propose(waits=False, changed=saved.conflict, same=False))
    helped.approved_at = now()
    helped.save(update_fields=["approved_at"])
    section.refresh_from_db()
    versions.keep([section], VersionReason.HELPED, hand=helped.hand)
    drafts.forget_typed(journey, by, f"helped/{number}")
    events.record(journey, Event.TEXT_APPROVED, by=by, facts=TextHelped(helped.pk))
    return helped


@transaction.atomic
def decline(journey_id: uuid.UUID, by: User, number: int) -> HelpedText:
    """Leave out a text that somebody typed; raises `Refused`."""
    journey, helped = own(journey_id, by, number)
    helped.declined_at = now()
    helped.save(update_fields=["declined_at"])
    drafts.forget_typed(journey, by, f"helped/{number}")
    return helped
