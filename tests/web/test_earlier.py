"""Asking for a sooner hour and taking the one that is kept, signed in or by the link of a mail."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople
from jalon.law.vocabulary import Occasion, OfferState
from jalon.mailbox.jobs import tell
from jalon.support import planning
from jalon.support.links import offer_token, token_of
from jalon.support.models import Booking, EarlierOffer, EarlierWish
from jalon.support.queries import offered
from tests.conftest import TODAY
from tests.support.test_earlier import booked_by, run_offers, wait_for_any
from tests.web.browsers import browser
from tests.web.reading import read

TICKED = {
    "until": "2027-03-02",
    "weekdays": ["1"],
    "halves": ["matin", "apres-midi"],
    "ways": ["sur-place", "a-distance"],
}


@pytest.fixture
def pair(demo: DemoPeople, machining: Certification) -> list[Booking]:
    """Two candidates of one architect, on Tuesday at nine and ten."""
    return booked_by(demo, machining, 2)


def link(booking: Booking) -> str:
    return reverse("public:earlier", args=[token_of(booking)])


def kept_for(pair: list[Booking]) -> EarlierOffer:
    """Return the hour of the first, given up and kept for the second."""
    first, second = pair
    wait_for_any(second)
    planning.give_up(first, first.journey.candidate, "Je suis malade")
    run_offers()
    return EarlierOffer.objects.get()


def test_the_mail_of_a_meeting_leads_to_the_page_that_asks_in_one_click(
    pair: list[Booking],
) -> None:
    tell(occasion=Occasion.BOOKING_MADE, key=pair[1].told_as)
    [body] = [one.body for one in mail.outbox if one.to == [pair[1].journey.candidate.email]]
    assert link(pair[1]) in body
    client = Client()
    page = read(client.get(link(pair[1])))
    assert "Votre rendez-vous tient : mardi 2 mars 2027 à 10 h 00" in page
    assert not EarlierWish.objects.exists()
    done = client.post(link(pair[1]), TICKED, follow=True)
    assert "Un courriel part dès qu’une heure plus tôt se libère" in read(done)
    assert EarlierWish.objects.get().wanted.weekdays == (1,)


def test_it_is_stopped_in_one_click_without_signing_in(pair: list[Booking]) -> None:
    wait_for_any(pair[1])
    client = Client()
    assert "Ne plus me prévenir" in read(client.get(link(pair[1])))
    done = client.post(link(pair[1]), {"arreter": "1"}, follow=True)
    assert "C’est arrêté. Votre rendez-vous ne change pas." in read(done)
    assert EarlierWish.objects.get().ended_at is not None


def test_what_no_hour_answers_is_refused_in_words(pair: list[Booking]) -> None:
    nothing = Client().post(link(pair[1]), TICKED | {"weekdays": []})
    assert "Cochez au moins un jour où vous pouvez venir." in read(nothing)
    after = Client().post(link(pair[1]), TICKED | {"until": "2027-03-20"})
    assert after.status_code == 409
    assert "Choisissez un jour entre aujourd’hui et celui de votre rendez-vous." in read(after)
    assert not EarlierWish.objects.exists()


def test_a_candidate_asks_and_changes_what_would_suit_once_signed_in(pair: list[Booking]) -> None:
    own = pair[1].journey
    client = browser(own.candidate)
    shown = read(client.get(reverse("candidate:booking", args=[own.pk])))
    assert "Me prévenir si une heure se libère plus tôt" in shown
    page = reverse("candidate:earlier", args=[own.pk])
    client.post(page, TICKED)
    client.post(page, TICKED | {"halves": ["matin"]})
    wish = EarlierWish.objects.get()
    assert (wish.mornings, wish.afternoons) == (True, False)


def test_the_mail_of_a_freed_hour_says_until_when_and_nothing_of_why(pair: list[Booking]) -> None:
    kept = kept_for(pair)
    tell(occasion=Occasion.EARLIER_OFFERED, key=str(kept.pk))
    [sent] = mail.outbox
    assert sent.to == [pair[1].journey.candidate.email]
    assert "gardée pour vous jusqu’au lundi 1er mars 2027 à 14 h 00" in sent.body.replace(
        "\xa0", " "
    )
    gone = pair[0].journey.candidate
    for word in ("malade", "annul", gone.first_name, gone.last_name):
        assert word not in sent.body
    [path] = re.findall(r"https?://[^/\s]+(/rendez-vous/propose/\S+)", sent.body)
    client = Client()
    page = client.get(path)
    assert "Oui, prendre cette heure" in read(page)
    assert page["Cache-Control"] == "private, no-store"
    kept.refresh_from_db()
    assert kept.state == OfferState.HELD
    for _ in range(2):
        done = client.post(path, {"prendre": "1"}, follow=True)
        assert "Votre rendez-vous est avancé : mardi 2 mars 2027 à 9 h 00." in read(done)
    pair[1].refresh_from_db()
    assert pair[1].starts_at == kept.starts_at
    assert "Cette heure est à vous" in read(client.get(path))
    architect = pair[1].architect
    later = planning.move(pair[1], offered(architect, pair[1].journey, pair[1])[-1].key, architect)
    for answer in (client.get(path), client.post(path, {"prendre": "1"}, follow=True)):
        shown = read(answer)
        assert "Cette heure a déjà été prise" in shown
        assert later.when.replace("\xa0", " ") not in shown


def test_an_hour_that_is_left_goes_to_somebody_else_and_nothing_changes(
    pair: list[Booking],
) -> None:
    kept = kept_for(pair)
    page = reverse("public:earlier_offer", args=[offer_token(kept)])
    done = read(Client().post(page, {"laisser": "1"}, follow=True))
    assert "L’heure est laissée à quelqu’un d’autre." in done and "Rien n’a changé" in done
    late = read(Client().post(page, {"prendre": "1"}, follow=True))
    assert "Cette heure n’est plus gardée pour vous." in late
    pair[1].refresh_from_db()
    assert pair[1].revision == 0
    when = pair[1].when.replace("\xa0", " ")
    assert when not in done and when not in late and "tient toujours" in late


def test_a_link_that_is_not_whole_or_past_says_what_to_do(pair: list[Booking]) -> None:
    kept = kept_for(pair)
    whole = offer_token(kept)
    for token in (whole + "x", token_of(pair[1])):
        answer = Client().get(reverse("public:earlier_offer", args=[token]))
        assert answer.status_code == 410 and "Ce lien ne sert plus" in read(answer)
    with timekeeper.at(kept.starts_at):
        assert Client().get(reverse("public:earlier_offer", args=[whole])).status_code == 410


def test_who_accompanies_sees_who_waits_and_what_is_kept(pair: list[Booking]) -> None:
    kept_for(pair)
    page = read(browser(pair[1].architect).get(reverse("architect:earlier")))
    assert pair[1].journey.candidate.get_full_name() in page
    assert "Heure gardée : mardi 2 mars 2027 à 9 h 00, jusqu’au lundi 1er mars 2027" in page
    assert "Régler le délai" not in page


def test_a_head_settles_how_long_an_hour_is_kept(demo: DemoPeople) -> None:
    client = browser(demo.head)
    with timekeeper.at(TODAY):
        refused = client.post(reverse("architect:hold"), {"hours": "48"})
        assert "Écrivez un nombre d’heures entre 1 et 24." in read(refused)
        done = client.post(reverse("architect:hold"), {"hours": "6"}, follow=True)
    assert "Le délai est enregistré." in read(done)
    assert demo.accompanist.agenda_rule.hold_hours == 6
