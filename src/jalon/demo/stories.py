"""Stories told to their end, with what the law refuses on the way: for the tour and for the tests."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from jalon.catalogue.models import Certification
from jalon.catalogue.queries import sheet
from jalon.demo import texts
from jalon.demo.drivers.driver import Astray
from jalon.demo.people import DemoPeople, person
from jalon.demo.scenario import Scenario, partial
from jalon.law import facts
from jalon.law.routing import route_for
from jalon.law.support import FIRST_MEETING_SUBJECTS
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    ClockKind,
    DocumentKind,
    DropOutReason,
    MeetingMode,
    Route,
    Stage,
    StepKind,
)


def partial_then_whole(scenario: Scenario) -> None:
    """Accompanied: sent back once, admissible with gaps, all but two blocs, then the whole."""
    scenario.refuses_registration_without_consent().register().wait(3)
    accompany_with_care(scenario)
    scenario.refuses("R-013", Act.CONFIRM_FEASIBILITY, scenario.person, scenario.signature)
    scenario.fill_feasibility().give_opinion()
    scenario.sign(Act.CONFIRM_FEASIBILITY).send_feasibility().wait(5)
    go_back_and_forth(scenario)
    scenario.wait(60)
    write_and_send(scenario)
    scenario.convene(40)
    hear_with_care(scenario, partial(scenario)[:-1])
    scenario.wait(6).notify().reached(Stage.PARTIALLY_CERTIFIED).wait(10)
    proposal = facts.PostJuryProposal(scenario.at.date(), MeetingMode.REMOTE)
    scenario.do(Act.PROPOSE_POST_JURY, scenario.architect, proposal)
    scenario.post_jury().next_attempt().reached(Stage.ADMISSIBLE).wait(70)
    write_and_send(scenario)
    scenario.convene(40)
    hear_with_care(scenario, None)
    scenario.wait(6).notify().reached(Stage.CERTIFIED)
    scenario.do(Act.REQUEST_DOCUMENTS, scenario.person).certifier(Act.ISSUE_DOCUMENTS)


def accompany_with_care(scenario: Scenario) -> None:
    """Taken on, met, a path proposed and accepted; an empty report and a lone quote are refused."""
    scenario.take_charge().wait(8)
    today = scenario.at.date()
    empty: dict[str, Any] = dict.fromkeys(FIRST_MEETING_SUBJECTS, "")
    report = facts.FirstMeeting(**vars(texts.first_meeting(today)) | empty)
    scenario.refuses("R-089", Act.HOLD_FIRST_MEETING, scenario.architect, report)
    scenario.first_meeting()
    lone = facts.Training("Lecture de plan", (facts.Quote("123456782", "Centre A", 90000),))
    path = texts.path(today, (lone,))
    scenario.refuses("R-086", Act.PROPOSE_PATH, scenario.architect, path)
    scenario.propose_path().wait(3).accept_path().reached(Stage.PATH_ACCEPTED)


def go_back_and_forth(scenario: Scenario) -> None:
    """Sent back incomplete once, completed, then admissible with a gap; refusing needs its reasons."""
    scenario.certifier(Act.DECLARE_INCOMPLETE, facts.Missing(("Justificatif d’emploi",)))
    scenario.reached(Stage.FEASIBILITY_INCOMPLETE)
    scenario.add_document(DocumentKind.EXPERIENCE_PROOF, "certificat de travail.pdf")
    scenario.sign(Act.CONFIRM_FEASIBILITY).send_feasibility().wait(4)
    scenario.certifier(Act.DECLARE_COMPLETE).reached(Stage.FEASIBILITY_COMPLETE).wait(20)
    officer = scenario.demo.officer
    scenario.refuses("R-033", Act.DECLARE_INADMISSIBLE, officer, facts.Decision())
    scenario.admissible(with_gaps=True).reached(Stage.ADMISSIBLE)


def write_and_send(scenario: Scenario) -> None:
    """The validation file is written, sent, and found in order."""
    scenario.write_validation().send_validation().reached(Stage.VALIDATION_SENT).wait(4)
    scenario.certifier(Act.ACCEPT_VALIDATION).reached(Stage.VALIDATION_ACCEPTED)


def hear_with_care(scenario: Scenario, won: list[str] | None) -> None:
    """The jury sits; nothing is signed before the day, nor before each member's declaration."""
    scenario.reached(Stage.JURY_SCHEDULED).refuses_minutes("R-077")
    scenario.until_the_jury_sits().refuses_minutes("R-064")
    scenario.declare_independence().assess_and_vote(won).sign_minutes()
    scenario.reached(Stage.DELIBERATED)


