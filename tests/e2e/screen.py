"""One person's browser: goes from page to page by the words of links and buttons, as they are read."""

import re
from functools import cached_property
from typing import Any

from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect

from jalon.demo.drivers.fields import Fields
from jalon.demo.texts import ONE_PAGE
from jalon.people.models import User

from .conftest import faults, keep

#: Says what a field is, and whether it has words of its own, which a person reads and a screen reader says.
FIELD = """name => {
  const found = document.getElementsByName(name)[0];
  const labelled = () => [...(found.labels || [])].some(one => one.innerText.trim());
  return found ? [found.type, labelled()] : null;
}"""


def sign_in(page: Page, address: str, person: User) -> None:
    """Sign in with a session of the server's own making."""
    client = Client()
    client.force_login(person)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}]
    )


class Screen:
    """One person's browser, and what is wrong with the pages they went through.

    Each kind of page is looked at once for all who hold the same roles, when they are told what the others `looked_at`.
    Without scripts, axe cannot look: the pages are then only walked.
    """

    def __init__(
        self,
        browser: Browser,
        address: str,
        person: User | None,
        *,
        width: int = 1280,
        scripts: bool = True,
        looked_at: set[str] | None = None,
    ) -> None:
        size: Any = {"width": width, "height": 844}
        context = browser.new_context(viewport=size, locale="fr-FR", java_script_enabled=scripts)
        context.set_default_timeout(8000)
        context.set_default_navigation_timeout(30000)  # a machine that does other work is no fault
        self.page = context.new_page()
        self.address, self.person, self.width, self.scripts = address, person, width, scripts
        self.faults: list[str] = []
        self.looked_at: set[str] = set() if looked_at is None else looked_at
        if person:
            sign_in(self.page, address, person)

    @cached_property
    def roles(self) -> list[str]:
        """Return what this person is, beside a candidate."""
        return sorted(self.person.memberships.values_list("role", flat=True)) if self.person else []

    def open(self, path: str) -> "Screen":
        """Go to a page."""
        answer = self.page.goto(self.address + path)
        assert answer and answer.status in (200, 409), f"{answer and answer.status} {path}"
        return self.look()

    def open_file(self, path: str) -> None:
        """Ask for what a browser keeps instead of showing it."""
        self.page.evaluate("path => { window.location = path }", self.address + path)

    def look(self) -> "Screen":
        """Check that a page of a new kind fits and has no fault, and keep its picture."""
        kind = re.sub(r"[0-9a-f-]{36}|[0-9]+", "", self.page.url.removeprefix(self.address))
        seen = f"{kind} {self.page.title()} {self.width} {self.roles}"
        if not self.scripts or seen in self.looked_at:
            return self
        self.looked_at.add(seen)
        self.faults += faults(self.page)
        if self.page.evaluate("document.documentElement.scrollWidth") > self.width:
            self.faults.append(f"{self.page.url} is too wide")
        keep(self.page, "story" + re.sub(r"[^a-z]+", "-", kind).rstrip("-"))
        return self

    def follow(self, link: str) -> "Screen":
        """Press a link by its words, as they are read."""
        return self._go(self._found(self.page.get_by_role("link", name=link).first))

    def press(self, button: str) -> "Screen":
        """Press a button by its words."""
        return self._go(self._found(self.page.get_by_role("button", name=button, exact=True)))

    def _found(self, wanted: Locator) -> Locator:
        """Open what is folded at the bottom of the page, as somebody does who does not see what they look for."""
        if not wanted.count():
            for one in self.page.locator("details.others > summary").all():
                one.click()
        return wanted

    def _go(self, found: Locator) -> "Screen":
        """Press what leads to another page, and wait until that page is whole: a click does not."""
        with self.page.expect_navigation(wait_until="load"):
            found.click()
        return self.look()

    def write(self, fields: Fields) -> "Screen":
        """Fill in the fields of a form, each of which has words to read beside it."""
        for name, value in fields.items():
            if found := self.page.evaluate(FIELD, name):
                kind, labelled = found
                assert labelled, f"{self.page.url} {name} has no label"
                self._fill(kind, name, value)
            else:
                assert not value, f"{self.page.url} has no field for {name}"
        return self

    def _fill(self, kind: str, name: str, value: Any) -> None:
        found = self.page.locator(f"[name='{name}']")
        if kind == "radio" or isinstance(value, list):
            for one in value if isinstance(value, list) else [value]:
                self.page.locator(f"[name='{name}'][value='{one}']").check()
        elif kind == "checkbox":
            found.set_checked(bool(value))
        elif kind.startswith("select"):
            found.select_option(value)
        else:
            found.fill(value)

    def upload(self, label: str, name: str) -> "Screen":
        """Choose a file."""
        file: Any = {"name": name, "mimeType": "application/pdf", "buffer": ONE_PAGE}
        self.page.get_by_label(label).set_input_files(file)
        return self

    def reads(self, text: str) -> "Screen":
        """Check what the page says."""
        expect(self.page.locator("main")).to_contain_text(text)
        return self

    @property
    def problem(self) -> str:
        """Return what the page says is wrong, without its title; empty when nothing is."""
        box = self.page.locator(".problem")
        if not box.count():
            return ""
        said = " ".join((box.text_content() or "").split())
        return said.removeprefix(box.locator("h2").inner_text()).strip()
