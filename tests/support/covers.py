"""A colleague who replaces another one."""

from datetime import timedelta

from jalon.journeys.covers import name_cover
from jalon.now import today
from jalon.people.models import CoverPeriod, User


def replacement(absent: User, cover: User, *, starts: int = 0, days: int = 10) -> CoverPeriod:
    """Return a replacement that begins in some days, named by who is absent."""
    first = today() + timedelta(days=starts)
    return name_cover(
        User.objects.get(pk=absent.pk),
        {
            "absent": absent,
            "cover": cover,
            "starts_on": first,
            "ends_on": first + timedelta(days=days - 1),
        },
    )


def again(person: User) -> User:
    """Return somebody as they arrive at their next page: what they hold is read anew."""
    return User.objects.get(pk=person.pk)
