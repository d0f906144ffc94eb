"""The paper of the accompaniment: the personal path that the candidate accepted."""

from collections.abc import Iterator

from jalon.documents.generated.registry import Printed, prints
from jalon.documents.generated.words import accompanist, around, file_name, french_date, paper
from jalon.documents.pdf import Block, heading, pairs, table, text
from jalon.journeys.models import JournalEntry
from jalon.law.facts import Path
from jalon.law.immersion import accident_said
from jalon.law.support import hours_said
from jalon.law.vocabulary import Act, DocumentKind


@prints(Act.ACCEPT_PATH)
def path(entry: JournalEntry) -> Iterator[Printed]:
    """The personal path, as it was last proposed (R-090)."""
    return accepted(entry, Act.PROPOSE_PATH)


@prints(Act.ACCEPT_AMENDMENT)
def amended_path(entry: JournalEntry) -> Iterator[Printed]:
    """The amended path; the paper of the earlier one stays beside it (R-090)."""
    return accepted(entry, Act.AMEND_PATH)


def accepted(entry: JournalEntry, proposal: Act) -> Iterator[Printed]:
    """Yield the path that was proposed last before an acceptance."""
    earlier = entry.journey.journal.filter(act=proposal, number__lt=entry.number)
    proposed = earlier.order_by("number").last()
    if proposed is None:
        return
    said = proposed.facts_as(Path)
    known = around(entry.journey)
    blocks = [
        *([pairs(*known)] if known else []),
        heading("Calendrier"),
        table(
            ("Ce qui est prévu", "Pour le"),
            *((one.title, french_date(one.due_on)) for one in said.milestones),
        ),
        heading("Accompagnement"),
        pairs(
            ("Heures individuelles", hours_said(said.hours_individual)),
            ("Heures collectives", hours_said(said.hours_group)),
            ("Heures de formation", hours_said(said.hours_training)),
            ("Modalité", said.mode.label),
        ),
        *immersed(said),
    ]
    drawn = paper(entry, "Parcours personnalisé", accompanist(entry.journey), blocks)
    yield Printed(DocumentKind.PATH, file_name("Parcours", entry), drawn)


def immersed(said: Path) -> list[Block]:
    """Return the immersions that a path plans, and what an accident asks; nothing without any (R-098, R-100)."""
    if not said.immersions:
        return []
    rows = (
        (
            f"{one.host} (SIREN {one.siren})",
            one.purpose.label,
            f"du {french_date(one.starts_on)} au {french_date(one.ends_on)}, {one.days} jours",
            " et ".join(who for who in ("le candidat", one.prescriber, one.employer) if who),
        )
        for one in said.immersions
    )
    heads = ("Entreprise d’accueil", "Objet", "Dates", "Convention signée par")
    return [heading("Immersions en entreprise"), table(heads, *rows), text(accident_said())]
