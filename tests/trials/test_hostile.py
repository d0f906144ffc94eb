"""Every form, field, parameter and address that people reach, sent what nobody types: never an error 500."""

from collections import Counter
from collections.abc import Iterator
from itertools import product

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from pytest_django import Settings

from jalon.people.models import User
from tests.access.test_matrix import our_addresses
from tests.trials.evil import EVIL, EVIL_IN_ADDRESSES, hostile_files
from tests.trials.measure import WHOLE, fingerprint, sample, say
from tests.trials.pages import Form, read
from tests.trials.town import Town

pytestmark = pytest.mark.long

#: What ends the visit, or has no end.
NOT_FOLLOWED = ("/compte/logout", "/demo", "?", "#", "mailto:", "tel:", "http")
PAGES_EACH = 400 if WHOLE else 12
#: How many times the same fields are tried: on several files, by several people.
SAME_FORM = 4 if WHOLE else 2


class Visitor:
    """Somebody who follows every link, and sends rubbish into every form."""

    def __init__(self, who: User, counts: Counter[str]) -> None:
        self.client = Client(raise_request_exception=False)
        self.client.force_login(who)
        self.who = who
        self.counts = counts
        self.failed: list[str] = []

    def pages(self) -> Iterator[tuple[str, list[Form]]]:
        """Yield the forms of every page that this person comes to by its links."""
        waiting, known = ["/ensuite/", "/", "/certifications/", "/compte/email/"], {"/ensuite/"}
        opened = 0
        while waiting and opened < PAGES_EACH:
            address = waiting.pop(0)
            answer = self.client.get(address, follow=True)
            self.judge(f"GET {address}", answer.status_code)
            if answer.status_code != 200 or not answer.get("Content-Type", "").startswith(
                "text/html"
            ):
                continue
            opened += 1
            page = read(answer.content.decode())
            here = answer.request["PATH_INFO"]
            yield here, page.forms
            for link in page.links:
                plain = link.split("#")[0]
                if (
                    plain.startswith("/")
                    and plain not in known
                    and not plain.startswith(NOT_FOLLOWED)
                ):
                    known.add(plain)
                    waiting.append(plain)

    def send(self, here: str, form: Form) -> None:
        """Send a form with rubbish in each of its fields, one at a time, and undo what it did."""
        usual = form.filled()
        address = form.action or here
        for name, value in sample(product(form.values, EVIL), one_in=61):
            self.post(address, usual | {name: value}, f"{name}={value[:20]!r}", form.method)
        for name in sample(form.values, one_in=11):
            missing = {one: said for one, said in usual.items() if one != name}
            self.post(address, missing, f"without {name}", form.method)
            self.post(address, usual | {name: ["1", "2", "²"]}, f"{name} three times", form.method)
        for name in form.files:
            for file in sample(hostile_files(), one_in=7):
                self.post(address, usual | {name: file}, f"{name} is {file.name!r}", form.method)

    def post(self, address: str, said: dict[str, object], what: str, method: str) -> None:
        """Send something, note how it was answered, and undo it."""
        with transaction.atomic():
            answer = getattr(self.client, method)(address, said)
            transaction.set_rollback(True)
        self.judge(f"{method.upper()} {address} {what}", answer.status_code)

    def judge(self, what: str, status: int) -> None:
        """Count an answer, and keep the errors."""
        self.counts["requests"] += 1
        self.counts[f"answered {status // 100}xx"] += 1
        if status >= 500:
            self.failed.append(f"{self.who.email}: {what} answered {status}")


@pytest.fixture(autouse=True)
def no_limit_on_tries(settings: Settings) -> None:
    """Let the forms of accounts be sent again and again."""
    settings.ACCOUNT_RATE_LIMITS = False


def visitors(town: Town) -> list[User]:
    """Return one person of each kind, and the candidate of each journey."""
    demo = town.demo
    staff = [demo.head, demo.architects[0], demo.officer, demo.administrator]
    return [
        *staff,
        *(one.user for one in demo.jurors[:2]),
        *(one.candidate for one in town.journeys),
    ]


def test_no_form_fails_whatever_is_typed_in_it(town: Town) -> None:
    counts: Counter[str] = Counter(requests=0, forms=0)
    failed, seen = [], Counter[tuple[str, ...]]()
    for who in sample(visitors(town), one_in=2):
        visitor = Visitor(who, counts)
        before = fingerprint()
        for here, forms in visitor.pages():
            for form in forms:
                kind = (*sorted(form.values), *form.files)
                seen[kind] += 1
                if seen[kind] <= SAME_FORM:
                    counts["forms"] += 1
                    visitor.send(here, form)
        failed += visitor.failed
        assert fingerprint() == before, "what was sent was not undone"
    say("hostile, forms", counts)
    assert failed == []
    assert counts["forms"] > 15


def test_no_address_fails_whatever_stands_in_it(town: Town) -> None:
    counts: Counter[str] = Counter(requests=0)
    failed = []
    for who in sample(visitors(town), one_in=4):
        visitor = Visitor(who, counts)
        for address, method in product(sample(evil_addresses(), one_in=150), ("get", "post")):
            visitor.post(address, {}, "", method)
        failed += visitor.failed
    say("hostile, addresses", counts)
    assert failed == []


def evil_addresses() -> Iterator[str]:
    """Yield every address of ours with rubbish in the place of each of its arguments."""
    resolver = get_resolver()
    for name in our_addresses():
        space, _, short = name.rpartition(":")
        prefix, room = resolver.namespace_dict[space] if space else ("", resolver)
        for possibility, *_ in room.reverse_dict.getlist(short):
            for template, arguments in possibility:
                for evil in EVIL_IN_ADDRESSES if arguments else ():
                    yield "/" + prefix + template % dict.fromkeys(arguments, evil)
        for evil in EVIL_IN_ADDRESSES:
            yield from with_parameters(name, evil)


def with_parameters(name: str, evil: str) -> Iterator[str]:
    """Yield an address of a list with rubbish in each parameter that lists read."""
    try:
        address = reverse(name)
    except NoReverseMatch:
        return
    for parameter in ("q", "page", "etape", "tri", "format", "tous", "suivi_par"):
        yield f"{address}?{parameter}={evil}"
