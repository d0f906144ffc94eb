"""A candidate who writes, over HTTP, and remembers what the pages said was saved."""

import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from tests.trials.outage.house import HOST
from tests.trials.pages import Form, read


@dataclass
class Answer:
    """What came back."""

    status: int
    text: str


@dataclass
class Writer:
    """Somebody signed in, on the port of an installation."""

    port: int
    session: str
    section: str
    step: str
    saved: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    cookie: str = ""
    errors: int = 0

    def ask(self, method: str, path: str, said: Mapping[str, Any] | None = None) -> Answer:
        """Send a request as a browser behind the proxy does; raises OSError or HTTPException."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=40)
        headers = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "192.0.2.1",
            "Referer": f"https://{HOST}/",
            "Cookie": f"sessionid={self.session}; {self.cookie}",
        }
        body = None
        if said is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(said, doseq=True)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and value.startswith("csrftoken="):
                self.cookie = value.split(";")[0]
        text = answer.read().decode(errors="replace")
        connection.close()
        return Answer(answer.status, text)

    def send(self, path: str, words: str) -> bool:
        """Open a page, write these words in its form, send it; say whether it was acknowledged."""
        page = self.ask("GET", path)
        form = next((one for one in read(page.text).forms if is_main(one)), None)
        if page.status != 200 or form is None:
            raise OSError(f"{page.status} on {path}")
        said: dict[str, Any] = dict(form.values)
        said.pop("take", None)  # a button that adds what was written before: nobody presses it
        for name in said:
            if name in ("context", "actions", "result", "what", "evidence", "step", "text"):
                said[name] = words
        answer = self.ask("POST", form.action or path, said)
        return answer.status == 302

    def write(self, words: str) -> None:
        """Write a text in the file, or note a step; remember it when it was acknowledged."""
        notes = len(self.tried) % 4 == 0
        self.tried.append(words)
        try:
            if self.send(self.step if notes else self.section, words):
                (self.noted if notes else self.saved).append(words)
            else:
                self.errors += 1
        except (OSError, http.client.HTTPException):
            self.errors += 1

    def time(self, path: str) -> float:
        """Return how many seconds a page takes."""
        began = perf_counter()
        assert self.ask("GET", path).status == 200
        return perf_counter() - began


def is_main(form: Form) -> bool:
    """Say whether a form is the one that the page is about."""
    return form.method == "post" and any(
        re.fullmatch(r"seen|context|what|evidence", name) for name in form.values
    )
