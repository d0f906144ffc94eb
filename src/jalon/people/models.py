"""Who people are: an account, what it may do in which organisation, and a candidate's civil status."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat, Lower

from jalon.catalogue.models import Bloc, Certification
from jalon.law.clocks import french
from jalon.law.settings import said
from jalon.law.vocabulary import OrganisationKind, Role, Setting
from jalon.now import now
from jalon.prepared import Given
from jalon.words import WordField, known, plain


class UserManager(BaseUserManager["User"]):
    """Accounts are known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an account; without a password it signs in with a code sent by e-mail."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create the first administrator of an installation."""
        user = self.create_user(email, password, **fields)
        Membership.objects.create(user=user, organisation=None, role=Role.ADMINISTRATOR)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """An account. What it may do comes from its memberships, never from a flag here."""

    email = models.EmailField("adresse e-mail", unique=True)
    first_name = models.CharField("prénom", max_length=150)
    last_name = models.CharField("nom", max_length=150)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    deceased_on = models.DateField("décédé le", null=True, blank=True)
    is_active = models.BooleanField("compte ouvert", default=True)
    joined_at = models.DateTimeField("créé le", default=now)

    # By what a person is looked for, letters anywhere in it, whatever its accents and capitals: kept by the
    # database, which would otherwise work it out anew for each person whose letters resemble.
    plain_name = models.GeneratedField(
        expression=plain(Concat("last_name", Value("\n"), "first_name")),
        output_field=models.TextField(),
        db_persist=True,
    )
    plain_email = models.GeneratedField(
        expression=plain("email"), output_field=models.TextField(), db_persist=True
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["first_name", "last_name"]

    class Meta:
        verbose_name = "compte"
        verbose_name_plural = "comptes"
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_email"),
        ]
        indexes: ClassVar = [
            GinIndex(
                fields=["plain_name", "plain_email"],
                name="people_looked_for",
                opclasses=["gin_trgm_ops", "gin_trgm_ops"],
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        """Return first and last name, as people say them."""
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        """Return the first name."""
        return self.first_name


class Organisation(models.Model):
    """An accompanying organisation, or a certifier of the certifications it is linked to."""

    kind = WordField("nature", max_length=20, words=OrganisationKind)
    name = models.CharField("nom", max_length=200)
    siret = models.CharField("SIRET", max_length=14, unique=True)
    qualiopi_until = models.DateField(
        "certification Qualiopi valable jusqu’au", null=True, blank=True
    )
    address = models.TextField("adresse", blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    email = models.EmailField("adresse e-mail", blank=True)
    works_here = models.BooleanField(
        "travaille dans Jalon",
        default=True,
        help_text="Décochez si l’organisme n’a pas accès à Jalon : ce qu’il fait y sera noté par d’autres.",
    )
    disability_contact = models.CharField("contact handicap", max_length=200, blank=True)
    territory = models.CharField("territoire", max_length=200, blank=True)
    closed_on = models.DateField("fermé depuis le", null=True, blank=True)
    certifications = models.ManyToManyField(
        Certification, through="Certifying", related_name="certifiers"
    )

    class Meta:
        verbose_name = "organisme"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in OrganisationKind]),
                name="organisation_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(siret__regex=r"^\d{14}$"), name="siret_has_14_digits"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Certifying(models.Model):
    """A certification that an organisation delivers, on its whole territory or on a part of it."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="certifying"
    )
    certification = models.ForeignKey(
        Certification, on_delete=models.CASCADE, related_name="certifying"
    )
    territory = models.CharField("territoire", max_length=200, blank=True)

    class Meta:
        verbose_name = "certification délivrée"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["certification", "organisation"], name="a_certifier_is_named_once"
            )
        ]

    def __str__(self) -> str:
        where = self.territory or self.organisation.territory
        return f"{self.organisation} ({where})" if where else self.organisation.name


class CertifierSetting(models.Model):
    """A value that a certifier gave to what no text settles, from a day on: added, never altered.

    Nothing is deleted: another value, or none, takes its place from another day.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="settings"
    )
    setting = WordField("réglage", max_length=20, words=Setting)
    value = models.PositiveSmallIntegerField("valeur", null=True, blank=True)
    start = models.DateField("à partir du")
    source = models.CharField("texte ou décision", max_length=200)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="settled")
    at = models.DateTimeField("écrit le", default=now)

    class Meta:
        verbose_name = "réglage du certificateur"
        verbose_name_plural = "réglages du certificateur"
        ordering: ClassVar = ["setting", "start", "at", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "start", "at"], name="settings_of_a_certifier")
        ]
        constraints: ClassVar = [known("setting", Setting, "certifier_setting_known")]

    def __str__(self) -> str:
        return f"{self.setting.label} : {self.said}"

    @property
    def said(self) -> str:
        """Return the value as people say it."""
        return said(self.setting, self.value)


