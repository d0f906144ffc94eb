"""From facts to the fields of a page: what a person would type so that the page gives these facts back."""

from collections import ChainMap
from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum
from functools import singledispatch
from typing import Any

from jalon.catalogue.models import Bloc, Competence
from jalon.demo.drivers.driver import SessionPlan
from jalon.journeys.models import Journey
from jalon.law import facts
from jalon.law.vocabulary import Channel, ClaimLevel, Mastery

#: What a form sends: the names of its fields, and texts, or lists of texts where several are ticked.
Fields = dict[str, Any]
#: How a ticked box is sent.
TICKED = "on"


def typed(value: object) -> Any:
    """Return a value as a form sends it; what is not said is sent empty."""
    match value:
        case None | False:
            return ""
        case True:
            return TICKED
        case StrEnum():
            return value.value
        case date() | time():
            return value.isoformat()
        case tuple() | list():
            return [typed(one) for one in value]
    return str(value)


def typed_all(values: Mapping[str, object]) -> Fields:
    """Return each value as a form sends it."""
    return {name: typed(value) for name, value in values.items()}


@singledispatch
def fields_of(said: facts.Facts, journey: Journey) -> Fields:
    """Return the fields of the form of an act; by default, one field for each fact, by its name."""
    return typed_all(vars(said))


def report_fields(on: date) -> Fields:
    """Return what is said of an act that somebody outside did: a letter told it."""
    return {"report_on": on.isoformat(), "report_channel": Channel.LETTER.value}


@fields_of.register
def _(said: facts.JuryElsewhere, journey: Journey) -> Fields:
    return {
        "held_on": said.held_on.isoformat(),
        "won": list(said.won),
        "condition": said.condition,
    }


@fields_of.register
def _(said: facts.Deposit, journey: Journey) -> Fields:
    return {"on": said.on.isoformat(), "text": said.text}


@fields_of.register
def _(said: facts.PortalNumber, journey: Journey) -> Fields:
    return {"on": said.on.isoformat(), "number": said.number}


@fields_of.register
def _(said: facts.AdjustmentRequest, journey: Journey) -> Fields:
    return typed_all(vars(said)) | {"jury_may_know": yes_or_no(said.jury_may_know)}


@fields_of.register
def _(said: facts.AdjustmentSharing, journey: Journey) -> Fields:
    return typed_all(vars(said)) | {"jury_may_know": yes_or_no(said.jury_may_know)}


def yes_or_no(said: bool) -> str:
    """Return an answer as a question that is answered yes or no sends it."""
    return "oui" if said else "non"


@fields_of.register
def _(said: facts.Receipt, journey: Journey) -> Fields:
    return {}


@fields_of.register
def _(said: facts.Path, journey: Journey) -> Fields:
    milestones = {
        f"{name}_{number}": value
        for number, one in enumerate(said.milestones)
        for name, value in (("title", one.title), ("due", one.due_on))
    }
    hours = {
        name: getattr(said, name)
        for name in ("hours_individual", "hours_group", "hours_training", "mode")
    }
    trainings = [_training(row, one) for row, one in enumerate(said.trainings)]
    immersions = [_immersion(row, one) for row, one in enumerate(said.immersions)]
    return typed_all(milestones | hours) | dict(ChainMap(*trainings, *immersions))


def _immersion(row: int, immersion: facts.Immersion) -> Fields:
    """Return an immersion as its row asks for it; a box that is not ticked is not sent."""
    named = {"siren": "host_siren", "starts_on": "starts", "ends_on": "ends"}
    said = {f"{named.get(name, name)}_{row}": one for name, one in vars(immersion).items()}
    return typed_all({name: one for name, one in said.items() if one})


