"""Looks a page over as a test does that opens every page of a room: by axe, by keyboard, at three widths."""

from playwright.sync_api import Page

from jalon.people.models import User

from .conftest import faults, keep
from .screen import sign_in
from .test_keyboard import walked

DESK, PHONE, NARROW = 1280, 390, 320


def looked_over(
    page: Page, address: str, person: User | None, paths: list[str], name: str
) -> list[str]:
    """Open the pages of a person, of nobody for None, keep their pictures, and return what is wrong with them."""
    page.context.clear_cookies()
    if person:
        sign_in(page, address, person)
    wrong: list[str] = []
    for place, path in enumerate(paths):
        page.set_viewport_size({"width": DESK, "height": 900})
        answer = page.goto(address + path)
        assert answer, path
        assert answer.status == 200, path
        wrong += faults(page)
        keep(page, f"{name}-{place}")
        wrong += walked(page)
        for width in (PHONE, NARROW):
            page.set_viewport_size({"width": width, "height": 844})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append(f"{path} is too wide for {width}")
        page.set_viewport_size({"width": PHONE, "height": 844})
        wrong += faults(page)
        keep(page, f"{name}-{place}")
    return wrong
