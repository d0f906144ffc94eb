"""The validation file: originality, sending, checking."""

from jalon.law import admissibility, calendar, outside, stages, support, validation
from jalon.law.facts import Missing, Signature, ValidationSent
from jalon.law.transitions import (
    BOTH_SIDES,
    CANDIDATE,
    CANDIDATE_OR_ARCHITECT,
    CERTIFIER,
    EVERYONE,
    VALIDATION_DEPOSITED,
    Offer,
    Start,
    Stop,
    Transition,
)
from jalon.law.vocabulary import Act, ClockKind, Role, Stage

ROWS = (
    Transition(
        Act.SIGN_ORIGINALITY,
        at=stages.at(Stage.ADMISSIBLE, Stage.VALIDATION_RETURNED),
        by=CANDIDATE,
        done="Attestation d’originalité signée",
        article="R6412-7 al. 5",
        asks=Signature,
        guards=(
            support.statement_signed,
            validation.every_section_written,
        ),
        notifies=(Role.ARCHITECT,),
        offer=Offer.WITHIN,
    ),
    Transition(
        Act.SEND_VALIDATION,
        at=stages.at(Stage.ADMISSIBLE, Stage.VALIDATION_RETURNED),
        to=Stage.VALIDATION_SENT,
        by=CANDIDATE_OR_ARCHITECT,
        done="Dossier de validation envoyé au certificateur",
        article="R6412-5 al. 1",
        completed=ValidationSent,
        keeps=calendar.VALIDATION_SENT,
        when=(
            outside.certifier_works_here,
            validation.originality_signed,
            admissibility.mandate_to_deposit,
        ),
        guards=(
            validation.admissibility_in_force,
            validation.validity_not_over,
            validation.every_section_written,
            validation.only_missing_blocs,
        ),
        clocks=VALIDATION_DEPOSITED,
        notifies=EVERYONE,
        explains=True,
    ),
    Transition(
        Act.RETURN_VALIDATION,
        at=stages.at(Stage.VALIDATION_SENT),
        to=Stage.VALIDATION_RETURNED,
        by=CERTIFIER,
        done="Dossier de validation renvoyé pour complément",
        article="R6412-5",
        asks=Missing,
        guards=(admissibility.missing_items_named,),
        clocks=(Stop(ClockKind.HEARING), Start(ClockKind.ANSWER)),
        notifies=BOTH_SIDES,
        offer=Offer.ASIDE,
    ),
    Transition(
        Act.ACCEPT_VALIDATION,
        at=stages.at(Stage.VALIDATION_SENT),
        to=Stage.VALIDATION_ACCEPTED,
        by=CERTIFIER,
        done="Dossier de validation vérifié",
        article="R6412-5",
        notifies=BOTH_SIDES,
    ),
)
