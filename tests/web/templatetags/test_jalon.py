"""What templates say: dates, durations, words."""

import re
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, Template

from jalon.now import PARIS, now, today
from jalon.web.templatetags import jalon

pytestmark = pytest.mark.usefixtures("at_work")


def test_a_day_is_said_as_people_say_it() -> None:
    assert jalon.day(datetime(2027, 3, 1, 23, 30, tzinfo=PARIS)) == jalon.day("2027-03-01")
    assert jalon.day(None) == "—"


def test_a_moment_is_a_day_and_an_hour() -> None:
    moment = datetime(2027, 3, 1, 14, 5, tzinfo=PARIS)
    assert jalon.moment(moment) == f"{jalon.day(moment)} à {jalon.hour(time(14, 5))}"


@pytest.mark.parametrize(
    ("days", "said", "tone"),
    [
        (-2, "en retard de 2 jours", "late"),
        (-1, "en retard de 1 jour", "late"),
        (0, "aujourd’hui", "soon"),
        (1, "dans 1 jour", "soon"),
        (15, "dans 15 jours", ""),
    ],
)
def test_how_far_a_date_is(days: int, said: str, tone: str) -> None:
    date = today() + timedelta(days=days)
    assert (jalon.left(date), jalon.urgency(date)) == (said, tone)


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 jour"), (1, "1 jour"), (2, "2 jours"), ([], "[] jour")]
)
def test_several_begin_at_two(count: Any, said: str) -> None:
    page = Template("{{ count }} jour{{ count|pluralize }}").render(Context({"count": count}))
    assert page == said
    assert jalon.agreed(count, "d,dent") == ("dent" if count == 2 else "d")


def test_for_how_long_something_lasts() -> None:
    assert jalon.since(now()) == "aujourd’hui"
    assert jalon.since(now() - timedelta(days=3)) == "depuis 3 jours"


def test_a_word_that_is_unknown_is_shown_as_it_is() -> None:
    assert jalon.word("admissible", "stage") == "Recevable"
    assert jalon.word("autre", "stage") == "autre"


def test_a_device_is_one_that_people_recognise() -> None:
    agent = "Mozilla/5.0 (Android 14; Mobile) Gecko Firefox/130.0"
    assert jalon.device(agent) == "Firefox sur Android"
    assert jalon.device("") == "Navigateur"


def test_a_level_is_said_with_the_diplomas_that_people_know() -> None:
    assert jalon.level(3) == "Niveau 3 (CAP, BEP)"
    assert jalon.level(None) == "Sans niveau"


TEMPLATES = sorted((settings.ROOT / "src" / "jalon").rglob("*.html"))
#: What a page computes, then what it marks and what nobody reads: no words.
COMPUTED = re.compile(r"{[%#{].*?[%#}]}", re.DOTALL)
MARKED = re.compile(r"<(script|style|svg)\b.*?</\1>|<[^<>]*>", re.DOTALL)
#: A sign that a line may begin with, or an opening quote that it may end with.
ALONE = re.compile(r"[ \n][:;?!»€%](?!\w)|«[ \n]")


@pytest.mark.parametrize("page", TEMPLATES, ids=lambda page: page.name)
def test_no_sign_of_a_page_stands_alone_at_the_start_of_a_line(page: Path) -> None:
    words = MARKED.sub("", COMPUTED.sub("x", page.read_text(encoding="utf-8")))
    assert [words[max(one.start() - 30, 0) : one.end()] for one in ALONE.finditer(words)] == []


def test_thousands_are_set_apart() -> None:
    assert jalon.number(1204) == "1\N{NARROW NO-BREAK SPACE}204" and jalon.number(12) == "12"
