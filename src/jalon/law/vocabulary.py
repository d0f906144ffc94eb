"""The words of the field: each English name stands beside the French label that people see."""

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A word of the field: its value is stored, its label is shown."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return (stored value, French label) pairs in the order of the class."""
        return [(member.value, member.label) for member in cls]

    @classmethod
    def or_none(cls, value: str) -> Self | None:
        """Return the word stored under a value, or None for one that was retired."""
        return next((member for member in cls if member.value == value), None)


class Route(Word):
    """The two procedures that live side by side (R-001)."""

    FRANCE_VAE = "france_vae", "Parcours France VAE"
    LAW_2002 = "law_2002", "Parcours classique (loi de 2002)"


class Accompaniment(Word):
    """Accompaniment is a choice, never a duty (R-006)."""

    ACCOMPANIED = "accompanied", "Avec un architecte-accompagnateur"
    ALONE = "alone", "En autonomie"


class Scope(Word):
    """What a journey aims at (R-004)."""

    WHOLE = "whole", "La certification entière"
    BLOCS = "blocs", "Un ou plusieurs blocs de compétences"


class Role(Word):
    """Who acts; the system acts when a clock runs out."""

    CANDIDATE = "candidate", "Candidat"
    ARCHITECT = "architect", "Architecte-accompagnateur"
    HEAD = "head", "Responsable de l’accompagnement"
    CERTIFIER = "certifier", "Certificateur"
    JUROR = "juror", "Membre de jury"
    ADMINISTRATOR = "administrator", "Administrateur"
    SYSTEM = "system", "Jalon"


class Stage(Word):
    """Where a journey stands; end states are stages like the others."""

    REGISTERED = "registered", "Candidature déposée"
    TAKEN_ON = "taken_on", "Pris en charge"
    MEETING_HELD = "meeting_held", "Premier rendez-vous tenu"
    PATH_PROPOSED = "path_proposed", "Parcours proposé"
    PATH_ACCEPTED = "path_accepted", "Parcours accepté"
    FEASIBILITY_SENT = "feasibility_sent", "Dossier de faisabilité envoyé"
    FEASIBILITY_INCOMPLETE = "feasibility_incomplete", "Dossier de faisabilité incomplet"
    FEASIBILITY_COMPLETE = "feasibility_complete", "Dossier de faisabilité complet"
    ADMISSIBLE = "admissible", "Recevable"
    INADMISSIBLE = "inadmissible", "Non recevable"
    LAPSED = "lapsed", "Recevabilité caduque"
    VALIDATION_SENT = "validation_sent", "Dossier de validation envoyé"
    VALIDATION_RETURNED = "validation_returned", "Dossier de validation à compléter"
    VALIDATION_ACCEPTED = "validation_accepted", "Dossier de validation vérifié"
    JURY_SCHEDULED = "jury_scheduled", "Passage devant le jury fixé"
    DELIBERATED = "deliberated", "Jury tenu, résultat à notifier"
    CERTIFIED = "certified", "Certification obtenue"
    CONDITIONALLY_CERTIFIED = "conditionally_certified", "Certification obtenue sous réserve"
    BLOCS_CERTIFIED = "blocs_certified", "Blocs visés obtenus"
    PARTIALLY_CERTIFIED = "partially_certified", "Validation partielle"
    NOT_CERTIFIED = "not_certified", "Certification non obtenue"
    FRAUD_REFUSED = "fraud_refused", "Refus pour fraude"
    REORIENTED = "reoriented", "Réorientation"
    DROPPED_OUT = "dropped_out", "Abandon"
    ARCHIVED = "archived", "Archivé"


