"""The panel of a session as the law sees it for one candidate."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from jalon.journeys.models import Journey
from jalon.journeys.sides import who_accompanied
from jalon.juries.models import Declaration, Hearing, Seat, Session
from jalon.law.aids import CAME
from jalon.law.facts import Member
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import PanelRole
from jalon.people.models import User
from jalon.writing.models import WritingAid

#: A SIREN is the first digits of a SIRET.
SIREN = 9


@enforces("R-059", "R-063", "R-064", "R-065", "R-071")
def panel_facts(
    session: Session, journey: Journey, hearing: Hearing | None = None
) -> tuple[Member, ...]:
    """Return the panel as the law sees it for one candidate: conflicts are looked up for each.

    Before the hearing, what a member last declared of this candidate still counts; a link counts
    until the certifier lifts it.
    """
    said, linked = standing(journey, hearing), set(links(journey).values_list("juror", flat=True))
    empty = set(hearing.vacancies.values_list("seat_id", flat=True)) if hearing else set()
    chair = hearing.chair_id if hearing else None
    accompanied = accompanists(journey)
    panel = []
    for seat in session.panel.select_related("juror__user").prefetch_related(
        "juror__qualified_for"
    ):
        user, declaration = seat.juror.user, said.get(seat.juror_id)
        presides = seat.pk == chair if chair else seat.role == PanelRole.PRESIDENT
        own_file = user.pk == journey.candidate_id
        panel.append(
            member_facts(
                seat,
                role=PanelRole.PRESIDENT if presides else PanelRole.MEMBER,
                qualified=journey.certification in seat.juror.qualified_for.all(),
                present=seat.pk not in empty,
                accompanied_candidate=user.pk in accompanied,
                declared_on=declaration.signed_at if declaration else None,
                declared_relation=own_file or seat.juror_id in linked,
            )
        )
    return tuple(panel)


def member_facts(seat: Seat, role: PanelRole, **towards_candidate: Any) -> Member:
    """Return a seat as the law sees it, with what is known of it towards one candidate."""
    juror = seat.juror
    return Member(
        juror=str(juror.pk),
        name=juror.user.get_full_name(),
        role=role,
        gender=juror.gender,
        college=juror.college,
        union=juror.union,
        employer_siren=juror.employer_siren,
        summoned_on=seat.summoned_on,
        **towards_candidate,
    )


def standing(journey: Journey, hearing: Hearing | None) -> dict[int, Declaration]:
    """Return what each juror last declared for a hearing, or of the candidate without one, by juror.

    Nothing is left of a link that was lifted: its member signs anew.
    """
    said = hearing.declarations.all() if hearing else about(journey)
    last = {one.juror_id: one for one in said.select_related("juror__user", "lift")}
    return {juror: one for juror, one in last.items() if not hasattr(one, "lift")}


def about(journey: Journey) -> QuerySet[Declaration]:
    """Return what was ever declared of the candidate of a journey, in order."""
    return Declaration.objects.filter(hearing__attempt__journey__candidate=journey.candidate_id)


@enforces("R-064")
def links(journey: Journey) -> QuerySet[Declaration]:
    """Return the links with the candidate of a journey that were declared and never lifted."""
    return about(journey).filter(related=True, lift=None)


def accompanists(journey: Journey) -> frozenset[int]:
    """Return who accompanied this candidate or helped them write, on this journey or another (R-063)."""
    met = Journey.objects.filter(candidate=journey.candidate_id, meetings__isnull=False)
    named = WritingAid.objects.filter(
        journey__candidate=journey.candidate_id,
        traces__deed__in=CAME,
        email__iexact=OuterRef("email"),
    )
    helped = User.objects.filter(Exists(named)).values_list("pk", flat=True)
    people = met.values_list("meetings__held_by", flat=True).union(helped)
    return frozenset(people) | who_accompanied(journey.candidate_id)


def sirens(journey: Journey) -> frozenset[str]:
    """Return the companies where the candidate works or worked, on this file or another (R-065)."""
    own = Journey.objects.filter(candidate=journey.candidate_id)
    told = own.filter(experiences__isnull=False).values_list(
        "experiences__employer_siren", flat=True
    )
    return frozenset(told) - {""}


@enforces("R-065")
def helper_sirens(journey: Journey) -> frozenset[str]:
    """Return the organisations that accompany the candidate, or give the trainings they chose."""
    own = Journey.objects.filter(candidate=journey.candidate_id)
    accompany = own.filter(organisation__isnull=False).values_list("organisation__siret", flat=True)
    train = own.filter(trainings__chosen=True).values_list("trainings__quotes__siren", flat=True)
    return frozenset(siret[:SIREN] for siret in accompany) | frozenset(filter(None, train))
