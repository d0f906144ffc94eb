"""Groups of a company's people: kept by the team, joined by a code, left; workshops reserved to one."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import Scenario
from jalon.journeys.models import JournalEntry
from jalon.journeys.rights import ERASED_BY, TOLD_BY, Erasing
from jalon.law.groups import LENGTH, MOST_TRIES
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import EnrolmentState, Event
from jalon.people.models import Organisation
from jalon.support import group_lists, groups, programme, workshop_lists, workshops
from jalon.support.models import CompanyGroup, Enrolment, GroupMember, Workshop
from tests.support.companies import a_group, described
from tests.support.rooms import a_workshop
from tests.support.test_workshops import some_people

pytestmark = pytest.mark.usefixtures("nothing_counted")


@pytest.fixture
def two(scenario: Scenario, machining: Certification) -> list[Scenario]:
    """Two candidates whom the team follows."""
    people = some_people(scenario, machining, 2)
    timekeeper.travel(max(one.at for one in people))
    return people


def events_of(one: Scenario) -> list[str]:
    return list(
        JournalEntry.objects.filter(journey=one.journey).events().values_list("event", flat=True)
    )


def test_a_group_has_a_code_of_six_signs_and_changes_it(two: list[Scenario]) -> None:
    made = a_group(two[0])
    assert len(made.code) == LENGTH
    replaced = groups.replace_code(made.pk, two[0].architect)
    assert replaced.code != made.code and groups.known(made.code) is None
    assert groups.known(replaced.code_said.lower()) == made
    assert groups.revoke_code(made.pk, two[0].architect).code == ""
    assert groups.known("") is None


def test_another_team_neither_changes_a_group_nor_its_code(two: list[Scenario]) -> None:
    made, stranger = a_group(two[0]), two[0].demo.stranger
    for done in (
        lambda: groups.replace_code(made.pk, stranger),
        lambda: groups.revoke_code(made.pk, stranger),
        lambda: groups.change(made.pk, stranger, described(two[0], title="Autre")),
    ):
        with pytest.raises(Refused, match="l’équipe qui accompagne"):
            done()
    assert not group_lists.led_by_team(stranger).exists()


def test_a_candidate_joins_by_the_code_and_leaves_and_the_journal_tells_it(
    two: list[Scenario],
) -> None:
    one, made = two[0], a_group(two[0])
    groups.join(one.journey.pk, made.code_said, one.person)
    assert groups.member_of(one.journey)
    entry = one.journey.journal.get(event=Event.GROUP_JOINED)
    assert entry.said == "Usinage, printemps, Exemple Mécanique"
    groups.leave(one.journey.pk, one.person)
    assert groups.member_of(one.journey) is None
    assert events_of(one)[-2:] == [Event.GROUP_JOINED, Event.GROUP_LEFT]


def test_nobody_joins_or_leaves_for_a_candidate_nor_is_in_two_groups(two: list[Scenario]) -> None:
    one, made = two[0], a_group(two[0])
    with pytest.raises(Refused, match="Seul le candidat"):
        groups.join(one.journey.pk, made.code, one.architect)
    groups.join(one.journey.pk, made.code, one.person)
    with pytest.raises(Refused, match="quittez-le d’abord"):
        groups.join(one.journey.pk, a_group(one).code, one.person)
    with pytest.raises(Refused, match="Seul le candidat"):
        groups.leave(one.journey.pk, one.architect)
    with pytest.raises(Refused, match="dans aucun groupe"):
        groups.leave(two[1].journey.pk, two[1].person)


def test_the_group_of_another_organisation_is_refused_by_its_name(two: list[Scenario]) -> None:
    one = two[0]
    elsewhere = groups.create(one.demo.stranger, described(one))
    with pytest.raises(Refused, match=f"accompagné par {elsewhere.organisation.name}"):
        groups.join(one.journey.pk, elsewhere.code, one.person)


def test_wrong_codes_are_counted_and_the_right_one_waits_an_hour_then(two: list[Scenario]) -> None:
    person, made = two[0].person, a_group(two[0])
    for _ in range(MOST_TRIES):
        with pytest.raises(Refused, match="n’est pas celui d’un groupe"):
            groups.opened_by("AAAAAA" if made.code != "AAAAAA" else "BBBBBB", person)
    with pytest.raises(Refused, match="attendez une heure"):
        groups.opened_by(made.code, person)
    assert groups.opened_by(made.code, two[1].person) == made


def test_wrong_codes_are_counted_for_an_hour_where_all_processes_count_together(
    two: list[Scenario], settings: Any
) -> None:
    kept = "django.core.cache.backends.db.DatabaseCache"
    settings.CACHES = {"default": {"BACKEND": kept, "LOCATION": "codes_tried"}}
    call_command("createcachetable", verbosity=0)
    for _ in range(2):
        with pytest.raises(Refused):
            groups.opened_by("", two[0].person)
    with connection.cursor() as cursor:
        cursor.execute("select extract(epoch from expires - now()) from codes_tried")
        ((left,),) = cursor.fetchall()
    assert left > groups.HOUR - 60


def test_two_groups_never_have_the_same_code(two: list[Scenario]) -> None:
    made, other = a_group(two[0]), a_group(two[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        CompanyGroup.objects.filter(pk=other.pk).update(code=made.code)


def test_a_reserved_workshop_is_seen_and_chosen_by_the_group_alone(two: list[Scenario]) -> None:
    inside, outside = two
    made = a_group(inside)
    groups.join(inside.journey.pk, made.code, inside.person)
    kept = a_workshop(inside, seats=5)
    Workshop.objects.filter(pk=kept.pk).update(group=made)
    assert kept in workshop_lists.open_to(inside.journey)
    assert kept not in workshop_lists.open_to(outside.journey)
    assert kept not in workshop_lists.seen_from(outside.journey)
    kept.refresh_from_db()
    for one in two:
        named = workshop_lists.enrollable(inside.architect, kept, one.journey.reference)
        assert [each.pk for each in named] == ([one.journey.pk] if one is inside else [])
    with pytest.raises(Refused, match="réservé au groupe"):
        workshops.enrol(kept.pk, outside.journey.pk, outside.architect)
    workshops.enrol(kept.pk, inside.journey.pk, inside.person)
    groups.leave(inside.journey.pk, inside.person)
    assert Enrolment.objects.get().state == EnrolmentState.CANCELLED


def test_a_workshop_with_outsiders_is_not_reserved(two: list[Scenario]) -> None:
    made, held = a_group(two[0]), a_workshop(two[0], seats=5)
    workshops.enrol(held.pk, two[1].journey.pk, two[1].person)
    half = held.half_days.get()
    spans = [programme.Span(half.starts_at, half.ends_at, half.pk)]
    with pytest.raises(Refused, match="ne sont pas de ce groupe") as refused:
        programme.change(held.pk, two[0].architect, {"group": made}, spans)
    assert two[1].person.get_full_name() in refused.value.refusal.why


def test_whoever_changes_organisation_is_no_longer_in_the_group(two: list[Scenario]) -> None:
    one, made = two[0], a_group(two[0])
    groups.join(one.journey.pk, made.code, one.person)
    one.journey.organisation = (
        Organisation.objects.exclude(pk=made.organisation_id).filter(kind="accompanist").first()
    )
    one.journey.save()
    assert groups.member_of(one.journey) is None
    assert not group_lists.members(one.architect, made).exists()


def test_a_copy_tells_the_group_and_an_erasure_takes_it_away(two: list[Scenario]) -> None:
    one, made = two[0], a_group(two[0])
    groups.join(one.journey.pk, made.code, one.person)
    (told,) = TOLD_BY["groupes_d_entreprise"](one.person)
    assert told["group"] == "Usinage, printemps, Exemple Mécanique"
    erased = ERASED_BY["appartenances à un groupe d’entreprise"](
        Erasing(one.journey, awarded=False)
    )
    assert erased == 1 and not GroupMember.objects.exists()
