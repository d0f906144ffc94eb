"""The fifty journeys that are multiplied: one at least at each stage, walked through their real acts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from unittest.mock import patch

from django.test.utils import override_settings

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.people import LAST_NAMES, DemoPeople, build_demo_people
from jalon.demo.scenario import Scenario, moment_before, partial
from jalon.demo.seed import certification_of, mark_past_jobs_done
from jalon.demo.texts import ONE_PAGE
from jalon.documents import jobs as printing
from jalon.journeys.models import AccessLog, JournalEntry
from jalon.law import facts
from jalon.law.vocabulary import Accompaniment, Act, DropOutReason, Role, Route, Scope
from jalon.people.models import User

#: Among so many certifications in their order, one at least is on the portal.
MANY = 40
#: Mails of the past are not sent, wherever they would go.
NOWHERE = {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}


@dataclass(frozen=True)
class Story:
    """How some journeys went: where they stand, how many days ago they began, how many they are.

    Some stories are told on the portal only: nothing lapses under the law of 2002.
    """

    play: Callable[[Scenario], object]
    days: int
    count: int = 1
    alone: bool = False
    by_bloc: bool = False
    portal: bool = False


def write(stories: Iterable[Story]) -> int:
    """Scenario the originals, with what staff read and what the worker did; return how many they are."""
    with timekeeper.at(moment_before(0)):
        demo = build_demo_people()
    number = 0
    with patch.object(printing, "render", return_value=ONE_PAGE), override_settings(**NOWHERE):
        for story in stories:
            for _ in range(story.count):
                play_one(demo, story, number)
                number += 1
    mark_past_jobs_done()
    remember_reads()
    give_longer_names()
    return number


def play_one(demo: DemoPeople, story: Story, number: int) -> None:
    """Scenario one journey; its notices and the rows of its papers come with it."""
    began = moment_before(story.days + number % 3)
    certification, route = certification_for(story, number, began.date())
    first = certification.blocs.order_by("position").first()
    scenario = Scenario(
        demo,
        certification,
        began,
        route=route,
        number=number,
        runs_clocks=True,
        runs_jobs=True,
        accompaniment=Accompaniment.ALONE if story.alone else Accompaniment.ACCOMPANIED,
        scope=Scope.BLOCS if story.by_bloc else Scope.WHOLE,
        blocs=(first.code,) if story.by_bloc and first else (),
    )
    story.play(scenario)
    scenario.until(moment_before(0)).run_pending_jobs()


def certification_for(story: Story, number: int, on: date) -> tuple[Certification, Route]:
    """Return a certification of that day, on the portal where the story asks for it."""
    found = [certification_of(number + after, on) for after in range(MANY if story.portal else 1)]
    return next(one for one in found if one[1] == Route.FRANCE_VAE or not story.portal)


def remember_reads() -> None:
    """Each act of the staff was done by someone who had opened the file, twice (R-124)."""
    acts = JournalEntry.objects.exclude(author=None).exclude(role=Role.CANDIDATE)
    AccessLog.objects.bulk_create(
        AccessLog(journey_id=entry.journey_id, reader=entry.author, at=entry.at, what=what)
        for entry in acts.select_related("author")
        if entry.author
        for what in ("dossier", "acte")
    )


def give_longer_names() -> None:
    """Twenty names for all would make each one common: a second one makes four hundred."""
    for person in User.objects.filter(journeys__isnull=False).distinct():
        person.last_name += f"-{LAST_NAMES[person.pk % len(LAST_NAMES)]}"
        person.save(update_fields=["last_name"])


# ---------------------------------------------------------------- the stories


def to_path_accepted(scenario: Scenario) -> Scenario:
    """Scenario as far as a person alone or accompanied goes before the feasibility file."""
    return scenario.to_path_accepted() if scenario.accompanied else scenario.register()


def taken_on(scenario: Scenario) -> Scenario:
    """An architect has just taken the file on."""
    return scenario.register().wait(3).take_charge()


def met(scenario: Scenario) -> Scenario:
    """The first meeting is held."""
    return taken_on(scenario).wait(8).first_meeting()


def incomplete(scenario: Scenario) -> None:
    """The certifier sends the file back."""
    scenario.to_ready().send_feasibility().wait(5)
    scenario.certifier(Act.DECLARE_INCOMPLETE, facts.Missing(("Justificatif d’emploi lisible",)))


def refused(scenario: Scenario) -> None:
    """The certifier refuses, and says why."""
    scenario.to_complete().wait(20)
    reason = "L’activité décrite ne correspond pas au référentiel."
    scenario.certifier(Act.DECLARE_INADMISSIBLE, facts.Decision(reason=reason, analysis=reason))


def lapsed(scenario: Scenario) -> None:
    """Nothing happens for six months, and the certifier says so."""
    scenario.to_admissible().wait(220)
    scenario.certifier(Act.CONFIRM_LAPSE, facts.Lapse(no_legitimate_reason=True))


def returned(scenario: Scenario) -> None:
    """The certifier sends the validation file back."""
    scenario.to_validation_sent().wait(4)
    scenario.certifier(Act.RETURN_VALIDATION, facts.Missing(("Un exemple par compétence",)))


def accepted(scenario: Scenario) -> Scenario:
    """The validation file is checked."""
    return scenario.to_validation_sent().wait(5).certifier(Act.ACCEPT_VALIDATION)


def partly(scenario: Scenario) -> Scenario:
    """Some blocs are awarded, and the post-jury meeting gives a plan."""
    scenario.to_scheduled()
    return scenario.deliberate(partial(scenario)).wait(6).notify().wait(12).post_jury()


def at_the_second(scenario: Scenario) -> None:
    """The missing blocs are obtained at a second jury."""
    partly(scenario).wait(5).next_attempt().wait(60).write_validation().send_validation()
    scenario.wait(4).certifier(Act.ACCEPT_VALIDATION).wait(3).convene().deliberate().wait(
        5
    ).notify()


def fraudulent(scenario: Scenario) -> None:
    """A text was copied, and nothing was answered."""
    answer_by = (accepted(scenario).at + timedelta(days=15)).date()
    scenario.certifier(Act.OPEN_FRAUD, facts.FraudOpening("Texte recopié.", answer_by)).wait(17)
    scenario.certifier(Act.REFUSE_FOR_FRAUD, facts.Reason("Aucune observation présentée."))


def leave(scenario: Scenario) -> None:
    """The person stops."""
    to_path_accepted(scenario).wait(20)
    scenario.do(Act.DROP_OUT, scenario.person, facts.Leaving(DropOutReason.TIME))


STORIES: tuple[Story, ...] = (
    Story(lambda w: w.register(), 5),
    Story(lambda w: w.register(), 9, alone=True),
    Story(taken_on, 6, 2),
    Story(met, 20, 2),
    Story(lambda w: met(w).wait(4).propose_path(), 25),
    Story(to_path_accepted, 32, 2),
    Story(lambda w: to_path_accepted(w).wait(12).fill_feasibility(), 45, 2),
    Story(lambda w: w.to_ready().send_feasibility(), 50, 2),
    Story(incomplete, 60, 2),
    Story(lambda w: w.to_complete(), 70, 3),
    Story(lambda w: w.to_admissible(with_gaps=True), 110, 2),
    Story(lambda w: w.to_admissible().wait(20).write_validation(), 140),
    Story(lambda w: w.to_complete(), 160),
    Story(lambda w: w.to_admissible(), 230),
    Story(lambda w: w.to_validation_sent(), 170, 2),
    Story(returned, 175),
    Story(accepted, 180),
    Story(accepted, 175, alone=True),
    Story(lambda w: w.to_scheduled(), 195, 2),
    Story(lambda w: w.to_scheduled().deliberate(), 235),
    Story(lambda w: w.to_result(), 420, 4),
    Story(lambda w: w.to_result(), 400, alone=True),
    Story(at_the_second, 600),
    Story(lambda w: w.to_scheduled().deliberate(condition="Habilitation").wait(6).notify(), 300),
    Story(lambda w: w.to_result(), 380, by_bloc=True),
    Story(partly, 420, 2),
    Story(lambda w: w.to_result([]), 430),
    Story(refused, 200, 2),
    Story(lapsed, 330, portal=True),
    Story(fraudulent, 260),
    Story(lambda w: met(w).do(Act.REORIENT, w.person, facts.Reason("Autre projet.")), 60),
    Story(leave, 90),
    Story(leave, 80, alone=True),
    Story(
        lambda w: w.to_result().wait(60).certifier(Act.ARCHIVE, facts.Reason("Parcours terminé.")),
        520,
    ),
)
