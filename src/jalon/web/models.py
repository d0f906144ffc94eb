"""What the pages keep for themselves: which forms were already sent, and the lists that people named."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from jalon.now import now
from jalon.people.models import Organisation


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


class SavedView(models.Model):
    """A list kept under a name: its tab, what narrows it and its order, as its address says them."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views"
    )
    #: The organisation whose team shares it; a person's own has none.
    team = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="saved_views"
    )
    name = models.CharField("nom", max_length=60)
    query = models.CharField("ce que dit l’adresse", max_length=500)
    made_at = models.DateTimeField("enregistrée le", default=now)
    #: Those whose list opens on it.
    opened_first_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="first_views")

    class Meta:
        verbose_name = "vue enregistrée"
        verbose_name_plural = "vues enregistrées"
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("name"), "author", condition=Q(team=None), name="own_views_are_named_apart"
            ),
            models.UniqueConstraint(
                Lower("name"), "team", condition=~Q(team=None), name="team_views_are_named_apart"
            ),
        ]

    def __str__(self) -> str:
        return self.name
