"""What a person was told, for the copy that they may ask for (R-122)."""

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any

from jalon.journeys.rights import StoredFile, brings, row, tells
from jalon.mailbox.models import Notice, SwitchedOff
from jalon.now import paris_day
from jalon.people.models import User


@tells("avis_et_courriels")
def notices(person: User) -> Any:
    """Return what a person was told, with the text of each e-mail, and what they do without."""
    off = SwitchedOff.objects.filter(person=person).order_by("pk")
    return {
        "recus": [row(one) for one in Notice.objects.told().filter(person=person)],
        "non_voulus": [row(one) for one in off],
    }


@brings
def mails(person: User) -> Iterator[StoredFile]:
    """Yield each e-mail that left, as a text."""
    sent = Notice.objects.filter(person=person).exclude(text="").order_by("sent_at", "pk")
    for number, one in enumerate(sent, start=1):
        day = paris_day(one.sent_at).isoformat() if one.sent_at else "sans-date"
        text = f"{one.subject}\n\n{one.text}".encode()
        yield StoredFile(f"courriels/{day}-{number:03}.txt", partial(BytesIO, text))
