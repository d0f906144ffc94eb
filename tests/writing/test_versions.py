"""Versions of a text: kept when it is left, read again or sent; never altered, and so many at most."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.journeys.jobs import erase
from jalon.journeys.models import Purge
from jalon.journeys.rights import TOLD_BY
from jalon.law.facts import Leaving
from jalon.law.vocabulary import Act, DropOutReason, RemarkKind, VersionReason
from jalon.writing import drafts, remarks, versions
from jalon.writing.models import Section, SectionVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(scenario: Scenario) -> Section:
    """A text that the candidate may write."""
    scenario.to_admissible()
    timekeeper.travel(scenario.at)
    return Section.objects.filter(file__attempt__journey=scenario.journey).earliest("pk")


def write(scenario: Scenario, section: Section, text: str, *, after: int = 0) -> None:
    """Let the candidate write what they did, some minutes later."""
    timekeeper.travel(timekeeper.now() + timedelta(minutes=after))
    own = (scenario.journey.pk, scenario.person, section.competence_id)
    drafts.save_section(*own, {"actions": text})
    section.refresh_from_db()


def kept(section: Section) -> list[tuple[str, str]]:
    """Return why each version was kept, and what it said was done, in order."""
    found = section.versions.order_by("pk")
    return [(one.reason.value, one.answers["actions"]) for one in found]


def test_what_stands_is_kept_when_it_is_taken_up_after_a_pause(
    scenario: Scenario, section: Section
) -> None:
    write(scenario, section, "J’ai")
    write(scenario, section, "J’ai réglé", after=9)
    assert kept(section) == []
    left = timekeeper.now()
    write(scenario, section, "J’ai réglé le tour", after=10)
    assert kept(section) == [("saved", "J’ai réglé")]
    version = section.versions.get()
    assert (version.written_at, version.author) == (left, scenario.person)
    assert version.words == 2


def test_what_somebody_else_wrote_is_kept_before_it_is_written_over(
    scenario: Scenario, section: Section
) -> None:
    write(scenario, section, "J’ai réglé")
    Section.objects.filter(pk=section.pk).update(saved_by=scenario.architect)
    write(scenario, section, "J’ai contrôlé", after=1)
    assert kept(section) == [("saved", "J’ai réglé")]
    assert section.versions.get().author == scenario.architect


def test_what_was_read_is_kept_with_a_remark_and_not_twice(
    scenario: Scenario, section: Section
) -> None:
    write(scenario, section, "J’ai réglé.")
    said = remarks.Said("actions", 0, "J’ai réglé.", "réglé", RemarkKind.QUESTION, "Quoi ?")
    for _ in range(2):
        remarks.say(scenario.journey.pk, scenario.architect, section.competence_id, said)
    write(scenario, section, "J’ai réglé le tour.", after=30)
    assert kept(section) == [("remarked", "J’ai réglé.")]


def test_every_text_is_kept_as_it_was_sent(scenario: Scenario, section: Section) -> None:
    scenario.wait(80).write_validation().wait(3).send_validation()
    sent = SectionVersion.objects.filter(reason=VersionReason.SENT)
    sections = list(Section.objects.filter(file__attempt__journey=scenario.journey))
    assert {one.section_id: one.answers for one in sent} == {one.pk: one.texts for one in sections}


def test_a_version_is_neither_changed_nor_deleted(scenario: Scenario, section: Section) -> None:
    write(scenario, section, "J’ai réglé")
    write(scenario, section, "J’ai tourné", after=20)
    for sql in (
        "UPDATE writing_sectionversion SET words = 99",
        "DELETE FROM writing_sectionversion",
        "TRUNCATE writing_sectionversion",
    ):
        with (
            pytest.raises(IntegrityError, match="stays as it is"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(sql)
    assert kept(section) == [("saved", "J’ai réglé")]


def moments(*minutes: int) -> list[datetime]:
    """Return moments some minutes after a beginning."""
    start = timekeeper.now()
    return [start + timedelta(minutes=one) for one in minutes]


def test_the_version_that_stood_for_the_shortest_time_goes() -> None:
    found = [(VersionReason.SAVED, at) for at in moments(0, 1, 60, 75, 200)]
    assert versions.shortest(found) == 2


def test_neither_the_first_nor_the_last_nor_one_that_was_sent_goes() -> None:
    sent, saved = VersionReason.SENT, VersionReason.SAVED
    mixed = list(zip((saved, sent, saved, saved), moments(0, 1, 2, 90), strict=True))
    assert versions.shortest(mixed) == 2
    assert versions.shortest([(sent, at) for at in moments(0, 1, 2)]) == 0


def test_a_text_keeps_so_many_versions_and_those_that_were_sent(
    scenario: Scenario, section: Section
) -> None:
    write(scenario, section, "J’ai réglé")
    start = timekeeper.now()
    SectionVersion.objects.bulk_create(
        SectionVersion(
            section=section,
            reason="sent" if number == 5 else "saved",
            answers={"actions": f"n° {number}"},
            words=2,
            written_at=start + timedelta(seconds=number if number in (5, 6, 7) else 60 * number),
            kept_at=start,
        )
        for number in range(versions.MOST)
    )
    write(scenario, section, "J’ai tourné", after=20)
    texts = [text for _, text in kept(section)]
    assert len(texts) == versions.MOST
    assert {"n° 0", "n° 5", "J’ai réglé"} <= set(texts)


def test_versions_are_in_the_copy_of_a_persons_data_and_go_when_it_is_erased(
    scenario: Scenario, section: Section
) -> None:
    write(scenario, section, "J’ai réglé")
    write(scenario, section, "J’ai tourné", after=20)
    (told,) = TOLD_BY["versions_de_mes_textes"](scenario.person)
    assert told["answers"]["actions"] == "J’ai réglé"
    scenario.wait(1).do(
        Act.DROP_OUT, scenario.person, Leaving(DropOutReason.TIME)
    ).run_pending_jobs()
    for days in (340, 30):
        timekeeper.travel(scenario.at + timedelta(days=days))
        scenario.wait(days)
        erase()
    scenario.journey.refresh_from_db()
    assert scenario.journey.purged_at
    assert not SectionVersion.objects.exists()
    assert Purge.objects.get().counts["versions de textes"] == 1
