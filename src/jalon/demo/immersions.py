"""Immersions of the demonstration: for each architect, a path amended with one, which its candidate accepts."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from jalon import now as timekeeper
from jalon.demo import texts
from jalon.demo.agendas import still_since
from jalon.demo.people import DemoPeople
from jalon.demo.scenario import moment_before
from jalon.journeys.actions import act
from jalon.journeys.models import Journey
from jalon.law.facts import PathAnswer
from jalon.law.vocabulary import Act, Stage
from jalon.now import today

#: In how many days the immersion begins.
SOON = 20


def plan_immersions(demo: DemoPeople) -> None:
    """Let each architect plan two weeks in a company for one of their candidates who write."""
    for architect in demo.architects:
        mine = Journey.objects.filter(architect=architect, stage=Stage.ADMISSIBLE)
        writing = [one for one in mine.order_by("reference") if still_since(one, moment_before(1))]
        with timekeeper.at(moment_before(1) + timedelta(hours=3)):
            for one in writing[:1]:
                path = replace(
                    texts.path(today()),
                    hours_individual=Decimal("15.5"),
                    immersions=(texts.immersion(today() + timedelta(days=SOON)),),
                )
                act(one.pk, Act.AMEND_PATH, by=architect, facts=path)
                act(one.pk, Act.ACCEPT_AMENDMENT, by=one.candidate, facts=PathAnswer())
