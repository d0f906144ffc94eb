"""Cleans the free texts of the register: HTML, bullets and numbers go, the words stay."""

import re
from html.parser import HTMLParser

#: Marks that begin a new line when they open or close.
BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "br",
        "div",
        "dd",
        "dl",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
#: Marks whose content nobody reads.
UNREAD = frozenset({"script", "style", "head", "title"})
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\ufeff]")
BULLET = re.compile(r"^\s*(?:[-–—•●◦▪·*➢✓>]+\s*|C\d+(?:\.\d+)*\s*[-–.:)]+\s*|\d{1,2}\s*[.)]\s+)")
INLINE_BULLET = re.compile(r"\s+[-–•●▪]\s+")


class _Words(HTMLParser):
    """Keeps the words of a fragment of HTML, with a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unread += tag in UNREAD
        if tag in BLOCKS:
            self.parts.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        self.unread -= tag in UNREAD and self.unread > 0
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.parts.append(data)


def has_html(text: str) -> bool:
    """Say whether a text carries marks of HTML, or references to characters."""
    return re.search(r"</?[a-zA-Z][^<>]*>|&(?:[a-zA-Z]+|#\d+);", text) is not None


def plain(text: str) -> str:
    """Return a text without HTML nor control characters, one line for each of its blocks."""
    if has_html(text):
        words = _Words()
        words.feed(text)
        words.close()
        text = "".join(words.parts)
    lines = (" ".join(CONTROL.sub(" ", line).split()) for line in re.split(r"\r\n?|\n", text))
    return "\n".join(line for line in lines if line)


def line_of(text: str) -> str:
    """Return a text on one line."""
    return " ".join(plain(text).split())


def shortened(text: str, length: int) -> str:
    """Return a text that fits in a length, cut between two words."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0] + "…"


def listed(text: str) -> list[str]:
    """Return the lines of a list that somebody typed with dashes, bullets or numbers, each once.

    What stands before the first bullet announces the list; a line without bullet among lines that
    have one goes on with the line before it.
    """
    lines = plain(text).split("\n")
    if len(lines) == 1:
        lines = ["- " + part for part in INLINE_BULLET.split(" " + lines[0]) if part.strip()]
    bulleted = any(BULLET.match(line) for line in lines)
    found: list[str] = []
    for line in lines:
        bullet = BULLET.match(line)
        said = BULLET.sub("", line).strip() if bullet else line
        if bulleted and not bullet and found:
            found[-1] = f"{found[-1]} {said}"
        elif not (bulleted and not bullet) and not said.endswith(":"):
            found.append(said)
    trimmed = (one.strip(" ;.,") for one in found)
    return list(dict.fromkeys(one for one in trimmed if one))
