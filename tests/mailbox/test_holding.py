"""After the database went back, what may have left already is held until somebody lets it go."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from jalon import now as timekeeper
from jalon.cli import main, since
from jalon.demo.scenario import Scenario
from jalon.journeys.models import JournalEntry
from jalon.law.vocabulary import Act
from jalon.mailbox.delivery import TOO_LATE
from jalon.mailbox.holding import hold, release
from jalon.mailbox.jobs import let_go, notify
from jalon.mailbox.models import Notice, NoticeState
from jalon.now import now
from tests.mailbox.test_jobs import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(scenario: Scenario) -> JournalEntry:
    """A registration of which nobody was told yet."""
    return scenario.register().journey.journal.get(act=Act.REGISTER)


def test_what_was_queued_is_held_and_leaves_once_somebody_lets_it_go(
    line: JournalEntry, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["jobs", "hold"]) == 0
    assert "E-mails retenus : 2" in capsys.readouterr().out
    assert notify(entry_id=line.pk) == 0
    assert told() == []
    assert main(["jobs", "release"]) == 0
    said = capsys.readouterr().out
    assert "E-mails qui partent : 2" in said and "retenus" not in said
    queued = ProcrastinateJob.objects.get(task_name="mailbox.let_go")
    assert let_go(**queued.args) == 2
    assert len(told()) == 2


def test_what_happens_after_the_database_went_back_is_told_as_ever(
    scenario: Scenario, line: JournalEntry
) -> None:
    hold()
    scenario.take_charge()
    notify(entry_id=scenario.journey.journal.get(act=Act.TAKE_CHARGE).pk)
    assert told() == [scenario.person.email]


def test_only_what_was_due_since_a_moment_leaves_when_one_is_given(line: JournalEntry) -> None:
    hold()
    first, second = Notice.objects.held().order_by("pk")
    Notice.objects.filter(pk=first.pk).update(due_at=now() - timedelta(hours=3))
    assert release(now() - timedelta(hours=1)) == 1
    assert [one.pk for one in Notice.objects.held()] == [first.pk]
    second.refresh_from_db()
    assert second.state == NoticeState.WAITING


def test_what_leaves_later_is_not_held(line: JournalEntry) -> None:
    notify(entry_id=line.pk)
    later = Notice.objects.first()
    Notice.objects.update(state=NoticeState.WAITING, sent_at=None, due_at=now() + timedelta(days=1))
    assert hold() == 0
    later.refresh_from_db()
    assert later.state == NoticeState.WAITING


def test_what_is_held_is_read_on_the_page_of_notices_meanwhile(
    scenario: Scenario, line: JournalEntry
) -> None:
    assert hold() == 2
    assert Notice.objects.told().filter(person=scenario.person).count() == 1


def test_what_was_held_until_it_is_too_late_to_be_of_use_does_not_leave(
    scenario: Scenario, line: JournalEntry
) -> None:
    hold()
    with timekeeper.at(scenario.at + TOO_LATE + timedelta(hours=1)):
        release()
        queued = ProcrastinateJob.objects.get(task_name="mailbox.let_go")
        assert let_go(**queued.args) == 0
    assert told() == []
    assert set(Notice.objects.values_list("state", flat=True)) == {NoticeState.DROPPED}


@pytest.mark.parametrize(
    "said", ["release --since hier", "release --depuis 2027-03-01", "hold --since 2027-03-01T08:00"]
)
def test_a_moment_that_cannot_be_read_lets_nothing_go(
    said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["jobs", *said.split()]) == 2
    assert "usage" in capsys.readouterr().err


def test_a_moment_without_a_zone_is_read_in_paris() -> None:
    moment = since(["release", "--since", "2027-07-01T08:00"])
    assert moment is not None
    assert moment.isoformat() == "2027-07-01T08:00:00+02:00"
