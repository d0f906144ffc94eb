"""What a page offers to whoever reads it as a program: links to follow, forms to send."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from jalon.demo.scenario import ONE_PAGE
from jalon.now import today


@dataclass
class Form:
    """A form of a page: where it goes, and what it holds as it stands."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    def filled(self) -> dict[str, Any]:
        """Return what a person would send: what stands, something where nothing does, and a file."""
        said: dict[str, Any] = dict(self.values)
        for name in self.files:
            said[name] = SimpleUploadedFile("page.pdf", ONE_PAGE, "application/pdf")
        return said


#: What is put in a field that stands empty, by its kind.
USUAL = {"number": "1", "email": "nouveau@exemple.fr", "tel": "0600000000", "time": "10:00"}


class Reader(HTMLParser):
    """Gathers the links and forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.select = ""
        self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what a link, a form or a control says."""
        said = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(said.get("href", ""))
        elif tag == "form":
            self.form = Form(said.get("action", ""), said.get("method", "get").lower())
            self.forms.append(self.form)
        elif self.form is not None:
            self.control(self.form, tag, said)

    def control(self, form: Form, tag: str, said: dict[str, str]) -> None:
        """Keep a control of a form, with a value that a person could send."""
        name, kind = said.get("name", ""), said.get("type", "text")
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select and said.get("value"):
            if "selected" in said or self.select not in form.values:
                form.values[self.select] = [said["value"]]
        elif tag == "textarea":
            form.values[name] = ["Quelques mots."]
        elif tag == "input" and kind == "file":
            form.files.append(name)
        elif tag == "input" and kind in ("radio", "checkbox"):
            if "checked" in said or name not in form.values:
                form.values[name] = [said.get("value", "on")]
        elif tag in ("input", "button") and name and kind != "submit":
            usual = today().isoformat() if kind == "date" else USUAL.get(kind, "Texte")
            form.values[name] = [said.get("value") or usual]

    def handle_endtag(self, tag: str) -> None:
        """Leave a form or a list of choices."""
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""


def read(text: str) -> Reader:
    """Return the links and forms of a page."""
    reader = Reader()
    reader.feed(text)
    return reader