class Act(Word):
    """What a person, or the system, does to a journey: the label is what the button says."""

    REGISTER = "register", "Déposer ma candidature"
    TAKE_CHARGE = "take_charge", "Prendre en charge"
    RECORD_CONTACT = "record_contact", "Noter un échange"
    CHASE = "chase", "Relancer"
    REMIND = "remind", "Relancer le candidat"
    REPORT_NO_ANSWER = "report_no_answer", "Signaler l’absence de réponse"
    HOLD_FIRST_MEETING = "hold_first_meeting", "Enregistrer le premier rendez-vous"
    PROPOSE_PATH = "propose_path", "Proposer le parcours"
    ACCEPT_PATH = "accept_path", "Accepter le parcours"
    DECLINE_PATH = "decline_path", "Demander une modification du parcours"
    GIVE_MANDATE = "give_mandate", "Autoriser mon architecte à envoyer mes dossiers"
    WITHDRAW_MANDATE = "withdraw_mandate", "Retirer l’autorisation d’envoyer mes dossiers"
    LEAVE_ACCOMPANIMENT = "leave_accompaniment", "Continuer sans accompagnement"
    END_ACCOMPANIMENT = "end_accompaniment", "Mettre fin à l’accompagnement"
    ASK_ACCOMPANIMENT = "ask_accompaniment", "Demander un accompagnement"
    REASSIGN = "reassign", "Confier le dossier à un collègue"
    TAKE_OVER = "take_over", "Reprendre le dossier"
    CHANGE_TARGET = "change_target", "Changer d’objectif"
    AMEND_PATH = "amend_path", "Proposer un parcours modifié"
    ACCEPT_AMENDMENT = "accept_amendment", "Accepter le parcours modifié"
    DECLINE_AMENDMENT = "decline_amendment", "Refuser le parcours modifié"
    PROPOSE_END = "propose_end", "Proposer d’arrêter"
    DECLINE_END = "decline_end", "Continuer mon parcours"
    RESUME = "resume", "Reprendre mon parcours"
    CLOSE_DECEASED = "close_deceased", "Clore le dossier d’une personne décédée"
    NOTE_HEIRS_REQUEST = "note_heirs_request", "Noter la demande des héritiers"
    GIVE_OPINION = "give_opinion", "Donner l’avis de l’accompagnateur"
    CONFIRM_FEASIBILITY = "confirm_feasibility", "Confirmer et signer la déclaration sur l’honneur"
    REQUEST_EXTRA_FILING = "request_extra_filing", "Demander un dépôt supplémentaire cette année"
    ALLOW_EXTRA_FILING = "allow_extra_filing", "Autoriser un dépôt supplémentaire"
    SEND_FEASIBILITY = "send_feasibility", "Envoyer le dossier de faisabilité"
    DECLARE_INCOMPLETE = "declare_incomplete", "Renvoyer : pièces manquantes"
    REQUEST_PIECES = "request_pieces", "Demander une pièce de plus"
    DECLARE_COMPLETE = "declare_complete", "Déclarer le dossier complet"
    WARN_DECISION = "warn_decision", "Alerter : décision bientôt tacite"
    DECLARE_ADMISSIBLE = "declare_admissible", "Déclarer recevable"
    DECLARE_INADMISSIBLE = "declare_inadmissible", "Déclarer non recevable"
    ADMIT_TACITLY = "admit_tacitly", "Constater la recevabilité tacite"
    RECORD_GIP_NOTICE = "record_gip_notice", "Enregistrer l’avis de France VAE sur la recevabilité"
    CONFIRM_TACIT = "confirm_tacit", "Confirmer la recevabilité tacite"
    OVERTURN_TACIT = "overturn_tacit", "Revenir sur une recevabilité tacite"
    REVOKE_DECISION = "revoke_decision", "Annuler la décision de recevabilité"
    CONFIRM_SHEET = "confirm_sheet", "Dire ce que devient la certification"
    RECORD_STEP = "record_step", "Dire que le parcours avance"
    WARN_LAPSE = "warn_lapse", "Rappeler le risque de caducité"
    ALERT_LAPSE = "alert_lapse", "Signaler une caducité possible"
    CLAIM_REASON = "claim_reason", "Faire valoir un motif légitime"
    GRANT_REASON = "grant_reason", "Reconnaître un motif légitime"
    REFUSE_REASON = "refuse_reason", "Ne pas retenir le motif"
    CONFIRM_LAPSE = "confirm_lapse", "Constater la caducité"
    CONTEST_LAPSE = "contest_lapse", "Contester la caducité"
    CANCEL_LAPSE = "cancel_lapse", "Accepter la contestation"
    UPHOLD_LAPSE = "uphold_lapse", "Rejeter la contestation"
    WARN_VALIDITY = "warn_validity", "Rappeler la fin de la recevabilité"
    EXPIRE_VALIDITY = "expire_validity", "Constater la fin de la recevabilité"
    ASK_EXTENSION = "ask_extension", "Demander une prolongation de ma recevabilité"
    EXTEND_VALIDITY = "extend_validity", "Prolonger la recevabilité"
    REFUSE_EXTENSION = "refuse_extension", "Ne pas prolonger la recevabilité"
    SIGN_ORIGINALITY = "sign_originality", "Signer : j’ai écrit ce dossier moi-même"
    SEND_VALIDATION = "send_validation", "Envoyer le dossier de validation"
    RETURN_VALIDATION = "return_validation", "Renvoyer le dossier de validation"
    ACCEPT_VALIDATION = "accept_validation", "Vérifier le dossier de validation"
    WARN_HEARING = "warn_hearing", "Alerter : jury à fixer"
    MISS_HEARING = "miss_hearing", "Constater le dépassement du délai de jury"
    SCHEDULE_HEARING = "schedule_hearing", "Convoquer devant le jury"
    CONFIRM_TOLD = "confirm_told", "Confirmer que le candidat est prévenu"
    POSTPONE_HEARING = "postpone_hearing", "Reporter le passage devant le jury"
    RECORD_ABSENCE = "record_absence", "Enregistrer l’absence du candidat"
    RECORD_DELIBERATION = "record_deliberation", "Enregistrer la délibération"
    WARN_RESULT = "warn_result", "Alerter : résultat à notifier"
    MISS_RESULT = "miss_result", "Constater le dépassement du délai de notification"
    NOTIFY_FULL = "notify_full", "Notifier l’obtention de la certification"
    NOTIFY_CONDITIONAL = "notify_conditional", "Notifier l’obtention sous réserve"
    NOTIFY_TARGETED = "notify_targeted", "Notifier l’obtention des blocs visés"
    NOTIFY_PARTIAL = "notify_partial", "Notifier la validation partielle"
    NOTIFY_NONE = "notify_none", "Notifier le refus"
    LIFT_CONDITION = "lift_condition", "Lever la réserve"
    CONDITION_NOT_MET = "condition_not_met", "Constater que la réserve n’est pas levée"
    RECTIFY_RESULT = "rectify_result", "Rectifier le résultat"
    ANNUL_HEARING = "annul_hearing", "Annuler le jury"
    REQUEST_DOCUMENTS = "request_documents", "Demander mon certificat ou mes attestations"
    ISSUE_DOCUMENTS = "issue_documents", "Délivrer les documents"
    PROPOSE_POST_JURY = "propose_post_jury", "Proposer un entretien après le jury"
    DECLINE_POST_JURY = "decline_post_jury", "Me passer de l’entretien après le jury"
    HOLD_POST_JURY = "hold_post_jury", "Enregistrer l’entretien après le jury"
    OPEN_NEXT_ATTEMPT = "open_next_attempt", "Préparer un nouveau passage"
    PURSUE_PLAN_B = "pursue_plan_b", "Choisir un autre projet"
    RECORD_PRIOR_BLOC = "record_prior_bloc", "Signaler un bloc déjà obtenu ailleurs"
    CONFIRM_PRIOR_BLOC = "confirm_prior_bloc", "Reconnaître un bloc obtenu ailleurs"
    REFUSE_PRIOR_BLOC = "refuse_prior_bloc", "Ne pas reconnaître un bloc obtenu ailleurs"
    COUNT_EQUIVALENT = "count_equivalent", "Faire compter les blocs de l’ancienne fiche"
    AWARD_BY_BLOCS = "award_by_blocs", "Constater que tous les blocs sont acquis"
    OPEN_FRAUD = "open_fraud", "Ouvrir une procédure pour fraude"
    ANSWER_FRAUD = "answer_fraud", "Présenter mes observations"
    DISMISS_FRAUD = "dismiss_fraud", "Classer la procédure pour fraude"
    REFUSE_FOR_FRAUD = "refuse_for_fraud", "Refuser ou retirer pour fraude"
    REORIENT = "reorient", "Réorienter"
    DROP_OUT = "drop_out", "Arrêter le parcours"
    CORRECT_DAY = "correct_day", "Corriger la date notée"
    NOTE_PORTAL_NUMBER = "note_portal_number", "Noter l’inscription sur le portail France VAE"
    DEPOSIT_FEASIBILITY = "deposit_feasibility", "Noter le dépôt du dossier de faisabilité"
    DEPOSIT_VALIDATION = "deposit_validation", "Noter le dépôt du dossier de validation"
    NOTE_SUMMONS = "note_summons", "Noter la date du jury"
    NOTE_RESULT = "note_result", "Noter le résultat du jury"
    HOLD_DATA = "hold_data", "Suspendre l’effacement des données"
    RELEASE_DATA = "release_data", "Ne plus suspendre l’effacement des données"
    FILE_COMPLAINT = "file_complaint", "Faire une réclamation ou une demande"
    ANSWER_COMPLAINT = "answer_complaint", "Répondre à une réclamation ou à une demande"
    ASK_ADJUSTMENT = "ask_adjustment", "Demander un aménagement"
    ANSWER_ADJUSTMENT = "answer_adjustment", "Répondre à une demande d’aménagement"
    SHARE_ADJUSTMENT = "share_adjustment", "Choisir ce que le jury sait de mon aménagement"
    WITHDRAW_ADJUSTMENT = "withdraw_adjustment", "Retirer une demande d’aménagement"
    ASK_LEAVE = "ask_leave", "Préparer ma demande de congé VAE"
    TRANSFER = "transfer", "Transférer à un autre certificateur"
    ARCHIVE = "archive", "Archiver"
    REOPEN = "reopen", "Rouvrir le parcours"


