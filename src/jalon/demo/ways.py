"""How the journeys of the demonstration go, each to some step of the whole story."""

from collections.abc import Callable

from jalon.demo.rereading import read_again
from jalon.demo.scenario import Scenario, partial
from jalon.demo.stories import outside, refuse_admissibility
from jalon.law import facts
from jalon.law.vocabulary import (
    Act,
    AdjustedStep,
    AdjustmentKind,
    AdjustmentOutcome,
    DropOutReason,
    Stage,
)


def registered(scenario: Scenario) -> None:
    """Somebody has just registered."""
    scenario.register()


def taken_on(scenario: Scenario) -> None:
    """An architect has just taken the file on; a person alone has just registered."""
    scenario.register()
    if scenario.accompanied:
        scenario.wait(3).take_charge()


def met(scenario: Scenario) -> None:
    """The first meeting is held, and the path is still to build."""
    taken_on(scenario)
    if scenario.accompanied:
        scenario.wait(8).first_meeting()


def on_the_way(scenario: Scenario) -> None:
    """The path is accepted; a person alone has just registered."""
    if scenario.accompanied:
        scenario.to_path_accepted()
    else:
        scenario.register()


def filled(scenario: Scenario) -> None:
    """The feasibility file is filled in, and still to sign."""
    on_the_way(scenario)
    scenario.wait(12).fill_feasibility()


def sent(scenario: Scenario) -> None:
    """The feasibility file is with the certifier."""
    scenario.to_ready().send_feasibility()


def incomplete(scenario: Scenario) -> None:
    """The certifier sends the file back."""
    sent(scenario)
    missing = facts.Missing(("Justificatif d’emploi lisible",))
    scenario.wait(5).certifier(Act.DECLARE_INCOMPLETE, missing)


def complete(scenario: Scenario) -> None:
    """The certifier has the whole file, and has to decide."""
    scenario.to_complete()


def needs_an_adjustment(scenario: Scenario) -> None:
    """A jury is planned for somebody whose adjustment is granted; another need waits for its answer."""
    scenario.to_validation_sent().wait(5).certifier(Act.ACCEPT_VALIDATION).wait(2)
    needs = (AdjustmentKind.MORE_TIME, AdjustmentKind.LARGE_PRINT)
    request = facts.AdjustmentRequest(AdjustedStep.JURY, needs, jury_may_know=True)
    scenario.do(Act.ASK_ADJUSTMENT, scenario.person, request).wait(2)
    words = "Un tiers de temps en plus, et les documents en gros caractères."
    granted = facts.AdjustmentAnswer(1, AdjustmentOutcome.GRANTED, words)
    scenario.certifier(Act.ANSWER_ADJUSTMENT, granted).wait(2).convene().wait(3)
    seat = facts.AdjustmentRequest(AdjustedStep.JURY, (), "Une chaise à hauteur réglable.")
    scenario.do(Act.ASK_ADJUSTMENT, scenario.person, seat)


def asks_who_accompanies(scenario: Scenario) -> None:
    """A person taken on asks for meetings at a distance; alone, for more time for the file."""
    taken_on(scenario)
    step = AdjustedStep.ACCOMPANIMENT if scenario.accompanied else AdjustedStep.FEASIBILITY
    request = facts.AdjustmentRequest(step, (AdjustmentKind.REMOTE,))
    scenario.wait(1).do(Act.ASK_ADJUSTMENT, scenario.person, request)


def admissible_with_gaps(scenario: Scenario) -> None:
    """Admissible, with a competence to strengthen."""
    scenario.to_admissible(with_gaps=True)


def admissible(scenario: Scenario) -> None:
    """Admissible, and nothing is written yet."""
    scenario.to_admissible()


def writing(scenario: Scenario) -> None:
    """The validation file is written, read again by who accompanies, and still to send."""
    scenario.to_admissible().wait(20).write_validation()
    if scenario.accompanied:
        read_again(scenario)


def validation_sent(scenario: Scenario) -> None:
    """The validation file is with the certifier."""
    scenario.to_validation_sent()


def validation_accepted(scenario: Scenario) -> None:
    """The certifier has to plan a jury."""
    scenario.to_validation_sent().wait(5).certifier(Act.ACCEPT_VALIDATION)


def scheduled(scenario: Scenario) -> None:
    """The jury is planned."""
    scenario.to_scheduled()


