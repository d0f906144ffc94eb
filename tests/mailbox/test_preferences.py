"""What a person chose not to receive."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from jalon.demo.scenario import DemoPeople
from jalon.mailbox import preferences
from jalon.mailbox.models import Category, SwitchedOff

pytestmark = pytest.mark.django_db


def test_everything_is_received_until_one_chooses(demo: DemoPeople) -> None:
    assert preferences.wanted(demo.head) == list(Category)


def test_a_choice_replaces_the_one_before(demo: DemoPeople) -> None:
    preferences.choose(demo.head, [Category.PROGRESS])
    assert preferences.wanted(demo.head) == [Category.DECISIONS, Category.PROGRESS]
    preferences.choose(demo.head, [Category.REMINDERS])
    assert preferences.wanted(demo.head) == [Category.DECISIONS, Category.REMINDERS]


def test_nobody_does_without_decisions(demo: DemoPeople) -> None:
    preferences.choose(demo.head, [])
    assert preferences.wanted(demo.head) == [Category.DECISIONS]
    with pytest.raises(IntegrityError), transaction.atomic():
        SwitchedOff.objects.create(person=demo.officer, category=Category.DECISIONS)


def test_the_choices_of_many_are_read_in_one_statement(demo: DemoPeople) -> None:
    for one in demo.architects:
        preferences.choose(one, [])
    with CaptureQueriesContext(connection) as asked:
        off = preferences.switched_off(one.pk for one in demo.architects)
    assert len(asked) == 1 and len(off) == 2 * len(demo.architects)