class Event(Word):
    """What happens to a journey beside the acts of the table: the label is what the journal says."""

    DOCUMENT_ADDED = "document_added", "Document ajouté"
    DOCUMENT_WITHDRAWN = "document_withdrawn", "Document retiré"
    MILESTONE_KEPT = "milestone_kept", "Date du calendrier tenue"
    DRAFT_CHANGED = "draft_changed", "Dossier rempli ou modifié par l’accompagnateur"
    SIGNATURE_UNDONE = "signature_undone", "Texte modifié : la signature est à refaire"
    SENT_UNFINISHED = "sent_unfinished", "Points laissés ouverts à l’envoi du dossier de validation"
    TAKEN_OVER = "taken_over", "Parcours repris de son suivi d’avant Jalon"
    DELAYS_RECOUNTED = "delays_recounted", "Délais recomptés"
    JUROR_DECLARED = "juror_declared", "Déclaration d’indépendance signée par un membre du jury"
    LINK_LIFTED = "link_lifted", "Lien déclaré par un membre du jury levé par le certificateur"
    PANEL_CHANGED = "panel_changed", "Composition du jury modifiée"
    SHEET_SHORTENED = "sheet_shortened", "Fiche du répertoire arrêtée ou raccourcie"
    HEARING_CHANGED = "hearing_changed", "Convocation devant le jury modifiée"
    CERTIFIER_ASKED = "certifier_asked", "Question posée au certificateur"
    CERTIFIER_ANSWERED = "certifier_answered", "Réponse du certificateur à une question"
    MESSAGE_SENT = "message_sent", "Message envoyé"
    GOES_ON = "goes_on", "Le candidat répond à une relance : il continue"
    ERASURE_ANNOUNCED = "erasure_announced", "Effacement des données annoncé au candidat"
    DATA_ERASED = "data_erased", "Données personnelles effacées"
    SERVICE_CERTIFIED = "service_certified", "Certificat de réalisation établi"
    PLAN_ACTION_KEPT = "plan_action_kept", "Action du plan faite"
    PLAN_ACTION_MOVED = "plan_action_moved", "Action du plan déplacée"
    PLAN_ACTION_GIVEN_UP = "plan_action_given_up", "Action du plan abandonnée"
    REHEARSAL_SHARED = "rehearsal_shared", "Grille d’entraînement au jury partagée"
    GROUP_JOINED = "group_joined", "Groupe d’entreprise rejoint"
    GROUP_LEFT = "group_left", "Groupe d’entreprise quitté"
    TEXT_PROPOSED = "text_proposed", "Texte écrit pour le candidat, à relire par lui"
    TEXT_APPROVED = "text_approved", "Texte écrit par une autre personne, approuvé par le candidat"
    AID_NAMED = "aid_named", "Aide à l’écriture nommée par le candidat"
    AID_WITHDRAWN = "aid_withdrawn", "Aide à l’écriture retirée par le candidat"
    EMPLOYER_AGREED = "employer_agreed", "Accord de partage avec l’entreprise changé"