class EquivalenceQuerySet(models.QuerySet["BlocEquivalence"]):
    """Some lines of tables of equivalence."""

    def in_force(self, on: Any) -> Self:
        """Return those that count on a day, or on an expression of one."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on), start__lte=on)


class BlocEquivalence(models.Model):
    """A bloc of a sheet that was replaced, and the bloc of the new one for which a certifier counts it.

    Nothing is deleted: a line that no longer holds has the day on which it ended. Blocs are known by
    their codes: another version of a sheet keeps its equivalences.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="equivalences"
    )
    former = models.ForeignKey(
        Bloc, on_delete=models.PROTECT, related_name="counted_for", verbose_name="ancien bloc"
    )
    bloc = models.ForeignKey(
        Bloc, on_delete=models.PROTECT, related_name="counted_by", verbose_name="nouveau bloc"
    )
    start = models.DateField("à partir du")
    source = models.CharField("texte ou décision", max_length=200)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("écrit le", default=now)
    ended_on = models.DateField("finie le", null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = EquivalenceQuerySet.as_manager()

    class Meta:
        verbose_name = "équivalence de blocs"
        verbose_name_plural = "équivalences de blocs"
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "former", "bloc"],
                condition=Q(ended_on__isnull=True),
                name="an_equivalence_is_written_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.former.code} → {self.bloc.code}"


class ContactDetails(models.Model):
    """Whom people are told to call or to write to: one row for the whole installation."""

    ONLY = 1

    name = models.CharField("nom", max_length=200)
    email = models.EmailField("adresse e-mail")
    phone = models.CharField("téléphone", max_length=30)
    site = models.CharField("site", max_length=200)
    changed_at = models.DateTimeField("changées le", default=now)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, verbose_name="changées par")

    class Meta:
        verbose_name = "coordonnées"
        verbose_name_plural = "coordonnées"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pk=1), name="one_row_of_contact_details"),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Some roles."""

    def living(self) -> Self:
        """Return those that their owner accepted and that were not ended."""
        return self.filter(ended_at__isnull=True, accepted_at__isnull=False)

    def offered(self) -> Self:
        """Return those that wait for their owner's answer."""
        return self.filter(ended_at__isnull=True, accepted_at__isnull=True)


