"""What a page says, as a person reads it."""

import re
from html import unescape
from typing import Any


def read(answer: Any) -> str:
    """Return the words of a page, on one line: no mark, no double space."""
    text = re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.S)
    return " ".join(unescape(text).split())


def links(answer: Any, mark: str) -> list[str]:
    """Return the addresses of the links of a page that hold a mark."""
    found = re.findall(r'href="([^"]+)"', answer.content.decode())
    return [unescape(one) for one in found if mark in one]
