"""What the worker does with files: prints the papers of an act, sweeps what nobody names."""

from django.db import connection, transaction
from procrastinate.contrib.django import app

from jalon.documents import actions, rights
from jalon.documents.actions import store_generated
from jalon.documents.generated import papers, prints_something
from jalon.documents.pdf import render
from jalon.journeys.models import JournalEntry
from jalon.now import today
from jalon.queue.retries import RETRIED


@app.task(name="documents.issue", queue="acts", retry=RETRIED)
def issue(entry_id: int) -> int:
    """Print the papers of an act or event, once however often it is asked; return how many were printed.

    What was done elsewhere has the papers of elsewhere: none is printed in its place.
    """
    said = JournalEntry.objects.values_list("act", "event", "channel")
    act, event, channel = said.get(pk=entry_id)
    if channel or not prints_something(act or event):
        return 0
    entry = JournalEntry.objects.select_related(
        "journey__candidate__candidate_profile",
        "journey__certification",
        "journey__certifier",
        "journey__organisation",
        "journey__feasibility",
    ).get(pk=entry_id)
    printed = 0
    for kind, name, paper in papers(entry):
        with transaction.atomic():
            turn(entry_id)
            if not entry.papers.filter(kind=kind, name=name).exists():
                store_generated(entry.journey, kind, name, render(paper), entry)
                printed += 1
    return printed


def turn(entry_id: int) -> None:
    """Wait until nobody else prints the papers of this line; the turn ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"documents.issue {entry_id}"]
        )


@app.periodic(cron="50 3 * * *")
@app.task(
    name="documents.forget_identities",
    queue="acts",
    queueing_lock="documents.forget_identities",
    retry=RETRIED,
)
def forget_identities(timestamp: int | None = None) -> int:
    """Once a night, delete the identity documents that will not serve any more; return how many."""
    return actions.forget_identities()


@app.periodic(cron="40 3 * * 0")
@app.task(name="documents.sweep", queue="acts", queueing_lock="documents.sweep", retry=RETRIED)
def sweep(timestamp: int | None = None) -> int:
    """Once a week, delete the bytes that no document names; return how many."""
    return actions.sweep()


@app.periodic(cron="30 4 * * *")
@app.task(name="documents.forget_evidence", queue="acts", queueing_lock="documents.forget_evidence")
def forget_evidence(timestamp: int | None = None) -> int:
    """Once a night, delete what proved a service given on journeys erased long ago; return how many."""
    return rights.forget_evidence(today())
