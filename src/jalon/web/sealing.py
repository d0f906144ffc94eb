"""The key that seals on somebody's devices what did not leave yet: another one each month, from which earlier ones come.

Each month's key is the digest of the next month's: who holds one opens what was sealed until then, and nothing sealed
later. So what waits on a device for months is never lost, and pages carry one key.
"""

from datetime import date
from functools import lru_cache
from hashlib import sha256

from django.utils.crypto import salted_hmac

from jalon.now import today

#: The month, counted from the year 0, whose key the others come from: nobody is ever given it.
LAST = 2200 * 12


def month_of(day: date) -> int:
    """Return the number of a month."""
    return day.year * 12 + day.month


def key_of(person: int) -> str:
    """Return the number of this month and its key for somebody, as pages carry them while signed in."""
    month = month_of(today())
    return f"{month}:{key_in(person, month).hex()}"


@lru_cache(maxsize=2000)
def key_in(person: int, month: int) -> bytes:
    """Return the key of a month for somebody."""
    key = salted_hmac("jalon.web.sealing", str(person), algorithm="sha256").digest()
    for _ in range(month, LAST):
        key = sha256(key).digest()
    return key
