"""Which act prints which paper, and what it says. A paper is drawn from the file and the journal."""

from collections.abc import Callable
from datetime import date, datetime, time

from jalon.documents.pdf import (
    Block,
    Paper,
    bullets,
    heading,
    note,
    pairs,
    sign,
    subheading,
    table,
    text,
)
from jalon.journeys.models import Clock, JournalEntry, Journey
from jalon.law.clocks import french, french_hour
from jalon.law.facts import BlocVote
from jalon.law.jury import bloc_awarded
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    ClaimLevel,
    ClockKind,
    DocumentKind,
    EvaluationForm,
    ExperienceKind,
    FeasibilityKind,
    Mastery,
    MeetingMode,
    Opinion,
    Outcome,
    PanelRole,
    Prerequisites,
    Route,
    Scope,
    SessionMode,
)
from jalon.now import PARIS

Builder = Callable[[Journey, JournalEntry], list[tuple[DocumentKind, str, Paper]]]


def papers(entry: JournalEntry) -> list[tuple[DocumentKind, str, Paper]]:
    """Return what an act prints: (kind, file name, paper) for each; nothing for most acts."""
    builder = PRINTED.get(Act(entry.act))
    return builder(entry.journey, entry) if builder else []


# ---------------------------------------------------------------- words


def french_date(value: date | datetime | None) -> str:
    """Return a date in French, or a dash."""
    if value is None:
        return "—"
    return french(value.astimezone(PARIS).date() if isinstance(value, datetime) else value)


def from_iso(value: str) -> date:
    """Return the date that the journal kept."""
    return date.fromisoformat(value[:10])


def name_of(journey: Journey) -> str:
    """Return the candidate's name."""
    return journey.candidate.get_full_name()


def demonstration(journey: Journey) -> str:
    """Return the watermark of papers drawn from demonstration blocs."""
    shown = journey.certification.blocs.filter(demonstration=True).exists()
    return "DÉMONSTRATION" if shown else ""


def paper(
    journey: Journey,
    entry: JournalEntry,
    title: str,
    issuer: str,
    blocks: list[Block],
    subtitle: str = "",
) -> Paper:
    """Return a paper about a journey, dated by the act that prints it."""
    return Paper(
        title=title,
        subtitle=subtitle,
        reference=journey.reference,
        issuer=issuer,
        day=entry.at.astimezone(PARIS).date(),
        watermark=demonstration(journey),
        facts=(
            ("Candidat", name_of(journey)),
            ("Certification", f"{journey.certification.title} ({journey.certification.code})"),
            ("Objectif", Scope(journey.scope).label),
            ("Procédure", Route(journey.route).label),
            ("Date", french_date(entry.at)),
        ),
        blocks=tuple(blocks),
    )


def accompanist(journey: Journey) -> str:
    """Return who issues a paper on the candidate's side."""
    return journey.organisation.name if journey.organisation else name_of(journey)


# ---------------------------------------------------------------- the files


