"""The feasibility file: experiences, blocs and competences, in the candidate's words."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from jalon.catalogue.models import Bloc, Competence
from jalon.journeys.models import Journey
from jalon.law.cerfa import (
    Activity,
    Benefit,
    Family,
    HighestDiploma,
    LastClass,
    Nationality,
    Nature,
    Occupation,
    Purpose,
    Status,
    WorkingTime,
    YesNo,
)
from jalon.law.vocabulary import ClaimLevel, ExperienceKind, FeasibilityKind, Opinion, Prerequisites
from jalon.people.models import CandidateProfile, User
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
    status = WordField("statut", max_length=2, words=Status, blank=True)
    family = WordField("famille professionnelle", max_length=1, words=Family, blank=True)
    hours_total = models.PositiveIntegerField("durée totale en heures", null=True, blank=True)
    working_time = WordField("temps de travail", max_length=4, words=WorkingTime, blank=True)
    certification_prepared = models.CharField(
        "certification préparée et son niveau", max_length=250, blank=True
    )
    purpose = WordField("objet de l’immersion", max_length=10, words=Purpose, blank=True)

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

    @property
    def activity(self) -> Activity:
        """Return the row of the request of the 2002 route, as the law needs to know it."""
        return Activity(
            self.title,
            self.status or None,
            self.family or None,
            self.hours_total,
            self.working_time or None,
            self.certification_prepared,
            self.purpose or None,
        )


def who_asks(civil_status: dict[str, Any] | None, candidate: User) -> CandidateProfile:
    """Return a candidate as they signed their file, or as they are known today before they sign."""
    if civil_status:
        return CandidateProfile.from_kept(civil_status)
    known = getattr(candidate, "candidate_profile", None)
    return known or CandidateProfile(user=candidate)


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
    hours_individual = models.DecimalField(
        "heures individuelles", max_digits=4, decimal_places=1, null=True, blank=True
    )
    hours_group = models.DecimalField(
        "heures collectives", max_digits=4, decimal_places=1, null=True, blank=True
    )
    hours_training = models.DecimalField(
        "heures de formation", max_digits=4, decimal_places=1, null=True, blank=True
    )
    opinion = WordField("avis de l’accompagnateur", max_length=20, words=Opinion, blank=True)
    opinion_comment = models.TextField("motifs de l’avis", blank=True)
    opinion_at = models.DateTimeField("avis donné le", null=True, blank=True)
    candidate_remark = models.TextField("votre remarque", blank=True)
    confirmed_at = models.DateTimeField("confirmé le", null=True, blank=True)
    sworn_at = models.DateTimeField("déclaration sur l’honneur signée le", null=True, blank=True)
    sworn_name = models.CharField("signé par", max_length=200, blank=True)
    sworn_place = models.CharField("signé à", max_length=100, blank=True)
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
        return who_asks(self.civil_status, self.journey.candidate)

    def unsign(self) -> None:
        """Take the signatures off: what was signed is no longer what stands (R-017)."""
        self.confirmed_at = self.sworn_at = self.civil_status = None
        self.sworn_name = ""
        self.save(update_fields=["confirmed_at", "sworn_at", "civil_status", "sworn_name"])


class AdmissibilityRequest(models.Model):
    """What the form of the 2002 route asks beside civil status and experiences (headings 1, 3, 4)."""

    feasibility = models.OneToOneField(
        FeasibilityFile, on_delete=models.CASCADE, related_name="request"
    )
    nature = WordField("nature de la demande", max_length=10, words=Nature, blank=True)
    nationality = WordField("nationalité", max_length=10, words=Nationality, blank=True)
    occupation = WordField("situation actuelle", max_length=20, words=Occupation, blank=True)
    seeking_since = models.DateField("inscrit à France Travail depuis", null=True, blank=True)
    benefit = WordField("indemnisation", max_length=12, words=Benefit, blank=True)
    disabled_worker = WordField(
        "reconnu travailleur handicapé", max_length=3, words=YesNo, blank=True
    )
    last_class = WordField("dernière classe suivie", max_length=2, words=LastClass, blank=True)
    highest_diploma = WordField(
        "diplôme français le plus élevé", max_length=2, words=HighestDiploma, blank=True
    )
    other_certification = models.CharField(
        "autre certification française", max_length=250, blank=True
    )
    foreign_diploma = models.CharField(
        "diplôme étranger et son niveau comparable", max_length=250, blank=True
    )
    studies_recognised = WordField(
        "reconnaissance d’études ou de formation à l’étranger",
        max_length=3,
        words=YesNo,
        blank=True,
    )
    parts_obtained = models.TextField("parties de cette certification déjà obtenues", blank=True)
    related_certifications = models.TextField(
        "certifications du RNCP en rapport avec la demande", blank=True
    )
    related_trainings = models.TextField(
        "formations courtes en rapport avec la demande", blank=True
    )

    #: What the request may not leave without.
    REQUIRED = ("nature", "nationality", "occupation", "last_class", "highest_diploma")

    class Meta:
        verbose_name = "demande de recevabilité"

    def __str__(self) -> str:
        return f"Demande de recevabilité {self.feasibility.journey.reference}"

    @property
    def complete(self) -> bool:
        """Say whether everything that is compulsory was answered."""
        return all(getattr(self, name) for name in self.REQUIRED)


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
