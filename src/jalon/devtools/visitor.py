"""People of the tour: each has a browser of their own, as plain as can be, over real HTTP."""

import re
import uuid
from html import unescape
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from django.contrib.auth import get_user_model

Fields = dict[str, Any]


class Page:
    """What a person sees after a click."""

    def __init__(self, status: int, text: str, content: bytes) -> None:
        self.status, self.text, self.content = status, text, content

    @property
    def refusal(self) -> str:
        """Return what the page refuses, with its rule; empty when it refuses nothing."""
        box = re.search(r'class="problem"[^>]*>\s*<h2>.*?</h2>(.*?)</div>', self.text, re.DOTALL)
        return unescape(" ".join(re.sub(r"<[^>]+>", " ", box.group(1)).split())) if box else ""


class Visitor:
    """A person with a browser that keeps its cookies."""

    def __init__(self, address: str, email: str) -> None:
        self.address = address
        self.person = get_user_model().objects.get(email=email)
        self.jar = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.jar))
        self.get("/demo/")
        self.post("/demo/", {"person": self.person.pk})

    def get(self, path: str) -> Page:
        """Open a page."""
        return self._ask(Request(self.address + path))  # noqa: S310 - our own server

    def post(
        self, path: str, fields: Fields, files: dict[str, tuple[str, bytes]] | None = None
    ) -> Page:
        """Send a form as its page would; the page is opened first, for its token and its version."""
        page = self.get(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        seen = re.search(r'name="seen" (?:value="(\d+)"|[^>]*value="(\d+)")', page.text)
        sent = {"csrfmiddlewaretoken": token.group(1) if token else ""} | fields
        if seen and "seen" not in fields:
            sent["seen"] = seen.group(1) or seen.group(2)
        if files is None:
            body, kind = urlencode(sent, doseq=True).encode(), "application/x-www-form-urlencoded"
        else:
            body, kind = multipart(sent, files)
        headers = {"Content-Type": kind, "Referer": self.address}
        return self._ask(Request(self.address + path, body, headers))  # noqa: S310 - our own server

    def _ask(self, request: Request) -> Page:
        try:
            with self.opener.open(request, timeout=20) as answer:
                content = answer.read()
                return Page(answer.status, content.decode("utf-8", "replace"), content)
        except HTTPError as answer:
            content = answer.read()
            return Page(answer.code, content.decode("utf-8", "replace"), content)


def multipart(fields: Fields, files: dict[str, tuple[str, bytes]]) -> tuple[bytes, str]:
    """Return the body and the type of a form that carries files."""
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
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