@enforces("R-037")
def feasibility(journey: Journey, entry: JournalEntry) -> list[tuple[DocumentKind, str, Paper]]:
    """The feasibility file as it was sent: no field foreign to a CQPM appears in it (R-013, R-037)."""
    file = journey.feasibility
    profile = journey.candidate.candidate_profile
    accompanied = journey.accompaniment == Accompaniment.ACCOMPANIED
    blocks = [
        heading("1. Certification visée"),
        pairs(
            ("Intitulé", journey.certification.title),
            ("Numéro RNCP", journey.certification.code),
            ("Certificateur", journey.certifier.name),
            ("Type de demande", FeasibilityKind(file.kind).label),
            ("Recevabilité déjà obtenue jusqu’au", french_date(file.admissible_until)),
            ("Blocs visés", " ; ".join(str(bloc) for bloc in journey.targeted.all())),
        ),
        heading("2. Prérequis"),
        text(Prerequisites(file.prerequisites).label if file.prerequisites else "—"),
        heading("3. Candidat"),
        pairs(
            ("Civilité", profile.get_civility_display()),
            ("Nom de naissance", profile.birth_name),
            ("Prénoms", f"{journey.candidate.first_name} {profile.other_first_names}".strip()),
            ("Né(e) le", french_date(profile.born_on)),
            ("À", f"{profile.birth_town} {profile.birth_department} {profile.birth_country}"),
            ("Nationalité", profile.nationality),
            ("Adresse", f"{profile.street}, {profile.postcode} {profile.town}"),
            ("Courriel", journey.candidate.email),
            ("Situation", profile.get_situation_display()),
            ("Convention collective", profile.collective_agreement),
            ("Niveau d’études", profile.get_education_level_display()),
            (
                "Certification la plus élevée",
                f"{profile.get_certification_level_display()} {profile.certification_title}",
            ),
        ),
        text(file.goals or "Attentes : non précisées."),
        heading("4. Expériences"),
        table(
            ("Poste", "Où", "Quand", "Activités"),
            *(
                (
                    f"{one.title} ({ExperienceKind(one.kind).label})",
                    f"{one.employer} {one.town}".strip() or "—",
                    f"{french_date(one.started_on)} – {french_date(one.ended_on) if one.ended_on else 'aujourd’hui'}",
                    one.activities,
                )
                for one in journey.experiences.all()
            ),
        ),
        heading("5. Blocs et compétences"),
        *claimed_blocs(journey),
        heading("6. Formations"),
        pairs(
            ("Suivies", file.trainings_followed),
            ("Choisies", " ; ".join(file.trainings_chosen) or "Aucune"),
        ),
    ]
    if accompanied:
        blocks += [
            heading("7. Accompagnement et avis"),
            pairs(
                ("Organisme", accompanist(journey)),
                ("Heures individuelles", str(file.hours_individual or 0)),
                ("Heures collectives", str(file.hours_group or 0)),
                ("Heures de formation", str(file.hours_training or 0)),
                ("Avis", Opinion(file.opinion).label if file.opinion else "—"),
                ("Motifs", file.opinion_comment),
            ),
        ]
    blocks += [
        heading("Déclaration sur l’honneur"),
        text(
            "Je déclare sur l’honneur que les informations de ce dossier sont exactes et que je "
            "respecte les limites de dépôt de l’année civile."
        ),
        sign(file.sworn_name or name_of(journey), french_date(file.sworn_at)),
    ]
    title = "Dossier de faisabilité"
    printed = paper(journey, entry, title, accompanist(journey), blocks)
    return [
        (
            DocumentKind.FEASIBILITY,
            f"Dossier de faisabilité {journey.reference} {entry.number}.pdf",
            printed,
        )
    ]


def claimed_blocs(journey: Journey) -> list[Block]:
    """Return how the candidate covers each targeted bloc."""
    claims = {claim.competence_id: claim for claim in journey.feasibility.competences.all()}
    texts = {claim.bloc_id: claim.text for claim in journey.feasibility.blocs.all()}
    blocks: list[Block] = []
    for bloc in journey.targeted.prefetch_related("competences"):
        blocks += [subheading(f"{bloc.code} · {bloc.title}"), text(texts.get(bloc.pk) or "—")]
        rows = []
        for competence in bloc.competences.all():
            claim = claims.get(competence.pk)
            level = ClaimLevel(claim.level).label if claim else "—"
            rows.append((competence.title, level, claim.example if claim else "—"))
        blocks.append(table(("Compétence", "Je sais le faire", "Exemple"), *rows))
    return blocks


def validation(journey: Journey, entry: JournalEntry) -> list[tuple[DocumentKind, str, Paper]]:
    """The validation file as it was sent: one part a bloc, then a competence (R-050, R-051)."""
    attempt = journey.attempt
    file = attempt.validation
    blocks = [heading("Présentation"), text(file.presentation or "—")]
    for bloc in attempt.blocs.order_by("position"):
        blocks.append(heading(f"{bloc.code} · {bloc.title}"))
        for section in file.sections.filter(competence__bloc=bloc):
            blocks.append(subheading(section.competence.title))
            blocks += [pairs(answer) for answer in section.answers]
            evidence = [str(one) for one in section.evidence.filter(removed_at__isnull=True)]
            if evidence:
                blocks.append(bullets(*(f"Preuve : {one}" for one in evidence)))
    blocks += [
        heading("Attestation d’originalité"),
        text("J’atteste que ce dossier est mon travail et décrit mon expérience."),
        sign(file.originality_name, french_date(file.originality_at)),
        note(f"Empreinte du texte envoyé (SHA-256) : {file.fingerprint}"),
    ]
    printed = paper(
        journey,
        entry,
        "Dossier de validation",
        accompanist(journey),
        blocks,
        f"Passage n° {attempt.number}",
    )
    name = f"Dossier de validation {journey.reference} passage {attempt.number}.pdf"
    return [(DocumentKind.VALIDATION, name, printed)]


