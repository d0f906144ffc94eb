"""The key that seals on somebody's devices what did not leave yet: another one each month, from which earlier ones come.

Each month's key is the digest of the next month's: who holds one opens what was sealed until then, and nothing sealed
later. So what waits on a device for months is never lost, and pages carry one key.
"""

from datetime import date
from functools import lru_cache
from hashlib import sha256

from django.utils.crypto import salted_hmac

from jalon.now import today
from jalon.people.models import User
from jalon.writing.models import WritingAid

#: The month, counted from the year 0, whose key the others come from: nobody is ever given it.
LAST = 2200 * 12


def month_of(day: date) -> int:
    """Return the number of a month."""
    return day.year * 12 + day.month


def name_of(typist: User | WritingAid) -> str:
    """Return what names on their devices an account, or somebody who helps to write by a link."""
    return f"aide-{typist.pk}" if isinstance(typist, WritingAid) else str(typist.pk)


def key_of(name: str) -> str:
    """Return the number of this month and its key for somebody, as pages carry them while they may type."""
    month = month_of(today())
    return f"{month}:{key_in(name, month).hex()}"


@lru_cache(maxsize=2000)
def key_in(name: str, month: int) -> bytes:
    """Return the key of a month for somebody."""
    key = salted_hmac("jalon.web.sealing", name, algorithm="sha256").digest()
    for _ in range(month, LAST):
        key = sha256(key).digest()
    return key
