"""Pages, worker and database killed on the spot under writing: nothing acknowledged is lost.

Run whole by `./jalon test outage`; what each kill must not lose one by one is in `tests/queue` and
`tests/journeys/test_door.py`, which the suite runs.
"""

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median
from tempfile import mkdtemp
from threading import Event, Thread
from time import sleep

import pytest
from django.conf import settings

from tests.trials.measure import WHOLE, say
from tests.trials.outage.house import House, soon
from tests.trials.outage.post import MailServer, Mood
from tests.trials.outage.visitor import Writer

pytestmark = pytest.mark.skipif(not WHOLE, reason="by its name: ./jalon test outage")

KILLS, ACKNOWLEDGED, WRITERS = 30, 2000, 8
PREPARE = f"""
import json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.conf import settings
from django.urls import reverse
from jalon.catalogue.models import Certification
from jalon.demo.people import build_demo_people
from jalon.demo.scenario import Scenario, moment_before
from jalon.writing.models import Section

people = build_demo_people()
sheet = Certification.objects.get(code="RNCP38901")
writers = []
for _ in range({WRITERS}):
    scenario = Scenario(people, sheet, moment_before(80)).to_admissible()
    section = Section.objects.filter(file__attempt__journey=scenario.journey).earliest("pk")
    session = SessionStore()
    session[SESSION_KEY] = str(scenario.person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = scenario.person.get_session_auth_hash()
    session.create()
    writers.append({{
        "session": session.session_key,
        "section": reverse("writing:section", args=[scenario.journey.pk, section.competence_id]),
        "step": reverse("dossiers:act", args=[scenario.journey.pk, "record_step"]),
    }})
print(json.dumps(writers))
"""


@pytest.fixture
def house() -> Iterator[House]:
    """An installation in production, with a mail server of its own, removed afterwards."""
    settings.VAR.mkdir(exist_ok=True)
    folder = Path(mkdtemp(prefix="outage-", dir=settings.VAR))
    folder.chmod(0o755)
    found = House(folder, MailServer())
    try:
        found.start("database")
        found.jalon("migrate")
        yield found
    finally:
        found.close()
        found.post.close()
        shutil.rmtree(folder, ignore_errors=True)


def test_nothing_acknowledged_is_lost_whatever_is_killed(house: House) -> None:
    writers = [Writer(house.port, **one) for one in house.told(PREPARE)]
    for name in ("web", "worker"):
        house.start(name)
    enough = Event()
    threads = [
        Thread(target=keep_writing, args=(writer, number, enough), daemon=True)
        for number, writer in enumerate(writers)
    ]
    for thread in threads:
        thread.start()
    counts = Counter(kills=kill_in_turn(house, writers))
    enough.set()
    for thread in threads:
        thread.join(60)
    house.post.mood = Mood.TAKES
    soon(house.answers, 60, "the pages do not come back")
    finish(house)
    counts["acknowledged"] = acknowledged(writers)
    counts["answered otherwise"] = sum(one.errors for one in writers)
    counts["e-mails"] = len(house.post.taken)
    counts["again under one number"] = sum(house.post.taken.values()) - len(house.post.taken)
    counts |= wrong(house, writers)
    say("outage", counts)
    assert counts["again under one number"] <= counts["kills"]
    assert counts["kills"] >= KILLS and counts["acknowledged"] >= ACKNOWLEDGED
    for what in ("lost", "mails lost", "mails sent twice", "orphans", "jobs left"):
        assert counts[what] == 0, counts


def keep_writing(writer: Writer, number: int, enough: Event) -> None:
    """Write until it is enough, each time something new."""
    for turn in range(1_000_000):
        if enough.is_set():
            return
        writer.write(f"Essai {number}-{turn}.")
        if writer.errors:
            enough.wait(0.1)


def acknowledged(writers: list[Writer]) -> int:
    """Return how many writings the pages acknowledged."""
    return sum(len(one.saved) + len(one.noted) for one in writers)


