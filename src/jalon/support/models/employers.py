"""What a candidate lets their company read, who reads it there, and each reading."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from jalon.journeys.models import Journey
from jalon.law.vocabulary import Shared
from jalon.now import now
from jalon.support.models.groups import CompanyGroup, GroupMember
from jalon.words import WordField, known


class EmployerAgreement(models.Model):
    """One thing that a candidate lets the company of their group read; deleted once it is withdrawn (R-125).

    The journal keeps each change, with its day.
    """

    member = models.ForeignKey(GroupMember, on_delete=models.CASCADE, related_name="agreements")
    item = WordField("élément", max_length=20, words=Shared)
    agreed_on = models.DateField("accepté le")

    class Meta:
        verbose_name = "accord de partage avec l’entreprise"
        verbose_name_plural = "accords de partage avec l’entreprise"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            known("item", Shared, "shared_item_known"),
            models.UniqueConstraint(fields=["member", "item"], name="an_item_is_agreed_to_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item.label} · {self.member}"


class ContactQuerySet(models.QuerySet["EmployerContact"]):
    """Some contacts of companies."""

    def standing(self) -> Self:
        """Return those that nobody took away."""
        return self.filter(revoked_at__isnull=True)


class EmployerContact(models.Model):
    """Somebody of the company who reads, by a personal link, what its people agreed to.

    `serial` goes up each time that a link is sent: only the last one serves.
    """

    group = models.ForeignKey(CompanyGroup, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField("nom", max_length=150)
    email = models.EmailField("adresse e-mail")
    serial = models.PositiveIntegerField("numéro du lien", default=1)
    sent_at = models.DateTimeField("lien envoyé le", default=now)
    expires_at = models.DateTimeField("lien valable jusqu’au")
    revoked_at = models.DateTimeField("retiré le", null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = "contact de l’entreprise"
        verbose_name_plural = "contacts de l’entreprise"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "group",
                Lower("email"),
                condition=Q(revoked_at__isnull=True),
                name="a_contact_has_one_link_a_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.group.company}"

    def opens_at(self, moment: datetime) -> bool:
        """Say whether the last link serves at a moment."""
        return self.revoked_at is None and moment < self.expires_at


class EmployerRead(models.Model):
    """A reading by a company: who, when, of whom, and what was shown (R-124)."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="employer_reads")
    contact = models.ForeignKey(EmployerContact, on_delete=models.PROTECT, related_name="reads")
    at = models.DateTimeField("le", default=now)
    items = ArrayField(models.CharField(max_length=20), verbose_name="ce qui était montré")

    class Meta:
        verbose_name = "lecture par l’entreprise"
        verbose_name_plural = "lectures par l’entreprise"
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["journey", "-at"], name="reads_by_an_employer"),
        ]

    def __str__(self) -> str:
        return f"{self.contact}, {self.at:%d/%m/%Y}"

    @property
    def said(self) -> str:
        """Return what was shown, in words."""
        return ", ".join(item.label for item in Shared if item.value in self.items)