# ---------------------------------------------------------------- the certifier's letters


@enforces("R-027")
def acknowledgement(journey: Journey, entry: JournalEntry) -> list[tuple[DocumentKind, str, Paper]]:
    """The acknowledgement: the certain date is that of the complete file."""
    clock = Clock.objects.filter(journey=journey, kind=ClockKind.DECISION).last()
    due = clock.limit_on if clock else None
    blocks = [
        text(
            f"Votre dossier de faisabilité est complet. Nous l’avons reçu complet le "
            f"{french_date(journey.feasibility.completed_on)}."
        ),
        pairs(
            ("Décision attendue au plus tard le", french_date(due)),
            ("Calcul", clock.explanation if clock else ""),
            ("Texte", "Code du travail, R6412-4"),
        ),
        text("Sans réponse à cette date, votre demande est recevable."),
    ]
    printed = paper(journey, entry, "Accusé de réception", journey.certifier.name, blocks)
    return [
        (
            DocumentKind.ACKNOWLEDGEMENT,
            f"Accusé de réception {journey.reference} {entry.number}.pdf",
            printed,
        )
    ]


def decision(journey: Journey, entry: JournalEntry) -> list[tuple[DocumentKind, str, Paper]]:
    """The decision on admissibility, with its gaps and recommendations (R-032)."""
    taken = journey.decisions.filter(revoked_at__isnull=True).prefetch_related("gaps").first()
    if taken is None:
        return []
    said = "recevable" if taken.admissible else "non recevable"
    if taken.tacit:
        opening = (
            "Le certificateur n’a pas répondu dans les deux mois : votre demande est recevable. "
            "L’avis officiel vient du GIP qui gère le service public de la VAE."
        )
    else:
        opening = f"Votre demande est déclarée {said}."
    blocks = [text(opening)]
    if taken.reason:
        blocks += [heading("Motifs"), text(taken.reason)]
    if gaps := [(gap.target, gap.text) for gap in taken.gaps.all()]:
        blocks += [heading("Écarts constatés"), table(("Compétence ou bloc", "Écart"), *gaps)]
    if taken.recommendations:
        blocks += [heading("Recommandations"), text(taken.recommendations)]
    if taken.valid_until:
        blocks.append(pairs(("Recevabilité valable jusqu’au", french_date(taken.valid_until))))
    printed = paper(
        journey,
        entry,
        "Décision de recevabilité",
        journey.certifier.name,
        blocks,
        said.capitalize(),
    )
    return [
        (
            DocumentKind.DECISION,
            f"Décision de recevabilité {journey.reference} {entry.number}.pdf",
            printed,
        )
    ]


@enforces("R-056")
def summons(journey: Journey, entry: JournalEntry) -> list[tuple[DocumentKind, str, Paper]]:
    """The summons: when, where, how, how long, with what, and whom to ask for an adjustment."""
    said = entry.facts
    remote = said["mode"] == SessionMode.REMOTE
    blocks = [
        text("Vous êtes convoqué devant le jury."),
        pairs(
            ("Date", french_date(from_iso(said["held_on"]))),
            ("Heure", french_hour(time.fromisoformat(said["starts_at"]))),
            ("Où", said["link"] if remote else said["place"]),
            ("Modalité", SessionMode(said["mode"]).label),
            ("Forme", EvaluationForm(said["form"]).label),
            ("Durée", f"{said['minutes']} minutes"),
            ("À apporter", said["documents"]),
            ("Besoin d’un aménagement ?", said["accessibility_contact"]),
        ),
    ]
    printed = paper(journey, entry, "Convocation devant le jury", journey.certifier.name, blocks)
    return [(DocumentKind.SUMMONS, f"Convocation {journey.reference} {entry.number}.pdf", printed)]


