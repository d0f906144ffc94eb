"""Where each text stands that is saved as it is typed: who writes there, how it is read and written.

A page is named by its subject and the number in its address: "section/12". What no file holds yet, as the
reason of an act not done, is a draft of who types it.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from jalon.catalogue.models import Competence
from jalon.journeys.models import Journey
from jalon.law import writing
from jalon.law.vocabulary import Act
from jalon.people.models import User
from jalon.writing import drafts
from jalon.writing.models import AdmissibilityRequest, Draft, Section, WritingAid

#: How many words of forms not sent yet somebody has on one journey.
MOST_DRAFTS = 60
#: Longer than the number of anything.
FIGURES = 9


class NoSuchText(LookupError):
    """No text is saved there, or not for this person."""


@dataclass(frozen=True)
class Place:
    """A field of a page of a journey, in which somebody types."""

    journey: Journey
    hand: User | WritingAid
    subject: str
    field: str

    @property
    def by(self) -> User:
        """Return the account that types; raises `NoSuchText` for somebody who helps by a link, and has none."""
        if isinstance(self.hand, WritingAid):
            raise NoSuchText
        return self.hand

    @property
    def typist(self) -> dict[str, Any]:
        """Return whose words these are, as the columns of what is kept say it."""
        aided = isinstance(self.hand, WritingAid)
        return {"author": None if aided else self.hand, "aid": self.hand if aided else None}

    @property
    def kind(self) -> str:
        """Return which kind of page it is."""
        return self.subject.partition("/")[0]

    @property
    def key(self) -> str:
        """Return what tells the page from others of its kind."""
        return self.subject.partition("/")[2]

    @property
    def number(self) -> int:
        """Return the number that tells it from others; raises `NoSuchText`."""
        return whole(self.key)

    @property
    def id(self) -> uuid.UUID:
        """Return the journey's id."""
        return self.journey.pk


@dataclass(frozen=True)
class Home:
    """Where the texts of a kind of page stand: when they are written and by whom."""

    window: writing.WritingWindow
    read: Callable[[Place], str]
    write: Callable[[Place, str], None]


HOMES: dict[str, Home] = {}


def home(place: Place) -> Home:
    """Return where a text stands; raises `NoSuchText`."""
    if place.kind not in HOMES:
        raise NoSuchText
    return HOMES[place.kind]


def read(place: Place) -> str:
    """Return a text as it stands, its lines ended as browsers show them; raises `NoSuchText`."""
    try:
        return home(place).read(place).replace("\r\n", "\n")
    except ObjectDoesNotExist as unknown:
        raise NoSuchText from unknown


def write(place: Place, text: str) -> None:
    """Write a text; raises `Refused` when it is not theirs to write, or no longer."""
    home(place).write(place, text)


def whole(said: str) -> int:
    """Return the number that an address says; raises `NoSuchText`."""
    if not said.isdecimal() or len(said) > FIGURES:
        raise NoSuchText
    return int(said)


def known(place: Place, *fields: str) -> str:
    """Return the column of a field; raises `NoSuchText` when the page has no such field."""
    if place.field not in fields:
        raise NoSuchText
    return place.field


# ------------------------------------------------------- the validation file


def section(place: Place) -> Section:
    """Return the text of a competence; raises DoesNotExist."""
    asked = place.journey.attempt.validation.sections.asked()
    return asked.get(competence_id=place.number)


def read_section(place: Place) -> str:
    """Return the answer to a question."""
    return section(place).texts[known(place, *Section.QUESTIONS)]


def write_section(place: Place, text: str) -> None:
    """Write the answer to a question."""
    drafts.save_section(place.id, place.by, place.number, {place.field: text})


def read_presentation(place: Place) -> str:
    """Return the few lines for the jury."""
    known(place, "presentation")
    text: str = place.journey.attempt.validation.presentation
    return text


def write_presentation(place: Place, text: str) -> None:
    """Write the few lines for the jury."""
    drafts.save_presentation(place.id, place.by, text)


# ------------------------------------------------------ the feasibility file


def read_goals(place: Place) -> str:
    """Return an expectation, or the trainings followed."""
    name = known(place, "goals", "trainings_followed", "candidate_remark")
    text: str = getattr(place.journey.feasibility, name)
    return text


def write_goals(place: Place, text: str) -> None:
    """Write it."""
    drafts.save_feasibility(place.id, place.by, {place.field: text})


def read_request(place: Place) -> str:
    """Return what a request of the 2002 route says of one's studies."""
    name = known(place, "parts_obtained", "related_certifications", "related_trainings")
    kept = AdmissibilityRequest.objects.filter(feasibility=place.journey.feasibility).first()
    return getattr(kept, name) if kept else ""


