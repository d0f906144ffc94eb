"""What the pages keep for themselves: which forms were already sent."""

from django.db import models
from django.db.models.functions import Now


class Sending(models.Model):
    """The last form that somebody sent to an address: done once, however often it is sent."""

    #: SHA-256 of the person and the address.
    door = models.BinaryField(primary_key=True, max_length=32)
    #: SHA-256 of the page's own token and of what was typed.
    key = models.BinaryField(max_length=32)
    at = models.DateTimeField(db_default=Now(), db_index=True)
    #: Where the person was sent once it was done; empty while it is being done.
    went_to = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.went_to or "…"