def minutes(journey: Journey, entry: JournalEntry) -> list[tuple[DocumentKind, str, Paper]]:
    """The minutes of a deliberation for one candidate (R-061…R-076)."""
    said = entry.facts
    targeted = list(journey.targeted.prefetch_related("competences"))
    blocs = {bloc.code: str(bloc) for bloc in targeted}
    titles = {one.pk: one.title for bloc in targeted for one in bloc.competences.all()}
    blocks = [
        heading("Jury"),
        table(
            ("Membre", "Rôle", "Qualifié", "Déclaration d’indépendance"),
            *(
                (
                    one["name"],
                    PanelRole(one["role"]).label,
                    "oui" if one["qualified"] else "non",
                    f"signée le {french_date(from_iso(one['declared_on']))}"
                    if one["declared_on"]
                    else "—",
                )
                for one in said["panel"]
                if one["present"]
            ),
        ),
        heading("Évaluation par compétence"),
        table(
            ("Compétence", "Constat"),
            *(
                (
                    titles.get(int(one["competence"]), one["competence"]),
                    Mastery(one["mastery"]).label,
                )
                for one in said["scores"]
            ),
        ),
        heading("Décision par bloc"),
        table(
            ("Bloc", "Pour", "Contre", "Décision", "Motif"),
            *(
                (
                    blocs.get(one["bloc"], one["bloc"]),
                    str(one["votes_for"]),
                    str(one["votes_against"]),
                    "Acquis" if bloc_awarded(BlocVote(**one)) else "Non acquis",
                    one["ground"] or "—",
                )
                for one in said["votes"]
            ),
        ),
        pairs(
            ("Résultat", Outcome(journey.attempt.outcome).label),
            ("Réserve", said["condition"]),
            ("Session", said["session"]),
            ("Tenue le", french_date(from_iso(said["held_on"]))),
        ),
    ]
    president = next(one["name"] for one in said["panel"] if one["role"] == PanelRole.PRESIDENT)
    blocks.append(sign(f"{president}, président du jury", french_date(entry.at)))
    printed = paper(journey, entry, "Procès-verbal de délibération", journey.certifier.name, blocks)
    return [
        (DocumentKind.MINUTES, f"Procès-verbal {journey.reference} {entry.number}.pdf", printed)
    ]


def result(journey: Journey, entry: JournalEntry) -> list[tuple[DocumentKind, str, Paper]]:
    """The notice of the result, bloc by bloc, and what may follow (R-074, R-079, R-081)."""
    won = list(journey.awards.filter(withdrawn_on__isnull=True).select_related("bloc"))
    held = {award.bloc_id for award in won}
    missing = [str(bloc) for bloc in journey.targeted.all() if bloc.pk not in held]
    outcome = Outcome(journey.attempt.outcome)
    blocks = [text(f"Le jury a rendu sa décision : {outcome.label.lower()}.")]
    if won:
        rows = [
            (
                str(award.bloc),
                french_date(award.awarded_on),
                french_date(award.valid_until) if award.valid_until else "Sans limite",
            )
            for award in won
        ]
        blocks += [heading("Blocs acquis"), table(("Bloc", "Acquis le", "Valable jusqu’au"), *rows)]
    if missing:
        blocks += [
            heading("Ce qui reste à obtenir"),
            bullets(*missing),
            text(
                "Un entretien post-jury vous est proposé : il sert à préparer la suite, pour obtenir "
                "la certification entière ou choisir un autre projet."
            ),
        ]
    if outcome == Outcome.NONE:
        blocks.append(
            note(
                "Si vous contestez cette décision, écrivez d’abord au certificateur. Il enregistre "
                "votre réclamation et vous répond."
            )
        )
    printed = paper(
        journey, entry, "Résultat du jury", journey.certifier.name, blocks, outcome.label
    )
    return [(DocumentKind.RESULT, f"Résultat {journey.reference} {entry.number}.pdf", printed)]