def write_request(place: Place, text: str) -> None:
    """Write it."""
    drafts.save_request(place.id, place.by, {place.field: text})


def read_experience(place: Place) -> str:
    """Return what somebody did in an activity, one that is not added yet included."""
    known(place, "activities")
    if not place.key:
        return read_draft(place)
    text: str = place.journey.experiences.get(pk=place.number).activities
    return text


def write_experience(place: Place, text: str) -> None:
    """Write it."""
    if place.key:
        values = {"activities": text}
        drafts.save_experience(place.id, place.by, values, place.number)
    else:
        write_draft(place, text)


def read_bloc(place: Place) -> str:
    """Return how the experience covers a bloc, or the example given for a competence of it."""
    bloc = place.journey.targeted.get(pk=place.number)
    if place.field != "text":
        return read_example(place)
    kept = place.journey.feasibility.blocs.filter(bloc=bloc).first()
    return kept.text if kept else ""


def read_example(place: Place) -> str:
    """Return the example of a competence; it is a draft as long as nothing is said of that competence."""
    claim = place.journey.feasibility.competences.filter(competence=competence(place)).first()
    return claim.example if claim else read_draft(place)


def competence(place: Place) -> Competence:
    """Return the competence that a field asks an example of; raises `NoSuchText`, DoesNotExist."""
    name, _, number = place.field.partition("_")
    if name != "example":
        raise NoSuchText
    return Competence.objects.get(pk=whole(number), bloc=place.number)


def write_bloc(place: Place, text: str) -> None:
    """Write how the experience covers a bloc, or an example."""
    bloc = place.journey.targeted.get(pk=place.number)
    file = place.journey.feasibility
    if place.field == "text":
        drafts.save_bloc(place.id, place.by, bloc, text=text, claims={})
        return
    one = competence(place)
    claim = file.competences.filter(competence=one).first()
    if claim is None:
        write_draft(place, text)
        return
    kept = file.blocs.filter(bloc=bloc).first()
    said = {one: (claim.level, text)}
    drafts.save_bloc(place.id, place.by, bloc, text=kept.text if kept else "", claims=said)


# ------------------------------------------------------------ forms not sent yet


def own_drafts(place: Place) -> dict[str, str]:
    """Return the words that somebody typed in a form and did not send, by field."""
    kept = Draft.objects.filter(journey=place.id, subject=place.subject, **place.typist)
    return dict(kept.values_list("field", "text"))


def read_draft(place: Place) -> str:
    """Return what was typed in a field of a form not sent yet."""
    return own_drafts(place).get(place.field, "")


def write_draft(place: Place, text: str) -> None:
    """Keep what somebody types in a field of a form of theirs, not sent yet; raises `Refused`."""
    drafts.refuse_unwritable(home(place).window, place.journey, place.by)
    keep_draft(place, text)


def keep_draft(place: Place, text: str) -> None:
    """Keep what is typed in a field of a form not sent yet; raises `NoSuchText` where too many are."""
    every = Draft.objects.filter(journey=place.id, **place.typist)
    if every.count() >= MOST_DRAFTS and not read_draft(place):
        raise NoSuchText
    every.update_or_create(
        journey=place.journey,
        subject=place.subject,
        field=place.field,
        defaults={"text": text},
        **place.typist,
    )


def read_answers(place: Place) -> str:
    """Return what was typed of an answer that is not proposed, or not approved, yet."""
    known(place, *Section.QUESTIONS)
    if not place.key:
        raise NoSuchText
    return read_draft(place)


def read_act(place: Place) -> str:
    """Return what was typed for an act that is not done yet."""
    if place.key not in set(Act):
        raise NoSuchText
    return read_draft(place)


def read_message(place: Place) -> str:
    """Return what was typed of a message that is not sent yet."""
    known(place, "text")
    return read_draft(place)


HOMES |= {
    "section": Home(writing.VALIDATION, read_section, write_section),
    "presentation": Home(writing.VALIDATION, read_presentation, write_presentation),
    "goals": Home(writing.FEASIBILITY, read_goals, write_goals),
    "request": Home(writing.FEASIBILITY, read_request, write_request),
    "experience": Home(writing.FEASIBILITY, read_experience, write_experience),
    "bloc": Home(writing.FEASIBILITY, read_bloc, write_bloc),
    "message": Home(writing.MESSAGES, read_message, write_draft),
    "help": Home(writing.HELPING, read_answers, write_draft),
    "aid": Home(writing.AIDING, read_answers, keep_draft),
    "helped": Home(writing.OWN_FORMS, read_answers, write_draft),
    "act": Home(writing.OWN_FORMS, read_act, write_draft),
}