def silence(scenario: Scenario) -> None:
    """Alone, and the certifier stays silent for two months."""
    scenario.register().fill_feasibility()
    scenario.sign(Act.CONFIRM_FEASIBILITY).send_feasibility().wait(3)
    scenario.certifier(Act.DECLARE_COMPLETE).wait(62).reached(Stage.ADMISSIBLE)


def law_2002(scenario: Scenario) -> None:
    """The 2002 route: the certifier's own limit, no lapse, no three months."""
    scenario.register().fill_feasibility()
    scenario.sign(Act.CONFIRM_FEASIBILITY).send_feasibility().wait(6)
    scenario.certifier(Act.DECLARE_COMPLETE).wait(15).admissible().reached(Stage.ADMISSIBLE)
    if scenario.journey.clocks.filter(kind=ClockKind.LAPSE).exists():
        raise Astray("R-047: nothing lapses on the 2002 route")
    scenario.wait(200)
    write_and_send(scenario)
    scenario.convene(40)
    hear_with_care(scenario, None)
    scenario.wait(6).notify().reached(Stage.CERTIFIED)


def inadmissible(scenario: Scenario) -> None:
    """Not admissible, with a reason."""
    scenario.register().fill_feasibility()
    scenario.sign(Act.CONFIRM_FEASIBILITY).send_feasibility().wait(2)
    refuse_admissibility(scenario.certifier(Act.DECLARE_COMPLETE))


def refuse_admissibility(scenario: Scenario) -> None:
    """The certifier refuses, and says why."""
    reason = "L’activité décrite ne correspond pas au référentiel."
    analysis = texts.ANALYSIS if scenario.route == Route.LAW_2002 else ""
    scenario.certifier(Act.DECLARE_INADMISSIBLE, facts.Decision(reason=reason, analysis=analysis))
    scenario.reached(Stage.INADMISSIBLE)


def failure(scenario: Scenario) -> None:
    """No bloc at all, and another project."""
    be_admissible(scenario)
    write_and_send(scenario)
    scenario.convene(40)
    hear_with_care(scenario, [])
    scenario.wait(6).notify().reached(Stage.NOT_CERTIFIED)
    scenario.do(Act.PURSUE_PLAN_B, scenario.person, facts.Reason("Formation en alternance."))
    scenario.reached(Stage.REORIENTED)


def be_admissible(scenario: Scenario) -> None:
    """Alone, and admissible on the very first day."""
    scenario.register().fill_feasibility()
    scenario.sign(Act.CONFIRM_FEASIBILITY).send_feasibility()
    scenario.certifier(Act.DECLARE_COMPLETE).admissible().reached(Stage.ADMISSIBLE)


def lapse_avoided(scenario: Scenario) -> None:
    """Six months without a file, but a recorded step keeps the admissibility."""
    be_admissible(scenario)
    scenario.wait(160)
    step = facts.Step(
        scenario.at.date(), "Atelier d’écriture", "Feuille de présence", StepKind.PLANNED
    )
    scenario.do(Act.RECORD_STEP, scenario.person, step).wait(60).reached(Stage.ADMISSIBLE)


def lapse_confirmed(scenario: Scenario) -> None:
    """Six silent months: a person, never the machine alone, confirms that the admissibility ends."""
    be_admissible(scenario)
    scenario.wait(220)
    unsure = facts.Lapse(no_legitimate_reason=False)
    scenario.refuses("R-044", Act.CONFIRM_LAPSE, scenario.demo.officer, unsure)
    scenario.certifier(Act.CONFIRM_LAPSE, facts.Lapse(no_legitimate_reason=True))
    scenario.reached(Stage.LAPSED)


def from_accompanied_to_alone(scenario: Scenario) -> None:
    """Accompanied until the file is written, then alone: nothing written is lost, nobody is awaited."""
    scenario.register().wait(2).take_charge().wait(6).first_meeting().wait(2).propose_path()
    scenario.wait(2).accept_path().fill_feasibility()
    scenario.refuses("R-013", Act.CONFIRM_FEASIBILITY, scenario.person, scenario.signature)
    alone = facts.Reason("J’ai trouvé de l’aide dans mon entreprise.")
    scenario.do(Act.LEAVE_ACCOMPANIMENT, scenario.person, alone).reached(Stage.REGISTERED)
    scenario.sign(Act.CONFIRM_FEASIBILITY).send_feasibility().wait(6)
    scenario.certifier(Act.DECLARE_COMPLETE).wait(15).admissible().reached(Stage.ADMISSIBLE)