class Shared(Word):
    """What a candidate may agree to have their employer read, each apart (R-125)."""

    STAGE = "stage", "L’étape de mon parcours"
    HOURS = "hours", "Mes heures de présence"
    JURY_DATE = "jury_date", "La date de mon jury"
    RESULT = "result", "Mon résultat"


class FilePart(Word):
    """A part of the feasibility file, as the journal names what was changed in it."""

    CIVIL_STATUS = "civil_status", "État civil"
    GOALS = "goals", "Prérequis et attentes"
    EXPERIENCES = "experiences", "Expériences"
    BLOCS = "blocs", "Blocs et compétences"


class Channel(Word):
    """How what was done elsewhere is known here."""

    PORTAL = "portal", "Vu sur le portail France VAE"
    LETTER = "letter", "Par courrier"
    EMAIL = "email", "Par courriel"
    TELEPHONE = "telephone", "Par téléphone"
    IN_PERSON = "in_person", "De vive voix"
    TAKEN_OVER = "taken_over", "Repris du suivi d’avant Jalon"


class Occasion(Word):
    """What happens beside every journey, and is told to people."""

    SESSION_CREATED = "session_created", "Session de jury créée"
    SESSION_CHANGED = "session_changed", "Session de jury modifiée"
    SESSION_CANCELLED = "session_cancelled", "Session de jury annulée"
    SEAT_DECLINED = "seat_declined", "Membre de jury empêché"
    SEAT_LEFT = "seat_left", "Membre de jury remplacé"
    MORNING = "morning", "Dossiers du jour"
    COPY_READY = "copy_ready", "Copie des données prête"
    BOOKING_MADE = "booking_made", "Rendez-vous pris"
    BOOKING_MOVED = "booking_moved", "Rendez-vous déplacé"
    BOOKING_PLACED = "booking_placed", "Rendez-vous gardé à son heure, dans un autre lieu"
    BOOKING_GIVEN_UP = "booking_given_up", "Rendez-vous annulé"
    SITE_CLOSED = "site_closed", "Site fermé à partir d’un jour"
    EARLIER_OFFERED = "earlier_offered", "Heure plus tôt proposée"
    WORKSHOP_JOINED = "workshop_joined", "Place prise dans un atelier"
    WORKSHOP_AWAITED = "workshop_awaited", "Inscription sur la liste d’attente d’un atelier"
    WORKSHOP_MOVED_UP = "workshop_moved_up", "Place libérée dans un atelier"
    WORKSHOP_LEFT = "workshop_left", "Inscription à un atelier annulée"
    WORKSHOP_CHANGED = "workshop_changed", "Atelier modifié"
    WORKSHOP_CANCELLED = "workshop_cancelled", "Atelier annulé"
    HALF_DAY_PLANNED = "half_day_planned", "Demi-journée d’atelier prévue"
    WORKSHOP_LED = "workshop_led", "Atelier à animer"
    HOURS_TO_SIGN = "hours_to_sign", "Heures à signer"
    REMARKS_SAID = "remarks_said", "Remarques dites sur un dossier"
    REMARKS_SETTLED = "remarks_settled", "Remarques traitées par un candidat"
    COVER_NAMED = "cover_named", "Remplacement d’un collègue prévu"
    COVER_ENDED = "cover_ended", "Remplacement d’un collègue retiré"
    SURVEY_ASKED = "survey_asked", "Avis demandé sur un accompagnement"
    SHEET_ENDING = "sheet_ending", "Enregistrement d’une certification qui prend fin"
    GROUP_JOINED = "group_joined", "Groupe d’entreprise rejoint par un candidat sans architecte"


