"""The feasibility file: experiences, blocs and competences, in the candidate's words."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from jalon.catalogue.models import Bloc, Competence
from jalon.journeys.models import Journey
from jalon.law.vocabulary import ClaimLevel, ExperienceKind, FeasibilityKind, Opinion, Prerequisites
from jalon.people.models import CandidateProfile
from jalon.words import WordField, known


class Experience(models.Model):
    """One activity, of any kind (R-009)."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="experiences")
    kind = WordField("type d’activité", max_length=20, words=ExperienceKind)
    title = models.CharField("poste ou fonction", max_length=200)
    employer = models.CharField("entreprise ou association", max_length=200, blank=True)
    employer_siren = models.CharField("numéro SIREN", max_length=9, blank=True)
    town = models.CharField("commune", max_length=150, blank=True)
    started_on = models.DateField("début")
    ended_on = models.DateField("fin", null=True, blank=True)
    hours_per_week = models.PositiveSmallIntegerField("heures par semaine", default=35)
    activities = models.TextField("ce que vous faisiez")

    class Meta:
        verbose_name = "expérience"
        ordering: ClassVar = ["-started_on", "pk"]
        constraints: ClassVar = [
            known("kind", ExperienceKind, "experience_kind_known"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="experience_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__gte=1, hours_per_week__lte=60),
                name="experience_hours_plausible",
            ),
            models.CheckConstraint(
                condition=Q(employer_siren="") | Q(employer_siren__regex=r"^\d{9}$"),
                name="siren_has_9_digits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.employer}" if self.employer else self.title


class FeasibilityFile(models.Model):
    """The request for admissibility (R6412-3); on the 2002 route, the first booklet."""

    journey = models.OneToOneField(Journey, on_delete=models.CASCADE, related_name="feasibility")
    kind = WordField(
        "type de dossier",
        max_length=10,
        words=FeasibilityKind,
        default=FeasibilityKind.FULL,
    )
    admissible_until = models.DateField("fin de validité de la recevabilité", null=True, blank=True)
    prerequisites = WordField("prérequis", max_length=20, words=Prerequisites, blank=True)
    goals = models.TextField("ce que vous attendez de la VAE", blank=True)
    trainings_followed = models.TextField("formations suivies", blank=True)
    trainings_chosen = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    trainings_chosen_at = models.DateTimeField("formations choisies le", null=True, blank=True)
    hours_individual = models.PositiveSmallIntegerField(
        "heures individuelles", null=True, blank=True
    )
    hours_group = models.PositiveSmallIntegerField("heures collectives", null=True, blank=True)
    hours_training = models.PositiveSmallIntegerField("heures de formation", null=True, blank=True)
    opinion = WordField("avis de l’accompagnateur", max_length=20, words=Opinion, blank=True)
    opinion_comment = models.TextField("motifs de l’avis", blank=True)
    opinion_at = models.DateTimeField("avis donné le", null=True, blank=True)
    candidate_remark = models.TextField("votre remarque", blank=True)
    confirmed_at = models.DateTimeField("confirmé le", null=True, blank=True)
    sworn_at = models.DateTimeField("déclaration sur l’honneur signée le", null=True, blank=True)
    sworn_name = models.CharField("signé par", max_length=200, blank=True)
    civil_status = models.JSONField("état civil à la signature", null=True, blank=True)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    completed_on = models.DateField("complet le", null=True, blank=True)
    missing = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    missing_comment = models.TextField("commentaire du certificateur", blank=True)

    class Meta:
        verbose_name = "dossier de faisabilité"
        constraints: ClassVar = [known("kind", FeasibilityKind, "feasibility_kind_known")]

    def __str__(self) -> str:
        return f"Dossier de faisabilité {self.journey.reference}"

    @property
    def person(self) -> CandidateProfile:
        """Return who asks: as they signed it, or as they are known today while nothing is signed."""
        if self.civil_status:
            return CandidateProfile.from_kept(self.civil_status)
        candidate = self.journey.candidate
        known = getattr(candidate, "candidate_profile", None)
        return known or CandidateProfile(user=candidate)

    def unsign(self) -> None:
        """Take the signatures off: what was signed is no longer what stands (R-017)."""
        self.confirmed_at = self.sworn_at = self.civil_status = None
        self.sworn_name = ""
        self.save(update_fields=["confirmed_at", "sworn_at", "civil_status", "sworn_name"])


class BlocClaim(models.Model):
    """How the candidate's experience covers one targeted bloc."""

    feasibility = models.ForeignKey(FeasibilityFile, on_delete=models.CASCADE, related_name="blocs")
    bloc = models.ForeignKey(Bloc, on_delete=models.PROTECT)
    text = models.TextField("comment votre expérience couvre ce bloc", blank=True)
    done = models.BooleanField("terminé", default=False)

    class Meta:
        verbose_name = "bloc décrit"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["feasibility", "bloc"], name="one_claim_per_bloc")
        ]

    def __str__(self) -> str:
        return str(self.bloc)


class CompetenceClaim(models.Model):
    """What the candidate says of one competence, with an example."""

    feasibility = models.ForeignKey(
        FeasibilityFile, on_delete=models.CASCADE, related_name="competences"
    )
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT)
    level = WordField("je sais le faire", max_length=10, words=ClaimLevel)
    example = models.TextField("exemple", blank=True)

    class Meta:
        verbose_name = "compétence déclarée"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["feasibility", "competence"], name="one_claim_per_competence"
            ),
            known("level", ClaimLevel, "claim_level_known"),
        ]

    def __str__(self) -> str:
        return str(self.competence)
