"""Files are kept and taken back by the right people, and go for good when they must."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from jalon import now as timekeeper
from jalon.demo.scenario import ONE_PAGE, Scenario
from jalon.documents import actions
from jalon.documents.jobs import forget_identities
from jalon.law.facts import Leaving
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act, DocumentKind, DropOutReason
from tests.documents.reading import upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def filling(scenario: Scenario) -> Scenario:
    """Somebody who fills in their feasibility file."""
    scenario.to_path_accepted()
    timekeeper.travel(scenario.at)
    return scenario


@pytest.mark.rule("R-126")
def test_a_file_holds_a_bounded_number_of_documents(
    filling: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_FILES", filling.journey.documents.count() + 1)
    one = (filling.journey, DocumentKind.OTHER)
    actions.store_upload(*one, upload(ONE_PAGE, "un.pdf"), filling.person)
    with pytest.raises(Refused) as refused:
        actions.store_upload(*one, upload(ONE_PAGE, "deux.pdf"), filling.person)
    assert refused.value.rule == "R-126"


@pytest.mark.rule("R-036")
def test_the_identity_paper_of_somebody_who_stopped_is_gone_a_month_later(
    filling: Scenario,
) -> None:
    filling.fill_feasibility()
    filling.do(Act.DROP_OUT, filling.person, Leaving(DropOutReason.TIME))
    with timekeeper.at(filling.at + timedelta(days=29)):
        assert forget_identities() == 0
    with timekeeper.at(filling.at + timedelta(days=31)):
        assert forget_identities() == 1
        assert forget_identities() == 0
    gone = filling.journey.documents.get(kind=DocumentKind.IDENTITY)
    assert gone.removed_why == "Parcours terminé sans décision (R-036)"


def test_what_was_brought_is_taken_back_by_its_owner_only(filling: Scenario) -> None:
    kept = actions.store_upload(
        filling.journey, DocumentKind.OTHER, upload(ONE_PAGE, "un.pdf"), filling.person
    )
    with pytest.raises(Refused):
        actions.withdraw(kept, filling.architect)
    filling.run_pending_jobs()
    printed = filling.journey.documents.get(kind="path")
    with pytest.raises(Refused):
        actions.withdraw(printed, filling.person)
    actions.withdraw(kept, filling.person)
    kept.refresh_from_db()
    assert kept.removed_by == filling.person


def test_the_weekly_sweep_takes_bytes_that_nobody_names_and_nothing_else(
    scenario: Scenario,
) -> None:
    scenario.to_ready()
    living = scenario.journey.documents.kept().first()
    storage = living.file.storage
    folder = living.file.name.rsplit("/", 1)[0]
    lost = storage.save(f"{folder}/perdu.pdf", ContentFile(b"x"))
    actions.sweep()  # it may belong to a transaction still under way
    assert storage.exists(lost)
    actions.sweep(older_than=timedelta(0))
    assert not storage.exists(lost)
    assert storage.exists(living.file.name)
