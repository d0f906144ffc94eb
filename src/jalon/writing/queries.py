"""Reads of the two files."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from jalon.journeys.models import Gap, Journey
from jalon.law import adjustments
from jalon.law.case import Case
from jalon.law.coverage import BlocCoverage, Text, coverage, words_to_write
from jalon.law.departure import Departure
from jalon.law.pace import Pace, period_start
from jalon.law.vocabulary import Accompaniment, ClockKind, ReadThrough, RemarkState
from jalon.law.writing import VALIDATION
from jalon.now import midnight, paris_day, today
from jalon.people.models import User
from jalon.writing.fingerprints import evidence_of
from jalon.writing.models import (
    FeasibilityFile,
    HelpedText,
    Remark,
    Section,
    SectionVersion,
    ValidationFile,
)
from jalon.writing.policy import attempts_to_read, remarks_to_read

#: The delays by which a validation file leaves.
LIMITS = (ClockKind.LAPSE, ClockKind.VALIDITY)


def writings(viewer: User, journey: Journey) -> Any:
    """Return the feasibility file of a journey, with what is said beside it of what else was written.

    One statement: `validation` is the last validation file that a person reads, `remarked` the texts that
    bear remarks, `gaps` what the decision in force names; `elsewhere` says whether blocs came from elsewhere.
    """
    gaps = Gap.objects.filter(decision__journey=journey, decision__revoked_at=None).order_by("pk")
    remarked = remarked_texts(viewer, journey).values(
        one=JSONObject(
            competence="section__competence_id",
            title="section__competence__title",
            every="every",
            left="left",
        )
    )
    return FeasibilityFile.objects.annotate(
        validation=Subquery(validation_read(viewer, journey)),
        remarked=ArraySubquery(remarked),
        gaps=ArraySubquery(gaps.values(one=JSONObject(target="target", text="text"))),
        elsewhere=Exists(journey.prior_blocs.all()),
    ).get(journey=journey)


def validation_read(viewer: User, journey: Journey) -> QuerySet[Any, Any]:
    """Return the last validation file that a person reads, as JSON: when it left, how much of it is written."""
    asked = Section.objects.asked().filter(file__attempt=OuterRef("pk"))
    read = attempts_to_read(viewer, journey).order_by("-number")
    return read.values(
        one=JSONObject(
            sent_at="validation__sent_at", asked=number(asked), unwritten=number(asked.unwritten())
        )
    )[:1]


def number(found: QuerySet[Section]) -> Subquery:
    """Return how many texts there are, as an expression; nothing when there is none."""
    return Subquery(found.order_by().values("file").annotate(n=Count("pk")).values("n"))


def asked(file: ValidationFile) -> list[Section]:
    """Return the texts that a file asks for, each with its competence and bloc."""
    return list(file.sections.asked().select_related("competence__bloc"))


def texts(file: ValidationFile, sections: list[Section]) -> list[Text]:
    """Return some texts as the law looks at them, with the proofs joined to each."""
    proofs = Counter(competence for competence, _ in evidence_of(file))
    return [
        Text(
            bloc=one.competence.bloc.code,
            bloc_title=one.competence.bloc.title,
            competence=one.competence.title,
            number=one.competence_id,
            answers=one.texts,
            proofs=proofs[one.competence_id],
        )
        for one in sections
    ]


def pace(journey: Journey, sections: list[Section], written: list[Text]) -> Pace:
    """Return at which pace the file of the attempt under way is written, against its limit."""
    since = period_start(today(), paris_day(journey.attempt.opened_at))
    saved = [one.saved_at for one in sections if one.saved_at]
    clock = journey.clocks.running().filter(kind__in=LIMITS).order_by("limit_on").first()
    return Pace(
        today=today(),
        since=since,
        words=sum(one.words for one in written),
        words_then=words_at(max(midnight(since), journey.attempt.opened_at), sections, written),
        to_write=words_to_write(written),
        last_on=paris_day(max(saved)) if saved else None,
        limit_on=clock.limit_on if clock else None,
    )


def words_at(moment: datetime, sections: list[Section], written: list[Text]) -> int:
    """Return how many words some texts had at a moment: what was copied from a former file counts."""
    kept = SectionVersion.objects.filter(section__in=sections, written_at__lte=moment)
    then = dict(
        kept.order_by("section", "-written_at", "-pk")
        .distinct("section")
        .values_list("section", "words")
    )
    return sum(
        text.words if one.saved_at is None or one.saved_at <= moment else then.get(one.pk, 0)
        for one, text in zip(sections, written, strict=True)
    )


def departure(journey: Journey, case: Case, blocs: list[BlocCoverage]) -> Departure:
    """Return what is looked at before the file of the attempt under way leaves."""
    file = journey.attempt.validation
    ready = file.ready_blocs.filter(fallen_at__isnull=True).values_list("bloc__code", flat=True)
    return Departure(
        blocs=tuple(blocs),
        statement_signed=file.originality_at is not None,
        accompanied=journey.accompaniment == Accompaniment.ACCOMPANIED,
        remarks_open=open_remarks(journey),
        adjustments_waiting=len(adjustments.waiting(case)),
        ready=frozenset(ready),
        ticked=frozenset(ReadThrough(one) for one in file.ticked.values_list("point", flat=True)),
    )


def departure_of(journey: Journey, case: Case) -> Departure:
    """Return the same, with the texts looked at now."""
    file = journey.attempt.validation
    return departure(journey, case, coverage(texts(file, asked(file))))


def open_remarks(journey: Journey) -> int:
    """Return how many remarks wait for the candidate in the file of the attempt under way."""
    sections = journey.attempt.validation.sections.asked()
    return Remark.objects.filter(section__in=sections, state=RemarkState.OPEN).count()


def typed_waiting(candidate: User, journey: Journey) -> list[HelpedText]:
    """Return the texts that somebody typed for a candidate who is to read them again; none for anybody else."""
    if journey.stage not in VALIDATION.stages or journey.candidate_id != candidate.pk:
        return []
    sections = journey.attempt.validation.sections.asked()
    return list(HelpedText.objects.waiting().filter(section__in=sections))


def remarked_texts(viewer: User, journey: Journey) -> QuerySet[Any, Any]:
    """Return each text that bears remarks which a person reads: its competence, how many, how many are left to settle."""
    texts = remarks_to_read(viewer, journey).order_by("section__competence_id")
    return texts.values("section__competence_id", "section__competence__title").annotate(
        every=Count("pk"), left=Count("pk", filter=Q(state=RemarkState.OPEN))
    )


def remarks_waiting(viewer: User, journey: Journey) -> int:
    """Return how many remarks wait in a file that is being written, for whoever reads them; 0 for others."""
    if journey.stage not in VALIDATION.stages:
        return 0
    return remarks_to_read(viewer, journey).filter(state=RemarkState.OPEN).count()
