"""A freed hour goes to the first whom it suits, then to the next; two who want it never both have it."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.rights import Erasing
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import MeetingMode, OfferState, WorkshopTheme
from jalon.people.models import User
from jalon.support import earlier, planning
from jalon.support.actions import note_absence, open_hours, take_back_absence
from jalon.support.freed import freed
from jalon.support.jobs import next_in_turn, offer_earlier
from jalon.support.models import Absence, Booking, EarlierOffer, EarlierWish, Workshop
from jalon.support.programme import Span, call_off, create
from jalon.support.queries import offered
from jalon.support.rights import accompaniment, erase_wishes
from tests.conftest import TODAY
from tests.people import demo_people
from tests.support.agenda import any_hour, kept_for_somebody, opened

Three = tuple[Booking, Booking, Booking]


def booked_by(demo: DemoPeople, machining: Certification, count: int) -> list[Booking]:
    """Return the meetings of some candidates of one architect, an hour after the other."""
    followed = [
        Scenario(demo, machining, TODAY, number=3 * (n + 1)).register().take_charge()
        for n in range(count)
    ]
    timekeeper.travel(TODAY)
    opened(followed[0].architect, demo.accompanist)
    return [
        planning.book(one.journey.pk, offered(one.person, one.journey)[0].key, one.person)
        for one in followed
    ]


@pytest.fixture
def three(demo: DemoPeople, machining: Certification) -> Three:
    """Three candidates of one architect, on Tuesday at nine, ten and eleven."""
    first, second, third = booked_by(demo, machining, 3)
    return first, second, third


def wait_for_any(booking: Booking) -> EarlierWish:
    return earlier.ask(booking.journey_id, any_hour(booking), booking.journey.candidate)


def run_offers() -> int:
    """Do what was queued to be offered, once each; return how many hours were."""
    queued = ProcrastinateJob.objects.filter(task_name="support.offer_earlier")
    made = sum(offer_earlier(**job.args) for job in queued)
    queued._raw_delete(queued.db)
    return made


def person(booking: Booking) -> User:
    candidate: User = booking.journey.candidate
    return candidate


def test_a_cancelled_hour_is_kept_for_the_first_who_asked_and_hidden_from_others(
    three: Three,
) -> None:
    first, second, third = three
    wait_for_any(third)
    with timekeeper.at(TODAY + timedelta(minutes=1)):
        wait_for_any(second)
        planning.give_up(first, person(first))
        assert run_offers() == 1
        kept = EarlierOffer.objects.get()
        assert (kept.wish.journey, kept.starts_at) == (third.journey, first.starts_at)
        assert kept.held_until.astimezone(timekeeper.PARIS).hour == 14
        here = {slot.starts_at for slot in offered(person(third), third.journey, third)}
        there = {slot.starts_at for slot in offered(person(second), second.journey, second)}
        assert kept.starts_at in here and kept.starts_at not in there
        assert kept.starts_at not in {
            slot.starts_at for slot in offered(third.architect, second.journey, second)
        }


def test_taking_it_moves_the_meeting_once_and_offers_the_hour_that_was_left(three: Three) -> None:
    first, second, third = three
    wait_for_any(second)
    wait_for_any(third)
    planning.give_up(first, person(first))
    run_offers()
    kept = EarlierOffer.objects.get()
    for _ in range(2):
        moved = earlier.take(kept, person(second))
        assert (moved.pk, moved.starts_at, moved.revision) == (second.pk, first.starts_at, 1)
    assert run_offers() == 1
    after = EarlierOffer.objects.get(state=OfferState.HELD)
    assert (after.wish.journey, after.starts_at) == (third.journey, second.starts_at)
    assert earlier.wish_of(second.journey) is None


def test_an_hour_nobody_answers_for_goes_to_the_next_and_is_not_offered_again(three: Three) -> None:
    first, second, third = three
    wait_for_any(second)
    wait_for_any(third)
    planning.give_up(first, person(first))
    run_offers()
    kept = EarlierOffer.objects.get()
    with timekeeper.at(kept.held_until - timedelta(minutes=1)):
        assert next_in_turn() == 0
    with timekeeper.at(kept.held_until):
        with pytest.raises(Refused, match="n’est plus gardée pour vous"):
            earlier.take(kept, person(second))
        assert next_in_turn() == 1
        assert run_offers() == 1
        following = EarlierOffer.objects.get(state=OfferState.HELD)
        assert following.wish.journey == third.journey
        earlier.leave(following, person(third))
        assert run_offers() == 0
        assert first.starts_at in {
            slot.starts_at for slot in offered(first.architect, first.journey)
        }


def test_an_hour_that_lapsed_and_is_freed_again_before_its_turn_is_passed_on_is_still_offered(
    three: Three,
) -> None:
    first, second, third = three
    for one in (second, third):
        wait_for_any(one)
    planning.give_up(first, person(first))
    assert run_offers() == 1
    lapsed = EarlierOffer.objects.get()
    with timekeeper.at(lapsed.held_until + timedelta(minutes=1)):
        freed(lapsed.architect_id, lapsed.starts_at, lapsed.ends_at)
        assert run_offers() == 1
        assert EarlierOffer.objects.in_force().get().wish.journey_id == third.journey_id
        assert EarlierOffer.objects.get(pk=lapsed.pk).state == OfferState.PASSED


def test_whoever_stops_leaves_the_hour_kept_for_them_to_the_next(three: Three) -> None:
    first, second, third = three
    wait_for_any(second)
    wait_for_any(third)
    planning.give_up(first, person(first))
    run_offers()
    for _ in range(2):
        earlier.stop(second.journey_id, person(second))
    assert run_offers() == 1
    assert EarlierOffer.objects.get(state=OfferState.HELD).wish.journey == third.journey
    assert earlier.wish_of(second.journey) is None


def test_an_opening_and_a_day_that_is_worked_after_all_are_offered_too(three: Three) -> None:
    _, _, third = three
    for booking in three:
        later = offered(third.architect, booking.journey, booking)[-1]
        planning.move(booking, later.key, third.architect)
    third.refresh_from_db()
    wait_for_any(third)
    architect = third.architect
    usual = {
        name: getattr(architect.opening_hours.get(), name) for name in ("starts_at", "ends_at")
    }
    note_absence(architect, {"starts_on": TODAY.date(), "ends_on": third.on - timedelta(days=1)})
    away = Absence.objects.get()
    opening = architect.opening_hours.get()
    open_hours(
        architect,
        usual
        | {
            "weekday": 3,
            "minutes": 60,
            "mode": opening.mode,
            "site": opening.site,
            "valid_from": TODAY.date(),
        },
    )
    assert run_offers() == 0
    take_back_absence(away)
    assert run_offers() == 1


def test_the_hours_of_a_workshop_that_is_cancelled_are_offered(three: Three) -> None:
    _, _, third = three
    later = offered(third.architect, third.journey, third)[-1]
    third = planning.move(third, later.key, third.architect)
    workshop = a_workshop_led_by(third.architect, third.starts_at - timedelta(days=7))
    wait_for_any(third)
    call_off(workshop.pk, third.architect)
    assert run_offers() == 1
    assert EarlierOffer.objects.get().starts_at == third.starts_at - timedelta(days=7)


def a_workshop_led_by(architect: User, starts_at: datetime) -> Workshop:
    """Return a workshop of an hour, from afar."""
    values = {
        "theme": WorkshopTheme.JURY,
        "led_by": architect,
        "mode": MeetingMode.REMOTE,
        "link": "https://visio.exemple.fr/atelier",
    }
    return create(architect, values, [Span(starts_at, starts_at + timedelta(hours=1))])


def test_nobody_is_offered_more_than_two_hours_a_day(three: Three) -> None:
    first, second, third = three
    wish = wait_for_any(third)
    for booking in (first, second):
        planning.give_up(booking, person(booking))
        assert run_offers() == 1
        earlier.leave(EarlierOffer.objects.get(state=OfferState.HELD), person(third))
        run_offers()
    wish.offers.update(starts_at=third.starts_at, ends_at=third.ends_at)
    freed(third.architect_id, first.starts_at, second.ends_at)
    assert run_offers() == 0
    wish.offers.update(offered_at=TODAY - timedelta(days=1))
    freed(third.architect_id, first.starts_at, second.ends_at)
    assert run_offers() == 1


def test_cancelling_or_moving_later_ends_what_was_asked(three: Three) -> None:
    _, second, third = three
    for booking in (second, third):
        wait_for_any(booking)
    planning.move(second, offered(person(second), second.journey, second)[-1].key, person(second))
    planning.give_up(third, person(third))
    assert not EarlierWish.objects.filter(ended_at=None).exists()
    assert run_offers() == 0


def test_only_the_candidate_and_who_accompanies_ask(three: Three, demo: DemoPeople) -> None:
    first, second, _ = three
    with pytest.raises(Refused):
        earlier.ask(second.journey_id, any_hour(second), person(first))
    assert earlier.ask(second.journey_id, any_hour(second), second.architect)


def test_an_organisation_keeps_an_hour_as_long_as_it_says(three: Three, demo: DemoPeople) -> None:
    first, _, third = three
    earlier.settle_hold(demo.accompanist.pk, 2)
    wait_for_any(third)
    planning.give_up(first, person(first))
    run_offers()
    assert EarlierOffer.objects.get().held_until == TODAY + timedelta(hours=2)


def test_the_database_keeps_an_hour_for_one_person(three: Three) -> None:
    _, second, third = three
    kept = kept_for_somebody(third)
    wish = wait_for_any(second)
    same = {"key": kept.key, "mode": kept.mode, "territory": kept.territory}
    hours = {"starts_at": kept.starts_at, "ends_at": kept.ends_at, "held_until": kept.held_until}
    with (
        pytest.raises(IntegrityError, match="an_hour_is_kept_for_one_person"),
        transaction.atomic(),
    ):
        EarlierOffer.objects.create(wish=wish, architect=kept.architect, **same, **hours)


def test_what_was_asked_is_told_in_the_copy_and_erased_with_the_journey(three: Three) -> None:
    _, _, third = three
    kept_for_somebody(third)
    [told] = accompaniment(person(third))["demandes_de_rendez_vous_plus_tot"]
    assert len(told["heures_proposees"]) == 1
    assert erase_wishes(Erasing(third.journey, awarded=False)) == 1
    assert not EarlierOffer.objects.exists()


ROUNDS = 8


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_same_freed_hour_in_the_same_instant_one_gets_it() -> None:
    with timekeeper.at(TODAY):
        demo = demo_people()
        machining = Certification.objects.get(code="RNCP38901")
        first, second, third = booked_by(demo, machining, 3)
        planning.give_up(first, person(first))
        hours = {one.pk: (one.starts_at, one.ends_at) for one in (second, third)}
        for _ in range(ROUNDS):
            wait_for_any(second)
            wait_for_any(third)
            earlier.offer_what_is_free(first.architect_id, first.starts_at, first.ends_at)
            got = at_once(EarlierOffer.objects.get(), first, (second, third))
            assert (
                Booking.objects.filter(starts_at=first.starts_at).exclude(pk=first.pk).count() == 1
            )
            assert got.count(True) == 1, got
            EarlierWish.objects.all().delete()
            for pk, (starts_at, ends_at) in hours.items():
                Booking.objects.filter(pk=pk).update(
                    starts_at=starts_at, ends_at=ends_at, revision=0
                )


def at_once(kept: EarlierOffer, freed: Booking, pair: tuple[Booking, Booking]) -> list[bool]:
    """Let one take an hour while it goes to the other, who takes it too; return who got it."""
    got: list[bool] = []
    ready = threading.Barrier(2)

    def take_it() -> None:
        earlier.take(kept, person(pair[0]))

    def take_it_next() -> None:
        earlier.leave(kept, person(pair[0]))
        earlier.offer_what_is_free(freed.architect_id, freed.starts_at, freed.ends_at)
        earlier.take(
            EarlierOffer.objects.filter(wish__journey=pair[1].journey).latest("pk"), person(pair[1])
        )

    def press(act: Callable[[], None]) -> None:
        try:
            ready.wait(10)
            act()
            got.append(True)
        except (Refused, EarlierOffer.DoesNotExist):
            got.append(False)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[act]) for act in (take_it, take_it_next)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return got