class Membership(models.Model):
    """A role in an organisation: offered, held once its owner accepts it, until it is ended."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships", null=True, blank=True
    )
    role = WordField("rôle", max_length=20, words=Role)
    since = models.DateTimeField("depuis", default=now)
    offered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField("accepté le", default=now, null=True, blank=True)
    ended_at = models.DateTimeField("terminé le", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "appartenance"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="one_living_membership",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[Role.ADMINISTRATOR.value, Role.JUROR.value])
                | Q(organisation__isnull=False),
                name="staff_belongs_somewhere",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=[Role.CANDIDATE.value, Role.SYSTEM.value]),
                name="membership_is_a_staff_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {Role(self.role).label}"


class CoverQuerySet(models.QuerySet["CoverPeriod"]):
    """Some replacements of colleagues."""

    def standing(self) -> Self:
        """Return those that nobody took back."""
        return self.filter(ended_at__isnull=True)

    def in_force(self, on: date | Given) -> Self:
        """Return those that count on a day."""
        return self.standing().filter(starts_on__lte=on, ends_on__gte=on)

    def crossing(self, first: date, last: date) -> Self:
        """Return those that count on at least one of some days, both ends included."""
        return self.standing().filter(starts_on__lte=last, ends_on__gte=first)


class CoverPeriod(models.Model):
    """Who acts on the files of an absent colleague between two days, both included; it ends by itself."""

    absent = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covers")
    cover = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covering")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="covers")
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField("dit le", default=now)
    ended_at = models.DateTimeField("retiré le", null=True, blank=True)

    objects = CoverQuerySet.as_manager()

    class Meta:
        verbose_name = "remplacement"
        ordering: ClassVar = ["starts_on", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["cover", "ends_on"], name="covers_by_a_colleague"),
            models.Index(fields=["absent", "ends_on"], name="covers_of_an_absent"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="a_cover_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=~Q(absent=models.F("cover")), name="nobody_covers_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cover} pour {self.absent}, du {french(self.starts_on)} au {french(self.ends_on)}"


#: The national frame of qualifications, with the diplomas by which people know each level.
LEVELS = [
    ("N1", "Niveau 1 (savoirs de base)"),
    ("N2", "Niveau 2 (avant le CAP)"),
    ("N3", "Niveau 3 (CAP, BEP)"),
    ("N4", "Niveau 4 (bac)"),
    ("N5", "Niveau 5 (BTS, DUT)"),
    ("N6", "Niveau 6 (licence, BUT)"),
    ("N7", "Niveau 7 (master, ingénieur)"),
    ("N8", "Niveau 8 (doctorat)"),
]


class CandidateProfile(models.Model):
    """The civil status that the feasibility file asks for (R6412-3; never the NIR, R-121)."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="candidate_profile")
    civility = models.CharField(
        "civilité",
        max_length=10,
        blank=True,
        choices=[("madame", "Madame"), ("monsieur", "Monsieur")],
    )
    birth_name = models.CharField("nom de naissance", max_length=150, blank=True)
    other_first_names = models.CharField("autres prénoms", max_length=200, blank=True)
    born_on = models.DateField("date de naissance", null=True, blank=True)
    birth_town = models.CharField("commune de naissance", max_length=150, blank=True)
    birth_department = models.CharField("département de naissance", max_length=100, blank=True)
    birth_country = models.CharField(
        "pays de naissance", max_length=100, blank=True, default="France"
    )
    nationality = models.CharField("nationalité", max_length=100, blank=True)
    street = models.CharField("adresse", max_length=250, blank=True)
    postcode = models.CharField("code postal", max_length=10, blank=True)
    town = models.CharField("commune", max_length=150, blank=True)
    country = models.CharField("pays", max_length=100, blank=True, default="France")
    phone = models.CharField("téléphone", max_length=30, blank=True)
    situation = models.CharField(
        "situation actuelle",
        max_length=30,
        blank=True,
        choices=[
            ("employee", "En emploi"),
            ("self_employed", "À mon compte"),
            ("public_agent", "Agent public"),
            ("jobseeker", "En recherche d’emploi"),
            ("volunteer", "Bénévole"),
            ("inactive", "Sans activité"),
        ],
    )
    collective_agreement = models.CharField("convention collective", max_length=200, blank=True)
    education_level = models.CharField(
        "plus haut niveau d’études",
        max_length=2,
        blank=True,
        choices=LEVELS,
    )
    certification_level = models.CharField(
        "plus haut niveau de certification",
        max_length=2,
        blank=True,
        choices=LEVELS,
    )
    assistance = models.CharField(
        "mesure de protection",
        max_length=20,
        blank=True,
        choices=[
            ("assisted", "Une personne m’assiste (curatelle)"),
            ("represented", "Une personne me représente (tutelle)"),
        ],
        help_text="Votre accord et votre signature restent personnels : personne ne signe pour vous.",
    )
    assisted_by = models.CharField("nom et téléphone de cette personne", max_length=250, blank=True)
    certification_title = models.CharField(
        "intitulé de votre plus haut diplôme", max_length=250, blank=True
    )

    #: What the admissibility request must hold about a person (R-013).
    REQUIRED = (
        "civility",
        "birth_name",
        "born_on",
        "birth_town",
        "birth_country",
        "nationality",
        "street",
        "postcode",
        "town",
        "country",
        "phone",
        "situation",
        "education_level",
        "certification_level",
    )

    class Meta:
        verbose_name = "état civil"

    def __str__(self) -> str:
        return f"État civil de {self.user}"

    @property
    def complete(self) -> bool:
        """Say whether everything the feasibility file must hold about the person is there."""
        return not self.lacking

    @property
    def lacking(self) -> tuple[str, ...]:
        """Return the names of what the feasibility file still asks about the person (R-013)."""
        wanted = list(self.REQUIRED)
        if in_france(self.birth_country):
            wanted.append("birth_department")
        return tuple(name for name in wanted if not getattr(self, name))

    @property
    def protection(self) -> str:
        """Return how an adult is protected and by whom, for those who read the file; else nothing.

        Consent and signature stay the person's own (Code civil, 459).
        """
        measure = {
            "assisted": "Curatelle\N{NO-BREAK SPACE}: une personne assiste le candidat",
            "represented": "Tutelle\N{NO-BREAK SPACE}: une personne représente le candidat",
        }.get(self.assistance, "")
        return f"{measure} ({self.assisted_by})" if measure and self.assisted_by else measure

    def kept(self) -> dict[str, Any]:
        """Return the civil status as a file keeps it once signed, with the names of the account."""
        own = {name: getattr(self, name) for name in self.fields_kept()}
        born = {"born_on": self.born_on.isoformat() if self.born_on else None}
        account = {name: getattr(self.user, name) for name in ("first_name", "last_name", "email")}
        return own | born | {"account": account}

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> "CandidateProfile":
        """Return a civil status as it was kept: a person who is not saved, and who changes no more."""
        own = {name: kept[name] for name in cls.fields_kept() if name in kept}
        own["born_on"] = date.fromisoformat(kept["born_on"]) if kept.get("born_on") else None
        return cls(user=User(**kept["account"]), **own)

    @classmethod
    def fields_kept(cls) -> tuple[str, ...]:
        """Return the names of what the person says of themselves."""
        return tuple(one.name for one in cls._meta.fields if one.name not in ("id", "user"))


def in_france(country: str) -> bool:
    """Say whether a country that somebody typed is France."""
    return country.strip().casefold() == "france"
