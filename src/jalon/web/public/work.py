"""What I do at work: one's own words, the certifications near to them, and what one may aim at; nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jalon.catalogue import queries
from jalon.catalogue.models import Bloc, Certification, Competence
from jalon.catalogue.queries import Near
from jalon.counting import times
from jalon.law.positioning import WITHIN, Advice, Practice, advice, may_search
from jalon.law.routing import Routing, route_for
from jalon.now import today
from jalon.web.limits import sender

#: How many letters one may write.
MOST = 600


class WorkForm(forms.Form):
    """What somebody does, as they say it."""

    said = forms.CharField(
        label="Que faites-vous au travail ?",
        max_length=MOST,
        widget=forms.Textarea(attrs={"class": "short", "maxlength": MOST}),
        help_text="Par exemple : « je règle les machines, je change les outils et je contrôle les pièces ». "
        "Les fautes ne comptent pas.",
        error_messages={
            "required": "Écrivez ce que vous faites, même en quelques mots.",
            "max_length": f"Écrivez {MOST} caractères au plus : gardez ce que vous faites le plus souvent.",
        },
    )


About = TypeVar("About", Bloc, Competence)


@dataclass(frozen=True)
class Said(Generic[About]):
    """Something one may do at work, a bloc or a task: the name of its answers, and what one said of it."""

    about: About
    name: str
    practice: Practice | None


def said_of(kind: str, about: About, answers: Mapping[str, str]) -> Said[About]:
    """Return what the answers of a form say of a bloc or of a task."""
    name = f"{kind}-{about.pk}"
    return Said(about, name, Practice.or_none(answers.get(name, "")))


@dataclass(frozen=True)
class Answer:
    """A certification near to one's words: the words, its blocs, and what one may aim at."""

    certification: Certification
    words: list[str]
    routing: Routing
    choices: list[Said[Bloc]]

    @property
    def advice(self) -> Advice | None:
        """Return what may be aimed at, once something was said of a bloc."""
        return advice({one.about.code: one.practice for one in self.choices})

    @property
    def apply(self) -> str:
        """Return where one applies, with the blocs that are aimed at."""
        return apply_address(self.certification, self.advice)


def apply_address(certification: Certification, said: Advice | None) -> str:
    """Return where one applies for a certification, with the blocs that are aimed at."""
    blocs = said.blocs if said else ()
    query = f"?{urlencode({'bloc': blocs}, doseq=True)}" if blocs else ""
    return reverse("candidate:start", args=[certification.code]) + query


def work(request: HttpRequest) -> HttpResponse:
    """Ask what somebody does, and show the certifications near to it; nothing is kept but how often one asks."""
    form = WorkForm(request.POST or None)
    answers, status = None, 200
    if request.method == "POST" and form.is_valid():
        if refusal := may_search(times(f"work-{sender(request)}", WITHIN)):
            form.add_error(None, refusal.why)
            status = 429
        else:
            answers = answered(form.cleaned_data["said"], request.POST)
    context = {"form": form, "answers": answers, "practices": list(Practice)}
    return render(request, "public/work.html", context, status=status)


def answered(said: str, chosen: Mapping[str, str]) -> list[Answer]:
    """Return the certifications near to what was said, with what was chosen of each of their blocs."""
    near = queries.nearest(said)
    blocs = queries.blocs_in_force(one.certification for one in near)
    return [answer(one, said, blocs[one.certification.pk], chosen) for one in near]


def answer(near: Near, said: str, blocs: list[Bloc], chosen: Mapping[str, str]) -> Answer:
    """Return one certification as the page shows it."""
    choices = [said_of("bloc", bloc, chosen) for bloc in blocs]
    return Answer(
        near.certification,
        queries.in_order(said, near.words),
        route_for(queries.sheet(near.certification), today()),
        choices,
    )
