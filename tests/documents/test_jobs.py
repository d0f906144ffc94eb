"""What the worker does after an act: its papers are printed once, however often it is asked."""

import hashlib

import pytest

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.documents.generated import papers
from jalon.documents.jobs import issue
from jalon.documents.models import Document
from jalon.documents.pdf import render
from jalon.law.vocabulary import Act

pytestmark = pytest.mark.django_db


def test_a_paper_is_printed_once_however_often_the_worker_is_asked(scenario: Scenario) -> None:
    scenario.to_ready().send_feasibility()
    timekeeper.travel(scenario.at)
    sent = scenario.journey.journal.get(act=Act.SEND_FEASIBILITY)
    assert issue(entry_id=sent.pk) == 1
    assert issue(entry_id=sent.pk) == 0
    kept = Document.objects.get(entry=sent)
    content = kept.file.open("rb").read()
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert kept.size == len(content)
    ((_, _, again),) = papers(sent)
    assert render(again) == content