class ClockKind(Word):
    """The delays that Jalon counts."""

    DECISION = "decision", "Décision de recevabilité"
    LAPSE = "lapse", "Caducité de la recevabilité"
    VALIDITY = "validity", "Validité de la recevabilité"
    HEARING = "hearing", "Passage devant le jury"
    RESULT = "result", "Notification du résultat"
    ANSWER = "answer", "Réponse attendue"

    @property
    def statutory(self) -> bool:
        """Say whether a text sets this delay; the other is the house's own, to chase whoever is awaited."""
        return self is not ClockKind.ANSWER


class ClockState(Word):
    """What a clock is doing."""

    RUNNING = "running", "En cours"
    STOPPED = "stopped", "Terminé"
    EXPIRED = "expired", "Dépassé"


class ExperienceKind(Word):
    """Every kind of activity counts (R-009)."""

    EMPLOYED = "employed", "Emploi salarié"
    SELF_EMPLOYED = "self_employed", "Activité indépendante, artisanale ou libérale"
    UNPAID = "unpaid", "Activité non rémunérée"
    VOLUNTEER = "volunteer", "Bénévolat ou volontariat"
    UNION = "union", "Responsabilité syndicale"
    ELECTED = "elected", "Mandat ou fonction élective locale"
    WORK_TRAINING = "work_training", "Formation en milieu de travail (alternance)"
    INTERNSHIP = "internship", "Stage"
    PMSMP = "pmsmp", "Période de mise en situation en milieu professionnel (PMSMP)"


#: What tells of somebody's union or politics: for who follows the file (R-123).
TELLING = frozenset({ExperienceKind.UNION, ExperienceKind.ELECTED})


class FeasibilityKind(Word):
    """A first request, or one by a person who already holds an admissibility (R-014)."""

    FULL = "full", "Dossier intégral"
    ADAPTED = "adapted", "Dossier adapté (déjà recevable)"


class ClaimLevel(Word):
    """What the candidate says of a competence."""

    YES = "yes", "Oui"
    PARTIALLY = "partially", "En partie"
    NO = "no", "Non"


class RemarkKind(Word):
    """What a remark on a text is."""

    QUESTION = "question", "Question"
    SUGGESTION = "suggestion", "Proposition"
    PRAISE = "praise", "Point fort"


class RemarkState(Word):
    """What became of a remark."""

    OPEN = "open", "À traiter"
    DONE = "done", "Traitée"
    ACCEPTED = "accepted", "Acceptée"


class VersionReason(Word):
    """Why a version of a text was kept."""

    SAVED = "saved", "Laissée par son auteur"
    REMARKED = "remarked", "Relue par l’accompagnateur"
    SENT = "sent", "Envoyée au certificateur"
    HELPED = "helped", "Écrite par une autre personne, approuvée par le candidat"


class AidDeed(Word):
    """What somebody who helps to write does by their link, that it was sent included."""

    SENT = "sent", "A reçu un lien par courriel"
    OPENED = "opened", "A ouvert sa liste"
    READ = "read", "A lu un texte"
    HEARD = "heard", "A écouté un enregistrement"
    TYPED = "typed", "A proposé un texte"


class Mark(Word):
    """What a text for the jury should have."""

    SITUATION = "situation", "Une situation"
    FIRST_PERSON = "first_person", "Des actions avec « je »"
    PROOF = "proof", "Une preuve"
    LENGTH = "length", "Une longueur suffisante"


class AdviceKind(Word):
    """What helps whoever writes a text for the jury, told as they write."""

    OTHERS = "others", "Une autre personne"
    WHO_ACTS = "who_acts", "Qui a fait quoi"
    DEED = "deed", "Un geste précis"
    SHORT = "short", "Réponse courte"
    LONG_SENTENCE = "long_sentence", "Phrase longue"


class ReadThrough(Word):
    """What who accompanies looks at before a validation file leaves, and ticks by hand."""

    TRUE_STORIES = "true_stories", "Les situations racontées sont celles du candidat"
    NAMES = "names", "Aucun nom de client ou de collègue n’est écrit sans nécessité"
    READABLE = "readable", "Les preuves jointes se lisent et se rapportent au texte"
    ALOUD = "aloud", "Le candidat a relu tout le dossier"


class Prerequisites(Word):
    """Where the candidate stands with the prerequisites of the certification."""

    NONE = "none", "La certification n’en demande pas"
    ACQUIRED = "acquired", "Acquis"
    IN_PROGRESS = "in_progress", "En cours"


class Opinion(Word):
    """The accompanist's opinion on adequacy (R-015: it never blocks)."""

    FAVOURABLE = "favourable", "Favorable"
    UNFAVOURABLE = "unfavourable", "Défavorable"


