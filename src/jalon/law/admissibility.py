"""The feasibility file and the decision on it (R-013…R-037)."""

from jalon.law.case import Case, Filing
from jalon.law.cerfa import request_lacking
from jalon.law.changes import accompanist_part_awaited
from jalon.law.clocks import french
from jalon.law.facts import Decision, Facts, Missing, Nothing, OpinionGiven, Overturning, Receipt
from jalon.law.routing import sheet_ended
from jalon.law.rulebook import Refusal, enforces, value
from jalon.law.vocabulary import (
    Act,
    ClockKind,
    ClockState,
    FeasibilityKind,
    Opinion,
    Role,
    Route,
    Scope,
    Stage,
)

ADMISSIBLE_UNTIL = "la date de fin de votre recevabilité"
OPINION = "l’avis de l’accompagnateur"
PLANNED_HOURS = "les heures d’accompagnement prévues"

# ---------------------------------------------------------------- what the file must hold


@enforces("R-013", "R-014")
def content_missing(case: Case) -> tuple[str, ...]:
    """Return what the file still lacks before the candidate can confirm it, in French.

    An adapted file asks for the date of the admissibility already held, and neither for blocs nor
    for an opinion. The 2002 route has its own content.
    """
    if case.route == Route.LAW_2002:
        return request_lacking(case)
    file = case.feasibility
    accompanied = accompanist_part_awaited(case)
    full = file.kind == FeasibilityKind.FULL
    unwritten = case.targeted_blocs - file.blocs_completed
    wanted = [
        (file.civil_status_complete, "l’état civil complet"),
        (file.prerequisites is not None, "les prérequis"),
        (file.experiences > 0, "au moins une expérience"),
        (case.identity_document, "une pièce d’identité"),
        (not full or not unwritten, "la description de chaque bloc visé"),
        (not full or not file.competences_unanswered, "une réponse pour chaque compétence"),
        (full or file.admissible_until is not None, ADMISSIBLE_UNTIL),
        (not (full and accompanied) or file.opinion is not None, OPINION),
        (not accompanied or file.hours_estimated, PLANNED_HOURS),
    ]
    return tuple(what for there, what in wanted if not there)


def missing_from_accompanist(case: Case) -> tuple[str, ...]:
    """Return what a file still lacks from who accompanies the candidate."""
    return tuple(what for what in content_missing(case) if what in (OPINION, PLANNED_HOURS))


def missing_from_candidate(case: Case) -> tuple[str, ...]:
    """Return what a file still lacks from the candidate, signatures aside."""
    return tuple(what for what in content_missing(case) if what not in (OPINION, PLANNED_HOURS))


def signatures_missing(case: Case) -> tuple[str, ...]:
    """Return what the candidate still has to confirm and sign, once the file is whole."""
    file = case.feasibility
    signed = [
        (file.confirmed_on is not None, "la confirmation du dossier"),
        (file.sworn_on is not None, "la déclaration sur l’honneur signée"),
    ]
    return tuple(what for there, what in signed if not there)


@enforces("R-013")
def missing_items(case: Case) -> tuple[str, ...]:
    """Return everything the file still lacks before it can leave, signatures included."""
    return content_missing(case) + signatures_missing(case)


@enforces("R-013")
def ready_to_confirm(case: Case, facts: Facts) -> Refusal | None:
    """The candidate confirms a file that lacks nothing but their signature (R-013)."""
    return _lacking(content_missing(case))


@enforces("R-013", "R-014", "R-037")
def file_complete_enough(case: Case, facts: Facts) -> Refusal | None:
    """A file leaves when nothing is missing."""
    return _no_foreign_fields(case) or _lacking(content_missing(case))


@enforces("R-013", "R-017")
def signed(case: Case) -> Refusal | None:
    """Confirmation and sworn statement are those of the text that leaves: it is signed before."""
    file = case.feasibility
    if file.confirmed_on is not None and file.sworn_on is not None:
        return None
    return _lacking(content_missing(case)) or _unsigned(case)


def _lacking(missing: tuple[str, ...]) -> Refusal | None:
    if not missing:
        return None
    rule = "R-014" if missing == (ADMISSIBLE_UNTIL,) else "R-013"
    return Refusal(rule, f"Il manque encore : {', '.join(missing)}.")


