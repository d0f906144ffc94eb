"""Every page by axe and by keyboard alone: each thing one may press is reached, in order, seen, and left."""

import pytest
from playwright.sync_api import Page

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, Scenario
from tests.conftest import TODAY

from .conftest import faults, lost_in_forced_colours, unreadable_in_the_dark
from .pages import pages
from .screen import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Numbers what one may press, in the order of the page, and notes each stop that the focus makes: which one, and
#: whether a person sees it there. A group of radio buttons is one stop. The unseen button that Enter presses from
#: within a form is the same as the one below it, and no stop.
NUMBER = """() => {
  const wanted = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  const stops = [...document.querySelectorAll(wanted)].filter(one => {
    if (one.type === 'hidden' || one.disabled || !one.checkVisibility()) return false;
    if (one.matches('button.unseen')) return false;
    if (one.type !== 'radio') return true;
    const group = [...document.querySelectorAll(`input[type=radio][name="${one.name}"]`)];
    return one === (group.find(other => other.checked) || group[0]);
  });
  stops.forEach((one, number) => { one.dataset.stop = number; });
  window.walked = [];
  document.addEventListener('focusin', ({ target }) => {
    const drawn = getComputedStyle(target);
    const ringed = drawn.outlineStyle !== 'none' && parseFloat(drawn.outlineWidth) >= 2;
    window.walked.push([target.dataset.stop === undefined ? -1 : Number(target.dataset.stop), ringed]);
  });
  return stops.map(one => one.outerHTML.slice(0, 90));
}"""
#: Which stops the focus made, up to the end of the page; nothing as long as it did not come back to the first.
WALKED = """() => {
  const numbers = window.walked.map(([number]) => number), again = numbers.indexOf(numbers[0], 1);
  const end = Math.min(...[again, numbers.indexOf(-1)].filter(one => one >= 0));
  return Number.isFinite(end) ? window.walked.slice(0, end) : null;
}"""

#: Everything that « Confort de lecture » offers, at its most.
LARGEST = "text-largest.spacing-wide.colours-dark.ruler-on"
#: Whether what has the focus stands in the band of the ruler, whole.
IN_THE_BAND = """() => {
  const band = document.querySelector('.ruler').getBoundingClientRect();
  const here = document.activeElement.getBoundingClientRect();
  return band.top <= here.top && here.bottom <= band.bottom;
}"""

#: An answer opens where it begins, and the keyboard with it: this takes it back to the top of the page.
FROM_THE_TOP = "() => { document.body.tabIndex = -1; document.body.focus(); }"


def walked(page: Page) -> list[str]:
    """Press Tab from the top of a page until the focus comes back there, and return what is wrong with the way."""
    stops = page.evaluate(NUMBER)
    way = None
    for _ in range(3):
        for _ in range(len(stops) + 5):
            page.keyboard.press("Tab")
        if (way := page.evaluate(WALKED)) is not None:
            break
    else:
        return [f"{page.url}: the focus never leaves the page"]
    reached = [number for number, _ in way]
    wrong = [f"no ring on {stops[number]}" for number, ringed in way if not ringed]
    if reached != sorted(reached):
        wrong.append(f"out of order: {reached}")
    wrong += [f"never reached: {stops[one]}" for one in range(len(stops)) if one not in reached]
    return [f"{page.url}: {one}" for one in wrong]


@pytest.mark.rule("R-128")
def test_every_page_has_no_fault_that_axe_sees_answers_the_keyboard_and_fits_a_phone_of_320(
    desk: Page, live_server: object, demo: DemoPeople
) -> None:
    address = live_server.url  # type: ignore[attr-defined]
    timekeeper.travel(TODAY)
    certification = Certification.objects.get(code="RNCP38901")
    scenario = Scenario(demo, certification, TODAY).to_scheduled()
    scenario.declare_independence()
    timekeeper.travel(scenario.at)
    wrong = read_at_the_largest(desk, address, scenario)
    for person, paths in pages(scenario, demo):
        if person:
            sign_in(desk, address, person)
        for path in paths:
            desk.set_viewport_size({"width": 1280, "height": 900})
            answer = desk.goto(address + path)
            assert answer and answer.status == 200, path
            wrong += looked_over(desk)
            if path == "/mon-travail/":
                desk.set_viewport_size({"width": 1280, "height": 900})
                desk.get_by_label("Que faites-vous au travail").fill("je soude, je perce, je peins")
                desk.get_by_role("button", name="Chercher").click()
                desk.get_by_role("button", name="Voir ce que je peux viser").first.wait_for()
                desk.evaluate(FROM_THE_TOP)
                wrong += looked_over(desk)
    assert wrong == [], "\n".join(wrong)


def read_at_the_largest(desk: Page, address: str, scenario: Scenario) -> list[str]:
    """Return what is wrong on a phone of 320 for who reads the largest, most spaced, dark, with the ruler."""
    desk.set_viewport_size({"width": 320, "height": 700})
    desk.context.add_cookies([{"name": "confort", "value": LARGEST, "url": address}])
    wrong: list[str] = []
    everybody = ("/", "/certifications/RNCP38901/", "/compte/login/")
    own = ("/candidat/", f"/dossiers/{scenario.journey.pk}/validation/", "/confort/")
    for path in (*everybody, *own):
        if path == own[0]:
            sign_in(desk, address, scenario.person)
        desk.goto(address + path)
        wrong += faults(desk)
        if desk.evaluate("document.documentElement.scrollWidth") > 320:
            wrong.append(f"{path} is too wide for the largest text")
    desk.keyboard.press("Tab")
    assert desk.evaluate(IN_THE_BAND)
    desk.keyboard.press("Escape")
    assert not desk.locator(".ruler").is_visible()
    desk.get_by_role("button", name="Tout remettre comme avant").click()
    desk.get_by_role("button", name="Tout remettre").wait_for(state="detached")
    assert desk.locator(".ruler").count() == 0
    desk.context.clear_cookies()
    return wrong


def looked_over(desk: Page) -> list[str]:
    """Return what is wrong with a page, by axe, in other colours, by keyboard, and on a phone of 320."""
    wrong = faults(desk) + unreadable_in_the_dark(desk) + lost_in_forced_colours(desk)
    wrong += walked(desk)
    desk.set_viewport_size({"width": 320, "height": 700})
    if desk.evaluate("document.documentElement.scrollWidth") > 320:
        wrong.append(f"{desk.url} is too wide for 320")
    return wrong


def test_a_thing_out_of_reach_is_noticed(desk: Page) -> None:
    desk.set_content(
        "<a href='#'>un</a><button tabindex='-1'>deux</button><a href='#' style='outline:0'>trois</a>"
    )
    wrong = walked(desk)
    assert any("never reached" in one for one in wrong)
    assert any("no ring" in one for one in wrong)


def test_what_colours_alone_tell_is_noticed(desk: Page) -> None:
    desk.set_content(
        "<style>i { display: block; width: 9px; height: 9px; background: red }"
        " i + i { border: 1px solid } [aria-current] { background: blue }</style>"
        "<p><i></i><i></i></p><p><a href='#' aria-current='page'>ici</a> <a href='#'>ailleurs</a></p>"
    )
    told = lost_in_forced_colours(desk)
    assert [one.partition(": ")[2][:4] for one in told] == ["<i><", "<a h"]