def _training(row: int, training: facts.Training) -> Fields:
    """Return a training and its quotes as their rows ask for them."""
    said = {f"training_{row}": training.title, f"reason_{row}": training.disproportion_reason}
    for number, one in enumerate(training.quotes):
        said |= {
            f"siren_{row}_{number}": one.siren,
            f"provider_{row}_{number}": one.provider,
            f"price_{row}_{number}": f"{one.amount / 100:.2f}",
        }
    return said


@fields_of.register
def _(said: facts.Signature, journey: Journey) -> Fields:
    ticked = dict.fromkeys(said.statements, True)
    return typed_all({"read": said.read, "sworn": said.sworn, "name": said.name} | ticked) | (
        {"place": said.place} if said.place else {}
    )


@fields_of.register
def _(said: facts.Missing, journey: Journey) -> Fields:
    return {"items": "\n".join(said.items), "comment": said.comment}


@fields_of.register
def _(said: facts.Decision, journey: Journey) -> Fields:
    competences = Competence.objects.filter(bloc__in=journey.targeted.all())
    numbers = dict(competences.values_list("title", "pk"))
    gaps = {f"gap_{numbers[one.target]}": one.text for one in said.gaps}
    written = {name: value for name, value in vars(said).items() if name != "gaps" and value}
    return gaps | typed_all(written)


@fields_of.register
def _(said: facts.Contact, journey: Journey) -> Fields:
    return typed_all(vars(said)) | {"answered": "oui" if said.answered else "non"}


@fields_of.register
def _(said: facts.PostJury, journey: Journey) -> Fields:
    numbers = dict(journey.targeted.values_list("code", "pk"))
    plan = {
        f"{name}_{numbers[one.bloc]}": value
        for one in said.actions
        for name, value in (("action", one.action), ("who", one.who), ("due", one.due_on))
    }
    meeting = {name: value for name, value in vars(said).items() if name != "actions"}
    return typed_all(meeting | plan)


@fields_of.register
def _(said: facts.MinutesRequest, journey: Journey) -> Fields:
    return typed_all({name: value for name, value in vars(said).items() if name != "hearing"})


@fields_of.register
def _(said: facts.AbsenceRequest, journey: Journey) -> Fields:
    return typed_all({"outcome": said.outcome, "reason": said.reason})


def registration_fields(said: facts.Registration, **offices: Any) -> Fields:
    """Return the fields of the page where a person registers, with the organisation they choose.

    The page asks for a certifier only where a sheet names several: the demonstration has one.
    """
    asked = ("accompaniment", "scope", "blocs", "consent", "in_initial_training")
    chosen = offices.get("organisation")
    named = {"organisation": chosen.pk} if chosen else {}
    return typed_all({name: getattr(said, name) for name in asked} | named)


def bloc_fields(bloc: Bloc, text: str, level: ClaimLevel, example: str) -> Fields:
    """Return the fields of the page of a bloc, in the feasibility file."""
    claims = {
        f"{name}_{competence.pk}": value
        for competence in bloc.competences.all()
        for name, value in (("level", level), ("example", example))
    }
    return typed_all(claims | {"text": text})


def session_fields(plan: SessionPlan) -> Fields:
    """Return the fields of the page that plans a jury session."""
    president, *members = plan.jurors
    return typed_all(
        plan.values
        | {
            "certification": plan.certification.pk,
            "president": president.pk,
            "members": [one.pk for one in members],
        }
    )


def assessment_fields(found: Mapping[Competence, Mastery]) -> Fields:
    """Return the fields of the page where the panel says what it finds."""
    return {f"mastery_{one.pk}": typed(mastery) for one, mastery in found.items()}


def vote_fields(votes: Mapping[Bloc, facts.BlocVote]) -> Fields:
    """Return the fields of the page of the votes."""
    casting = {None: "", True: "oui", False: "non"}
    return {
        f"{name}_{bloc.pk}": typed(value)
        for bloc, vote in votes.items()
        for name, value in (
            ("for", vote.votes_for),
            ("against", vote.votes_against),
            ("president", casting[vote.president_for]),
            ("ground", vote.ground),
        )
    }