def _unsigned(case: Case) -> Refusal | None:
    unsigned = missing_items(case)
    if not unsigned:
        return None
    if case.stage == Stage.FEASIBILITY_INCOMPLETE:
        return Refusal(
            "R-017",
            "Le dossier a été renvoyé : le candidat doit le confirmer et signer de nouveau la "
            "déclaration sur l’honneur.",
        )
    return Refusal("R-013", f"Il manque encore : {', '.join(unsigned)}.")


def _no_foreign_fields(case: Case) -> Refusal | None:
    if not case.feasibility.foreign_fields:
        return None
    return Refusal(
        "R-037",
        "Pour un CQPM, les rubriques « parcours », « option » et « langue » restent vides : "
        f"retirez {', '.join(case.feasibility.foreign_fields)}.",
    )


@enforces("R-016")
def opinion_after_choice(case: Case, facts: OpinionGiven) -> Refusal | None:
    """The opinion comes after the candidate chose trainings, or none."""
    if case.feasibility.trainings_chosen_on is not None:
        return None
    return Refusal(
        "R-016",
        "Attendez que le candidat ait choisi ses formations (ou aucune) : l’avis vient après.",
    )


def opinion_given(case: Case) -> bool:
    """Say whether the opinion was given: to give it again is to change it."""
    return case.feasibility.opinion is not None


@enforces("R-015")
def opinion_explained(case: Case, facts: OpinionGiven) -> Refusal | None:
    """An unfavourable opinion says why; favourable or not, it never stops the file."""
    if facts.opinion == Opinion.FAVOURABLE or facts.comment.strip():
        return None
    return Refusal(
        "R-015", "Expliquez votre avis défavorable. Il n’empêche pas l’envoi du dossier."
    )


@enforces("R-088")
def mandate_to_deposit(case: Case) -> Refusal | None:
    """An architect deposits only with the candidate's written mandate."""
    if case.actor == Role.CANDIDATE or case.mandate_on is not None:
        return None
    return Refusal(
        "R-088",
        "Le candidat ne vous a pas autorisé à envoyer ses dossiers : demandez-le-lui, ou laissez-le envoyer lui-même.",
    )


# ---------------------------------------------------------------- how many files a year


@enforces("R-020", "R-021", "R-022", "R-023")
def counted_filings(case: Case) -> tuple[Filing, ...]:
    """Return the candidate's other files that count this civil year, in Europe/Paris.

    A file sent again after being incomplete is the same file. On the France VAE route, files that
    aimed at blocs only do not count.
    """
    return tuple(
        filing
        for filing in case.filings
        if filing.journey != case.journey
        and filing.submitted_on.year == case.today.year
        and not (case.route == Route.FRANCE_VAE and filing.scope == Scope.BLOCS)
    )


@enforces("R-025")
def presented_again_after_lapse(case: Case) -> bool:
    """Say whether the candidate's last file for this certification lapsed, référentiel unchanged.

    The caps of the year do not apply to such a new presentation.
    """
    earlier = [
        filing
        for filing in case.filings
        if filing.code == case.sheet.code and filing.journey != case.journey
    ]
    if not earlier:
        return False
    last = max(earlier, key=lambda filing: filing.submitted_on)
    return last.lapsed and not last.referential_changed


@enforces("R-018", "R-020", "R-024")
def one_file_a_year(case: Case, facts: Facts) -> Refusal | None:
    """One file a certification and civil year, rejected ones included, unless the certifier allows.

    On the France VAE route, a file by blocs is warned of and not refused: the text is not plain.
    """
    same = [filing for filing in counted_filings(case) if filing.code == case.sheet.code]
    if case.route == Route.FRANCE_VAE and case.scope == Scope.BLOCS:
        return None  # the person is warned
    if not same or case.extra_filing_reason.strip() or presented_again_after_lapse(case):
        return None
    last = max(filing.submitted_on for filing in same)
    return Refusal(
        "R-018",
        f"Vous avez déjà déposé un dossier pour cette certification, le {french(last)} : le prochain "
        f"pourra partir le 1er janvier {last.year + 1}. Aucun texte ne prévoit d’exception ; vous "
        "pouvez demander au certificateur s’il accepte d’en examiner un autre avant.",
    )


@enforces("R-024")
def yearly_cap_reached(case: Case) -> Refusal | None:
    """One more file is asked for once the year's own was deposited, and not before."""
    if one_file_a_year(case, Nothing()):
        return None
    return Refusal("R-024", "Vous pouvez déposer votre dossier : rien n’est à demander pour cela.")