def awards(journey: Journey, entry: JournalEntry) -> list[tuple[DocumentKind, str, Paper]]:
    """The certificate when the whole is acquired, and an attestation for each bloc (R-073, R-080)."""
    printed = []
    certification = journey.certification
    won = list(journey.awards.filter(withdrawn_on__isnull=True).select_related("bloc"))
    if {award.bloc_id for award in won} >= set(certification.blocs.values_list("pk", flat=True)):
        blocks = [
            text(f"{name_of(journey)} a obtenu la certification"),
            heading(certification.title),
            pairs(
                ("Numéro RNCP", certification.code),
                ("Niveau", str(certification.level or "—")),
                ("Acquise le", french_date(max(award.awarded_on for award in won))),
            ),
        ]
        certificate = paper(journey, entry, "Certificat", journey.certifier.name, blocks)
        printed.append(
            (DocumentKind.CERTIFICATE, f"Certificat {journey.reference}.pdf", certificate)
        )
    for award in won:
        blocks = [
            text(f"{name_of(journey)} a acquis le bloc de compétences suivant."),
            pairs(
                ("Bloc", f"{award.bloc.code} · {award.bloc.title}"),
                ("Acquis le", french_date(award.awarded_on)),
                ("Code de vérification", award.verification_code),
            ),
        ]
        one = paper(
            journey, entry, "Attestation de bloc de compétences", journey.certifier.name, blocks
        )
        printed.append(
            (DocumentKind.ATTESTATION, f"Attestation {award.bloc.code} {entry.number}.pdf", one)
        )
    return printed


# ---------------------------------------------------------------- the accompanist's papers


def path(journey: Journey, entry: JournalEntry) -> list[tuple[DocumentKind, str, Paper]]:
    """The personal path that the candidate accepted (R-090)."""
    proposed = journey.journal.filter(act=Act.PROPOSE_PATH).last()
    if proposed is None:
        return []
    said = proposed.facts
    blocks = [
        heading("Calendrier"),
        table(
            ("Jalon", "Pour le"),
            *((one["title"], french_date(from_iso(one["due_on"]))) for one in said["milestones"]),
        ),
        heading("Accompagnement"),
        pairs(
            ("Heures individuelles", str(said["hours_individual"])),
            ("Heures collectives", str(said["hours_group"])),
            ("Heures de formation", str(said["hours_training"])),
            ("Modalité", MeetingMode(said["mode"]).label),
        ),
    ]
    printed = paper(journey, entry, "Parcours personnalisé", accompanist(journey), blocks)
    return [(DocumentKind.PATH, f"Parcours {journey.reference} {entry.number}.pdf", printed)]


def plan(journey: Journey, entry: JournalEntry) -> list[tuple[DocumentKind, str, Paper]]:
    """The plan that came out of the post-jury meeting (R-081)."""
    said = entry.facts
    titles = {bloc.code: bloc.title for bloc in journey.targeted.all()}
    blocks = [heading("Compte rendu"), text(said["report"])]
    if said["actions"]:
        rows = [
            (
                titles.get(one["bloc"], one["bloc"]),
                one["action"],
                one["who"],
                french_date(from_iso(one["due_on"])),
            )
            for one in said["actions"]
        ]
        blocks += [heading("Plan d’actions"), table(("Bloc", "Action", "Qui", "Pour le"), *rows)]
    if said["alternative"]:
        blocks += [heading("Autre projet"), text(said["alternative"])]
    printed = paper(journey, entry, "Plan d’actions post-jury", accompanist(journey), blocks)
    return [(DocumentKind.PLAN, f"Plan post-jury {journey.reference} {entry.number}.pdf", printed)]


PRINTED: dict[Act, Builder] = {
    Act.ACCEPT_PATH: path,
    Act.SEND_FEASIBILITY: feasibility,
    Act.DECLARE_COMPLETE: acknowledgement,
    Act.DECLARE_ADMISSIBLE: decision,
    Act.DECLARE_INADMISSIBLE: decision,
    Act.ADMIT_TACITLY: decision,
    Act.CONFIRM_TACIT: decision,
    Act.OVERTURN_TACIT: decision,
    Act.SEND_VALIDATION: validation,
    Act.SCHEDULE_HEARING: summons,
    Act.RECORD_DELIBERATION: minutes,
    Act.NOTIFY_FULL: result,
    Act.NOTIFY_CONDITIONAL: result,
    Act.NOTIFY_TARGETED: result,
    Act.NOTIFY_PARTIAL: result,
    Act.NOTIFY_NONE: result,
    Act.ISSUE_DOCUMENTS: awards,
    Act.HOLD_POST_JURY: plan,
}