def kill_in_turn(house: House, writers: list[Writer]) -> int:
    """Kill each of the three in turn, in every mood of the mail server; return how many times."""
    chance = Random(3)
    done = 0
    moods = list(Mood)
    while done < KILLS or acknowledged(writers) < ACKNOWLEDGED:
        house.post.mood = moods[done // 3 % len(moods)]
        sleep(chance.uniform(0.5, 3))
        name = ("worker", "web", "database")[done % 3]
        house.kill(name)
        sleep(chance.uniform(0, 1))
        house.start(name)
        soon(house.answers, 60, f"the pages do not come back after the {name}")
        done += 1
    return done


def finish(house: House) -> None:
    """Let the worker do all that is left, without waiting for the hour of each try."""
    if house.running["worker"].poll() is not None:
        house.start("worker")

    def done() -> bool:
        house.sql("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
        house.jalon("jobs", "retry")
        return not house.sql(LEFT)

    soon(done, 300, str(house.sql(LEFT)))


#: A person told twice of one thing, in two e-mails: a mailbox would show both. One that a kill cut
#: between the mail server's word and ours leaves again under its own number, which shows once.
TWICE = """
    SELECT count(*) FROM (
        SELECT 1 FROM mailbox_notice WHERE state = 'sent'
        GROUP BY entry_id, person_id, message, about HAVING count(*) > 1
    ) twice
"""
LEFT = "SELECT id, task_name, status FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed')"


def wrong(house: House, writers: list[Writer]) -> Counter[str]:
    """Count what was lost, sent twice, or left without what it goes with."""
    (journal,) = house.sql("SELECT string_agg(facts::text, ' ') FROM journeys_journalentry")[0]
    texts = {text for (text,) in house.sql("SELECT context FROM writing_section")}
    found: Counter[str] = Counter()
    for writer in writers:
        found["lost"] += sum(f'"{words}"' not in journal for words in writer.noted)
        last = writer.tried.index(writer.saved[-1])
        found["lost"] += not texts & set(writer.tried[last:])
    waiting = "SELECT count(*) FROM mailbox_notice WHERE state = 'waiting' AND due_at < now()"
    found["mails lost"] += house.sql(waiting)[0][0]
    sent = {
        f"<avis-{pk}@" for (pk,) in house.sql("SELECT id FROM mailbox_notice WHERE state = 'sent'")
    }
    came = {one.split("@")[0] + "@" for one in house.post.taken}
    found["mails lost"] += len(sent - came)
    found["mails sent twice"] += house.sql(TWICE)[0][0]
    gaps = """
        SELECT count(*) FROM (
            SELECT number - row_number() OVER (PARTITION BY journey_id ORDER BY number) AS gap
            FROM journeys_journalentry
        ) line WHERE gap <> 0
    """
    found["orphans"] += house.sql(gaps)[0][0]
    for (name,) in house.sql("SELECT file FROM documents_document WHERE removed_at IS NULL"):
        found["orphans"] += not (house.folder / "files" / name).is_file()
    found["jobs left"] += len(house.sql(LEFT))
    return found


def test_pages_answer_as_fast_when_the_mail_server_hangs(house: House) -> None:
    writers = [Writer(house.port, **one) for one in house.told(PREPARE)]
    for name in ("web", "worker"):
        house.start(name)
    took: dict[Mood, list[float]] = {Mood.TAKES: [], Mood.HANGS: []}
    for turn in range(60):
        mood = list(took)[turn % 2]
        house.post.mood = mood
        writer = writers[turn % len(writers)]
        writer.write(f"Essai {turn}.")
        took[mood] += [writer.time(path) for path in ("/", "/certifications/", writer.section)]
    ratio = median(took[Mood.HANGS]) / median(took[Mood.TAKES])
    say("outage, mail server that hangs", Counter({f"times as long ({ratio:.2f})": 1}))
    assert ratio < 1.5
