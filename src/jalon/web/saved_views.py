"""The lists that people keep under a name: who sees which, what each holds, and who may change it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, QueryDict

from jalon.journeys.lists import how_many
from jalon.law.rulebook import refuse
from jalon.law.saved_views import may_change, may_keep
from jalon.law.vocabulary import Role
from jalon.people.models import Organisation, User
from jalon.people.policy import organisations
from jalon.web.asked import Asked, Space
from jalon.web.models import SavedView


@dataclass(frozen=True)
class Kept:
    """A view as it stands above the list: how many files it holds, and whether it is the one shown."""

    view: SavedView
    count: int
    here: bool
    first: bool


def views(viewer: User) -> QuerySet[SavedView]:
    """Return the views that somebody sees: their own, and those that their teams share."""
    first = SavedView.opened_first_by.through.objects.filter(savedview=OuterRef("pk"), user=viewer)
    theirs = Q(author=viewer, team=None) | Q(team__in=teams(viewer))
    return SavedView.objects.filter(theirs).annotate(first=Exists(first)).select_related("team")


def teams(viewer: User) -> list[int]:
    """Return the organisations whose team somebody belongs to."""
    return organisations(viewer, Role.ARCHITECT, Role.HEAD)


def kept(viewer: User, space: Space, shown: Asked) -> list[Kept]:
    """Return the views above a list, each with its count; one that means nothing any more holds nothing."""
    found = list(views(viewer))
    read = [understood(viewer, space, one) for one in found]
    counted = iter(how_many(viewer, [one.condition for one in read if one]))
    here = shown.query()
    return [
        Kept(view, next(counted) if asked else 0, view.query == here, view.first)  # type: ignore[attr-defined]
        for view, asked in zip(found, read, strict=True)
    ]


def understood(viewer: User, space: Space, view: SavedView) -> Asked | None:
    """Return what a view asks of a list, or None when a choice of it is none any more."""
    try:
        return Asked.read(viewer, space, QueryDict(view.query))
    except Http404:
        return None


def opened_first(viewer: User) -> SavedView | None:
    """Return the view on which somebody's list opens, if they chose one that they still see."""
    return views(viewer).filter(opened_first_by=viewer).first()


# ---------------------------------------------------------------- writes


@transaction.atomic
def keep(author: User, name: str, query: str, *, shared: bool) -> SavedView:
    """Keep a list under a name, for oneself or for one's team; raises `Refused`."""
    User.objects.select_for_update(of=("self",)).get(pk=author.pk)
    team = team_of(author) if shared else None
    refuse_name(author, team, name)
    return SavedView.objects.create(author=author, team=team, name=name, query=query)


def team_of(author: User) -> Organisation | None:
    """Return the team with which somebody shares: the first one where they accompany."""
    return Organisation.objects.filter(pk__in=teams(author)).order_by("pk").first()


def refuse_name(
    author: User, team: Organisation | None, name: str, but: SavedView | None = None
) -> None:
    """Raise `Refused` for a name that another view has, or for one view too many."""
    beside = SavedView.objects.filter(team=team) if team else own(author)
    if but is not None:
        beside = beside.exclude(pk=but.pk)
    taken: Sequence[str] = list(beside.values_list("name", flat=True))
    refuse(may_keep(name, taken, shared=team is not None))


def own(author: User) -> QuerySet[SavedView]:
    """Return the views that somebody keeps for themselves."""
    return SavedView.objects.filter(author=author, team=None)


@transaction.atomic
def rename(by: User, view: SavedView, name: str) -> SavedView:
    """Give a view another name; raises `Refused`."""
    refuse_change(by, view)
    refuse_name(view.author, view.team, name, but=view)
    view.name = name
    view.save(update_fields=["name"])
    return view


def remove(by: User, view: SavedView) -> bool:
    """Remove a view, for all who see it; raises `Refused`."""
    refuse_change(by, view)
    view.delete()
    return True


def refuse_change(by: User, view: SavedView) -> None:
    """Raise `Refused` for whoever may not change a view."""
    leads = view.team_id in organisations(by, Role.HEAD)
    refuse(may_change(own=view.author_id == by.pk, leads=leads))


@transaction.atomic
def open_first(viewer: User, view: SavedView) -> bool:
    """Let somebody's list open on a view from now on, or no longer; say whether it does."""
    already = view.opened_first_by.filter(pk=viewer.pk).exists()
    viewer.first_views.clear()
    if not already:
        view.opened_first_by.add(viewer)
    return not already