class Outcome(Word):
    """What came out of a jury hearing (R-084: absent, excused and failed are three things)."""

    FULL = "full", "Certification obtenue"
    CONDITIONAL = "conditional", "Certification obtenue sous réserve"
    TARGETED = "targeted", "Blocs visés obtenus"
    PARTIAL = "partial", "Validation partielle"
    NONE = "none", "Aucun bloc obtenu"
    ABSENT = "absent", "Absent"
    EXCUSED = "excused", "Absence excusée"


class Addressee(Word):
    """Whom a complaint or a contestation is for (R-130)."""

    CERTIFIER = "certifier", "Le certificateur : recevabilité, jury, résultat, documents"
    ACCOMPANIST = "accompanist", "L’organisme qui m’accompagne"


class AdjustedStep(Word):
    """The step for which an adjustment is asked (R-127)."""

    ACCOMPANIMENT = "accompaniment", "Les rendez-vous avec mon architecte"
    FEASIBILITY = "feasibility", "Mon dossier de faisabilité"
    VALIDATION = "validation", "Mon dossier de validation"
    JURY = "jury", "Le jury"


class AdjustmentKind(Word):
    """What is asked most often; whatever else is needed is said in words."""

    MORE_TIME = "more_time", "Plus de temps"
    BREAKS = "breaks", "Des pauses"
    ACCESS = "access", "Une salle de plain-pied, ou avec ascenseur"
    INTERPRETER = "interpreter", "Un interprète en langue des signes"
    LARGE_PRINT = "large_print", "Des documents en gros caractères"
    WRITER = "writer", "Une personne qui écrit avec moi"
    EQUIPMENT = "equipment", "Un matériel ou un poste adapté"
    REMOTE = "remote", "Un rendez-vous à distance"


class AdjustmentOutcome(Word):
    """What is answered to a request."""

    GRANTED = "granted", "Accordé"
    OTHERWISE = "otherwise", "Accordé autrement"
    REFUSED = "refused", "Refusé"


class RequestNature(Word):
    """What somebody asks on the register of complaints (R-122, R-130)."""

    COMPLAINT = "complaint", "Faire une réclamation ou contester"
    CORRECTION = "correction", "Faire corriger mes données"
    ERASURE = "erasure", "Faire effacer mes données"


class PriorBlocState(Word):
    """Where a bloc said to be held from elsewhere stands: it counts only once it was checked."""

    PENDING = "pending", "À vérifier par le certificateur"
    CONFIRMED = "confirmed", "Reconnu"
    REFUSED = "refused", "Non reconnu"


class Standing(Word):
    """What an attestation is worth on the day somebody verifies it (R-083, R-085)."""

    AUTHENTIC = "authentic", "Cette attestation est authentique"
    CONDITIONAL = "conditional", "Cette attestation est sous réserve, elle n’est pas définitive"
    OVER = "over", "Cette attestation n’est plus valable"
    WITHDRAWN = "withdrawn", "Cette attestation a été retirée ou remplacée"


class StepKind(Word):
    """What makes a step one of those that keep an admissibility alive (R-045)."""

    PLANNED = "planned", "Une démarche prévue dans mon dossier"
    RECOMMENDED = "recommended", "Une recommandation du certificateur dans sa décision"


class Motive(Word):
    """What kind of reason explains six months without a step; nothing of it tells of health."""

    PERSONAL = "personal", "Un événement de ma vie personnelle ou familiale"
    WORK = "work", "Un changement dans mon travail"
    FORCE_MAJEURE = "force_majeure", "Un cas de force majeure (imprévisible, et inévitable)"
    OTHER = "other", "Une autre raison"


class LeaveFor(Word):
    """What a leave for a VAE is taken for (L6422-1)."""

    SUPPORT = "support", "Préparer ma validation"
    JURY = "jury", "Passer devant le jury"
    BOTH = "both", "Préparer ma validation et passer devant le jury"


class Contestation(Word):
    """Where a contestation of a lapse stands (R-048)."""

    NONE = "none", "Aucune"
    PENDING = "pending", "En attente de décision"
    ACCEPTED = "accepted", "Acceptée"
    REJECTED = "rejected", "Rejetée"


class PostponedBy(Word):
    """Whose doing it is that a hearing is put off."""

    CANDIDATE = "candidate", "À la demande du candidat"
    CERTIFIER = "certifier", "Du fait du certificateur ou du jury"
    NOBODY = "nobody", "Du fait de personne (grève, intempéries, panne…)"


class ImmersionPurpose(Word):
    """Why somebody spends a few days in a company (PMSMP)."""

    DISCOVER = "discover", "Découvrir un métier"
    CONFIRM = "confirm", "Confirmer un projet"
    RECRUIT = "recruit", "Initier un recrutement"


class MeetingKind(Word):
    """Why an architect and a candidate meet."""

    FIRST = "first", "Premier rendez-vous"
    FOLLOW_UP = "follow_up", "Suivi"
    REHEARSAL = "rehearsal", "Entraînement au jury"
    POST_JURY = "post_jury", "Entretien après le jury"


