"""What people of a jury do, said in one line, for the tests of the room."""

from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.actions import act
from jalon.juries import actions, planning
from jalon.juries.models import Hearing, Juror, Session
from jalon.law.facts import (
    AbsenceRequest,
    BlocVote,
    HearingRequest,
    MinutesRequest,
    PostponementRequest,
)
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import (
    Act,
    EvaluationForm,
    Mastery,
    Outcome,
    PanelRole,
    PostponedBy,
    SessionMode,
)
from jalon.now import PARIS, now, today
from jalon.people.models import User

PRESIDENT, MEMBER = PanelRole.PRESIDENT, PanelRole.MEMBER
#: The certification that the candidates of the room aim at.
CODE = "RNCP38901"
GROUND = "Gestes attendus non démontrés."
#: The votes of three people on one bloc.
WON, LOST = BlocVote("", 3, 0), BlocVote("", 1, 2, ground=GROUND)


def refused(deed: Callable[..., object], *args: Any, **kwargs: Any) -> str:
    """Return the rule under which a deed was refused; the sentence shown cites it."""
    with pytest.raises(Refused) as caught:
        deed(*args, **kwargs)
    rule, cited = caught.value.rule, caught.value.refusal.cited
    assert rule == "TABLE" or rule in cited, cited
    return rule


def plan(demo: DemoPeople, *jurors: Juror, in_days: int = 30, **changes: Any) -> Session:
    """Plan a session; the first juror presides."""
    values = {
        "certification": Certification.objects.get(code=CODE),
        "held_on": today() + timedelta(days=in_days),
        "mode": SessionMode.ON_SITE,
        "form": EvaluationForm.BOTH,
        "place": "Atelier de démonstration, Ville-Exemple",
        "documents": "Pièce d’identité",
        "accessibility_contact": "referent.handicap@exemple.fr",
    } | changes
    roles = [PRESIDENT, *(MEMBER for _ in jurors[1:])]
    return planning.create_session(demo.officer, values, zip(jurors, roles, strict=True))


def call(scenario: Scenario, session: Session, at: time = time(14), **more: Any) -> Hearing:
    """Call a candidate before a session."""
    asked = HearingRequest(session.pk, at, **more)
    act(scenario.journey.pk, Act.SCHEDULE_HEARING, by=scenario.demo.officer, facts=asked)
    return scenario.current_hearing()


def on_the_day(session: Session) -> None:
    """Go to noon on the day of a session."""
    timekeeper.travel(datetime.combine(session.held_on, time(12), tzinfo=PARIS))


def president(hearing: Hearing) -> User:
    """Return who presides."""
    return hearing.session.panel.get(role=PRESIDENT).juror.user


def worked_for(scenario: Scenario, siren: str) -> None:
    """Add a company to those for which a candidate worked; what was signed and sent stays as it was."""
    known = scenario.journey.experiences.earliest("pk")
    known.pk, known.employer_siren = None, siren
    known.save()


def declare(hearing: Hearing, *, but: Iterable[Juror] = ()) -> None:
    """Each member declares no link with the candidate, but for some."""
    silent = {one.pk for one in but}
    for seat in hearing.session.panel.select_related("juror__user"):
        if seat.juror_id not in silent:
            actions.declare(hearing, seat.juror.user, related=False)


def score(hearing: Hearing, *, leave: int = 0) -> None:
    """The panel finds every competence mastered, but leaves some for later."""
    competences = [one for bloc in blocs(hearing) for one in bloc.competences.all()]
    kept = competences[: len(competences) - leave]
    actions.record_assessments(
        hearing, president(hearing), dict.fromkeys(kept, (Mastery.MASTERED, ""))
    )


def blocs(hearing: Hearing) -> list[Any]:
    """Return the blocs to judge, in order."""
    return list(hearing.attempt.blocs.order_by("position"))


def ballot(hearing: Hearing, *votes: BlocVote) -> None:
    """Write the votes on the first blocs, in order; the others are won by three voices."""
    judged = blocs(hearing)
    cast = [*votes, *[WON] * (len(judged) - len(votes))]
    actions.vote(hearing, president(hearing), dict(zip(judged, cast, strict=True)))


def heard(hearing: Hearing, *votes: BlocVote) -> Hearing:
    """Go to the day: all declared, all scored, the votes written; the minutes wait for a signature."""
    on_the_day(hearing.session)
    timekeeper.travel(max(now(), hearing.moment + timedelta(hours=1)))
    declare(hearing)
    score(hearing)
    ballot(hearing, *votes)
    return hearing


def sign(hearing: Hearing, by: User | None = None, **said: Any) -> object:
    """The president signs."""
    return act(
        hearing.attempt.journey_id,
        Act.RECORD_DELIBERATION,
        by=by or president(hearing),
        facts=MinutesRequest(hearing.pk, **said),
    )


def record_absence(hearing: Hearing, by: User, outcome: Outcome, reason: str = "") -> object:
    """Somebody records that the candidate did not come."""
    asked = AbsenceRequest(hearing.pk, outcome, reason)
    return act(hearing.attempt.journey_id, Act.RECORD_ABSENCE, by=by, facts=asked)


def postpone(
    hearing: Hearing,
    by: User,
    reason: str,
    whose: PostponedBy | None = PostponedBy.CERTIFIER,
    **said: Any,
) -> object:
    """The certifier puts a hearing off."""
    asked = PostponementRequest(reason, whose, **said)
    return act(hearing.attempt.journey_id, Act.POSTPONE_HEARING, by=by, facts=asked)


def step_aside(hearing: Hearing, *jurors: Juror) -> None:
    """The president notes that some do not sit for this candidate."""
    gone = {one.pk for one in jurors}
    stay = [seat.pk for seat in hearing.session.panel.all() if seat.juror_id not in gone]
    actions.mark_presence(hearing, president(hearing), stay)


def browser(person: User) -> Client:
    """Return the browser of somebody signed in."""
    client = Client()
    client.force_login(person)
    return client
