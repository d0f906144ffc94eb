"""The validation file: what the candidate writes for the jury."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from jalon.catalogue.models import Competence
from jalon.journeys.models import Attempt
from jalon.people.models import User


class ValidationFile(models.Model):
    """What the candidate writes for the jury (R6412-5)."""

    attempt = models.OneToOneField(Attempt, on_delete=models.CASCADE, related_name="validation")
    presentation = models.TextField("votre parcours en quelques lignes", blank=True)
    originality_at = models.DateTimeField(
        "attestation d’originalité signée le", null=True, blank=True
    )
    originality_name = models.CharField("signée par", max_length=200, blank=True)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    accepted_at = models.DateTimeField("vérifié le", null=True, blank=True)
    fingerprint = models.CharField("empreinte du dossier envoyé", max_length=64, blank=True)
    fingerprint_version = models.PositiveSmallIntegerField("version de l’empreinte", default=1)
    evidence_sent = models.JSONField("preuves envoyées", default=list, blank=True)
    return_items = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    return_comment = models.TextField("commentaire du certificateur", blank=True)

    class Meta:
        verbose_name = "dossier de validation"

    def __str__(self) -> str:
        return f"Dossier de validation, {self.attempt}"


class SectionQuerySet(models.QuerySet["Section"]):
    """Some texts."""

    def asked(self) -> Self:
        """Return those of blocs still to obtain: a bloc held since from elsewhere sets its texts aside."""
        return self.filter(file__attempt__blocs=F("competence__bloc"))

    def unwritten(self) -> Self:
        """Return those in which the jury would not have enough to read: see `Section.written`."""
        blank = Q()
        for name in Section.NEEDED:
            blank |= Q(**{f"{name}__regex": r"^\s*$"})
        return self.filter(blank)


class Section(models.Model):
    """The text for one competence, in small questions (R-050)."""

    QUESTIONS = ("context", "actions", "means", "result", "learnt")
    #: Without these the jury has nothing to judge.
    NEEDED = ("context", "actions", "result")

    file = models.ForeignKey(ValidationFile, on_delete=models.CASCADE, related_name="sections")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT)
    context = models.TextField("Dans quelle situation ?", blank=True)
    actions = models.TextField("Qu’avez-vous fait, étape par étape ?", blank=True)
    means = models.TextField("Avec quels outils, machines ou documents ?", blank=True)
    result = models.TextField("Quel a été le résultat ?", blank=True)
    learnt = models.TextField("Qu’avez-vous appris ?", blank=True)
    version = models.PositiveIntegerField("version", default=0)
    saved_at = models.DateTimeField("enregistré le", null=True, blank=True)
    saved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = "compétence décrite"
        ordering: ClassVar = ["competence__bloc__position", "competence__position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["file", "competence"], name="one_section_per_competence"
            )
        ]

    def __str__(self) -> str:
        return str(self.competence)

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Return each question that has an answer, in the words the candidate was asked."""
        asked = {one.name: str(one.verbose_name) for one in self._meta.fields}
        said = [(asked[name], getattr(self, name)) for name in self.QUESTIONS]
        return [(question, text) for question, text in said if text.strip()]

    @property
    def texts(self) -> dict[str, str]:
        """Return what was answered to each question, by its name."""
        return {name: getattr(self, name) for name in self.QUESTIONS}

    @property
    def begun(self) -> bool:
        """Say whether the candidate already wrote something."""
        return any(getattr(self, name).strip() for name in self.QUESTIONS)

    @property
    def written(self) -> bool:
        """Say whether the jury has enough to read: a situation, actions and a result."""
        return all(getattr(self, name).strip() for name in self.NEEDED)