class MeetingMode(Word):
    """How people meet."""

    ON_SITE = "on_site", "Sur place"
    REMOTE = "remote", "À distance"
    PHONE = "phone", "Par téléphone"


class ContactKind(Word):
    """How the team and a candidate spoke, as it is noted."""

    CALL = "call", "Appel"
    MESSAGE = "message", "Courriel ou message"
    ON_SITE = "on_site", "Rendez-vous sur place"
    REMOTE = "remote", "Rendez-vous à distance"


class Attendance(Word):
    """What became of a booked meeting: the candidate excuses themselves, who accompanies cancels."""

    EXPECTED = "expected", "À venir"
    HELD = "held", "Tenu"
    EXCUSED = "excused", "Absence excusée"
    CANCELLED = "cancelled", "Annulé par l’accompagnateur"
    NO_SHOW = "no_show", "Absence sans prévenir"


class WorkshopTheme(Word):
    """What several candidates work on together."""

    WRITING = "writing", "Rédiger son dossier"
    METHOD = "method", "Méthode"
    JURY = "jury", "Se préparer au jury"


class OfferState(Word):
    """What became of an hour that was offered to somebody who waits for a sooner one."""

    HELD = "held", "Gardée"
    TAKEN = "taken", "Prise"
    PASSED = "passed", "Laissée"


class EnrolmentState(Word):
    """Where a candidate stands in a workshop."""

    ENROLLED = "enrolled", "Inscrit"
    WAITING = "waiting", "En liste d’attente"
    CANCELLED = "cancelled", "Annulé"


class Presence(Word):
    """Whether a person was there for a half-day; the hours of a late arrival and an early exit go beside."""

    PRESENT = "present", "Présent"
    ABSENT = "absent", "Absent"
    EXCUSED = "excused", "Absence excusée"


class SignedHow(Word):
    """How somebody signs the hours that they were there (R-110)."""

    DRAWN = "drawn", "Signature tracée"
    CODE = "code", "Signé par un code reçu par courriel"
    ALOUD = "aloud", "Accord donné à voix haute"
    ACCOUNT = "account", "Signé depuis son compte"


class Territory(Word):
    """Where a site stands: its hours and its public holidays are those of that place."""

    METROPOLE = "metropole", "Métropole"
    ALSACE_MOSELLE = "alsace_moselle", "Alsace ou Moselle"
    GUADELOUPE = "guadeloupe", "Guadeloupe"
    MARTINIQUE = "martinique", "Martinique"
    GUYANE = "guyane", "Guyane"
    REUNION = "reunion", "La Réunion"
    MAYOTTE = "mayotte", "Mayotte"
    SAINT_PIERRE = "saint_pierre", "Saint-Pierre-et-Miquelon"
    SAINT_MARTIN = "saint_martin", "Saint-Martin"
    SAINT_BARTHELEMY = "saint_barthelemy", "Saint-Barthélemy"
    NOUVELLE_CALEDONIE = "nouvelle_caledonie", "Nouvelle-Calédonie"
    POLYNESIE = "polynesie", "Polynésie française"
    WALLIS = "wallis", "Wallis-et-Futuna"


class SessionMode(Word):
    """Where a jury sits."""

    ON_SITE = "on_site", "Sur place"
    REMOTE = "remote", "À distance"


class Pending(Word):
    """What somebody asked for beside the stage of a journey, and that waits for an answer."""

    DOCUMENTS = "documents", "Documents demandés"
    PRIOR_BLOC = "prior_bloc", "Blocs obtenus ailleurs à vérifier"
    COMPLAINT = "complaint", "Réclamations sans réponse"
    ADJUSTMENT = "adjustment", "Aménagements demandés au certificateur"
    TEAM_ADJUSTMENT = "team_adjustment", "Aménagements demandés à l’accompagnateur"
    EXTRA_FILING = "extra_filing", "Dépôt supplémentaire demandé"
    REASON = "reason", "Motif légitime présenté"
    EXTENSION = "extension", "Prolongation demandée"
    CONTESTATION = "contestation", "Caducité contestée"


class EvaluationForm(Word):
    """How a jury evaluates."""

    INTERVIEW = "interview", "Entretien"
    PRACTICAL = "practical", "Mise en situation professionnelle"
    BOTH = "both", "Mise en situation puis entretien"


class PanelRole(Word):
    """What a person does on a panel."""

    PRESIDENT = "president", "Président"
    MEMBER = "member", "Membre"


class SeatAnswer(Word):
    """What a member says of the session to which they are called."""

    AWAITED = "awaited", "Réponse attendue"
    ACCEPTED = "accepted", "Vient"
    DECLINED = "declined", "Ne peut pas venir"


class College(Word):
    """Which side of the joint jury a member sits on (R-068)."""

    EMPLOYERS = "employers", "Employeurs"
    EMPLOYEES = "employees", "Salariés"
    OTHER = "other", "Autre"


class Gender(Word):
    """For the balanced composition of a panel (R-066)."""

    WOMAN = "woman", "Femme"
    MAN = "man", "Homme"


