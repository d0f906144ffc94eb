"""What `./jalon bench` builds is legal and grows as it says; what it measures, it tells."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from jalon import now as timekeeper
from jalon.devtools.bench import copying, main, originals, report, rounds
from jalon.devtools.bench.bare import in_transactions
from jalon.devtools.bench.cast import cast
from jalon.devtools.bench.measures import PAGES
from jalon.devtools.bench.originals import Story, partly
from jalon.devtools.bench.rounds import Measure, Results, Sql, Visit, render, sign_in
from jalon.devtools.bench.server import Memory
from jalon.devtools.bench.statements import Cost, Statement, costs, sent_by, total
from jalon.documents.proofs import sent_files
from jalon.journeys.models import Clock, JournalEntry, Journey
from jalon.journeys.proofs import ends, erasures, lines
from jalon.juries.models import Assessment, Hearing, Seat
from jalon.law.vocabulary import Stage
from jalon.people.models import Organisation
from tests.conftest import TODAY

#: Five originals: ten batches of them are fifty journeys.
SOME = (
    Story(lambda w: w.register(), 5),
    Story(lambda w: w.to_ready().send_feasibility(), 50),
    Story(lambda w: w.to_scheduled(), 195),
    Story(partly, 420),
    Story(lambda w: w.to_path_accepted(), 32),
)


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Fifty journeys for the whole file: walking the originals takes seconds."""
    with django_db_blocker.unblock(), timekeeper.at(TODAY), transaction.atomic():
        originals.write(SOME)
        copying.multiply(1, 10)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def fifty(built: None) -> Iterator[None]:
    """Fifty journeys, and no trace of what a test does to them."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def statements() -> dict[str, int]:
    """Return how many statements each page sends, the second time it is asked."""
    shown = cast()
    found = {}
    for page in PAGES:
        visit = Visit(page.address(shown), sign_in(page.viewer(shown)))
        render(visit)
        found[page.name] = len(sent_by(lambda visit=visit: render(visit)))
    return found


def test_pages_send_as_many_statements_for_fifty_journeys_as_for_two_hundred(fifty: None) -> None:
    few = statements()
    copying.multiply(10, 40)
    assert Journey.objects.count() == 200
    assert statements() == few


def test_copies_hold_every_constraint_and_share_what_journeys_share(fifty: None) -> None:
    copying.multiply(10, 20)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert Journey.objects.count() == 100
    assert Journey.objects.filter(stage=Stage.PARTIALLY_CERTIFIED).count() == 20
    assert Organisation.objects.filter(certified_journeys__isnull=False).distinct().count() == 10
    assert Hearing.objects.filter(session=Hearing.objects.earliest("pk").session).count() == 2
    assert (
        Clock.objects.running().count()
        == 20 * Clock.objects.running().filter(pk__lt=copying.STRIDE).count()
    )


def test_copied_journals_are_chained_as_those_that_were_walked(fifty: None) -> None:
    assert [*lines(), *ends(), *sent_files(), *erasures()] == []
    hashes = JournalEntry.objects.values_list("hash", flat=True)
    assert len(set(hashes)) == hashes.count()


def test_copied_minutes_are_signed(fifty: None) -> None:
    signed = Hearing.objects.filter(pk__gte=copying.STRIDE, locked_at__isnull=False)
    assert signed.count() == 9
    assert Assessment.objects.filter(hearing__in=signed).exists()
    with pytest.raises(IntegrityError, match="R-076"):
        Seat.objects.filter(session__hearings__in=signed).update(summoned_on="2020-01-01")


def test_what_postgresql_does_is_counted_and_leaves_nothing(fifty: None) -> None:
    sent = [
        Statement("SELECT * FROM journeys_journey WHERE stage <> %s", ("archived",)),
        Statement("DELETE FROM journeys_clock", None),
        Statement("SAVEPOINT here", None),
    ]
    found = costs(sent, lambda: None)
    assert found[0].rows == 50
    assert found[2] == Cost()
    assert total(found).blocks > 0
    assert Clock.objects.exists()


def results() -> Results:
    """Return what one page would have given."""
    here = Sql([Statement("SELECT 1", None)], [Cost(4000, 500, 2.0, 6.0)])
    below = Sql([Statement("SELECT 1", None)], [Cost(400, 50, 2.0, 2.0)])
    page = Measure("inbox", "Corbeille du certificateur", here, below, size=20_000)
    for variant, taken in (("page", 40.0), ("below", 20.0), ("bare", 10.0)):
        page.add(variant, [taken, taken, taken])
    for variant, taken in (("page many", 160.0), ("bare many", 20.0)):
        page.add(variant, [taken, taken])
        page.work[variant] = [50.0]
    return Results(1000, 100, 1, [page], [Memory(90, 60)], 0.3)


def test_the_table_says_how_long_how_far_from_the_limit_and_how_it_grows() -> None:
    head, line, *notes = report.table(results()).splitlines()
    assert head.split("  ")[0] == "mesure"
    for column in ("requêtes", "lignes lues", "p50 ms", "p95 à 8", "octets", "× nue", "croissance"):
        assert column in head
    cells = [cell for cell in line.split("  ") if cell.strip()]
    assert [cell.strip() for cell in cells] == [
        "Corbeille du certificateur",
        "1",
        "4000",
        "500",
        "8.0",
        "40.0",
        "40.0",
        "160.0",
        "160.0",
        "25.0",
        "20000",
        "4.0",
        "8.0",
        "2.0",
        "2.0",
    ]
    assert "60 Mo" in notes[-1]


def test_the_json_tells_the_same_and_the_costliest_statements() -> None:
    said = json.loads(json.dumps(report.document(results())))
    assert said["measures"][0]["growth_pg"] == 2.0
    assert said["measures"][0]["costliest"][0]["sql"] == "SELECT 1"
    assert said["memory_mb"] == [{"rss": 90, "pss": 60}]


def test_a_page_that_is_refused_is_not_measured(fifty: None) -> None:
    with pytest.raises(RuntimeError, match="302"):
        render(Visit(reverse("certifier:inbox"), ""))


def test_a_transaction_of_a_page_is_played_back_as_one_and_not_as_a_savepoint() -> None:
    captured = [
        ("SELECT 1", None),
        ('SAVEPOINT "a"', None),
        ('SAVEPOINT "b"', None),
        ('RELEASE SAVEPOINT "b"', None),
        ('RELEASE SAVEPOINT "a"', None),
        ('SAVEPOINT "c"', None),
        ('RELEASE SAVEPOINT "c"', None),
    ]
    assert [said for said, _ in in_transactions(captured)] == [
        "SELECT 1",
        "BEGIN",
        'SAVEPOINT "b"',
        'RELEASE SAVEPOINT "b"',
        "COMMIT",
        "BEGIN",
        "COMMIT",
    ]


def test_a_page_that_answers_with_an_error_is_told_and_the_others_are_measured(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(one: Measure, variants: object) -> None:
        if one.name == "healthz":
            raise RuntimeError("/healthz answered 503")

    monkeypatch.setattr(rounds, "take_turns", refused)
    nothing = Sql([], [])
    kept = [
        name
        for name in ("healthz", "inbox")
        if rounds.measured(Measure(name, f"Page {name}", nothing, nothing), {})
    ]
    assert kept == ["inbox"]
    assert "« Page healthz » n’est pas mesurée : /healthz answered 503" in capsys.readouterr().err


def test_who_asks_how_to_measure_is_told_and_nothing_is_measured(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main, "run_from", lambda home: pytest.fail("a database was opened"))
    assert main.main(["--help"]) == 0
    assert "--only NOM" in capsys.readouterr().out
