"""One e-mail a day says that texts were read again, or that remarks were settled; none otherwise."""

from datetime import timedelta

import pytest
from django.core import mail

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.law.vocabulary import RemarkKind
from jalon.mailbox.jobs import remarks
from jalon.mailbox.models import Notice
from jalon.writing.models import Remark, Section
from jalon.writing.remarks import Said, say, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(scenario: Scenario) -> Scenario:
    """A file that its candidate wrote."""
    scenario.to_admissible().wait(20).write_validation().wait(1)
    timekeeper.travel(scenario.at)
    mail.outbox.clear()
    return scenario


def remark(scenario: Scenario, count: int) -> list[Remark]:
    """Let the architect remark on texts."""
    sections = Section.objects.filter(file__attempt__journey=scenario.journey)[:count]
    return [
        say(
            scenario.journey.pk,
            scenario.architect,
            one.competence_id,
            Said("result", 0, one.result, one.result, RemarkKind.QUESTION, "Combien ?"),
        )
        for one in sections
    ]


def evening(days: int = 0) -> list[str]:
    """Let days pass and the worker tell what it has to; return the subjects that left."""
    timekeeper.travel(timekeeper.now() + timedelta(days=days, hours=1))
    before = len(mail.outbox)
    remarks()
    return [one.subject for one in mail.outbox[before:]]


def test_the_candidate_gets_one_mail_for_all_the_remarks_of_a_day(written: Scenario) -> None:
    remark(written, 3)
    assert evening() == ["Jalon : vos textes sont relus, 3 remarques"]
    assert mail.outbox[-1].to == [written.person.email]
    assert "3 remarques à traiter" in mail.outbox[-1].body
    assert f"/dossiers/{written.journey.pk}/validation/" in mail.outbox[-1].body
    assert Notice.objects.get(message="remarks_said").title == (
        "Vos textes sont relus : 3 remarques"
    )


def test_no_second_mail_leaves_the_same_day_and_the_next_tells_what_is_new(
    written: Scenario,
) -> None:
    remark(written, 1)
    assert len(evening()) == 1
    remark(written, 2)
    assert evening() == []
    assert evening(days=1) == ["Jalon : vos textes sont relus, 2 remarques"]
    assert evening(days=1) == []


def test_nothing_leaves_without_a_remark_or_when_all_are_settled(written: Scenario) -> None:
    assert evening() == []
    (one,) = remark(written, 1)
    settle(written.journey.pk, written.person, one.pk)
    assert [subject for subject in evening() if "sont relus" in subject] == []


def test_the_architect_is_told_once_of_remarks_that_were_settled(written: Scenario) -> None:
    first, second = remark(written, 2)
    evening()
    for one in (first, second):
        settle(written.journey.pk, written.person, one.pk)
    assert evening(days=1) == ["Jalon : 2 remarques traitées par vos candidats"]
    assert mail.outbox[-1].to == [written.architect.email]
    assert written.journey.reference in mail.outbox[-1].body
    assert written.person.last_name not in mail.outbox[-1].body
    assert evening(days=1) == []


def test_a_file_that_has_left_is_told_of_no_more(written: Scenario) -> None:
    remark(written, 1)
    written.send_validation()
    timekeeper.travel(written.at)
    mail.outbox.clear()
    assert [subject for subject in evening() if "sont relus" in subject] == []
