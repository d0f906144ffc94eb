"""Every page of the candidate's space and of the public, weighed on a telephone with a slow network.

All of them by `./jalon test pages`; the suite weighs one, and proves that the scales tell.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.test.testcases import LiveServerThread
from django.urls import resolve, reverse
from playwright.sync_api import Browser
from pytest_django import Settings

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, Scenario, partial
from jalon.people.models import User
from jalon.web.public.views import PAGES
from tests.access import test_matrix
from tests.conftest import TODAY
from tests.trials.measure import WHOLE
from tests.trials.pages import read

from .weighing import HEAD, Scales, Weight, length, sentences

scene = test_matrix.scene


@dataclass(frozen=True)
class Visit:
    """A page that somebody opens on some day, with the name by which it is told."""

    name: str
    address: str
    person: User | None = None
    at: datetime = field(default_factory=timekeeper.now)


@pytest.fixture
def address(settings: Settings, tmp_path: Path) -> Iterator[str]:
    """Serve the pages with their files compressed and kept for good, as an installation does."""
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_USE_FINDERS = False
    kept = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": kept}}
    call_command("collectstatic", interactive=False, verbosity=0)
    server = LiveServerThread("127.0.0.1", static_handler=lambda application: application)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()
    connections.close_all()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not WHOLE, reason="by its name: ./jalon test pages")
def test_every_page_of_a_candidate_and_of_the_public_is_light_still_quick_and_plain(
    browser: Browser, address: str, scene: test_matrix.Scene, scenario: Scenario, demo: DemoPeople
) -> None:
    visits = [*public_pages(scene), *own_pages(scene), *pages_of_each_stage(demo)]
    weights = weighed(browser, address, visits)
    assert [wrong for one in weights for wrong in one.wrong] == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_first_page_is_light_still_and_quick_on_a_slow_telephone(
    browser: Browser, address: str
) -> None:
    [weight] = weighed(browser, address, [Visit("public:home", "/")])
    assert weight.wrong == []
    assert weight.first > weight.after > 1000


def test_what_a_page_costs_too_much_is_named_with_the_page() -> None:
    heavy = Weight("candidate:home", 120_001, 25_001, 0.1, 0.1, 2.1, 12.5)
    assert len(heavy.wrong) == 5
    assert all(one.startswith("candidate:home: ") for one in heavy.wrong)
    assert Weight("candidate:home", 120_000, 25_000, 0.0, 0.1, 2.0, 12).wrong == []


def test_sentences_are_counted_and_titles_and_buttons_are_not() -> None:
    shown = "Mon parcours\nLisez ceci : c’est à vous. Répondez !\nVoir\nSigné le 12.05.2027."
    found = sentences(shown)
    assert found == ["Lisez ceci : c’est à vous.", "Répondez !", "Signé le 12.05.2027."]
    assert list(map(length, found)) == [5, 1, 3]


def public_pages(scene: test_matrix.Scene) -> Iterator[Visit]:
    """Yield what everybody opens: each page of ours, those of the accounts, and each text."""
    for name, expected in test_matrix.EXPECTED.items():
        if "nobody" in expected.sees and name.startswith("public:") and not expected.post_only:
            yield from shown(Visit(name, scene.addresses[name]))
    for name in ("account_login", "account_signup", "account_reset_password"):
        yield Visit(name, reverse(name))
    for text in PAGES:
        yield Visit(f"public:page {text}", reverse("public:page", args=[text]))


def own_pages(scene: test_matrix.Scene) -> Iterator[Visit]:
    """Yield what a candidate opens before their jury."""
    for name, expected in test_matrix.EXPECTED.items():
        theirs = "candidate" in expected.sees and "nobody" not in expected.sees
        if theirs and not expected.post_only:
            yield from shown(Visit(name, scene.addresses[name], scene.people["candidate"]))


def pages_of_each_stage(demo: DemoPeople) -> Iterator[Visit]:
    """Yield the home of candidates at stages of the story, and one of each kind of page that it leads to."""
    for scenario in at_stages(demo):
        timekeeper.travel(scenario.at)
        home = reverse("candidate:journey", args=[scenario.journey.pk])
        client = Client()
        client.force_login(scenario.person)
        found = {"candidate:journey": home}
        for link in read(client.get(home).content.decode()).links:
            path = link.split("#")[0]
            if path.startswith(("/candidat/", "/dossiers/")):
                found.setdefault(resolve(path.split("?")[0]).view_name, path)
        for name, path in found.items():
            told = f"{name} ({scenario.journey.stage})"
            yield from shown(Visit(told, path, scenario.person))


def at_stages(demo: DemoPeople) -> Iterator[Scenario]:
    """Yield journeys at stages of the story at which a candidate has something to read or to do."""
    sheet = Certification.objects.get(code="RNCP38901")
    yield Scenario(demo, sheet, TODAY).register()
    yield Scenario(demo, sheet, TODAY).to_path_accepted()
    yield Scenario(demo, sheet, TODAY).to_ready()
    yield Scenario(demo, sheet, TODAY).to_complete()
    yield Scenario(demo, sheet, TODAY).to_admissible(with_gaps=True)
    yield Scenario(demo, sheet, TODAY).to_validation_sent()
    heard = Scenario(demo, sheet, TODAY).to_scheduled()
    yield heard.deliberate(partial(heard)).wait(6).notify()


def shown(visit: Visit) -> Iterator[Visit]:
    """Yield a visit whose page is read on a screen: a file to download has no width."""
    client = Client()
    if visit.person:
        client.force_login(visit.person)
    answer = client.get(visit.address)
    if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
        yield visit


def weighed(browser: Browser, address: str, visits: list[Visit]) -> list[Weight]:
    """Weigh pages one after the other, and print what each costs."""
    print(f"\n{HEAD}")
    weights = []
    with closing(Scales(browser, address)) as scales:
        for person in dict.fromkeys(one.person for one in visits):
            session = session_of(person)
            with closing(scales.phone(session)) as known:
                timekeeper.travel(visits[0].at)
                scales.opened(known, "/candidat/" if person else "/", slow=False)
                for one in visits:
                    if one.person == person:
                        timekeeper.travel(one.at)
                        weights.append(scales.weigh(one.name, one.address, session, known))
                        print(weights[-1], flush=True)
    return weights


def session_of(person: User | None) -> str:
    """Return the session of somebody who signed in; empty for nobody."""
    if person is None:
        return ""
    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value