@enforces("R-019")
def three_certifications_a_year(case: Case, facts: Facts) -> Refusal | None:
    """Three files a civil year for different certifications; the fourth waits."""
    others = {filing.code for filing in counted_filings(case)} - {case.sheet.code}
    most = value("R-019", "certifications", case.anchors)
    if len(others) < most or presented_again_after_lapse(case):
        return None
    return Refusal(
        "R-019",
        "Vous avez déjà déposé trois dossiers cette année pour des certifications différentes : "
        "le prochain pourra partir le 1er janvier.",
    )


@enforces("R-020")
def bloc_filing_warning(case: Case) -> Refusal | None:
    """Warn: a bloc file after a whole-certification file is not plainly exempt from the cap."""
    earlier = any(
        filing.code == case.sheet.code and filing.scope == Scope.WHOLE
        for filing in counted_filings(case)
    )
    if case.route != Route.FRANCE_VAE or case.scope != Scope.BLOCS or not earlier:
        return None
    return Refusal(
        "R-020",
        "Vous avez déjà déposé un dossier pour la certification entière cette année. Vous pouvez "
        "envoyer un dossier par blocs, mais le certificateur peut l’écarter : demandez-lui d’abord.",
    )


@enforces("R-018", "R-019")
def filing_warning(case: Case) -> Refusal | None:
    """Warn, while a file is written, that it will not be let out before next year."""
    nothing = Nothing()
    return one_file_a_year(case, nothing) or three_certifications_a_year(case, nothing)


# ---------------------------------------------------------------- completeness and decision


@enforces("R-026")
def missing_items_named(case: Case, facts: Missing) -> Refusal | None:
    """A file is sent back with the list of what is missing."""
    if any(item.strip() for item in facts.items):
        return None
    return Refusal("R-026", "Nommez au moins une pièce ou une information à ajouter.")


@enforces("R-026", "R-027")
def nothing_mandatory_missing(case: Case, facts: Facts) -> Refusal | None:
    """Completeness, and the acknowledgement it sends, need every mandatory document."""
    missing = missing_items(case)
    if not missing or case.reported:
        return None
    return Refusal("R-026", f"Le dossier n’est pas complet, il manque : {', '.join(missing)}.")


@enforces("R-026", "R-027")
def received_when_sent(case: Case, facts: Receipt) -> Refusal | None:
    """The complete file was received on the day it was sent here, or later when it came by post."""
    if case.reached_on is None or facts.received_on is None:
        return None
    posted = case.route == Route.LAW_2002 or case.reported
    latest = case.today if posted else case.reached_on
    if case.reached_on <= facts.received_on <= latest:
        return None
    sent = french(case.reached_on)
    if latest == case.reached_on:
        return Refusal("R-026", f"Le dossier complet a été reçu le jour de son envoi, le {sent}.")
    return Refusal(
        "R-026",
        f"Indiquez le jour où le dossier est arrivé : à partir du {sent}, jusqu’à aujourd’hui.",
    )


@enforces("R-033")
def refusal_motivated(case: Case, facts: Decision) -> Refusal | None:
    """A refusal names gaps or a reason."""
    if facts.gaps or facts.reason.strip():
        return None
    return Refusal("R-033", "Indiquez les écarts constatés ou le motif de la non-recevabilité.")


@enforces("R-032")
def gaps_are_targets(case: Case, facts: Decision) -> Refusal | None:
    """Each gap names a competence or bloc and says what is missing."""
    if all(gap.target.strip() and gap.text.strip() for gap in facts.gaps):
        return None
    return Refusal(
        "R-032", "Pour chaque écart, nommez la compétence ou le bloc et décrivez l’écart."
    )


@enforces("R-032")
def gaps_analysed(case: Case, facts: Decision) -> Refusal | None:
    """On the 2002 route each decision holds the analysis of the gaps, even when there is none."""
    if case.route != Route.LAW_2002 or facts.gaps or facts.analysis.strip():
        return None
    return Refusal(
        "R-032",
        "Écrivez l’analyse des écarts entre l’expérience et le référentiel, même s’il n’y en a pas.",
    )


@enforces("R-047")
def limit_stated(case: Case, facts: Decision) -> Refusal | None:
    """On the 2002 route the certifier says until when the admissibility holds: after the decision."""
    if case.route != Route.LAW_2002:
        return None
    if facts.valid_until is not None and facts.valid_until > case.today:
        return None
    return Refusal(
        "R-047",
        "Indiquez jusqu’à quand la recevabilité est valable : une date après la décision.",
    )


