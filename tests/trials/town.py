"""Journeys at every stage and everybody around them, for the trials that knock at every door."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from jalon.demo import seed
from jalon.demo.scenario import DemoPeople, member, person
from jalon.demo.ways import OUTSIDE_WAYS, WAYS
from jalon.documents.models import Document
from jalon.journeys.models import Journey
from jalon.juries.models import Hearing, Seat
from jalon.law.vocabulary import Role
from jalon.now import now
from jalon.people.models import Membership, User
from tests.access.test_matrix import EXPECTED, OF_A_HEARING


@dataclass(frozen=True)
class Door:
    """An address, its name, and the journey that it is about, if any."""

    name: str
    address: str
    journey: Journey | None = None


@dataclass
class Town:
    """Everybody, and the journeys that they walk."""

    demo: DemoPeople
    journeys: list[Journey]
    people: list[User] = field(default_factory=list)

    @cached_property
    def roles(self) -> dict[int, set[tuple[Role, int | None]]]:
        """Return the living roles of each person, and in which organisation."""
        found: dict[int, set[tuple[Role, int | None]]] = {}
        for one in Membership.objects.filter(ended_at__isnull=True):
            found.setdefault(one.user_id, set()).add((Role(one.role), one.organisation_id))
        return found

    @cached_property
    def seats(self) -> set[tuple[int, UUID]]:
        """Return who sits, and for the hearing of which journey."""
        return set(
            Seat.objects.filter(session__hearings__isnull=False).values_list(
                "juror__user", "session__hearings__attempt__journey"
            )
        )

    def who(self, someone: User, journey: Journey) -> set[str]:
        """Return what a person is to a journey, in the words of the matrix; nothing for a stranger.

        A file that no architect took on is for each of the team to take.
        """
        held = self.roles.get(someone.pk, set())
        known = journey.filed_at or journey.adjustments_with_certifier
        said = {
            "candidate": journey.candidate_id == someone.pk,
            "architect": journey.architect_id in (someone.pk, None)
            and (Role.ARCHITECT, journey.organisation_id) in held,
            "colleague": (Role.ARCHITECT, journey.organisation_id) in held,
            "head": (Role.HEAD, journey.organisation_id) in held,
            "officer": (Role.CERTIFIER, journey.certifier_id) in held
            and bool(known or journey.extra_filing_asked_at),
            "juror": (someone.pk, journey.pk) in self.seats,
            "administrator": (Role.ADMINISTRATOR, None) in held,
        }
        return {word for word, true in said.items() if true}

    def everywhere(self) -> set[tuple[int, str]]:
        """Return what each person is in the house, in the words of the matrix, whatever the journey."""
        words = {
            (Role.ARCHITECT, self.demo.accompanist.pk): {"architect", "colleague"},
            (Role.ARCHITECT, self.demo.neighbour.pk): {"stranger"},
            (Role.HEAD, self.demo.accompanist.pk): {"head"},
            (Role.CERTIFIER, self.demo.certifier.pk): {"officer"},
            (Role.CERTIFIER, self.demo.outsider.pk): {"other_officer"},
            (Role.JUROR, self.demo.certifier.pk): {"juror", "other_juror"},
            (Role.ADMINISTRATOR, None): {"administrator"},
        }
        return {
            (user, word)
            for user, held in self.roles.items()
            for role in held
            for word in words.get(role, set())
        }

    def doors(self) -> Iterator[Door]:
        """Yield every address of ours that can be made: those of the house, and those of each journey."""
        for name in EXPECTED:
            try:
                yield Door(name, reverse(name))
            except NoReverseMatch:
                continue
        for journey in self.journeys:
            yield from doors_of(journey)


def doors_of(journey: Journey) -> Iterator[Door]:
    """Yield the addresses of one journey, of its hearings and of its papers."""
    own = journey.pk
    places: list[tuple[str, list[Any]]] = [
        (name, [own])
        for name in EXPECTED
        if name.startswith(("writing:", "dossiers:")) and can_be_made(name, own)
    ]
    places += [("candidate:journey", [own]), ("candidate:booking", [own])]
    places += [("certifier:convene", [own])]
    places += [("writing:bloc", [own, one.pk]) for one in journey.targeted.all()[:1]]
    places += [("writing:experience", [own, one.pk]) for one in journey.experiences.all()[:1]]
    places += [("dossiers:keep_milestone", [own, one.pk]) for one in journey.milestones.all()[:1]]
    places += [
        ("dossiers:download", [one.pk])
        for one in Document.objects.filter(journey=journey, removed_at__isnull=True)
    ]
    for hearing in Hearing.objects.filter(attempt__journey=journey):
        places += [(f"juror:{name}", [hearing.pk]) for name in OF_A_HEARING]
        places += [("certifier:absence", [hearing.pk]), ("certifier:postpone", [hearing.pk])]
    return (Door(name, reverse(name, args=ids), journey) for name, ids in places)


def can_be_made(name: str, journey: Any) -> bool:
    """Say whether an address takes a journey and nothing else."""
    try:
        reverse(name, args=[journey])
    except NoReverseMatch:
        return False
    return name != "dossiers:download"


def build(count: int) -> Town:
    """Return a town of `count` journeys, spread over every stage, with people who have no business there."""
    seed.demo_people.cache_clear()
    demo = seed.demo_people()
    every = len(WAYS) + len(OUTSIDE_WAYS)
    for number in range(count):
        seed.walk(number * every // count if count < every else number)
    journeys = list(Journey.objects.select_related("candidate", "certification").order_by("pk"))
    around = [
        demo.head,
        *demo.architects,
        demo.stranger,
        demo.officer,
        demo.administrator,
        *(one.user for one in demo.jurors),
        member(person("Autre", "Sceau", "autre.sceau@exemple.fr"), demo.outsider, Role.CERTIFIER),
        person("Sans", "Dossier", "sans.dossier@exemple.fr"),
        *gone(demo),
    ]
    return Town(demo, journeys, around + [one.candidate for one in journeys])


def gone(demo: DemoPeople) -> list[User]:
    """Return three people whose access has ended: they open nothing any more."""
    were = [
        member(person("Parti", "Jalon", "parti1@exemple.fr"), demo.accompanist, Role.ARCHITECT),
        member(person("Parti", "Cap", "parti2@exemple.fr"), demo.accompanist, Role.HEAD),
        member(person("Parti", "Sceau", "parti3@exemple.fr"), demo.certifier, Role.CERTIFIER),
    ]
    Membership.objects.filter(user__in=were).update(ended_at=now())
    return were
