"""The one door under stress: two at once, ten workers at once, a process killed in the middle."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from django.conf import settings
from django.db import connections, transaction

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.actions import Stale, act
from jalon.journeys.jobs import tick
from jalon.journeys.models import Journey
from jalon.law import facts
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act, Stage
from tests.conftest import TODAY
from tests.journeys.test_story import replayed

transactional = pytest.mark.django_db(transaction=True)


def at_once(deeds: list[Callable[[], object]]) -> list[object]:
    """Do several deeds at the same moment, each on its own connection; return results or refusals."""
    results: list[object] = [None] * len(deeds)
    gate = threading.Barrier(len(deeds))

    def run(number: int) -> None:
        gate.wait()
        try:
            results[number] = deeds[number]()
        except Refused as refused:
            results[number] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@transactional
def test_of_two_people_at_once_one_wins_and_the_other_is_told_what_changed(
    scenario: Scenario,
) -> None:
    scenario.to_complete()
    timekeeper.travel(scenario.at)
    journey, officer = scenario.journey, scenario.demo.officer
    decision = facts.Decision(reason="Activités sans rapport.")
    results = at_once(
        [
            lambda: act(
                journey.pk,
                Act.DECLARE_ADMISSIBLE,
                by=officer,
                facts=facts.Decision(),
                seen=journey.version,
            ),
            lambda: act(
                journey.pk,
                Act.DECLARE_INADMISSIBLE,
                by=officer,
                facts=decision,
                seen=journey.version,
            ),
        ]
    )
    stale = [one for one in results if isinstance(one, Stale)]
    assert len(stale) == 1
    assert [entry.number for entry in stale[0].meanwhile] == [journey.version + 1]
    assert "Le dossier a changé" in stale[0].why
    journey.refresh_from_db()
    assert journey.version == scenario.journey.journal.count()
    assert replayed(journey) == journey.stage


@transactional
@pytest.mark.rule("R-029")
def test_ten_workers_at_once_do_nothing_twice(demo: DemoPeople, scenario: Scenario) -> None:
    journeys = [
        Scenario(demo, scenario.certification, TODAY).to_complete().journey for _ in range(6)
    ]
    timekeeper.travel(TODAY + timedelta(days=120))
    at_once([tick] * 10)
    for journey in journeys:
        journey.refresh_from_db()
        assert journey.stage == Stage.ADMISSIBLE
        assert journey.journal.filter(act=Act.ADMIT_TACITLY).count() == 1
        assert journey.decisions.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journeys_journalentry SET facts = '{}'",
        "DELETE FROM journeys_journalentry",
        "TRUNCATE journeys_journalentry CASCADE",
    ],
)
def test_the_journal_only_grows_even_for_its_owner(scenario: Scenario, statement: str) -> None:
    scenario.register()
    connection = connections["default"]
    with (
        pytest.raises(Exception, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)
    assert scenario.journey.journal.count() == 1


@pytest.mark.rule("R-001")
def test_the_database_itself_refuses_another_route(scenario: Scenario) -> None:
    scenario.register()
    with pytest.raises(Exception, match="R-001"), transaction.atomic():
        Journey.objects.filter(pk=scenario.journey.pk).update(route="law_2002")


def test_a_refused_act_writes_nothing(scenario: Scenario) -> None:
    scenario.register()
    before = (scenario.journey.version, scenario.journey.journal.count())
    with pytest.raises(Refused) as refused:
        scenario.do(Act.SEND_FEASIBILITY, scenario.person)
    assert refused.value.rule == "R-006"
    scenario.journey.refresh_from_db()
    assert (scenario.journey.version, scenario.journey.journal.count()) == before


KILLED = """
import sys, threading
from datetime import datetime
import os
os.environ["JALON_MODE"] = "test"
import django
from django.conf import settings
django.setup()
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[1]
from jalon import now as timekeeper
from jalon.journeys.actions import act
from jalon.journeys.models import Journey
from jalon.law import facts
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act
from jalon.people.models import Membership
timekeeper.travel(datetime.fromisoformat(sys.argv[2]))
work = list(Journey.objects.order_by("pk").select_related("candidate", "certifier"))

def run(part):
    for turn in range(50):
        for journey in part:
            officer = journey.certifier.memberships.get(role="certifier").user
            administrator = Membership.objects.get(role="administrator").user
            for name, said in (
                (Act.REQUEST_PIECES, facts.Missing(("Justificatif",))),
                (Act.DECLARE_ADMISSIBLE, facts.Decision()),
                (Act.REVOKE_DECISION, facts.Reason("Erreur de dossier.")),
            ):
                by = administrator if name is Act.REVOKE_DECISION else officer
                try:
                    act(journey.pk, name, by=by, facts=said)
                    print(".", end="", flush=True)
                except Refused:
                    pass

for number in range(8):
    threading.Thread(target=run, args=(work[number::8] or work,), daemon=False).start()
"""


@transactional
def test_a_process_killed_in_the_middle_of_many_acts_leaves_no_half_written_file(
    demo: DemoPeople, scenario: Scenario
) -> None:
    for _ in range(8):
        Scenario(demo, scenario.certification, TODAY).to_complete()
    name = connections["default"].settings_dict["NAME"]
    environment = os.environ | {"JALON_MODE": "test", "PYTHONPATH": str(settings.ROOT / "src")}
    killed = subprocess.Popen(
        [sys.executable, "-c", KILLED, name, (TODAY + timedelta(days=40)).isoformat()],
        env=environment,
        cwd=settings.ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert killed.stdout is not None
    done = 0
    until = time.monotonic() + 60
    while done < 200 and time.monotonic() < until:
        done += len(killed.stdout.read1(64))
    assert killed.poll() is None, "it ended before it could be killed"
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    wait_until_alone(name)
    assert done >= 200
    for journey in Journey.objects.all():
        assert replayed(journey) == journey.stage
        assert journey.version == journey.journal.count()
        living = journey.clocks.filter(state="running")
        assert living.count() == len({one.kind for one in living})


def wait_until_alone(name: str) -> None:
    """Wait until the server noticed that the killed process left."""
    parameters = connections["default"].get_connection_params() | {"dbname": "postgres"}
    for option in ("cursor_factory", "context", "prepare_threshold"):
        parameters.pop(option, None)
    with psycopg.connect(**parameters) as connection:
        for _ in range(100):
            row = connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND state LIKE 'idle in%%'",
                [name],
            ).fetchone()
            if row and row[0] == 0:
                return
            time.sleep(0.1)
