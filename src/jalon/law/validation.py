"""The validation file (R-047…R-051)."""

from datetime import date

from jalon.law import stages
from jalon.law.case import Case
from jalon.law.clocks import french
from jalon.law.facts import Extension, Facts
from jalon.law.rulebook import Refusal, enforces
from jalon.law.vocabulary import Route, Stage


@enforces("R-049")
def admissibility_in_force(case: Case, facts: Facts) -> Refusal | None:
    """A validation file needs an admissibility, express or tacit, that has not lapsed."""
    if case.admissibility and case.admissibility.admissible:
        return None
    return Refusal("R-049", "Le dossier de validation vient après la recevabilité.")


@enforces("R-047")
def validity_not_over(case: Case, facts: Facts) -> Refusal | None:
    """On the 2002 route nothing lapses; the limit written by the certifier applies."""
    if case.route != Route.LAW_2002 or case.admissibility is None:
        return None
    until = case.admissibility.valid_until
    if until is None or case.today <= until:
        return None
    return Refusal(
        "R-047",
        "La recevabilité n’est plus valable : demandez une prolongation au certificateur.",
    )


@enforces("R-047")
def admissible_now(case: Case) -> Refusal | None:
    """What is extended is a favourable decision in force."""
    if case.admissibility and case.admissibility.admissible:
        return None
    return Refusal("R-047", "Aucune recevabilité n’est en cours sur ce parcours.")


@enforces("R-047")
def no_extension_asked(case: Case) -> Refusal | None:
    """A request for an extension waits for its answer before another."""
    if case.extension_asked_on is None:
        return None
    return Refusal("R-047", "Votre demande de prolongation attend la réponse du certificateur.")


@enforces("R-047")
def counts_until(case: Case, stage: Stage) -> date | None:
    """Return the limit that runs again when a journey of the 2002 route comes back to a stage.

    None on the other route, where an admissibility does not matter, and once its limit is past.
    """
    held = case.admissibility
    matters = stage in stages.BEFORE_SENDING | stages.AFTER_SENDING
    if case.route != Route.LAW_2002 or held is None or not matters:
        return None
    return held.valid_until if held.valid_until and held.valid_until >= case.today else None


@enforces("R-047")
def extension_asked(case: Case) -> Refusal | None:
    """Only a request that was made is refused."""
    if case.extension_asked_on is not None:
        return None
    return Refusal("R-047", "Aucune prolongation n’est demandée.")


@enforces("R-047")
def extension_later(case: Case, facts: Extension) -> Refusal | None:
    """An extension ends after today, and after the limit that it moves."""
    known = case.admissibility.valid_until if case.admissibility else None
    earliest = max(known or case.today, case.today)
    if facts.valid_until > earliest:
        return None
    return Refusal("R-047", f"Choisissez une date après le {french(earliest)}, la limite actuelle.")


@enforces("R-050")
def every_section_written(case: Case, facts: Facts) -> Refusal | None:
    """Each competence of each targeted bloc has its text."""
    if not case.validation.blocs:
        return Refusal("R-050", "Le dossier de validation est vide : décrivez chaque compétence.")
    missing = case.validation.sections_missing
    if not missing:
        return None
    return Refusal("R-050", f"Il reste à écrire : {' ; '.join(missing)}.")


@enforces("R-050", "R-073")
def only_missing_blocs(case: Case, facts: Facts) -> Refusal | None:
    """A file has a section for each targeted bloc not acquired yet when it was opened, and for no other.

    A bloc whose time ends while the file is written (R-083) waits for the next one.
    """
    written, missing = case.validation.blocs, case.missing_blocs
    if written <= missing and missing - written <= case.over_blocs:
        return None
    return Refusal("R-050", "Le dossier porte sur les blocs qui restent à obtenir, et eux seuls.")


@enforces("R-051")
def originality_signed(case: Case) -> Refusal | None:
    """The candidate signed that the text is theirs."""
    if case.validation.originality_on is not None:
        return None
    return Refusal("R-051", "Signez d’abord « J’ai écrit ce dossier moi-même ».")