class Mastery(Word):
    """What a jury finds for one competence, against its criteria (R-072)."""

    MASTERED = "mastered", "Maîtrisée"
    PARTLY = "partly", "Partiellement maîtrisée"
    NOT_SHOWN = "not_shown", "Non démontrée"


class Readiness(Word):
    """How ready a candidate is on one competence, as who accompanies finds it at a rehearsal."""

    ACQUIRED = "acquired", "Acquis"
    TO_STRENGTHEN = "to_strengthen", "À renforcer"
    NOT_YET = "not_yet", "Pas encore"


class Satisfaction(Word):
    """What a candidate thinks of a part of their accompaniment."""

    VERY_GOOD = "very_good", "Très bien"
    GOOD = "good", "Bien"
    FAIR = "fair", "Moyen"
    POOR = "poor", "Insuffisant"


class End(Word):
    """How an architect proposes that a journey ends: the candidate alone decides (L6421-1)."""

    STOP = "stop", "Arrêter le parcours"
    REORIENT = "reorient", "Choisir un autre projet"


class Context(Word):
    """Who had the idea of the journey: a label, that changes nothing of anybody's rights (L6421-1)."""

    OWN = "own", "Moi"
    EMPLOYER = "employer", "Mon employeur me l’a proposé"
    COLLECTIVE = "collective", "Un projet collectif de mon entreprise"
    REVERSED = "reversed", "Mon contrat de VAE inversée, signé avant le 1er mars 2026"
    OTHER = "other", "Un conseiller ou un autre organisme"

    @property
    def told(self) -> str:
        """Return the same for those who read the file; nothing when the idea was the person's own."""
        return {
            Context.EMPLOYER: "Démarche proposée par l’employeur",
            Context.COLLECTIVE: "Projet collectif de l’entreprise",
            Context.OTHER: "Démarche proposée par un conseiller ou un autre organisme",
        }.get(self, "")


class DropOutReason(Word):
    """Why a journey stops."""

    JOB = "job", "Reprise d’emploi"
    TRAINING = "training", "Entrée en formation"
    DISCOURAGED = "discouraged", "Découragement"
    PERSONAL = "personal", "Raisons personnelles"
    PROJECT = "project", "Changement de projet"
    TIME = "time", "Manque de temps"
    INTEREST = "interest", "Le projet ne m’intéresse plus"
    FUNDING = "funding", "Financement non obtenu"
    LATER = "later", "Projet reporté à plus tard"
    SILENT = "silent", "Sans réponse après trois relances"
    OTHER = "other", "Autre raison"


class DocumentKind(Word):
    """What a file is."""

    IDENTITY = "identity", "Pièce d’identité"
    EXPERIENCE_PROOF = "experience_proof", "Justificatif d’expérience"
    TRAINING_PROOF = "training_proof", "Attestation de formation"
    EQUIVALENCE = "equivalence", "Justificatif d’équivalence ou de dispense"
    EVIDENCE = "evidence", "Preuve jointe au dossier de validation"
    PROOF = "proof", "Preuve de ce qui a été fait hors de Jalon"
    ADJUSTMENT_PROOF = "adjustment_proof", "Justificatif d’une demande d’aménagement"
    FIRST_REQUEST = "first_request", "Copie de la première demande"
    NOTIFICATION = "notification", "Copie de la notification de recevabilité"
    OTHER = "other", "Autre document"
    JOINED = "joined", "Pièce jointe à un message"
    REQUEST = "request", "Demande de recevabilité (Livret 1)"
    FEASIBILITY = "feasibility", "Dossier de faisabilité"
    ACKNOWLEDGEMENT = "acknowledgement", "Accusé de réception"
    DECISION = "decision", "Décision de recevabilité"
    PATH = "path", "Parcours personnalisé"
    VALIDATION = "validation", "Dossier de validation"
    SUMMONS = "summons", "Convocation"
    MINUTES = "minutes", "Procès-verbal"
    RESULT = "result", "Notification du résultat"
    RECTIFICATION = "rectification", "Rectification du résultat"
    CERTIFICATE = "certificate", "Certificat"
    ATTESTATION = "attestation", "Attestation de bloc"
    PLAN = "plan", "Plan d’actions après le jury"
    LEAVE = "leave", "Demande de congé VAE"
    SERVICE = "service", "Certificat de réalisation"


class OrganisationKind(Word):
    """What an organisation does in a journey."""

    ACCOMPANIST = "accompanist", "Organisme accompagnateur"
    CERTIFIER = "certifier", "Certificateur"


class Setting(Word):
    """What each certifier settles by its own rules (R-053, R-070, R-082, R-083, R-123)."""

    QUORUM = "quorum", "Quorum du jury"
    PARITY = "parity", "Parité employeurs – salariés"
    BLOC_VALIDITY = "bloc_validity", "Durée de validité d’un bloc acquis"
    JURY_DELAY = "jury_delay", "Délai du jury sur le parcours classique"
    FRAUD_ANSWER = "fraud_answer", "Délai pour répondre à une procédure pour fraude"
    JURY_READING = "jury_reading", "Lecture du dossier par le jury après le procès-verbal"
