"""A certification of the national register, down to the criteria a jury looks at."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Func, Value

from jalon.law import dates
from jalon.law.clocks import french_period


class FrenchVector(Func):
    """The words of a certification without accents nor endings, kept by the database itself."""

    function = "to_tsvector"
    template = "to_tsvector('french_plain', %(expressions)s)"
    output_field = SearchVectorField()


class Certification(models.Model):
    """A CQPM as the register describes it (R-003, R-011)."""

    code = models.CharField("code RNCP", max_length=12, unique=True)
    title = models.CharField("intitulé", max_length=250)
    level = models.PositiveSmallIntegerField("niveau", null=True, blank=True)
    certifier_name = models.CharField("certificateur", max_length=200, default="UIMM")
    description = models.TextField("en bref", blank=True)
    keywords = models.TextField("mots du métier", blank=True)
    trade_words = models.TextField("mots de l’atelier", blank=True)
    prerequisites = models.TextField("prérequis", blank=True)
    jury_form = models.TextField("forme de l’évaluation", blank=True)
    nsf = models.CharField("NSF", max_length=60, blank=True)
    formacodes = models.CharField("Formacode", max_length=60, blank=True)
    in_rncp = models.BooleanField("inscrite au RNCP", default=True)
    active = models.BooleanField("fiche active", default=True)
    ends_on = models.DateField("fin d’enregistrement", null=True, blank=True)
    deliverable_until = models.DateField("délivrable jusqu’au", null=True, blank=True)
    version = models.PositiveSmallIntegerField("version du référentiel", default=1)
    referential = models.CharField("empreinte du référentiel", max_length=64, blank=True)
    imported_on = models.DateField("lue au répertoire national le", null=True, blank=True)
    successor = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="predecessors"
    )
    words = models.GeneratedField(
        expression=FrenchVector(
            Func(
                F("title"),
                Value(" "),
                F("keywords"),
                Value(" "),
                F("description"),
                Value(" "),
                F("trade_words"),
                template="(%(expressions)s)",
                arg_joiner=" || ",
                output_field=models.TextField(),
            )
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = "certification"
        ordering: ClassVar = ["title"]
        indexes: ClassVar = [
            GinIndex(fields=["words"], name="certification_words"),
            models.Index(fields=["level", "title"], name="certification_by_level"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__gte=3, level__lte=8),
                name="level_of_the_national_frame",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def blocs(self) -> "models.QuerySet[Bloc]":
        """Return the blocs of the version in force; a journey has those of its own version."""
        return self.every_bloc.filter(version=self.version)


class RegisterImport(models.Model):
    """An export of the national register that was read, then taken in or not (R-131).

    `sheets` holds what is to be taken in, until it is; `total` is what the next file is compared with.
    """

    format = models.CharField("format", max_length=3)
    name = models.CharField("fichier", max_length=200)
    day = models.DateField("jour de l’export", null=True, blank=True)
    total = models.PositiveIntegerField("fiches du fichier")
    only = models.JSONField("fiches demandées", default=list)
    sheets = models.JSONField("fiches retenues", default=list)
    flaws = models.JSONField("imperfections", default=list)
    read_at = models.DateTimeField("lu le")
    applied_at = models.DateTimeField("appliqué le", null=True, blank=True)

    class Meta:
        verbose_name = "import du répertoire"
        verbose_name_plural = "imports du répertoire"
        ordering: ClassVar = ["-read_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Opening(models.Model):
    """A time during which the national portal takes registrations for a certification (R-001).

    The portal opened, closed and opened again some certifications. A registration keeps the list as
    it stood, so that the route of a journey is proved even once the list is corrected.
    """

    certification = models.ForeignKey(
        Certification, on_delete=models.CASCADE, related_name="openings"
    )
    start = models.DateField("ouverte depuis le")
    end = models.DateField("jusqu’au", null=True, blank=True)
    source = models.CharField("source", max_length=300, blank=True)

    class Meta:
        verbose_name = "ouverture sur le portail"
        verbose_name_plural = "ouvertures sur le portail"
        ordering: ClassVar = ["certification", "start"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["certification", "start"], name="openings_are_distinct"
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="an_opening_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return french_period(self.as_law)

    @property
    def as_law(self) -> dates.Opening:
        """Return this opening as the law sees it."""
        return dates.Opening(self.start, self.end, self.source)


class Bloc(models.Model):
    """A part of a certification that can be awarded by itself (R-132).

    When the register changes what a sheet asks, its blocs are written anew under the next version:
    those of before stay, for the journeys that began with them (R-131).
    """

    certification = models.ForeignKey(
        Certification, on_delete=models.CASCADE, related_name="every_bloc"
    )
    version = models.PositiveSmallIntegerField("version du référentiel", default=1)
    code = models.CharField("code", max_length=20)
    title = models.CharField("intitulé", max_length=300)
    demonstration = models.BooleanField("bloc de démonstration", default=False)
    position = models.PositiveSmallIntegerField("rang")

    class Meta:
        verbose_name = "bloc de compétences"
        ordering: ClassVar = ["certification", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["certification", "version", "position"], name="blocs_are_ordered"
            ),
            models.UniqueConstraint(
                fields=["certification", "version", "code"], name="bloc_codes_are_distinct"
            ),
            models.CheckConstraint(
                condition=Q(demonstration=True, code__regex=r"^RNCP\d{3,5}-D\d{1,2}$")
                | Q(demonstration=False, code__regex=r"^RNCP\d{3,5}BC\d{2}$"),
                name="bloc_code_of_the_register",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="bloc_belongs_to_its_sheet",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("code", "certification_id"),
                func=(
                    "IF substring(NEW.code FROM '^RNCP[0-9]+') IS DISTINCT FROM (SELECT code "
                    "FROM catalogue_certification WHERE id = NEW.certification_id) THEN "
                    "RAISE EXCEPTION 'R-132: % is not a bloc of this sheet', NEW.code "
                    "USING ERRCODE = 'check_violation'; END IF; RETURN NEW;"
                ),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Competence(models.Model):
    """What a person must know how to do."""

    bloc = models.ForeignKey(Bloc, on_delete=models.CASCADE, related_name="competences")
    title = models.CharField("compétence", max_length=400)
    position = models.PositiveSmallIntegerField("rang")

    class Meta:
        verbose_name = "compétence"
        ordering: ClassVar = ["bloc", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bloc", "position"], name="competences_are_ordered")
        ]

    def __str__(self) -> str:
        return self.title


class Criterion(models.Model):
    """What a jury observes to find a competence mastered (R-072)."""

    competence = models.ForeignKey(Competence, on_delete=models.CASCADE, related_name="criteria")
    text = models.CharField("critère", max_length=400)
    position = models.PositiveSmallIntegerField("rang")

    class Meta:
        verbose_name = "critère"
        ordering: ClassVar = ["competence", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["competence", "position"], name="criteria_are_ordered")
        ]

    def __str__(self) -> str:
        return self.text
