"""The fifty journeys that are multiplied: one at least at each stage, walked through their real acts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from unittest.mock import patch

from django.test.utils import override_settings

from jalon import now as clock
from jalon.config.demo import certification_of, forget_what_was_done
from jalon.config.stories import ONE_PAGE, House, Walk, build_house, moment_before, partial
from jalon.devtools.bench.copying import NAMES
from jalon.documents import jobs as printing
from jalon.journeys.models import AccessLog, JournalEntry
from jalon.law import case as facts
from jalon.law.vocabulary import Accompaniment, Act, DropOutReason, Role, Scope
from jalon.people.models import User

#: Mails of the past are not sent, wherever they would go.
NOWHERE = {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}


@dataclass(frozen=True)
class Story:
    """How some journeys went: where they stand, how many days ago they began, how many they are."""

    walk: Callable[[Walk], object]
    days: int
    count: int = 1
    alone: bool = False
    by_bloc: bool = False


def write(stories: Iterable[Story]) -> int:
    """Walk the originals, with what staff read and what the worker did; return how many they are."""
    with clock.at(moment_before(0)):
        house = build_house()
    number = 0
    with patch.object(printing, "render", return_value=ONE_PAGE), override_settings(**NOWHERE):
        for story in stories:
            for _ in range(story.count):
                walk_one(house, story, number)
                number += 1
    forget_what_was_done()
    remember_reads()
    give_longer_names()
    return number


def walk_one(house: House, story: Story, number: int) -> None:
    """Walk one journey; its notices and the rows of its papers come with it."""
    began = moment_before(story.days + number % 3)
    certification, route = certification_of(number, began.date())
    first = certification.blocs.order_by("position").first()
    walk = Walk(
        house, certification, began, route=route, number=number, settling=True,
        accompaniment=Accompaniment.ALONE if story.alone else Accompaniment.ACCOMPANIED,
        scope=Scope.BLOCS if story.by_bloc else Scope.WHOLE,
        blocs=(first.code,) if story.by_bloc and first else (),
    )  # fmt: skip
    story.walk(walk)
    walk.until(moment_before(0)).settle()


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
        person.last_name += f"-{NAMES[person.pk % len(NAMES)]}"
        person.save(update_fields=["last_name"])


# ---------------------------------------------------------------- the stories


def to_path_accepted(walk: Walk) -> Walk:
    """Walk as far as a person alone or accompanied goes before the feasibility file."""
    return walk.to_path_accepted() if walk.accompanied else walk.register()


def taken_on(walk: Walk) -> Walk:
    """An architect has just taken the file on."""
    return walk.register().wait(3).take_charge()


def met(walk: Walk) -> Walk:
    """The first meeting is held."""
    return taken_on(walk).wait(8).first_meeting()


def incomplete(walk: Walk) -> None:
    """The certifier sends the file back."""
    walk.to_ready().send_feasibility().wait(5)
    walk.certifier(Act.DECLARE_INCOMPLETE, facts.Missing(("Justificatif d’emploi lisible",)))


def refused(walk: Walk) -> None:
    """The certifier refuses, and says why."""
    walk.to_complete().wait(20)
    reason = "L’activité décrite ne correspond pas au référentiel."
    walk.certifier(Act.DECLARE_INADMISSIBLE, facts.Decision(reason=reason))


def lapsed(walk: Walk) -> None:
    """Nothing happens for six months, and the certifier says so."""
    walk.to_admissible().wait(220)
    walk.certifier(Act.CONFIRM_LAPSE, facts.Lapse(no_legitimate_reason=True))


def returned(walk: Walk) -> None:
    """The certifier sends the validation file back."""
    walk.to_validation_sent().wait(4)
    walk.certifier(Act.RETURN_VALIDATION, facts.Missing(("Un exemple par compétence",)))


def accepted(walk: Walk) -> Walk:
    """The validation file is checked."""
    return walk.to_validation_sent().wait(5).certifier(Act.ACCEPT_VALIDATION)


def partly(walk: Walk) -> Walk:
    """Some blocs are awarded, and the post-jury meeting gives a plan."""
    walk.to_scheduled()
    return walk.deliberate(partial(walk)).wait(6).notify().wait(12).post_jury()


def at_the_second(walk: Walk) -> None:
    """The missing blocs are obtained at a second jury."""
    partly(walk).wait(5).next_attempt().wait(60).write_validation().send_validation()
    walk.wait(4).certifier(Act.ACCEPT_VALIDATION).wait(3).convene().deliberate().wait(5).notify()


def fraudulent(walk: Walk) -> None:
    """A text was copied, and nothing was answered."""
    answer_by = (accepted(walk).at + timedelta(days=15)).date()
    walk.certifier(Act.OPEN_FRAUD, facts.FraudOpening("Texte recopié.", answer_by)).wait(17)
    walk.certifier(Act.REFUSE_FOR_FRAUD, facts.Reason("Aucune observation présentée."))


def leave(walk: Walk) -> None:
    """The person stops."""
    to_path_accepted(walk).wait(20)
    walk.do(Act.DROP_OUT, walk.person, facts.Leaving(DropOutReason.TIME))


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
    Story(lapsed, 330),
    Story(fraudulent, 260),
    Story(
        lambda w: met(w).do(Act.REORIENT, w.architect, facts.Reason("Autre projet.")), 60
    ),
    Story(leave, 90),
    Story(leave, 80, alone=True),
    Story(lambda w: w.to_result().wait(60).certifier(Act.ARCHIVE), 520),
)  # fmt: skip