def deliberated(scenario: Scenario) -> None:
    """The jury has decided, and the candidate does not know yet."""
    scenario.to_scheduled().deliberate()


def certified(scenario: Scenario) -> None:
    """Everything is obtained."""
    scenario.to_result()


def partly(scenario: Scenario) -> None:
    """Some blocs are awarded, and the post-jury meeting gives a plan."""
    scenario.to_scheduled().deliberate(first_half(scenario)).wait(6).notify()
    if scenario.accompanied and scenario.journey.stage == Stage.PARTIALLY_CERTIFIED:
        scenario.wait(12).post_jury()


def second_attempt(scenario: Scenario) -> None:
    """The missing blocs are obtained at a second jury."""
    partly(scenario)
    if scenario.journey.stage != Stage.PARTIALLY_CERTIFIED:
        return
    scenario.wait(5).next_attempt().wait(60).write_validation().send_validation()
    scenario.wait(4).certifier(Act.ACCEPT_VALIDATION).wait(3).convene().deliberate()
    scenario.wait(5).notify()


def first_half(scenario: Scenario) -> list[str] | None:
    """Return what a partial award gives; everything when there is a single bloc."""
    return partial(scenario) or None


def failed(scenario: Scenario) -> None:
    """No bloc is awarded."""
    scenario.to_scheduled().deliberate([]).wait(7).notify()


def refused(scenario: Scenario) -> None:
    """The certifier refuses after a month."""
    refuse_admissibility(scenario.to_complete().wait(30))


def dropped(scenario: Scenario) -> None:
    """The person stops."""
    on_the_way(scenario)
    scenario.wait(20).do(Act.DROP_OUT, scenario.person, facts.Leaving(DropOutReason.TIME))


def went_alone(scenario: Scenario) -> None:
    """A person accompanied until the path was accepted goes on alone."""
    on_the_way(scenario)
    scenario.wait(10)
    if scenario.accompanied:
        scenario.do(Act.LEAVE_ACCOMPANIMENT, scenario.person, facts.Reason(""))
    scenario.fill_feasibility()


def came_back(scenario: Scenario) -> None:
    """A person stopped for two months while admissible, and writes again."""
    scenario.to_admissible().wait(20)
    scenario.do(Act.DROP_OUT, scenario.person, facts.Leaving(DropOutReason.PERSONAL))
    scenario.wait(60).do(Act.RESUME, scenario.person)


#: How a journey goes, and how many days ago it began.
def followed_outside(scenario: Scenario) -> None:
    """The certifier does not work here; its decision was written down from its letter."""
    scenario.to_path_accepted().wait(20)
    today = scenario.at.date()
    number = facts.PortalNumber(today, number=f"FVAE-DEMO-{scenario.number:04}")
    scenario.do(Act.NOTE_PORTAL_NUMBER, scenario.architect, number)
    scenario.do(Act.DEPOSIT_FEASIBILITY, scenario.architect, facts.Deposit(today)).wait(12)
    scenario.note(Act.DECLARE_COMPLETE, days_ago=4)
    scenario.wait(30).note(Act.DECLARE_ADMISSIBLE, facts.Decision(), days_ago=6)


#: Followed where the certifier does not work: on the certification that it delivers alone.
OUTSIDE_WAYS: tuple[tuple[Callable[[Scenario], None], int], ...] = (
    (followed_outside, 130),
    (outside, 400),
    (followed_outside, 190),
)
WAYS: tuple[tuple[Callable[[Scenario], None], int], ...] = (
    (registered, 1),
    (registered, 4),
    (registered, 12),
    (taken_on, 6),
    (taken_on, 9),
    (met, 18),
    (met, 33),
    (on_the_way, 24),
    (on_the_way, 30),
    (on_the_way, 38),
    (on_the_way, 52),
    (filled, 45),
    (sent, 50),
    (incomplete, 60),
    (complete, 70),
    (complete, 95),
    (admissible_with_gaps, 110),
    (admissible, 240),
    (writing, 150),
    (validation_sent, 170),
    (validation_accepted, 175),
    (scheduled, 180),
    (deliberated, 235),
    (certified, 400),
    (partly, 420),
    (second_attempt, 560),
    (failed, 430),
    (refused, 200),
    (dropped, 90),
    (certified, 520),
    (went_alone, 40),
    (came_back, 190),
    (needs_an_adjustment, 185),
    (asks_who_accompanies, 8),
)
