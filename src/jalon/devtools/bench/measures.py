"""What is measured: pages, each asked by whom at which address, and operations, each done then undone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.urls import reverse

from jalon.devtools.bench.cast import Cast
from jalon.journeys.actions import act
from jalon.journeys.jobs import one_batch
from jalon.journeys.models import Clock
from jalon.law.vocabulary import Act
from jalon.mailbox.jobs import notify
from jalon.mailbox.models import Notice
from jalon.now import today
from jalon.people.models import User

#: How many clocks one batch takes.
BATCH_OF_CLOCKS = 50
LONG_AGO = date(2000, 1, 1)


@dataclass(frozen=True)
class Page:
    """A page, with who asks for it and where."""

    name: str
    label: str
    viewer: Callable[[Cast], User | None]
    address: Callable[[Cast], str]


@dataclass(frozen=True)
class Operation:
    """Something that is done in this process, with what must be true before."""

    name: str
    label: str
    do: Callable[[Cast], object]
    before: Callable[[Cast], object] = lambda cast: None


def nobody(cast: Cast) -> None:
    """Return the visitor who did not sign in."""


def searched(view: str, words: str) -> str:
    """Return the address of a list in which some words are looked for."""
    return f"{reverse(view)}?q={quote(words)}"


PAGES = (
    Page(
        "today",
        "Aujourd’hui, d’un architecte",
        lambda cast: cast.architect,
        lambda cast: reverse("architect:today"),
    ),
    Page(
        "home",
        "Accueil du candidat",
        lambda cast: cast.shown.candidate,
        lambda cast: reverse("candidate:home"),
    ),
    Page(
        "caseload",
        "Dossiers d’un architecte",
        lambda cast: cast.architect,
        lambda cast: reverse("architect:caseload"),
    ),
    Page(
        "caseload-search",
        "Dossiers, recherche d’un nom",
        lambda cast: cast.architect,
        lambda cast: searched("architect:caseload", cast.own_name),
    ),
    Page(
        "caseload-search-one",
        "Dossiers, recherche d’une adresse",
        lambda cast: cast.architect,
        lambda cast: searched("architect:caseload", cast.own_address),
    ),
    Page(
        "agenda",
        "Agenda d’un architecte",
        lambda cast: cast.architect,
        lambda cast: reverse("architect:agenda"),
    ),
    Page(
        "inbox",
        "Corbeille du certificateur",
        lambda cast: cast.officer,
        lambda cast: reverse("certifier:inbox"),
    ),
    Page(
        "inbox-search",
        "Corbeille, recherche d’un nom",
        lambda cast: cast.officer,
        lambda cast: searched("certifier:inbox", cast.received.candidate.last_name),
    ),
    Page(
        "journey",
        "Dossier vu par l’architecte",
        lambda cast: cast.shown.architect,
        lambda cast: reverse("dossiers:journey", args=[cast.shown.pk]),
    ),
    Page(
        "sessions",
        "Sessions de jury",
        lambda cast: cast.officer,
        lambda cast: reverse("certifier:sessions"),
    ),
    Page(
        "people",
        "Personnes de l’organisme",
        lambda cast: cast.administrator,
        lambda cast: reverse("office:people"),
    ),
    Page(
        "figures",
        "Chiffres de toutes les équipes",
        lambda cast: cast.administrator,
        lambda cast: reverse("steering:home"),
    ),
    Page(
        "figures-flow",
        "Chiffres : flux et étapes",
        lambda cast: cast.administrator,
        lambda cast: reverse("steering:theme", args=["parcours"]),
    ),
    Page(
        "figures-load",
        "Chiffres : charge de l’équipe",
        lambda cast: cast.administrator,
        lambda cast: reverse("steering:theme", args=["equipe"]),
    ),
    Page(
        "catalogue",
        "Recherche au catalogue",
        nobody,
        lambda cast: searched("public:catalogue", "usinage commande"),
    ),
    Page("healthz", "État (/healthz)", nobody, lambda cast: reverse("health")),
)


def declare_complete(cast: Cast) -> object:
    """Do what a certifier does most: declare that a file is complete."""
    return act(cast.received.pk, Act.DECLARE_COMPLETE, by=cast.officer)


def make_due(cast: Cast) -> object:
    """Let a whole batch of clocks be due, the same ones at every size, before any other."""
    first = Clock.objects.running().order_by("pk").values("pk")[:BATCH_OF_CLOCKS]
    return Clock.objects.filter(pk__in=first).update(next_on=LONG_AGO)


def forget_notices(cast: Cast) -> object:
    """Let nobody have been told of an act yet."""
    return Notice.objects.filter(entry=cast.sending).delete()


OPERATIONS = (
    Operation("act", "Acte : déclarer complet", declare_complete),
    Operation(
        "sweep", "Balayage des délais (un lot)", lambda cast: one_batch(today(), set()), make_due
    ),
    Operation(
        "mailing",
        "Avis et courriels d’un acte",
        lambda cast: notify(entry_id=cast.sending.pk),
        forget_notices,
    ),
)
