"""Remarks on the texts of a validation file: said by who accompanies, settled by the candidate."""

import uuid
from dataclasses import dataclass

from django.db import transaction

from jalon.journeys import signs
from jalon.journeys.actions import locked
from jalon.journeys.models import Journey
from jalon.journeys.policy import capacity
from jalon.law import writing
from jalon.law.rulebook import Refusal, Refused, refuse
from jalon.law.vocabulary import RemarkKind, RemarkState, VersionReason
from jalon.now import now
from jalon.people.models import User
from jalon.writing import drafts, versions
from jalon.writing.anchors import anchored, places
from jalon.writing.models import Remark, Section

#: How many remarks the text of one competence bears, settled ones included: a page shows them all.
MOST = 100

CHANGED = "Ce texte a changé depuis que vous l’avez lu : relisez-le, puis recommencez."


@dataclass(frozen=True)
class Said:
    """What somebody remarks: the sentence they chose, the words they quote, and what they say of them."""

    question: str
    start: int
    sentence: str
    words: str
    kind: RemarkKind
    body: str = ""
    replacement: str = ""


def plain_refusal(why: str) -> Refused:
    """Return a refusal that no rule of the law is behind."""
    return Refused(Refusal.permission(why))


def remarked(journey_id: uuid.UUID, by: User) -> Journey:
    """Lock a journey on whose texts this person may remark; raises `Refused`."""
    journey = locked(journey_id)
    if not capacity(by, journey) & writing.REMARKERS:
        raise plain_refusal(
            "Seule la personne qui accompagne ce dossier peut y faire une remarque."
        )
    if journey.stage not in writing.VALIDATION.stages:
        raise plain_refusal(
            "Ce dossier n’est plus en cours d’écriture : parlez-en avec le candidat."
        )
    signs.seen(journey, signs.side_of(journey, by))
    return journey


@transaction.atomic
def say(journey_id: uuid.UUID, by: User, competence_id: int, said: Said) -> Remark:
    """Remark on words of a text; raises `Refused` when they are no longer there."""
    journey = remarked(journey_id, by)
    section = (
        journey.attempt.validation.sections.asked()
        .select_for_update(of=("self",))
        .get(competence_id=competence_id)
    )
    if section.remarks.count() >= MOST:
        raise plain_refusal(
            f"Ce texte porte déjà {MOST} remarques : parlez-en plutôt de vive voix."
        )
    remark = Remark(
        section=section,
        question=said.question,
        kind=said.kind,
        words=said.words,
        body=said.body,
        replacement=said.replacement,
        author=by,
        said_at=now(),
    )
    remark.stand(anchored(getattr(section, said.question), start_of(section, said), said.words))
    remark.save()
    versions.keep([section], VersionReason.REMARKED)
    return remark


def start_of(section: Section, said: Said) -> int:
    """Return where the quoted words begin in a text; raises `Refused` when it changed, or lacks them."""
    text = getattr(section, said.question)
    if not text.startswith(said.sentence, said.start):
        raise plain_refusal(CHANGED)
    inside = places(said.words, said.sentence)
    if not inside:
        raise plain_refusal(
            "Ces mots ne sont pas dans la phrase : recopiez-les tels qu’ils y sont."
        )
    return said.start + inside[0]


def own(journey_id: uuid.UUID, by: User, remark_id: int) -> Remark:
    """Lock a journey, and return a remark on a text that this person writes; raises `Refused`."""
    journey = locked(journey_id)
    refuse(writing.may_write(writing.VALIDATION, journey.stage, capacity(by, journey)))
    signs.seen(journey, signs.side_of(journey, by))
    return Remark.objects.select_related("section").get(
        pk=remark_id, section__file=journey.attempt.validation
    )


@transaction.atomic
def answer(journey_id: uuid.UUID, by: User, remark_id: int, words: str) -> None:
    """Answer a remark in a line."""
    remark = own(journey_id, by, remark_id)
    remark.answer, remark.answered_at = words, now()
    remark.save(update_fields=["answer", "answered_at"])


@transaction.atomic
def settle(
    journey_id: uuid.UUID, by: User, remark_id: int, state: RemarkState = RemarkState.DONE
) -> None:
    """Mark a remark as done with; settled twice, it keeps the first day."""
    remark = own(journey_id, by, remark_id)
    if remark.open:
        remark.state, remark.settled_at = state, now()
        remark.save(update_fields=["state", "settled_at"])


@transaction.atomic
def accept(journey_id: uuid.UUID, by: User, remark_id: int, *, seen: int) -> None:
    """Put the words proposed where those they bear on are; raises `Refused` when the text changed."""
    remark = own(journey_id, by, remark_id)
    section = remark.section
    if not remark.open or not remark.replacement:
        raise plain_refusal("Cette proposition n’est plus à accepter : elle est déjà réglée.")
    text = getattr(section, remark.question)
    if remark.gone or seen != section.version or not remark.anchor.stands_in(text):
        raise plain_refusal(CHANGED)
    start, end = remark.anchor.start, remark.anchor.end
    written = {remark.question: text[:start] + remark.replacement + text[end:]}
    drafts.save_section(journey_id, by, section.competence_id, written, seen=seen)
    settle(journey_id, by, remark_id, RemarkState.ACCEPTED)
