"""Two telephones that type in one text at random, on a network that fails, while the server is killed again and again.

Run by `./jalon test autosave`; what each failure must not lose, one by one, is in `test_typing.py`.
"""

import re
from collections import Counter
from random import Random
from time import sleep

import pytest
from playwright.sync_api import Browser, Page, expect

from jalon.demo.scenario import DemoPeople
from tests.trials.measure import WHOLE, say

from .network import Mood
from .server import Server
from .test_typing import BACK, Writing, field, said, typed

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not WHOLE, reason="by its name: ./jalon test autosave"),
]

ROUNDS = 200
#: How long a finger takes from the keyboard to what closes a page, in seconds, at least.
REACH = 0.2


def test_200_words_typed_at_random_on_two_telephones_all_arrive(
    browser: Browser, demo: DemoPeople
) -> None:
    server = Server().start()
    writing = Writing(browser, server.address, demo)
    try:
        counts = typed_at_random(writing, server, Random(53))
        say("autosave", counts)
        assert counts["lost"] == counts["shown as saved and not kept"] == 0
        assert counts["shown as saved"] > ROUNDS / 10
    finally:
        writing.close()
        server.kill()


def typed_at_random(writing: Writing, server: Server, chance: Random) -> Counter[str]:
    """Type a word a round on one of two telephones, let something fail, and count what became of it."""
    phones = [writing.device(), writing.device()]
    pages = [writing.open(one) for one in phones]
    for one in pages:
        one.evaluate("navigator.serviceWorker.ready")
    sleep(2)
    counts: Counter[str] = Counter()
    told: list[str] = []
    for turn in range(ROUNDS):
        who = chance.randrange(2)
        typed(pages[who], f" mot{turn}fin.")
        counts["words"] += 1
        what = chance.choice(["", "", "", "mood", "mood", "close", "kill"])
        if what == "mood":
            writing.network.become(chance.choice(list(Mood)))
        elif what == "close":
            sleep(REACH)
            pages[who].close()
            pages[who] = writing.open(phones[who])
        elif what == "kill" and turn % 3 == 0:
            server.kill()
            sleep(chance.uniform(0, 1))
            server.start()
        counts[what or "nothing"] += 1
        told.append(f"{turn}: telephone {who}, {writing.network.mood.value}, {what}")
        sleep(chance.uniform(0, 2))
        counts += shown(writing, pages)
    finish(writing, pages)
    missing = set(range(ROUNDS)) - words(writing.kept)
    for one in sorted(missing):
        print(f"lost {told[one]}")
    return counts + Counter(lost=len(missing))


def words(text: str) -> set[int]:
    """Return which words of the trial a text holds."""
    return {int(one) for one in re.findall(r"mot(\d+)fin", text)}


def shown(writing: Writing, pages: list[Page]) -> Counter[str]:
    """Count the pages that say that all is saved, and those that say it of words that nobody kept."""
    counts: Counter[str] = Counter()
    for page in pages:
        line = said(page)
        text = field(page).input_value()
        if line.count() and line.get_attribute("data-kind") == "saved":
            counts["shown as saved"] += 1
            counts["shown as saved and not kept"] += bool(words(text) - words(writing.kept))
    return counts


def finish(writing: Writing, pages: list[Page]) -> None:
    """Give the network back, and wait until every page says that its text is saved."""
    writing.network.become(Mood.CARRIES)
    for page in pages:
        page.bring_to_front()
        page.evaluate(BACK)
        typed(page, ".")
        expect(said(page)).to_contain_text("Enregistré à", timeout=60000)
