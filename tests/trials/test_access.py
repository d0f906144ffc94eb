"""Every address and every act, knocked at by everybody: nothing opens to who has no right to it.

What each person may open is said here from the rows themselves (who accompanies, who delivers, who
sits), and not by the functions that the pages ask.
"""

from collections import Counter
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from jalon.journeys.models import Journey
from jalon.law import lifecycle
from jalon.law.transitions import Transition
from jalon.law.vocabulary import Accompaniment, Act, Role
from jalon.people.models import User
from tests.access.test_matrix import EXPECTED
from tests.trials.measure import WHOLE, fingerprint, sample, say
from tests.trials.town import Door, Town

pytestmark = pytest.mark.long

#: Pages that the journey of the matrix has nothing to show on, and whom they open to elsewhere.
ELSEWHERE = {
    "writing:request": {"candidate", "architect", "head"},
    "writing:request_pdf": {"candidate", "architect", "head"},
    "dossiers:join_proof": {"candidate", "architect", "head"},
}
#: The role in which a word of the matrix acts.
ACTS_AS = {
    "candidate": Role.CANDIDATE,
    "architect": Role.ARCHITECT,
    "head": Role.HEAD,
    "officer": Role.CERTIFIER,
    "juror": Role.JUROR,
    "administrator": Role.ADMINISTRATOR,
}
OTHERS = ("head", "put", "patch", "delete", "options")


class Knocking:
    """Knocks at doors, counts, and keeps what should not have opened."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.words = town.everywhere()
        self.counts: Counter[str] = Counter(requests=0)
        self.wrong: list[str] = []

    def may(self, who: User, door: Door) -> bool:
        """Say whether the matrix lets this person in, from what they are to the journey or the house."""
        expected = EXPECTED[door.name]
        lets_in = expected.sees | expected.moved | ELSEWHERE.get(door.name, set())
        if door.journey is not None:
            return bool(self.town.who(who, door.journey) & lets_in)
        held = {word for user, word in self.words if user == who.pk}
        return bool((held or {"candidate", "other_candidate"}) & lets_in)

    def knock(self, client: Client, who: User, door: Door, other: str) -> None:
        """Open an address, try it by another method too, and by POST where that must be refused."""
        may = self.may(who, door)
        for method in ("get", other) if may else ("get", other, "post"):
            answer = getattr(client, method)(door.address)
            led_to = answer.headers.get("Location", "")
            self.judge(who, f"{method} {door.name}", answer.status_code, led_to, may=may)

    def judge(self, who: User, what: str, status: int, led_to: str, *, may: bool) -> None:
        """Count an answer; keep it when it opened to somebody it should not, or failed."""
        self.counts["requests"] += 1
        opened = status == 200 or (status == 302 and not led_to.startswith("/compte/"))
        if opened and may:
            self.counts["opened as they should"] += 1
        if status >= 500 or (opened and not may):
            self.wrong.append(f"{who.email}: {what} answered {status} {led_to}")


def test_no_address_opens_to_who_has_no_right_to_it(town: Town) -> None:
    knocking = Knocking(town)
    doors = list(town.doors())
    for who in sample(town.people, one_in=5):
        client = Client(raise_request_exception=False)
        client.force_login(who)
        before = fingerprint()
        for number, door in enumerate(sample(doors, one_in=2)):
            knocking.knock(client, who, door, OTHERS[number % len(OTHERS)])
        assert fingerprint() == before, f"{who.email} changed something by knocking"
    say("access, addresses", knocking.counts)
    assert knocking.wrong == []
    assert knocking.counts["opened as they should"] > 50
    assert not WHOLE or knocking.counts["requests"] >= 15_000


def test_nobody_signed_out_opens_anything_but_what_is_public(town: Town) -> None:
    client = Client(raise_request_exception=False)
    wrong, counts = [], Counter(requests=0)
    before = fingerprint()
    for door in town.doors():
        public = "nobody" in EXPECTED[door.name].sees
        for method in ("get", "post"):
            if public and method == "post":
                continue
            answer = getattr(client, method)(door.address)
            counts["requests"] += 1
            led_to = getattr(answer, "url", "")
            opened = answer.status_code == 200 or not led_to.startswith("/compte/")
            if answer.status_code in (200, 302) and opened and not public:
                wrong.append(f"{method} {door.name}: {answer.status_code} {led_to}")
    say("access, signed out", counts)
    assert wrong == []
    assert fingerprint() == before


def test_no_act_is_done_by_who_may_not_do_it(town: Town) -> None:
    counts: Counter[str] = Counter(requests=0)
    wrong = []
    for who in sample(town.people, one_in=3):
        client = Client(raise_request_exception=False)
        client.force_login(who)
        before = fingerprint()
        for journey, act in sample(forbidden(town, who), one_in=25):
            address = reverse("dossiers:act", args=[journey.pk, act.value])
            looked = client.get(address).status_code
            status = client.post(address, {"seen": journey.version}).status_code
            counts["requests"] += 2
            if looked not in (302, 404) or status not in (200, 302, 404, 409):
                wrong.append(f"{who.email}: {act.value} answered {looked}, then {status}")
        assert fingerprint() == before, f"{who.email} did what they may not"
    say("access, acts", counts)
    assert wrong == []
    assert not WHOLE or counts["requests"] >= 15_000


def forbidden(town: Town, who: User) -> Iterator[tuple[Journey, Act]]:
    """Yield the acts that the table gives to nobody like this person, at the stage of each journey."""
    for journey in town.journeys:
        words = town.who(who, journey)
        roles = {ACTS_AS[word] for word in words if word in ACTS_AS}
        notes = words & {"architect", "head"} or (
            "candidate" in words and journey.accompaniment == Accompaniment.ALONE
        )
        if notes and not journey.certifier.works_here:
            roles.add(Role.CERTIFIER)
        for act in Act:
            rows = lifecycle.rows_of(act)
            if not any(one.by & roles and serves(one, journey) for one in rows):
                yield journey, act


def serves(row: Transition, journey: Journey) -> bool:
    """Say whether a row is open to a journey as it stands."""
    return row.serves(journey.stage, journey.route, journey.accompaniment)
