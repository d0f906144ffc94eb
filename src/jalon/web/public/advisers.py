"""Who advises before any application, by place, as public pages say it."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path

FILE = Path(__file__).parent / "data" / "advisers.toml"


@dataclass(frozen=True)
class Adviser:
    """A service that advises: where, what it does, how to reach it, and where that was read, and when."""

    place: str
    name: str
    does: str
    source: str
    read_on: date
    site: str = ""
    phone: str = ""
    phone_is: str = ""

    @property
    def dialled(self) -> str:
        """Return the number as a telephone wants it."""
        return "+33" + self.phone.replace(" ", "")[1:]

    @property
    def host(self) -> str:
        """Return the site as people say it."""
        return self.site.removeprefix("https://").removeprefix("www.")


@cache
def advisers() -> tuple[tuple[str, tuple[Adviser, ...]], ...]:
    """Return the services of each place, in the order of the file."""
    listed = [Adviser(**one) for one in tomllib.loads(FILE.read_text("utf-8"))["adviser"]]
    return tuple((place, tuple(each)) for place, each in groupby(listed, lambda one: one.place))
