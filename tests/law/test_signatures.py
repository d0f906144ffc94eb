"""What is a signature, what of the time counts, and what hours make of it (R-110)."""

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.law.signatures import (
    CODE_SERVES,
    LONGEST,
    MOST_CODES,
    MOST_POINTS,
    MOST_STROKES,
    MOST_TRIES,
    Counted,
    as_seen,
    code_refused,
    digest,
    drawing,
    enough_codes,
    in_hours,
    lasting,
    said_aloud,
    signed_hours,
    signed_minutes,
    something_to_sign,
    who_leads_notes,
    wrong_code,
)
from jalon.law.vocabulary import Presence, SignedHow
from jalon.law.workshops import attended
from jalon.now import PARIS

NINE = datetime(2027, 3, 9, 9, tzinfo=PARIS)
NOON = NINE + timedelta(hours=3)

pytestmark = pytest.mark.rule("R-110")

#: One half-day of one person: were they there, from when to when, and did they sign.
noted = st.tuples(
    st.sampled_from(list(Presence)), st.integers(0, 90), st.integers(91, 180), st.booleans()
)


def counted(presence, arrived, left, signed):
    """Return one half-day as the law counts it."""
    hours = (NINE + timedelta(minutes=one) for one in (arrived, left))
    return Counted(attended(presence, NINE, NOON, *hours), signed)


@given(st.lists(st.lists(noted, max_size=6), max_size=12))
def test_the_sheet_the_time_signed_and_the_certificate_agree_to_the_hundredth(people):
    """`people` holds the half-days of each person: the sheet reads them by half-day, the certificate by person."""
    certificates = [[counted(*one) for one in days] for days in people]
    most = max(map(len, people), default=0)
    sheet = [[days[n] for days in certificates if n < len(days)] for n in range(most)]
    there = [one for days in people for one in days if one[0] == Presence.PRESENT and one[3]]
    exact = Fraction(sum(left - arrived for _, arrived, left, _ in there), 60)
    rounded = (Decimal(exact.numerator) / exact.denominator).quantize(
        Decimal("0.01"), ROUND_HALF_UP
    )
    assert signed_hours(one for day in sheet for one in day) == rounded
    assert signed_hours(one for days in certificates for one in days) == rounded
    assert sum(signed_minutes(day) for day in sheet) == sum(map(signed_minutes, certificates))


@given(st.lists(noted, max_size=20))
def test_what_is_not_signed_adds_nothing(days):
    pieces = [counted(*one) for one in days]
    assert signed_minutes(pieces) == signed_minutes(one for one in pieces if one.signed)
    assert signed_minutes(pieces) <= sum(one.minutes for one in pieces)
    assert signed_minutes(Counted(one.minutes, False) for one in pieces) == 0


def test_three_times_twenty_minutes_are_an_hour():
    assert signed_hours([Counted(20, True)] * 3) == Decimal("1.00")
    assert (in_hours(170), lasting(170)) == (
        "2,83\N{NO-BREAK SPACE}h",
        "2 h 50".replace(" ", "\xa0"),
    )


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 180), st.integers(1, 180))
def test_other_hours_or_another_person_are_something_else_to_sign(one, other, minutes, others):
    first = digest(one, "demi-journee 1", "09:00", "12:00", minutes)
    second = digest(other, "demi-journee 1", "09:00", "12:00", others)
    assert (first == second) == ((one, minutes) == (other, others))


def test_a_line_across_the_sheet_is_a_signature():
    assert drawing("M10 100L200 20L400 180") is None
    assert drawing("M0 0L600 240M10 10L20 20") is None


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("", "Signez dans le cadre"),
        ("M10 10L11 10", "un point ne suffit pas"),
        ("M10 10", "illisible"),
        ("L10 10L90 90", "illisible"),
        ("M10 10L601 10", "illisible"),
        ("M10 10L10 241", "illisible"),
        ("M10 10L-90 10", "illisible"),
        ("M10 10L90 10 ", "illisible"),
        ("M10 10L90 10\n", "illisible"),
        ("M1e2 10L90 10", "illisible"),
        ("M١٠ 10L90 10", "illisible"),
        ('M10 10L90 10"/><script>', "illisible"),
        ("M0 0L600 0" * (MOST_STROKES + 1), "trop longue"),
        ("M0 0" + "L1 1L0 0" * (MOST_POINTS // 2), "trop longue"),
        ("M0 0L1 1" * LONGEST, "illisible"),
    ],
)
def test_what_is_no_drawing_of_the_sheet_is_refused(path, why):
    refusal = drawing(path)
    assert refusal is not None
    assert why in refusal.why


points = st.lists(st.tuples(st.integers(0, 600), st.integers(0, 240)), min_size=2, max_size=40)


@given(st.lists(points, min_size=1, max_size=MOST_STROKES - 1))
def test_whatever_is_drawn_within_the_sheet_is_taken(strokes):
    whole = [*strokes, [(0, 0), (600, 240)]]
    path = "".join("M" + "L".join(f"{x} {y}" for x, y in stroke) for stroke in whole)
    too_long = sum(map(len, whole)) > MOST_POINTS
    assert (drawing(path) is None) == (not too_long)


@given(st.text(max_size=60))
def test_no_text_passes_for_a_drawing(text):
    assert drawing(text) is not None


def test_nobody_signs_for_time_that_was_not_given_or_that_changed():
    assert something_to_sign(1) is None
    assert "Notez d’abord la présence" in something_to_sign(0).why
    assert as_seen("a", "a") is None
    assert "Les heures ont changé" in as_seen("a", "b").why


def test_who_agrees_aloud_is_noted_with_a_reason_by_who_led():
    assert said_aloud("Main dans le plâtre") is None
    assert "Dites pourquoi" in said_aloud("  ").why
    assert who_leads_notes(SignedHow.ALOUD, leads=True) is None
    assert who_leads_notes(SignedHow.DRAWN, leads=False) is None
    assert "Seule la personne qui a animé" in who_leads_notes(SignedHow.ALOUD, leads=False).why


def test_a_code_serves_a_quarter_of_an_hour_and_five_tries():
    until = NINE + CODE_SERVES
    assert code_refused(until, 0, until - timedelta(seconds=1)) is None
    assert "ne sert plus" in code_refused(until, 0, until).why
    assert code_refused(until, MOST_TRIES - 1, NINE) is None
    assert "Trop d’essais" in code_refused(until, MOST_TRIES, NINE).why
    assert "Demandez d’abord un code" in code_refused(None, 0, NINE).why
    assert "il vous reste un seul essai" in wrong_code(MOST_TRIES - 1).why
    assert "Trop d’essais" in wrong_code(MOST_TRIES).why
    assert enough_codes(MOST_CODES - 1) is None
    assert "Assez de codes" in enough_codes(MOST_CODES).why
