"""THE TABLE: everything that may happen to a journey, in the order of the story.

One row tells who may do what, from where to where, under which rules, which clock moves and who is
told. Buttons, permissions, refusals, notifications, deadlines, the journal and the diagram of the
documentation are read from here; nothing about them is decided elsewhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jalon.law import admissibility, facts, jury, lapse, results, routing, support, validation
from jalon.law.case import Case
from jalon.law.facts import Facts
from jalon.law.rulebook import Refusal, enforces
from jalon.law.vocabulary import Accompaniment, Act, ClockKind, Role, Route, Stage

Guard = Callable[[Case, Any], Refusal | None]


@dataclass(frozen=True)
class Start:
    """A clock begins to run (or begins again) on the day of the act, or on the day the facts name."""

    kind: ClockKind
    basis: str = "today"
    routes: frozenset[Route] = frozenset(Route)
    accompaniment: frozenset[Accompaniment] = frozenset(Accompaniment)

    def serves(self, route: Route, accompaniment: Accompaniment) -> bool:
        """Say whether the clock begins on a journey of this shape."""
        return route in self.routes and accompaniment in self.accompaniment


@dataclass(frozen=True)
class Stop:
    """A clock ends: what it waited for has happened."""

    kind: ClockKind


@dataclass(frozen=True)
class Pause:
    """A clock stands still until something is mended."""

    kind: ClockKind


@dataclass(frozen=True)
class Resume:
    """A paused or stopped clock runs again with the days it had left."""

    kind: ClockKind


@dataclass(frozen=True)
class Expire:
    """A clock ran to its limit."""

    kind: ClockKind


ClockMove = Start | Stop | Pause | Resume | Expire


@dataclass(frozen=True)
class Transition:
    """One row of the table."""

    act: Act
    sources: frozenset[Stage]
    target: Stage | None
    actors: frozenset[Role]
    done: str
    article: str
    facts: type[Facts] = facts.Nothing
    guards: tuple[Guard, ...] = ()
    clocks: tuple[ClockMove, ...] = ()
    notifies: tuple[Role, ...] = ()
    routes: frozenset[Route] = frozenset(Route)
    accompaniment: frozenset[Accompaniment] = frozenset(Accompaniment)

    def serves(self, stage: Stage | None, route: Route, accompaniment: Accompaniment) -> bool:
        """Say whether this row is open to a journey of this shape standing at this stage."""
        here = stage in self.sources if stage else not self.sources
        return here and route in self.routes and accompaniment in self.accompaniment

    def reaches(self, stage: Stage) -> Stage:
        """Return the stage after the act."""
        return self.target or stage


FV = frozenset({Route.FRANCE_VAE})
LAW_2002 = frozenset({Route.LAW_2002})
ACCOMPANIED = frozenset({Accompaniment.ACCOMPANIED})
ALONE = frozenset({Accompaniment.ALONE})

CANDIDATE = frozenset({Role.CANDIDATE})
ARCHITECT = frozenset({Role.ARCHITECT, Role.HEAD})
CANDIDATE_OR_ARCHITECT = CANDIDATE | ARCHITECT
CERTIFIER = frozenset({Role.CERTIFIER})
PRESIDENT = frozenset({Role.JUROR})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
SYSTEM = frozenset({Role.SYSTEM})

BOTH_SIDES = (Role.CANDIDATE, Role.ARCHITECT)
EVERYONE = (Role.CANDIDATE, Role.ARCHITECT, Role.CERTIFIER)


def at(*stages: Stage) -> frozenset[Stage]:
    """Name the stages from which a row is open."""
    return frozenset(stages)


S = Stage
PREPARING = at(S.REGISTERED, S.TAKEN_ON, S.MEETING_HELD, S.PATH_PROPOSED, S.PATH_ACCEPTED)
BEFORE_JURY = PREPARING | at(
    S.FEASIBILITY_SENT,
    S.FEASIBILITY_INCOMPLETE,
    S.FEASIBILITY_COMPLETE,
    S.ADMISSIBLE,
    S.VALIDATION_SENT,
    S.VALIDATION_RETURNED,
    S.VALIDATION_ACCEPTED,
)
#: Where the candidate is awaited: a path to answer, a file to sign or to mend.
AWAITING = at(
    S.TAKEN_ON, S.PATH_PROPOSED, S.PATH_ACCEPTED, S.FEASIBILITY_INCOMPLETE, S.VALIDATION_RETURNED
)
AFTER_JURY = at(S.PARTIALLY_CERTIFIED, S.NOT_CERTIFIED)
AWARDED = at(S.CERTIFIED, S.BLOCS_CERTIFIED, S.PARTIALLY_CERTIFIED)
ENDS = at(
    S.CERTIFIED,
    S.BLOCS_CERTIFIED,
    S.INADMISSIBLE,
    S.LAPSED,
    S.FRAUD_REFUSED,
    S.REORIENTED,
    S.DROPPED_OUT,
    S.ARCHIVED,
)
ARCHIVABLE = ENDS - at(S.ARCHIVED) | at(S.NOT_CERTIFIED, S.PARTIALLY_CERTIFIED)
FRAUD_STAGES = at(
    S.VALIDATION_SENT,
    S.VALIDATION_RETURNED,
    S.VALIDATION_ACCEPTED,
    S.JURY_SCHEDULED,
    S.DELIBERATED,
    S.CERTIFIED,
    S.CONDITIONALLY_CERTIFIED,
    S.BLOCS_CERTIFIED,
    S.PARTIALLY_CERTIFIED,
)


TABLE: tuple[Transition, ...] = (
    # ------------------------------------------------------------ registration and first meeting
    Transition(
        Act.REGISTER,
        at(),
        S.REGISTERED,
        CANDIDATE,
        "Candidature déposée",
        "R6412-1, R6412-2",
        facts.Registration,
        guards=(
            routing.consent_given,
            routing.registered_in_rncp,
            routing.sheet_still_valid,
            routing.route_matches_sheet,
            routing.target_belongs_to_sheet,
            routing.not_in_initial_training,
            routing.one_open_journey,
        ),
        clocks=(Start(ClockKind.ANSWER, accompaniment=ACCOMPANIED),),
        notifies=(Role.CANDIDATE, Role.HEAD),
    ),
    Transition(
        Act.TAKE_CHARGE,
        at(S.REGISTERED),
        S.TAKEN_ON,
        ARCHITECT,
        "Candidature prise en charge",
        "R6412-2, L6316-1",
        guards=(routing.qualiopi_valid,),
        clocks=(Stop(ClockKind.ANSWER),),
        notifies=(Role.CANDIDATE,),
        accompaniment=ACCOMPANIED,
    ),
    Transition(
        Act.RECORD_CONTACT,
        at(S.REGISTERED, S.TAKEN_ON),
        None,
        ARCHITECT,
        "Prise de contact notée",
        "Arrêté du 3 juillet 2025, annexe I",
        facts.Contact,
        guards=(support.not_in_the_future,),
        clocks=(Start(ClockKind.ANSWER, basis="silent_since"),),
        accompaniment=ACCOMPANIED,
    ),
    Transition(
        Act.CHASE,
        at(S.REGISTERED),
        None,
        SYSTEM,
        "Relance : une réponse est attendue",
        "Arrêté du 3 juillet 2025, annexe I",
        notifies=(Role.HEAD,),
        accompaniment=ACCOMPANIED,
    ),
    Transition(
        Act.CHASE,
        AWAITING,
        None,
        SYSTEM,
        "Relance : une réponse est attendue",
        "Usage de la maison",
        notifies=(Role.CANDIDATE,),
    ),
    Transition(
        Act.REPORT_NO_ANSWER,
        at(S.REGISTERED),
        None,
        SYSTEM,
        "Toujours pas de réponse après deux semaines",
        "Arrêté du 3 juillet 2025, annexe I",
        clocks=(Expire(ClockKind.ANSWER),),
        notifies=(Role.HEAD,),
        accompaniment=ACCOMPANIED,
    ),
    Transition(
        Act.REPORT_NO_ANSWER,
        AWAITING,
        None,
        SYSTEM,
        "Toujours pas de réponse après deux semaines",
        "Usage de la maison",
        clocks=(Expire(ClockKind.ANSWER),),
        notifies=BOTH_SIDES,
    ),
    Transition(
        Act.HOLD_FIRST_MEETING,
        at(S.TAKEN_ON),
        S.MEETING_HELD,
        ARCHITECT,
        "Premier rendez-vous tenu",
        "Arrêté du 3 juillet 2025, annexe I",
        facts.FirstMeeting,
        guards=(support.meeting_already_held, support.first_meeting_covers_all),
        clocks=(Stop(ClockKind.ANSWER),),
        notifies=(Role.CANDIDATE,),
        accompaniment=ACCOMPANIED,
    ),
    Transition(
        Act.PROPOSE_PATH,
        at(S.MEETING_HELD, S.PATH_PROPOSED),
        S.PATH_PROPOSED,
        ARCHITECT,
        "Parcours proposé",
        "Arrêté du 3 juillet 2025, article 1",
        facts.Path,
        guards=(support.calendar_set, support.three_quotes, support.quotes_proportionate),
        clocks=(Start(ClockKind.ANSWER),),
        notifies=(Role.CANDIDATE,),
        accompaniment=ACCOMPANIED,
    ),
    Transition(
        Act.ACCEPT_PATH,
        at(S.PATH_PROPOSED),
        S.PATH_ACCEPTED,
        CANDIDATE,
        "Parcours accepté",
        "R6412-2",
        facts.PathAnswer,
        clocks=(Stop(ClockKind.ANSWER),),
        notifies=(Role.ARCHITECT,),
        accompaniment=ACCOMPANIED,
    ),
    Transition(
        Act.DECLINE_PATH,
        at(S.PATH_PROPOSED),
        S.MEETING_HELD,
        CANDIDATE,
        "Modification du parcours demandée",
        "L6421-1",
        facts.Reason,
        guards=(support.reason_given,),
        clocks=(Stop(ClockKind.ANSWER),),
        notifies=(Role.ARCHITECT,),
        accompaniment=ACCOMPANIED,
    ),
    # ------------------------------------------------------------ the feasibility file
    Transition(
        Act.GIVE_MANDATE,
        BEFORE_JURY,
        None,
        CANDIDATE,
        "Mandat donné à l’architecte",
        "R6412-2 al. 3",
        facts.Signature,
        guards=(support.statement_signed,),
        notifies=(Role.ARCHITECT,),
        accompaniment=ACCOMPANIED,
    ),
    Transition(
        Act.GIVE_OPINION,
        at(S.PATH_ACCEPTED, S.FEASIBILITY_INCOMPLETE),
        None,
        ARCHITECT,
        "Avis de l’accompagnateur donné",
        "R6412-2 al. 3",
        facts.OpinionGiven,
        guards=(admissibility.opinion_after_choice, admissibility.opinion_explained),
        clocks=(Start(ClockKind.ANSWER),),
        notifies=(Role.CANDIDATE,),
        accompaniment=ACCOMPANIED,
    ),
    Transition(
        Act.CONFIRM_FEASIBILITY,
        at(S.PATH_ACCEPTED, S.FEASIBILITY_INCOMPLETE),
        None,
        CANDIDATE,
        "Dossier de faisabilité confirmé et signé",
        "R6412-3",
        facts.Signature,
        guards=(support.statement_signed, admissibility.ready_to_confirm),
        clocks=(Stop(ClockKind.ANSWER),),
        notifies=(Role.ARCHITECT,),
        accompaniment=ACCOMPANIED,
    ),
    Transition(
        Act.CONFIRM_FEASIBILITY,
        at(S.REGISTERED, S.FEASIBILITY_INCOMPLETE),
        None,
        CANDIDATE,
        "Dossier de faisabilité confirmé et signé",
        "R6412-3",
        facts.Signature,
        guards=(support.statement_signed, admissibility.ready_to_confirm),
        accompaniment=ALONE,
    ),
    Transition(
        Act.REQUEST_EXTRA_FILING,
        PREPARING,
        None,
        CANDIDATE,
        "Dépôt supplémentaire demandé",
        "R6412-3",
        facts.Reason,
        guards=(support.reason_given,),
        notifies=(Role.CERTIFIER,),
    ),
    Transition(
        Act.ALLOW_EXTRA_FILING,
        PREPARING,
        None,
        CERTIFIER,
        "Dépôt supplémentaire autorisé",
        "R6412-3",
        facts.Reason,
        guards=(support.reason_given,),
        notifies=BOTH_SIDES,
    ),
    Transition(
        Act.SEND_FEASIBILITY,
        at(S.PATH_ACCEPTED, S.FEASIBILITY_INCOMPLETE),
        S.FEASIBILITY_SENT,
        CANDIDATE_OR_ARCHITECT,
        "Dossier de faisabilité envoyé au certificateur",
        "R6412-3",
        guards=(
            admissibility.file_complete_enough,
            admissibility.mandate_to_deposit,
            admissibility.one_file_a_year,
            admissibility.three_certifications_a_year,
        ),
        clocks=(Stop(ClockKind.ANSWER),),
        notifies=EVERYONE,
        accompaniment=ACCOMPANIED,
    ),
    Transition(
        Act.SEND_FEASIBILITY,
        at(S.REGISTERED, S.FEASIBILITY_INCOMPLETE),
        S.FEASIBILITY_SENT,
        CANDIDATE,
        "Dossier de faisabilité envoyé au certificateur",
        "R6412-3",
        guards=(
            admissibility.file_complete_enough,
            admissibility.one_file_a_year,
            admissibility.three_certifications_a_year,
        ),
        clocks=(Stop(ClockKind.ANSWER),),
        notifies=(Role.CANDIDATE, Role.CERTIFIER),
        accompaniment=ALONE,
    ),
    # ------------------------------------------------------------ the decision on admissibility
    Transition(
        Act.DECLARE_INCOMPLETE,
        at(S.FEASIBILITY_SENT, S.FEASIBILITY_COMPLETE),
        S.FEASIBILITY_INCOMPLETE,
        CERTIFIER,
        "Dossier renvoyé : il manque des pièces",
        "R6412-4 al. 1",
        facts.Missing,
        guards=(admissibility.silence_has_not_decided, admissibility.missing_items_named),
        clocks=(Pause(ClockKind.DECISION), Start(ClockKind.ANSWER)),
        notifies=BOTH_SIDES,
    ),
    Transition(
        Act.DECLARE_COMPLETE,
        at(S.FEASIBILITY_SENT),
        S.FEASIBILITY_COMPLETE,
        CERTIFIER,
        "Dossier déclaré complet, accusé de réception envoyé",
        "R6412-4 al. 1-2",
        guards=(admissibility.nothing_mandatory_missing,),
        clocks=(Start(ClockKind.DECISION),),
        notifies=BOTH_SIDES,
    ),
    Transition(
        Act.WARN_DECISION,
        at(S.FEASIBILITY_COMPLETE),
        None,
        SYSTEM,
        "Alerte : sans décision, le dossier deviendra recevable",
        "R6412-4 al. 3",
        notifies=(Role.CERTIFIER,),
    ),
    Transition(
        Act.DECLARE_ADMISSIBLE,
        at(S.FEASIBILITY_COMPLETE),
        S.ADMISSIBLE,
        CERTIFIER,
        "Déclaré recevable",
        "R6412-4 al. 2",
        facts.Decision,
        guards=(admissibility.gaps_are_targets,),
        clocks=(
            Stop(ClockKind.DECISION),
            Start(ClockKind.LAPSE, routes=FV),
            Start(ClockKind.VALIDITY, basis="valid_until", routes=LAW_2002),
        ),
        notifies=BOTH_SIDES,
    ),
    Transition(
        Act.DECLARE_INADMISSIBLE,
        at(S.FEASIBILITY_COMPLETE),
        S.INADMISSIBLE,
        CERTIFIER,
        "Déclaré non recevable",
        "R6412-4 al. 2",
        facts.Decision,
        guards=(
            admissibility.silence_has_not_decided,
            admissibility.refusal_motivated,
            admissibility.gaps_are_targets,
        ),
        clocks=(Stop(ClockKind.DECISION),),
        notifies=BOTH_SIDES,
    ),
    Transition(
        Act.ADMIT_TACITLY,
        at(S.FEASIBILITY_COMPLETE),
        S.ADMISSIBLE,
        SYSTEM,
        "Recevable sans réponse du certificateur (recevabilité tacite)",
        "R6412-4 al. 3",
        guards=(admissibility.silence_lasted,),
        clocks=(Expire(ClockKind.DECISION), Start(ClockKind.LAPSE, routes=FV)),
        notifies=EVERYONE,
    ),
    Transition(
        Act.RECORD_GIP_NOTICE,
        at(S.ADMISSIBLE),
        None,
        CANDIDATE_OR_ARCHITECT,
        "Avis du GIP sur la recevabilité tacite enregistré",
        "R6412-4 al. 3",
        facts.DatedNote,
        guards=(admissibility.is_tacit, support.not_in_the_future),
        routes=FV,
    ),
    Transition(
        Act.CONFIRM_TACIT,
        at(S.ADMISSIBLE),
        None,
        CERTIFIER,
        "Recevabilité tacite confirmée par le certificateur",
        "R6412-4",
        facts.Decision,
        guards=(admissibility.is_tacit, admissibility.gaps_are_targets),
        clocks=(Start(ClockKind.VALIDITY, basis="valid_until", routes=LAW_2002),),
        notifies=BOTH_SIDES,
    ),
    Transition(
        Act.OVERTURN_TACIT,
        at(S.ADMISSIBLE),
        S.INADMISSIBLE,
        ADMINISTRATOR,
        "Recevabilité tacite retirée par l’administrateur",
        "R6412-4 al. 3",
        facts.Decision,
        guards=(
            admissibility.is_tacit,
            admissibility.overturn_justified,
            admissibility.no_validation_file_yet,
        ),
        clocks=(Stop(ClockKind.LAPSE), Stop(ClockKind.VALIDITY)),
        notifies=EVERYONE,
    ),
    Transition(
        Act.REVOKE_DECISION,
        at(S.ADMISSIBLE, S.INADMISSIBLE),
        S.FEASIBILITY_COMPLETE,
        ADMINISTRATOR,
        "Décision de recevabilité annulée",
        "R6412-4",
        facts.Reason,
        guards=(support.reason_given, admissibility.no_validation_file_yet),
        clocks=(
            Stop(ClockKind.LAPSE),
            Stop(ClockKind.VALIDITY),
            Start(ClockKind.DECISION),
        ),
        notifies=EVERYONE,
    ),
    # ------------------------------------------------------------ keeping the admissibility alive
    Transition(
        Act.RECORD_STEP,
        at(S.ADMISSIBLE, S.VALIDATION_RETURNED),
        None,
        CANDIDATE_OR_ARCHITECT,
        "Étape du parcours enregistrée",
        "R6412-4 al. 4",
        facts.DatedNote,
        guards=(support.not_in_the_future, lapse.step_evidenced, lapse.step_after_admissibility),
        clocks=(Stop(ClockKind.LAPSE),),
        notifies=(Role.CANDIDATE,),
    ),
    Transition(
        Act.WARN_LAPSE,
        at(S.ADMISSIBLE),
        None,
        SYSTEM,
        "Rappel : enregistrez une étape pour garder votre recevabilité",
        "R6412-4 al. 4",
        notifies=BOTH_SIDES,
        routes=FV,
    ),
    Transition(
        Act.ALERT_LAPSE,
        at(S.ADMISSIBLE),
        None,
        SYSTEM,
        "Six mois sans étape : caducité possible",
        "R6412-4 al. 4",
        guards=(lapse.six_months_silent,),
        clocks=(Expire(ClockKind.LAPSE),),
        notifies=EVERYONE,
        routes=FV,
    ),
    Transition(
        Act.GRANT_REASON,
        at(S.ADMISSIBLE),
        None,
        CERTIFIER,
        "Motif légitime reconnu : la recevabilité est maintenue",
        "R6412-4 al. 4",
        facts.Reason,
        guards=(support.reason_given,),
        clocks=(Start(ClockKind.LAPSE),),
        notifies=BOTH_SIDES,
        routes=FV,
    ),
    Transition(
        Act.CONFIRM_LAPSE,
        at(S.ADMISSIBLE),
        S.LAPSED,
        CERTIFIER,
        "Recevabilité devenue caduque",
        "R6412-4 al. 4",
        facts.Lapse,
        guards=(lapse.alert_was_given, lapse.no_step_recorded, lapse.human_confirmed),
        clocks=(Expire(ClockKind.LAPSE),),
        notifies=BOTH_SIDES,
        routes=FV,
    ),
    Transition(
        Act.CONTEST_LAPSE,
        at(S.LAPSED),
        None,
        CANDIDATE,
        "Caducité contestée",
        "R6412-4 al. 4",
        facts.Reason,
        guards=(support.reason_given, lapse.not_contested_yet),
        notifies=(Role.CERTIFIER, Role.ARCHITECT),
        routes=FV,
    ),
    Transition(
        Act.CANCEL_LAPSE,
        at(S.LAPSED),
        S.ADMISSIBLE,
        CERTIFIER,
        "Contestation acceptée : la recevabilité est rétablie",
        "R6412-4 al. 4",
        facts.Reason,
        guards=(support.reason_given, lapse.contestation_pending),
        clocks=(Start(ClockKind.LAPSE),),
        notifies=BOTH_SIDES,
        routes=FV,
    ),
    Transition(
        Act.UPHOLD_LAPSE,
        at(S.LAPSED),
        None,
        CERTIFIER,
        "Contestation rejetée : la caducité est maintenue",
        "R6412-4 al. 4",
        facts.Reason,
        guards=(support.reason_given, lapse.contestation_pending),
        notifies=BOTH_SIDES,
        routes=FV,
    ),
    # ------------------------------------------------------------ the validation file
    Transition(
        Act.SIGN_ORIGINALITY,
        at(S.ADMISSIBLE, S.VALIDATION_RETURNED),
        None,
        CANDIDATE,
        "Attestation d’originalité signée",
        "R6412-7 al. 5",
        facts.Signature,
        guards=(support.statement_signed, validation.every_section_written),
        notifies=(Role.ARCHITECT,),
    ),
    Transition(
        Act.SEND_VALIDATION,
        at(S.ADMISSIBLE, S.VALIDATION_RETURNED),
        S.VALIDATION_SENT,
        CANDIDATE_OR_ARCHITECT,
        "Dossier de validation envoyé au certificateur",
        "R6412-5 al. 1",
        guards=(
            validation.admissibility_in_force,
            validation.validity_not_over,
            validation.every_section_written,
            validation.only_missing_blocs,
            validation.originality_signed,
            admissibility.mandate_to_deposit,
        ),
        clocks=(
            Stop(ClockKind.LAPSE),
            Stop(ClockKind.ANSWER),
            Start(ClockKind.HEARING, routes=FV),
        ),
        notifies=EVERYONE,
    ),
    Transition(
        Act.RETURN_VALIDATION,
        at(S.VALIDATION_SENT),
        S.VALIDATION_RETURNED,
        CERTIFIER,
        "Dossier de validation renvoyé pour complément",
        "R6412-5",
        facts.Missing,
        guards=(admissibility.missing_items_named,),
        clocks=(Stop(ClockKind.HEARING), Start(ClockKind.ANSWER)),
        notifies=BOTH_SIDES,
    ),
    Transition(
        Act.ACCEPT_VALIDATION,
        at(S.VALIDATION_SENT),
        S.VALIDATION_ACCEPTED,
        CERTIFIER,
        "Dossier de validation vérifié",
        "R6412-5",
        notifies=BOTH_SIDES,
    ),
    # ------------------------------------------------------------ the jury
    Transition(
        Act.WARN_HEARING,
        at(S.VALIDATION_SENT, S.VALIDATION_ACCEPTED),
        None,
        SYSTEM,
        "Alerte : la date de jury doit être fixée",
        "R6412-5 al. 2",
        notifies=(Role.CERTIFIER,),
        routes=FV,
    ),
    Transition(
        Act.MISS_HEARING,
        at(S.VALIDATION_SENT, S.VALIDATION_ACCEPTED, S.JURY_SCHEDULED),
        None,
        SYSTEM,
        "Délai de passage devant le jury dépassé",
        "R6412-5 al. 2",
        clocks=(Expire(ClockKind.HEARING),),
        notifies=EVERYONE,
        routes=FV,
    ),
    Transition(
        Act.SCHEDULE_HEARING,
        at(S.VALIDATION_ACCEPTED),
        S.JURY_SCHEDULED,
        CERTIFIER,
        "Convoqué devant le jury",
        "R6412-5 al. 2, D6412-6",
        facts.Convening,
        guards=(
            jury.session_ahead,
            jury.within_three_months,
            jury.summons_complete,
            jury.two_members,
            jury.one_qualified,
            jury.one_president,
            jury.joint_panel_rules,
            jury.none_accompanied,
            jury.none_related,
            jury.shared_employer_explained,
            jury.imbalance_explained,
            jury.college_recorded,
        ),
        notifies=EVERYONE,
    ),
    Transition(
        Act.CONFIRM_TOLD,
        at(S.JURY_SCHEDULED),
        None,
        ARCHITECT,
        "L’architecte confirme que le candidat connaît sa date de jury",
        "Arrêté du 3 juillet 2025, article 1",
        facts.DatedNote,
        guards=(support.not_in_the_future,),
        accompaniment=ACCOMPANIED,
    ),
    Transition(
        Act.POSTPONE_HEARING,
        at(S.JURY_SCHEDULED),
        S.VALIDATION_ACCEPTED,
        CERTIFIER,
        "Passage devant le jury reporté",
        "R6412-5",
        facts.Reason,
        guards=(support.reason_given,),
        notifies=BOTH_SIDES,
    ),
    Transition(
        Act.RECORD_ABSENCE,
        at(S.JURY_SCHEDULED),
        S.VALIDATION_ACCEPTED,
        CERTIFIER | PRESIDENT,
        "Candidat non examiné",
        "R6412-5",
        facts.Absence,
        guards=(jury.session_held, jury.absence_is_not_failure),
        notifies=BOTH_SIDES,
    ),
    Transition(
        Act.RECORD_DELIBERATION,
        at(S.JURY_SCHEDULED),
        S.DELIBERATED,
        PRESIDENT,
        "Jury tenu et délibération enregistrée",
        "D6412-6, R6412-7",
        facts.Deliberation,
        guards=(
            jury.session_held,
            jury.one_result,
            jury.two_members,
            jury.one_qualified,
            jury.one_president,
            jury.joint_panel_rules,
            jury.none_accompanied,
            jury.none_related,
            jury.all_declared,
            jury.imbalance_explained,
            jury.scores_per_competence,
            jury.decision_per_bloc,
            jury.ties_settled,
            jury.grounds_in_referential,
            jury.partial_names_blocs,
            jury.full_needs_every_bloc,
            jury.president_signed,
        ),
        clocks=(Stop(ClockKind.HEARING), Start(ClockKind.RESULT, basis="held_on")),
        notifies=(Role.CERTIFIER,),
    ),
    # ------------------------------------------------------------ the result
    Transition(
        Act.WARN_RESULT,
        at(S.DELIBERATED),
        None,
        SYSTEM,
        "Alerte : le résultat doit être notifié",
        "R6412-7 al. 3",
        notifies=(Role.CERTIFIER,),
    ),
    Transition(
        Act.MISS_RESULT,
        at(S.DELIBERATED),
        None,
        SYSTEM,
        "Délai de notification du résultat dépassé",
        "R6412-7 al. 3",
        clocks=(Expire(ClockKind.RESULT),),
        notifies=EVERYONE,
    ),
    Transition(
        Act.NOTIFY_FULL,
        at(S.DELIBERATED),
        S.CERTIFIED,
        CERTIFIER,
        "Certification obtenue : résultat notifié",
        "R6412-7 al. 3",
        guards=(results.outcome_is_full,),
        clocks=(Stop(ClockKind.RESULT), Stop(ClockKind.VALIDITY)),
        notifies=BOTH_SIDES,
    ),
    Transition(
        Act.NOTIFY_CONDITIONAL,
        at(S.DELIBERATED),
        S.CONDITIONALLY_CERTIFIED,
        CERTIFIER,
        "Certification obtenue sous réserve : résultat notifié",
        "R6412-7 al. 3",
        guards=(results.outcome_is_conditional,),
        clocks=(Stop(ClockKind.RESULT), Stop(ClockKind.VALIDITY)),
        notifies=BOTH_SIDES,
    ),
    Transition(
        Act.NOTIFY_TARGETED,
        at(S.DELIBERATED),
        S.BLOCS_CERTIFIED,
        CERTIFIER,
        "Blocs visés obtenus : résultat notifié",
        "R6412-7 al. 3",
        guards=(results.outcome_is_targeted,),
        clocks=(Stop(ClockKind.RESULT), Stop(ClockKind.VALIDITY)),
        notifies=BOTH_SIDES,
    ),
    Transition(
        Act.NOTIFY_PARTIAL,
        at(S.DELIBERATED),
        S.PARTIALLY_CERTIFIED,
        CERTIFIER,
        "Validation partielle : résultat notifié",
        "R6412-7 al. 2-3",
        guards=(results.outcome_is_partial,),
        clocks=(Stop(ClockKind.RESULT),),
        notifies=BOTH_SIDES,
    ),
    Transition(
        Act.NOTIFY_NONE,
        at(S.DELIBERATED),
        S.NOT_CERTIFIED,
        CERTIFIER,
        "Certification non obtenue : résultat notifié",
        "R6412-7 al. 3",
        guards=(results.outcome_is_none,),
        clocks=(Stop(ClockKind.RESULT),),
        notifies=BOTH_SIDES,
    ),
    Transition(
        Act.LIFT_CONDITION,
        at(S.CONDITIONALLY_CERTIFIED),
        S.CERTIFIED,
        CERTIFIER,
        "Réserve levée : certification acquise",
        "R6412-7",
        facts.DatedNote,
        guards=(support.not_in_the_future, results.condition_proved),
        notifies=BOTH_SIDES,
    ),
    Transition(
        Act.REQUEST_DOCUMENTS,
        AWARDED,
        None,
        CANDIDATE,
        "Certificat ou attestations demandés",
        "R6412-7 al. 4",
        notifies=(Role.CERTIFIER,),
    ),
    Transition(
        Act.ISSUE_DOCUMENTS,
        AWARDED,
        None,
        CERTIFIER,
        "Certificat ou attestations délivrés",
        "R6412-7 al. 4",
        guards=(results.documents_requested,),
        notifies=BOTH_SIDES,
    ),
    # ------------------------------------------------------------ after a partial award or a failure
    Transition(
        Act.HOLD_POST_JURY,
        AFTER_JURY,
        None,
        ARCHITECT,
        "Entretien post-jury tenu",
        "Arrêté du 3 juillet 2025, article 1",
        facts.PostJury,
        guards=(support.meeting_already_held, results.plan_or_alternative),
        notifies=(Role.CANDIDATE,),
        accompaniment=ACCOMPANIED,
    ),
    Transition(
        Act.OPEN_NEXT_ATTEMPT,
        AFTER_JURY,
        S.ADMISSIBLE,
        CANDIDATE_OR_ARCHITECT,
        "Nouveau passage préparé pour les blocs manquants",
        "R6412-5",
        guards=(results.blocs_still_missing, results.meeting_was_proposed),
        notifies=BOTH_SIDES,
    ),
    Transition(
        Act.PURSUE_PLAN_B,
        AFTER_JURY,
        S.REORIENTED,
        CANDIDATE_OR_ARCHITECT,
        "Autre projet choisi",
        "Arrêté du 3 juillet 2025, article 1",
        facts.Reason,
        guards=(support.reason_given,),
        clocks=(Stop(ClockKind.VALIDITY),),
        notifies=BOTH_SIDES,
    ),
    # ------------------------------------------------------------ fraud, leaving, closing
    Transition(
        Act.OPEN_FRAUD,
        FRAUD_STAGES,
        None,
        CERTIFIER,
        "Procédure pour fraude ouverte : vos observations sont attendues",
        "R6412-7 al. 5",
        facts.FraudOpening,
        guards=(results.fraud_grounds_stated, results.no_fraud_procedure),
        notifies=BOTH_SIDES,
    ),
    Transition(
        Act.ANSWER_FRAUD,
        FRAUD_STAGES,
        None,
        CANDIDATE,
        "Observations présentées",
        "R6412-7 al. 5",
        facts.Reason,
        guards=(support.reason_given, results.fraud_procedure_open),
        notifies=(Role.CERTIFIER,),
    ),
    Transition(
        Act.DISMISS_FRAUD,
        FRAUD_STAGES,
        None,
        CERTIFIER,
        "Procédure pour fraude classée sans suite",
        "R6412-7 al. 5",
        facts.Reason,
        guards=(support.reason_given, results.fraud_procedure_open),
        notifies=BOTH_SIDES,
    ),
    Transition(
        Act.REFUSE_FOR_FRAUD,
        FRAUD_STAGES,
        S.FRAUD_REFUSED,
        CERTIFIER,
        "Certification refusée ou retirée pour fraude",
        "R6412-7 al. 5",
        facts.Reason,
        guards=(support.reason_given, results.fraud_was_contradictory),
        clocks=(
            Stop(ClockKind.HEARING),
            Stop(ClockKind.RESULT),
            Stop(ClockKind.VALIDITY),
            Stop(ClockKind.ANSWER),
        ),
        notifies=BOTH_SIDES,
    ),
    Transition(
        Act.REORIENT,
        at(S.REGISTERED, S.TAKEN_ON, S.MEETING_HELD),
        S.REORIENTED,
        ARCHITECT,
        "Réorienté vers un autre projet",
        "Arrêté du 3 juillet 2025, annexe I",
        facts.Reason,
        guards=(support.reason_given,),
        clocks=(Stop(ClockKind.ANSWER),),
        notifies=(Role.CANDIDATE,),
        accompaniment=ACCOMPANIED,
    ),
    Transition(
        Act.DROP_OUT,
        BEFORE_JURY | AFTER_JURY,
        S.DROPPED_OUT,
        CANDIDATE_OR_ARCHITECT,
        "Parcours arrêté",
        "L6421-1",
        facts.Leaving,
        clocks=(
            Stop(ClockKind.DECISION),
            Stop(ClockKind.LAPSE),
            Stop(ClockKind.VALIDITY),
            Stop(ClockKind.HEARING),
            Stop(ClockKind.ANSWER),
        ),
        notifies=EVERYONE,
    ),
    Transition(
        Act.ARCHIVE,
        ARCHIVABLE,
        S.ARCHIVED,
        ARCHITECT | CERTIFIER,
        "Parcours archivé",
        "R6411-6",
        guards=(lapse.no_contestation_pending,),
        clocks=(Stop(ClockKind.VALIDITY),),
    ),
)


@dataclass(frozen=True)
class Due:
    """What the system does when a clock alerts, and when it runs out."""

    warn: Act | None
    expire: Act | None


AUTOMATIC: dict[ClockKind, Due] = {
    ClockKind.DECISION: Due(Act.WARN_DECISION, Act.ADMIT_TACITLY),
    ClockKind.LAPSE: Due(Act.WARN_LAPSE, Act.ALERT_LAPSE),
    ClockKind.VALIDITY: Due(None, None),
    ClockKind.HEARING: Due(Act.WARN_HEARING, Act.MISS_HEARING),
    ClockKind.RESULT: Due(Act.WARN_RESULT, Act.MISS_RESULT),
    ClockKind.ANSWER: Due(Act.CHASE, Act.REPORT_NO_ANSWER),
}


@enforces("R-006")
def transition_for(
    act: Act, stage: Stage | None, route: Route, accompaniment: Accompaniment
) -> Transition | None:
    """Return the one row of the table for this act on such a journey, or None."""
    return next(
        (
            transition
            for transition in TABLE
            if transition.act == act and transition.serves(stage, route, accompaniment)
        ),
        None,
    )


def open_transitions(
    stage: Stage, route: Route, accompaniment: Accompaniment, role: Role
) -> tuple[Transition, ...]:
    """Return the rows open to a role on such a journey, in the order of the story."""
    return tuple(
        transition
        for transition in TABLE
        if role in transition.actors and transition.serves(stage, route, accompaniment)
    )


def refused_by(transition: Transition, case: Case, facts: Facts) -> Refusal | None:
    """Return the first refusal among the guards of a row, or None when the act may be done."""
    return next((refusal for guard in transition.guards if (refusal := guard(case, facts))), None)


#: Guards that look at the case alone: while one of them refuses, the act is not even offered.
STANDING: frozenset[Guard] = frozenset(
    {
        admissibility.is_tacit,
        admissibility.no_validation_file_yet,
        lapse.alert_was_given,
        lapse.no_step_recorded,
        lapse.not_contested_yet,
        lapse.contestation_pending,
        results.outcome_is_full,
        results.outcome_is_conditional,
        results.outcome_is_targeted,
        results.outcome_is_partial,
        results.outcome_is_none,
        results.documents_requested,
        results.blocs_still_missing,
        results.fraud_procedure_open,
        results.no_fraud_procedure,
    }
)


def offered(transition: Transition, case: Case) -> bool:
    """Say whether a row is worth a button: nothing in the case alone refuses it."""
    nothing = facts.Nothing()
    return not any(guard(case, nothing) for guard in transition.guards if guard in STANDING)


def done(act: Act) -> str:
    """Return what an act did, in the words of the journal."""
    return next(transition.done for transition in TABLE if transition.act == act)


def reachable(stage: Stage) -> frozenset[Stage]:
    """Return every stage that some act leads to from this one."""
    return frozenset(
        transition.reaches(stage) for transition in TABLE if stage in transition.sources
    )