@enforces("R-029", "R-030")
def silence_lasted(case: Case, facts: Facts) -> Refusal | None:
    """Silence makes a file admissible when the two months are over, on both routes."""
    if _silence_decided(case):
        return None
    rule = "R-029" if case.route == Route.FRANCE_VAE else "R-030"
    return Refusal(rule, "Le délai de décision n’est pas terminé : le certificateur peut répondre.")


@enforces("R-031")
def silence_has_not_decided(case: Case, facts: Decision | Missing | Receipt) -> Refusal | None:
    """Once the two months are over, the certifier can neither refuse the file nor send it back."""
    return _silence_spoke() if _silence_decided(case) else None


@enforces("R-031")
def silence_did_not_decide_here(case: Case) -> Refusal | None:
    """A certifier who works here does not refuse what its silence gave: it hears the candidate first.

    What a certifier outside decided in time may only be known late.
    """
    tacit = bool(case.admissibility and case.admissibility.tacit)
    return _silence_spoke() if tacit and not case.certifier_outside else None


def _silence_spoke() -> Refusal:
    return Refusal(
        "R-031",
        "Le délai de deux mois est passé : le silence a rendu ce dossier recevable. Il ne peut plus "
        "être refusé ni renvoyé.",
    )


def _silence_decided(case: Case) -> bool:
    clock = case.clock(ClockKind.DECISION)
    if clock is None or clock.state != ClockState.RUNNING or case.today <= clock.limit_on:
        return False
    return not sheet_ended(case, clock.limit_on)


@enforces("R-029")
def is_tacit(case: Case) -> Refusal | None:
    """The decision in force came from silence (R-029)."""
    if case.admissibility and case.admissibility.tacit:
        return None
    return Refusal("R-029", "La recevabilité de ce dossier n’est pas tacite.")


@enforces("R-029")
def confirmed_after_the_silence(case: Case, facts: Decision) -> Refusal | None:
    """A silence is confirmed once it decided; what was said before is a decision of its own."""
    since = case.admissibility.decided_on if case.admissibility else None
    if since is None or case.today >= since:
        return None
    return Refusal(
        "R-029",
        f"Le silence n’a décidé que le {french(since)} : notez plutôt « {Act.DECLARE_ADMISSIBLE.label} », "
        "au jour de la décision.",
    )


@enforces("R-026")
def not_known_complete(case: Case) -> Refusal | None:
    """Nobody noted that the certifier found the file complete: the two months run from its deposit."""
    if case.feasibility.completed_on is None:
        return None
    return Refusal("R-026", "Ce dossier a déjà été déclaré complet.")


@enforces("R-029", "R-034")
def is_express(case: Case) -> Refusal | None:
    """What silence decided is not an administrator's to undo: no text says so (R6412-4 al. 3)."""
    if case.admissibility and not case.admissibility.tacit:
        return None
    return Refusal(
        "R-034", "La recevabilité est tacite : un administrateur ne peut pas revenir dessus."
    )


@enforces("R-031")
def overturn_justified(case: Case, facts: Overturning) -> Refusal | None:
    """The certifier alone, with reasons, goes back on what its silence gave."""
    if case.actor == Role.CERTIFIER and facts.reason.strip():
        return None
    return Refusal(
        "R-031",
        "Votre silence a rendu ce dossier recevable : écrivez les motifs graves qui vous font "
        "revenir dessus.",
    )


@enforces("R-031")
def candidate_heard(case: Case, facts: Overturning) -> Refusal | None:
    """Nobody loses what silence gave them without having been heard."""
    if facts.heard_on and facts.heard_on <= case.today and facts.observations.strip():
        return None
    return Refusal(
        "R-031",
        "Entendez d’abord le candidat : écrivez quel jour, et ce qu’il a répondu à vos motifs.",
    )


@enforces("R-034")
def no_validation_file_yet(case: Case) -> Refusal | None:
    """A decision is revoked only before a validation file was sent.

    The file exists in law by its deposit (R6412-5 al. 1): a draft is the candidate's own, nobody else
    has read it. Until then an error may be mended, and no word of the draft is lost by it.
    """
    if case.attempt == 1 and case.validation.sent_on is None:
        return None
    return Refusal(
        "R-034", "Un dossier de validation est déjà parti : la décision ne peut plus être annulée."
    )
