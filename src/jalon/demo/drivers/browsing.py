"""A browser as plain as can be: it opens pages and sends their forms, over HTTP or inside this process."""

import re
import uuid
from dataclasses import dataclass
from html import unescape
from http.cookiejar import CookieJar
from typing import Protocol
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jalon.demo.drivers.fields import Fields
from jalon.law.rulebook import Refusal
from jalon.people.models import User

Files = dict[str, tuple[str, bytes]]


#: What a page answers when the law refuses.
CONFLICT = 409
#: A line of a summary that leads to a field.
LEADS_TO_A_FIELD = re.compile(r"<li>\s*<a\s[^>]*>.*?</a>\s*</li>", re.DOTALL)


@dataclass(frozen=True)
class Page:
    """What a person sees after a click: its status, its words, and the address it has come to."""

    status: int
    text: str
    address: str

    @property
    def problem(self) -> str:
        """Return what the page says is wrong, without the fields that a refusal leads to; or nothing."""
        box = re.search(r'class="problem"[^>]*>\s*<h2>.*?</h2>(.*?)</div>', self.text, re.DOTALL)
        if box is None:
            return ""
        said = (
            re.sub(LEADS_TO_A_FIELD, "", box.group(1)) if self.status == CONFLICT else box.group(1)
        )
        return unescape(" ".join(re.sub(r"<[^>]+>", " ", said).split()))

    def hidden(self, name: str) -> str:
        """Return a hidden field of the page, or nothing."""
        tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', self.text)
        value = re.search(r'value="([^"]*)"', tag.group(0)) if tag else None
        return unescape(value.group(1)) if value else ""


def refusal_in(problem: str) -> Refusal:
    """Return the refusal that a page tells, taken apart into its sentence and its rule."""
    cited = re.search(r"^(.*?)\s*(?:Pourquoi\s\?)?\s*\(?(R-\d{3})\b", problem)
    return Refusal(cited.group(2), cited.group(1)) if cited else Refusal.permission(problem)


class Browser(Protocol):
    """What a person needs to go through pages."""

    def get(self, path: str) -> Page:
        """Open a page."""

    def send(self, path: str, fields: Fields, files: Files | None = None) -> Page:
        """Send a form and follow where it leads."""


class HttpBrowser:
    """A browser that keeps its cookies, over real HTTP; signed in through the demonstration's page."""

    def __init__(self, address: str, person: User) -> None:
        self.address = address
        self.cookies = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies))
        self.get("/demo/")
        self.send("/demo/", {"person": person.pk})

    def get(self, path: str) -> Page:
        """Open a page."""
        return self._ask(Request(self.address + path))  # noqa: S310 - our own server

    def send(self, path: str, fields: Fields, files: Files | None = None) -> Page:
        """Send a form with its token, and follow where it leads."""
        token = next(one.value for one in self.cookies if one.name == "csrftoken")
        body, kind = encoded({"csrfmiddlewaretoken": token} | fields, files)
        headers = {"Content-Type": kind, "Referer": self.address}
        return self._ask(Request(self.address + path, body, headers))  # noqa: S310 - our own server

    def _ask(self, request: Request) -> Page:
        try:
            answer = self.opener.open(request, timeout=20)
        except HTTPError as error:
            answer = error
        with answer:
            return Page(answer.status, answer.read().decode("utf-8", "replace"), answer.url)


class TestBrowser:
    """A browser inside this process, through Django's test client."""

    __test__ = False  # pytest would take it for tests

    def __init__(self, person: User) -> None:
        self.client = Client()
        self.client.force_login(person)

    def get(self, path: str) -> Page:
        """Open a page."""
        return self._page(self.client.get(path, follow=True), path)

    def send(self, path: str, fields: Fields, files: Files | None = None) -> Page:
        """Send a form and follow where it leads."""
        joined = {name: SimpleUploadedFile(*file) for name, file in (files or {}).items()}
        return self._page(self.client.post(path, fields | joined, follow=True), path)

    def _page(self, answer: object, path: str) -> Page:
        last = answer.redirect_chain[-1][0] if answer.redirect_chain else path  # type: ignore[attr-defined]
        return Page(answer.status_code, answer.content.decode(), last)  # type: ignore[attr-defined]


def encoded(fields: Fields, files: Files | None) -> tuple[bytes, str]:
    """Return the body and the type of a form, with its files if it has any."""
    if not files:
        return urlencode(fields, doseq=True).encode(), "application/x-www-form-urlencoded"
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{one}\r\n'.encode()
        for name, value in fields.items()
        for one in (value if isinstance(value, list) else [value])
    ]
    for name, (filename, content) in files.items():
        head = (
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
        )
        parts.append(
            f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + content + b"\r\n"
        )
    parts.append(f"--{edge}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={edge}"
