"""Replacements of absent colleagues: named, taken back, and who sees which."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from jalon.journeys.telling import tell
from jalon.law import cover as law
from jalon.law.rulebook import refuse
from jalon.law.vocabulary import Occasion, Role
from jalon.now import now, today
from jalon.people.models import CoverPeriod, User
from jalon.people.policy import organisations
from jalon.people.queries import accompanying, works_for


def covers(viewer: User) -> QuerySet[CoverPeriod]:
    """Return the replacements that a person reads: their own, those they do, those of the teams they lead."""
    leading = Q(organisation__in=organisations(viewer, Role.HEAD))
    here = Q(organisation__in=organisations(viewer, Role.ARCHITECT, Role.HEAD))
    found = CoverPeriod.objects.filter(leading | here & (Q(absent=viewer) | Q(cover=viewer)))
    return found.select_related("absent", "cover", "organisation")


def standing_covers(viewer: User) -> QuerySet[CoverPeriod]:
    """Return those of today and to come, the nearest first."""
    return covers(viewer).filter(ended_at__isnull=True, ends_on__gte=today())


def may_be_absent(viewer: User) -> QuerySet[User]:
    """Return for whom a person names a replacement: themselves, and the teams they lead."""
    led = [accompanying(one).values("user") for one in organisations(viewer, Role.HEAD)]
    condition = Q(pk=viewer.pk)
    for team in led:
        condition |= Q(pk__in=team)
    return User.objects.filter(condition).order_by("last_name", "first_name", "pk")


def may_cover(viewer: User) -> QuerySet[User]:
    """Return who may be asked to replace somebody: all who accompany in the viewer's organisations."""
    condition = Q(pk__in=[])
    for one in organisations(viewer, Role.ARCHITECT, Role.HEAD):
        condition |= Q(pk__in=accompanying(one).values("user"))
    return User.objects.filter(condition).order_by("last_name", "first_name", "pk")


@transaction.atomic
def name_cover(by: User, values: Mapping[str, Any]) -> CoverPeriod:
    """Name who replaces somebody between two days, and have both told; raises `Refused`."""
    absent, cover = values["absent"], values["cover"]
    organisation = shared(by, absent, cover)
    list(User.objects.select_for_update().filter(pk__in=[absent.pk, cover.pk]).order_by("pk"))
    asked = law.Cover(absent.pk, cover.pk, values["starts_on"], values["ends_on"])
    refuse(law.may_name(oneself=by == absent, leads=organisation in organisations(by, Role.HEAD)))
    refuse(law.days_are_right(asked, today()))
    refuse(law.somebody_is_there(asked, others(asked)))
    made = CoverPeriod.objects.create(
        absent=absent,
        cover=cover,
        organisation_id=organisation,
        starts_on=asked.starts_on,
        ends_on=asked.ends_on,
        named_by=by,
    )
    tell(Occasion.COVER_NAMED, str(made.pk))
    return made


@transaction.atomic
def end_cover(by: User, number: int) -> CoverPeriod:
    """Take back a replacement, and have both told; raises `Refused`, or DoesNotExist for a stranger."""
    covers(by).get(pk=number)
    kept = CoverPeriod.objects.select_for_update().get(pk=number)
    leads = kept.organisation_id in organisations(by, Role.HEAD)
    refuse(law.may_name(oneself=by.pk == kept.absent_id, leads=leads))
    refuse(law.still_stands(ended=kept.ended_at is not None, over=kept.ends_on < today()))
    kept.ended_at = now()
    kept.save(update_fields=["ended_at"])
    tell(Occasion.COVER_ENDED, str(kept.pk))
    return kept


def shared(by: User, absent: User, cover: User) -> int:
    """Return the organisation of the author where both accompany candidates; raises `Refused`."""
    here = organisations(by, Role.ARCHITECT, Role.HEAD)
    found = [one for one in here if works_for(absent.pk, one) and works_for(cover.pk, one)]
    refuse(law.both_work_here(bool(found), bool(found)))
    return found[0]


def others(asked: law.Cover) -> list[law.Cover]:
    """Return the replacements of the same days in which one of the two has a part."""
    both = [asked.absent, asked.cover]
    found = CoverPeriod.objects.crossing(asked.starts_on, asked.ends_on).filter(
        Q(absent__in=both) | Q(cover=asked.absent)
    )
    return [
        law.Cover(
            one.absent_id,
            one.cover_id,
            one.starts_on,
            one.ends_on,
            str(one.absent),
            str(one.cover),
        )
        for one in found.select_related("absent", "cover")
    ]
