"""The versions of a text: kept when somebody leaves it, when it is remarked on, and when it is sent.

At most `MOST` for a text. When one more comes, the one that stood for the shortest time goes: neither
the first, nor the last, nor any that was sent or that another hand wrote, which all stay.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Count

from jalon.law.coverage import count_words
from jalon.law.vocabulary import VersionReason
from jalon.now import now
from jalon.people.models import User
from jalon.writing.models import Section, SectionVersion, ValidationFile

#: How long somebody leaves a text before what stands is kept.
PAUSE = timedelta(minutes=10)
#: How many versions of a text are kept.
MOST = 200
#: What is kept whatever was kept before, and never goes.
ALWAYS = frozenset({VersionReason.SENT, VersionReason.HELPED})


def before_saving(section: Section, by: User) -> None:
    """Keep what stands before it is written over by somebody else, or after a pause."""
    if not section.begun:
        return
    fresh = section.saved_at is not None and now() - section.saved_at < PAUSE
    if not fresh or section.saved_by_id != by.pk:
        keep([section], VersionReason.SAVED)


def keep(sections: Iterable[Section], reason: VersionReason, hand: str = "") -> None:
    """Keep texts as they stand, with whose hand wrote them when it was not their author's.

    What is kept already is kept again only when it is sent, or was written by another hand.
    """
    asked = [one for one in sections if one.begun]
    latest = latest_of(asked) if reason not in ALWAYS else {}
    SectionVersion.objects.bulk_create(
        version(one, reason, hand) for one in asked if latest.get(one.pk) != one.texts
    )
    for one in too_many(asked):
        thin(one)


def too_many(sections: Iterable[Section]) -> Iterable[Section]:
    """Return the texts that have more versions than are kept."""
    ids = [one.pk for one in sections]
    counted = Section.objects.filter(pk__in=ids).annotate(kept=Count("versions"))
    return counted.filter(kept__gt=MOST)


def latest_of(sections: Iterable[Section]) -> dict[int, dict[str, str]]:
    """Return the texts of the last version of each section that has one."""
    last = SectionVersion.objects.filter(section__in=sections).order_by("section", "-pk")
    return dict(last.distinct("section").values_list("section", "answers"))


def version(section: Section, reason: VersionReason, hand: str = "") -> SectionVersion:
    """Return a version of a text as it stands, not saved yet."""
    return SectionVersion(
        section=section,
        reason=reason,
        answers=section.texts,
        words=sum(count_words(text) for text in section.texts.values()),
        hand=hand,
        author_id=section.saved_by_id,
        written_at=section.saved_at or section.file.attempt.opened_at,
        kept_at=now(),
    )


def thin(section: Section) -> None:
    """Let go of the versions of a text above the most that are kept."""
    kept = list(section.versions.order_by("pk").only("pk", "reason", "written_at"))
    while len(kept) > MOST and (gone := shortest([(v.reason, v.written_at) for v in kept])):
        kept.pop(gone).delete()


def shortest(kept: Sequence[tuple[VersionReason | str, datetime]]) -> int:
    """Return the place of the version that stood for the shortest time; 0 when all of them stay."""
    may_go = [
        place for place in range(1, len(kept) - 1) if VersionReason(kept[place][0]) not in ALWAYS
    ]
    return min(may_go, key=lambda place: kept[place + 1][1] - kept[place][1], default=0)


def keep_sent(file: ValidationFile) -> None:
    """Keep every text of a file as it leaves."""
    keep(list(file.sections.asked()), VersionReason.SENT)
