"""One passage before the jury, and the blocs that it gives."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from jalon.catalogue.models import Bloc
from jalon.journeys.models.journey import Journey
from jalon.law.results import standing
from jalon.law.vocabulary import Outcome, PriorBlocState, Standing
from jalon.now import today
from jalon.words import WordField


class Attempt(models.Model):
    """One validation file and one passage before the jury; a partial award opens the next."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField("passage n°")
    blocs = models.ManyToManyField(Bloc, related_name="attempts")
    opened_at = models.DateTimeField("ouvert le")
    hearing_on = models.DateField("évalué le", null=True, blank=True)
    summoned_at = models.TimeField("heure, hors de Jalon", null=True, blank=True)
    summoned_to = models.CharField("lieu, hors de Jalon", max_length=300, blank=True)
    outcome = WordField("résultat", max_length=20, words=Outcome, blank=True)
    condition = models.TextField("réserve", blank=True)
    condition_lifted_on = models.DateField("réserve levée le", null=True, blank=True)
    notified_on = models.DateField("résultat notifié le", null=True, blank=True)
    post_jury_proposed_on = models.DateField("entretien proposé le", null=True, blank=True)
    post_jury_declined_on = models.DateField("entretien décliné le", null=True, blank=True)
    post_jury_on = models.DateField("entretien post-jury tenu le", null=True, blank=True)

    class Meta:
        verbose_name = "passage"
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["journey", "number"], name="attempts_are_numbered")
        ]

    def __str__(self) -> str:
        return f"Passage {self.number}"

    @property
    def under_condition(self) -> bool:
        """Say whether what it gave waits for a condition to be lifted (R-085)."""
        return self.outcome == Outcome.CONDITIONAL and self.condition_lifted_on is None


#: The person was told of the award: nothing of a result is known before its notice. A bloc held from
#: elsewhere comes from no attempt.
TOLD = Q(attempt__notified_on__isnull=False) | Q(attempt__isnull=True)


#: What stands for the session of an award that a certifier outside gave, and that somebody wrote down.
REPORTED = "Jury du certificateur"


class AwardQuerySet(models.QuerySet["BlocAward"]):
    """Some awards."""

    def held(self) -> Self:
        """Return those that were not withdrawn."""
        return self.filter(withdrawn_on__isnull=True)

    def of(self, journey: Journey, certification: Any = None) -> Self:
        """Return those of a person that count for a journey, on its certification or on another."""
        return self.counted_on(journey.pk).filter(
            journey__candidate=journey.candidate_id,
            bloc__certification=certification or journey.certification_id,
        )

    def counted_on(self, journey: Any) -> Self:
        """Return those that count on a journey, given by its key or an expression of it.

        What somebody wrote down of a certifier outside counts on its own journey only: elsewhere it
        is a bloc held from elsewhere, which the certifier checks first (R-073).
        """
        return self.filter(~Q(session=REPORTED) | Q(journey=journey))

    def given_here(self) -> Self:
        """Return those that a jury held here gave, or that a certifier here checked."""
        return self.exclude(session=REPORTED)

    def told(self) -> Self:
        """Return those that the person was told of."""
        return self.filter(TOLD)

    def acquired_for_good(self, on: Any = None) -> Self:
        """Return those that hold, that the person was told of, and that nothing keeps from being final.

        The day `on` is a date or an expression of one; today by default.
        """
        pending = Q(attempt__outcome=Outcome.CONDITIONAL, attempt__condition_lifted_on__isnull=True)
        return self.still_valid(on).told().given_here().exclude(pending)

    def over(self, on: Any = None) -> Self:
        """Return those that were not withdrawn, and that a limit of time ended by a day; today by default."""
        return self.held().filter(valid_until__lt=on or today())

    def still_valid(self, on: Any = None) -> Self:
        """Return those held that no limit of time ended, on a day or an expression of one; today by default."""
        return self.held().filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on or today()))


class BlocAward(models.Model):
    """A bloc acquired by a candidate; it stays on the file (R-083).

    One whose time is over may be acquired again, until another day.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="awards")
    attempt = models.ForeignKey(
        Attempt, on_delete=models.PROTECT, related_name="awards", null=True, blank=True
    )
    bloc = models.ForeignKey(Bloc, on_delete=models.PROTECT, related_name="awards")
    session = models.CharField("session de jury", max_length=40, blank=True)
    source = models.CharField("obtenu ailleurs", max_length=200, blank=True)
    awarded_on = models.DateField("acquis le")
    valid_until = models.DateField("valable jusqu’au", null=True, blank=True)
    withdrawn_on = models.DateField("retiré le", null=True, blank=True)
    verification_code = models.CharField("code de vérification", max_length=20, unique=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = "bloc acquis"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["journey", "bloc", "valid_until"],
                condition=Q(withdrawn_on__isnull=True),
                nulls_distinct=False,
                name="a_bloc_is_acquired_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.bloc)

    @property
    def standing(self) -> Standing:
        """Return what the award is worth today."""
        return standing(
            today(),
            withdrawn=self.withdrawn_on is not None,
            valid_until=self.valid_until,
            under_condition=bool(self.attempt and self.attempt.under_condition),
        )


class PriorBlocQuerySet(models.QuerySet["PriorBloc"]):
    """Some blocs said to be held from elsewhere."""

    def pending(self) -> Self:
        """Return those that the certifier did not check yet."""
        return self.filter(state=PriorBlocState.PENDING)


class PriorBloc(models.Model):
    """A bloc that somebody says they hold from elsewhere, its proof, and what the certifier found (R-073)."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="prior_blocs")
    bloc = models.ForeignKey(Bloc, on_delete=models.PROTECT, related_name="+")
    source = models.CharField("obtenu où", max_length=200)
    obtained_on = models.DateField("obtenu le")
    proof = models.UUIDField("document qui le prouve")
    recorded_at = models.DateTimeField("signalé le")
    state = WordField("état", max_length=10, words=PriorBlocState, default=PriorBlocState.PENDING)
    answered_on = models.DateField("vérifié le", null=True, blank=True)
    reason = models.TextField("motif", blank=True)

    objects = PriorBlocQuerySet.as_manager()

    class Meta:
        verbose_name = "bloc obtenu ailleurs"
        ordering: ClassVar = ["recorded_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["journey", "bloc"],
                condition=Q(state=PriorBlocState.PENDING.value),
                name="a_prior_bloc_waits_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.bloc}, {self.source}"
