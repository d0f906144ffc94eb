"""People before their screens: each with a browser of their own, doing what their pages offer."""

import re
from typing import Any

from django.test import Client
from playwright.sync_api import Browser, Page, expect

from jalon.demo.scenario import ONE_PAGE
from jalon.journeys.models import Journey
from jalon.law.vocabulary import Act
from jalon.people.models import User

from .conftest import faults, keep


def sign_in(page: Page, address: str, person: User) -> None:
    """Sign in with a session of the server's own making."""
    client = Client()
    client.force_login(person)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}]
    )


def sign(page: Page, button: str, name: str = "Seule Exemple") -> None:
    """Tick what is declared, type one's name, sign."""
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_label("Votre prénom et votre nom").fill(name)
    page.get_by_role("button", name=button).click()


class Screen:
    """One person's browser, and what axe found on the pages they went through."""

    def __init__(self, browser: Browser, address: str, person: User, *, width: int = 1280) -> None:
        size: Any = {"width": width, "height": 844}
        context = browser.new_context(viewport=size, locale="fr-FR")
        context.set_default_timeout(8000)
        self.page, self.address, self.person, self.width = (
            context.new_page(),
            address,
            person,
            width,
        )
        self.faults: list[str] = []
        self.known: set[str] = set()
        sign_in(self.page, address, person)

    def open(self, path: str, name: str = "") -> "Screen":
        """Go to a page."""
        answer = self.page.goto(self.address + path)
        assert answer and answer.status == 200, path
        return self.look(name)

    def look(self, name: str = "") -> "Screen":
        """Check that a page of a new kind fits and has no fault; keep its picture under a name."""
        kind = re.sub(r"[0-9a-f-]{36}|[0-9]+", "", self.page.url) + self.page.title()
        if kind not in self.known:
            self.known.add(kind)
            self.faults += faults(self.page)
        if self.page.evaluate("document.documentElement.scrollWidth") > self.width:
            self.faults.append(f"{self.page.url} is too wide")
        if name:
            keep(self.page, name)
        return self

    def follow(self, link: str, name: str = "") -> "Screen":
        """Press a link by its words, as they are read."""
        self.page.get_by_role("link", name=link).first.click()
        return self.look(name)

    def press(self, button: str) -> "Screen":
        """Press a button by its words."""
        self.page.get_by_role("button", name=button, exact=True).click()
        return self.look()

    def write(self, **fields: Any) -> "Screen":
        """Fill the fields of the form, by the names they are sent under."""
        for name, value in fields.items():
            found = self.page.locator(f"[name={name}]")
            kind = found.first.get_attribute("type")
            if kind == "radio":
                self.page.locator(f"[name={name}][value={value}]").check()
            elif kind == "checkbox":
                found.first.check()
            elif found.evaluate("node => node.tagName") == "SELECT":
                found.select_option(str(value))
            else:
                found.fill(str(value))
        return self

    def reads(self, text: str) -> "Screen":
        """Check what the page says."""
        expect(self.page.locator("main")).to_contain_text(text)
        return self

    def upload(self, label: str) -> "Screen":
        """Choose a file."""
        file: Any = {"name": "identité.pdf", "mimeType": "application/pdf", "buffer": ONE_PAGE}
        self.page.get_by_label(label).set_input_files(file)
        return self

    def does(self, journey: Journey, act: Act, name: str = "", **fields: Any) -> "Screen":
        """Open a journey, press the act's button, say what it asks, and read that it is done."""
        mine = journey.candidate_id == self.person.pk
        self.open("/candidat/" if mine else f"/dossiers/{journey.pk}/")
        self.follow(act.label, name)
        self.write(**fields).press(act.label)
        return self.reads("C’est fait")
