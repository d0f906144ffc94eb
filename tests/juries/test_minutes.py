"""Signed minutes stay as they were signed: in Jalon, and in the database itself."""

import pytest
from django.db import DatabaseError, models, transaction
from django.test import Client

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.documents.models import Document
from jalon.juries import actions
from jalon.juries.models import Addendum, Assessment, Declaration, Hearing, Vote
from jalon.law.rulebook import Refused
from tests.juries.steps import refused, sign

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R-076")]


@pytest.fixture
def signed(scenario: Scenario) -> Hearing:
    """A hearing whose minutes were just signed: the first bloc awarded, not the second."""
    first = scenario.certification.blocs.values_list("code", flat=True)[:1]
    scenario.to_scheduled().deliberate(first)
    scenario.run_pending_jobs()
    timekeeper.travel(scenario.at)
    return Hearing.objects.get(attempt=scenario.journey.attempt)


def says_no(rows: "models.QuerySet[models.Model]", **change: object) -> bool:
    """Tell whether the database itself refuses to change rows, and to remove them."""
    assert rows.exists()
    for deed in (lambda: rows.update(**change), rows.delete):
        try:
            with transaction.atomic():
                deed()
        except DatabaseError:
            continue
        return False
    return True


def test_the_database_refuses_to_change_what_was_signed(signed: Hearing) -> None:
    assert says_no(Hearing.objects.filter(pk=signed.pk), minutes=5)
    assert says_no(Assessment.objects.filter(hearing=signed), mastery="mastered")
    assert says_no(Vote.objects.filter(hearing=signed), votes_for=3)
    assert says_no(Declaration.objects.filter(hearing=signed), related=True)


def test_nothing_is_added_to_signed_minutes(signed: Hearing, demo: DemoPeople) -> None:
    bloc = signed.attempt.blocs.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        Vote.objects.create(hearing=signed, bloc=bloc, votes_for=3, votes_against=0)
    president = demo.jurors[0].user
    for deed in (
        lambda: actions.declare(signed, president, related=True),
        lambda: actions.record_assessments(signed, president, {}),
        lambda: actions.vote(signed, president, {}),
        lambda: actions.mark_presence(signed, president, []),
    ):
        with pytest.raises(Refused) as caught:
            deed()
        assert caught.value.rule == "R-076"
    assert refused(sign, signed, by=president) == "TABLE"


def test_a_mistake_is_mended_by_an_addendum_of_the_president_that_stays(
    signed: Hearing, demo: DemoPeople
) -> None:
    member, president = demo.jurors[1].user, demo.jurors[0].user
    for person, text in ((member, "Erreur de date."), (president, "  ")):
        with pytest.raises(Refused):
            actions.add_addendum(signed, person, text)
    actions.add_addendum(signed, president, "Lire : second bloc évalué le matin.")
    assert says_no(Addendum.objects.filter(hearing=signed), text="Autre chose.")
    client = Client()
    client.force_login(president)
    assert "Lire : second bloc" in client.get(f"/jury/passage/{signed.pk}/").content.decode()


def test_the_printed_minutes_are_kept_with_their_fingerprint(signed: Hearing) -> None:
    printed = Document.objects.get(journey=signed.attempt.journey, kind="minutes")
    assert printed.sha256
    assert printed.file.open("rb").read(5) == b"%PDF-"
