"""Groups of a company's people, and who is in one."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from jalon.catalogue.models import Certification
from jalon.journeys.models import Journey
from jalon.law.groups import code_said
from jalon.now import now
from jalon.people.models import Organisation


class CompanyGroup(models.Model):
    """People of one company who are accompanied together; its code lets them join, an empty one nobody."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="groups")
    company = models.CharField("entreprise", max_length=200)
    siren = models.CharField("SIREN", max_length=9)
    title = models.CharField("titre", max_length=120)
    starts_on = models.DateField("premier jour")
    ends_on = models.DateField("dernier jour")
    certifications = models.ManyToManyField(
        Certification, blank=True, related_name="+", verbose_name="certifications visées"
    )
    referent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="groups_led"
    )
    code = models.CharField("code", max_length=8, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField("créé le", default=now)

    class Meta:
        verbose_name = "groupe d’entreprise"
        verbose_name_plural = "groupes d’entreprise"
        ordering: ClassVar = ["-starts_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="a_code_opens_one_group"
            ),
            models.CheckConstraint(
                condition=Q(siren__regex=r"^\d{9}$"), name="group_siren_has_9_digits"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="a_group_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.company}"

    @property
    def code_said(self) -> str:
        """Return its code as people read it; empty while it has none."""
        return code_said(self.code)


class MemberQuerySet(models.QuerySet["GroupMember"]):
    """Some members of groups."""

    def living(self) -> Self:
        """Return those who are still accompanied where the group is followed, and not erased."""
        return self.filter(
            journey__organisation=F("group__organisation"), journey__purged_at__isnull=True
        )


class GroupMember(models.Model):
    """A journey in a group: one at a time; gone once its candidate leaves, the journal tells it."""

    group = models.ForeignKey(CompanyGroup, on_delete=models.CASCADE, related_name="members")
    journey = models.OneToOneField(Journey, on_delete=models.CASCADE, related_name="in_group")
    joined_at = models.DateTimeField("entré le", default=now)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "membre d’un groupe"
        verbose_name_plural = "membres d’un groupe"
        ordering: ClassVar = ["joined_at", "pk"]

    def __str__(self) -> str:
        return f"{self.journey} · {self.group}"
