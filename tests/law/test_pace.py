"""At which pace a file is written, and what is told of it."""

from dataclasses import replace
from datetime import date, timedelta

from jalon.law.pace import SOON, Pace, period_start, told

TODAY = date(2027, 3, 29)
GOING = Pace(
    today=TODAY,
    since=date(2027, 3, 1),
    words=500,
    words_then=100,
    to_write=200,
    last_on=date(2027, 3, 12),
    limit_on=date(2027, 6, 1),
)


def test_a_pace_says_words_a_week_and_the_day_it_ends_on() -> None:
    assert GOING.per_week == 100
    assert GOING.ready_on == TODAY + timedelta(days=14)
    said = " ".join(told(GOING))
    assert "dont 400 depuis le 1er mars 2027 : environ 100 par semaine" in said
    assert "Derniers mots écrits le 12 mars 2027." in said
    assert "vers le 12 avril 2027" in said
    assert "Date limite : 1er juin 2027." in said and "n’est pas tenue" not in said


def test_a_limit_that_comes_first_is_said_not_kept() -> None:
    hurried = replace(GOING, limit_on=date(2027, 4, 11))
    assert hurried.late and "n’est pas tenue" in told(hurried)[-1]
    assert not replace(GOING, limit_on=date(2027, 4, 12)).late


def test_without_a_new_word_no_day_is_promised() -> None:
    still = replace(GOING, words=100)
    assert (still.per_week, still.ready_on, still.late) == (0, None, True)
    assert not replace(still, limit_on=TODAY + timedelta(days=SOON + 1)).late
    assert "aucune date ne peut être prévue" in " ".join(told(still))
    shortened = replace(GOING, words=50)
    assert "dont 0 depuis" in told(shortened)[0]


def test_a_file_that_has_its_length_is_never_late() -> None:
    done = replace(GOING, words=100, to_write=0, limit_on=TODAY)
    assert (done.ready_on, done.late) == (TODAY, False)
    assert "Chaque texte a déjà la longueur qu’il faut." in told(done)


def test_a_file_opened_yesterday_is_not_judged_over_a_day() -> None:
    young = replace(GOING, since=TODAY - timedelta(days=1), words_then=0, words=70)
    assert young.per_week == 70
    assert period_start(TODAY, TODAY - timedelta(days=1)) == TODAY - timedelta(days=1)
    assert period_start(TODAY, date(2026, 1, 1)) == date(2027, 3, 1)


def test_without_a_limit_or_a_word_nothing_is_made_up() -> None:
    bare = replace(GOING, words=0, words_then=0, last_on=None, limit_on=None)
    said = told(bare)
    assert len(said) == 3 and "Rien n’a encore été écrit" in said[1] and not bare.late
