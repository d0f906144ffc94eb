"""A real browser, driven on the real pages."""

import os
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.servers.basehttp import WSGIRequestHandler
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright

from jalon.cli import CHROMIUM

# Playwright runs its own loop in this thread; Django must not take it for an asynchronous view.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Each answer leaves at once: what serves the tests would else wait for the browser to say that it got the first half.
WSGIRequestHandler.disable_nagle_algorithm = True

SCREENS = settings.VAR / "screens"


#: A microphone that hears a tone, and that pages may listen to.
MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-quic", *MICROPHONE)


@pytest.fixture(scope="package", autouse=True)
def pages_keep_their_connections() -> Iterator[None]:
    """Let what serves these tests keep a connection to the database as an installation does: its plans with it."""
    known = connections["default"].settings_dict
    before, known["CONN_MAX_AGE"] = known["CONN_MAX_AGE"], None
    yield
    known["CONN_MAX_AGE"] = before


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The system's Chromium, or Playwright's own, closed with these tests.

    Playwright's loop stays in this thread as long as it is open: no other test could run one.
    """
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A desk."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    context.set_default_timeout(8000)
    context.set_default_navigation_timeout(30000)  # a machine that does other work is no fault
    yield context.new_page()
    context.close()


#: Says what axe finds wrong; what it finds right, ten times as long, stays in the page.
WRONG = """() => axe.run(document, { resultTypes: ['violations'], preload: false })
  .then(({ violations }) => violations.map(one => `${one.id}: ${one.nodes[0].target}`))"""


AXE = Axe().axe_script


def faults(page: Page) -> list[str]:
    """Return what axe finds wrong on a page."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return [f"{page.url} {one}" for one in page.evaluate(WRONG)]


#: Says which words are hard to read.
UNREADABLE = """() => {
  for (const one of document.getAnimations()) one.finish();
  return axe.run(document, { resultTypes: ['violations'], preload: false, runOnly: ['color-contrast'] })
    .then(({ violations }) => violations.flatMap(one => one.nodes.map(node => node.target)));
}"""


def unreadable_in_the_dark(page: Page) -> list[str]:
    """Return what axe finds hard to read on a page, axe already there, for who asks for dark colours."""
    page.emulate_media(color_scheme="dark")
    found = page.evaluate(UNREADABLE)
    page.emulate_media(color_scheme="light")
    return [f"{page.url} in the dark: {one}" for one in found]


#: Says what colours alone tell, each thing by its place: a small thing without words, and what is marked as the
#: current one, with all that its look is made of. Edges and outlines stay where a device forces its own colours.
COLOURED = """() => {
  for (const one of document.getAnimations()) one.finish();
  const clear = /^rgba\\(.*, 0\\)$/, page = 'rgb(255, 255, 255)';
  const edges = drawn => ['Top', 'Right', 'Bottom', 'Left'].map(side =>
    drawn[`border${side}Style`] === 'none' ? '' : drawn[`border${side}Width`] + drawn[`border${side}Color`]);
  const look = (one, part) => {
    const drawn = getComputedStyle(one, part);
    return [drawn.backgroundColor.replace(clear, page), drawn.color, drawn.textDecorationLine, drawn.content, ...edges(drawn)].join();
  };
  const said = one => one.outerHTML.slice(0, 90);
  const spots = [...document.querySelectorAll('body span, body i, body li, body div')].filter(one =>
    !one.childNodes.length && one.checkVisibility() && one.offsetWidth > 3 && one.offsetHeight > 3);
  const marked = [...document.querySelectorAll('[aria-current], [aria-pressed=true]')].filter(one => one.checkVisibility());
  return {
    seen: spots.map(one => [said(one), !clear.test(getComputedStyle(one).backgroundColor),
      edges(getComputedStyle(one)).some(edge => edge && !edge.startsWith('0px'))
      || getComputedStyle(one).forcedColorAdjust === 'none']),
    alike: marked.filter(one => {
      const others = [...one.closest('ul, ol, form, nav, p').querySelectorAll(one.tagName)]
        .filter(other => !other.matches('[aria-current], [aria-pressed=true]') && other.checkVisibility());
      const own = look(one) + look(one, '::before');
      return others.some(other => look(other) + look(other, '::before') === own);
    }).map(said),
  };
}"""


def lost_in_forced_colours(page: Page) -> list[str]:
    """Return what a page tells no more to whose device forces its own colours."""
    coloured = [spot[1] for spot in page.evaluate(COLOURED)["seen"]]
    page.emulate_media(forced_colors="active")
    forced = page.evaluate(COLOURED)
    page.emulate_media(forced_colors="none")
    lost = [
        name
        for had, (name, _, kept) in zip(coloured, forced["seen"], strict=True)
        if had and not kept
    ]
    return [f"{page.url} in forced colours: {one}" for one in lost + forced["alike"]]


def keep(page: Page, name: str) -> None:
    """Keep a picture of a page to look at, when JALON_SCREENS asks for pictures."""
    if not os.environ.get("JALON_SCREENS"):
        return
    SCREENS.mkdir(parents=True, exist_ok=True)
    width = page.viewport_size["width"] if page.viewport_size else 0
    page.screenshot(path=SCREENS / f"{name}-{width}.png", full_page=True)