def stop_and_resume(scenario: Scenario) -> None:
    """Admissible, stopped for a while, then back: same file, same delay, and on to the jury."""
    be_admissible(scenario)
    scenario.wait(30)
    scenario.do(Act.DROP_OUT, scenario.person, facts.Leaving(DropOutReason.PERSONAL))
    scenario.reached(Stage.DROPPED_OUT).wait(45)
    scenario.do(Act.RESUME, scenario.person).reached(Stage.ADMISSIBLE).wait(20)
    write_and_send(scenario)


@dataclass(frozen=True)
class Story:
    """A story that is told to its end, and whom it happens to."""

    name: str
    title: str
    first_name: str
    code: str
    accompaniment: Accompaniment
    play: Callable[[Scenario], None]

    def scenario(self, demo: DemoPeople, at: datetime, **options: Any) -> Scenario:
        """Return the scenario at its first day: nothing is done yet."""
        email = f"{self.first_name.lower().translate(PLAIN)}.exemple@exemple.fr"
        certification = Certification.objects.get(code=self.code)
        return Scenario(
            demo,
            certification,
            at,
            route=route_for(sheet(certification), at.date()).route or Route.FRANCE_VAE,
            accompaniment=self.accompaniment,
            candidate=person(self.first_name, "Exemple", email),
            number=0,
            **options,
        )


PLAIN = str.maketrans("éëï", "eei")
ALONE, ACCOMPANIED = Accompaniment.ALONE, Accompaniment.ACCOMPANIED


def outside(scenario: Scenario) -> None:
    """The certifier does not work here: the portal and letters are written down, each on its day."""
    scenario.register().wait(3)
    accompany_with_care(scenario)
    today = scenario.wait(20).at.date()
    number = facts.PortalNumber(today, number="FVAE-DEMO-0001")
    scenario.do(Act.NOTE_PORTAL_NUMBER, scenario.architect, number)
    scenario.do(Act.DEPOSIT_FEASIBILITY, scenario.architect, facts.Deposit(today, "Sur le portail"))
    scenario.reached(Stage.FEASIBILITY_SENT).wait(12)
    scenario.note(Act.DECLARE_COMPLETE, facts.Receipt(), days_ago=4)
    scenario.wait(30).note(Act.DECLARE_ADMISSIBLE, facts.Decision(), days_ago=6)
    scenario.reached(Stage.ADMISSIBLE).wait(70)
    deposit = facts.Deposit(scenario.at.date(), "Sur le portail")
    scenario.do(Act.DEPOSIT_VALIDATION, scenario.architect, deposit).wait(15)
    heard_on = scenario.at.date() + timedelta(days=25)
    scenario.note(Act.NOTE_SUMMONS, facts.SummonsElsewhere(heard_on, "2 rue de l’Exemple"), 3)
    scenario.reached(Stage.JURY_SCHEDULED).wait(36)
    won = tuple(scenario.journey.targeted.values_list("code", flat=True))
    scenario.note(Act.NOTE_RESULT, facts.JuryElsewhere(held_on=heard_on, won=won), 2)
    scenario.reached(Stage.CERTIFIED).note(Act.ISSUE_DOCUMENTS)


TOLD = (
    Story(
        "partial_then_whole",
        "1. Accompagnée : partielle, puis entière",
        "Ana",
        "RNCP38901",
        ACCOMPANIED,
        partial_then_whole,
    ),
    Story(
        "silence",
        "2. Seul, et le certificateur ne répond pas",
        "Bilal",
        "RNCP39883",
        ALONE,
        silence,
    ),
    Story(
        "law_2002",
        "3. Parcours classique (loi de 2002)",
        "Chloé",
        "RNCP41814",
        ALONE,
        law_2002,
    ),
    Story("inadmissible", "4. Non recevable", "Driss", "RNCP39883", ALONE, inadmissible),
    Story("failure", "5. Échec et autre projet", "Élodie", "RNCP39883", ALONE, failure),
    Story(
        "lapse_avoided",
        "6 a. Caducité évitée par une étape",
        "Farid",
        "RNCP40906",
        ALONE,
        lapse_avoided,
    ),
    Story(
        "lapse_confirmed",
        "6 b. Caducité constatée",
        "Gaëlle",
        "RNCP40906",
        ALONE,
        lapse_confirmed,
    ),
    Story(
        "from_accompanied_to_alone",
        "7 a. Accompagné, puis seul",
        "Hugo",
        "RNCP38901",
        ACCOMPANIED,
        from_accompanied_to_alone,
    ),
    Story(
        "stop_and_resume",
        "7 b. Arrêt, puis reprise",
        "Inaya",
        "RNCP38901",
        ALONE,
        stop_and_resume,
    ),
    Story(
        "outside",
        "8. Le certificateur ne travaille pas dans Jalon",
        "Jade",
        "RNCP36979",
        ACCOMPANIED,
        outside,
    ),
)
