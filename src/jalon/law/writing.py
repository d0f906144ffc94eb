"""When a file may be written, and by whom (R-017, R-051)."""

from dataclasses import dataclass

from jalon.law import stages
from jalon.law.nir import no_nir_written
from jalon.law.rulebook import Refusal, enforces
from jalon.law.vocabulary import Role, Stage


@dataclass(frozen=True)
class WritingWindow:
    """A file being written: at which stages, and by whom."""

    stages: frozenset[Stage]
    writers: frozenset[Role]


#: The feasibility file is filled in with the candidate, or for them: they read it and sign it.
FEASIBILITY = WritingWindow(
    stages.PREPARING | {Stage.FEASIBILITY_INCOMPLETE},
    frozenset({Role.CANDIDATE, Role.ARCHITECT, Role.HEAD}),
)
#: The validation file is the candidate's own work: they attest to it.
VALIDATION = WritingWindow(
    frozenset({Stage.ADMISSIBLE, Stage.VALIDATION_RETURNED}), frozenset({Role.CANDIDATE})
)

#: What a candidate types in the form of an act is theirs until they send it, at any stage.
OWN_FORMS = WritingWindow(frozenset(Stage), frozenset({Role.CANDIDATE}))
#: So is a message, on both sides.
MESSAGES = WritingWindow(frozenset(Stage), frozenset({Role.CANDIDATE, Role.ARCHITECT, Role.HEAD}))

#: Who remarks on the candidate's texts, and never writes in them.
REMARKERS = frozenset({Role.ARCHITECT, Role.HEAD})


#: Who types a text for a candidate, who reads it again before it counts.
HELPING = WritingWindow(VALIDATION.stages, REMARKERS)

#: Somebody whom a candidate named types by a link of theirs: no account writes there.
AIDING = WritingWindow(VALIDATION.stages, frozenset())

#: How many letters a text has at most that is saved as it is typed: a dozen pages.
LONGEST = 20_000


def may_keep(text: str) -> Refusal | None:
    """Refuse a text that is too long, or that holds what is never kept (R-121)."""
    if len(text) <= LONGEST:
        return no_nir_written(text)
    return Refusal.permission(
        f"Ce texte est trop long pour être enregistré\N{NO-BREAK SPACE}: raccourcissez-le {over(text)}."
    )


def may_stand_together(text: str) -> Refusal | None:
    """Refuse two texts written at once that make, as one, a text that is not kept (R-121)."""
    if len(text) <= LONGEST:
        return no_nir_written(text)
    return Refusal.permission(
        "Ce texte a aussi été écrit ailleurs, et les deux ensemble sont trop longs "
        f"{over(text)}\N{NO-BREAK SPACE}: copiez le vôtre, puis rechargez la page."
    )


def written_from(base: str) -> Refusal | None:
    """Refuse a text written from one that no page shows: it is longer than any that is kept."""
    if len(base) <= LONGEST:
        return None
    return Refusal.permission(
        "Ce texte ne peut pas être enregistré d’ici\N{NO-BREAK SPACE}: copiez-le, puis rechargez la page."
    )


def over(text: str) -> str:
    """Return by how many letters a text is too long: "d’une lettre", "de 1 200 lettres"."""
    letters = len(text) - LONGEST
    if letters == 1:
        return "d’une lettre"
    return f"de {letters:,} lettres".replace(",", "\N{NO-BREAK SPACE}")


@enforces("R-017", "R-051")
def may_write(window: WritingWindow, stage: Stage, able: frozenset[Role]) -> Refusal | None:
    """Refuse to change a file that has left, or that is another's work; writing undoes signatures."""
    if not able & window.writers:
        return Refusal(
            "R-051",
            "Ce texte est le travail personnel du candidat : dites-lui ce qui est à revoir.",
        )
    if stage in window.stages:
        return None
    return Refusal(
        "R-017", "Ce dossier ne se modifie plus à cette étape : relisez-le, ou appelez-nous."
    )


def may_help(stage: Stage, able: frozenset[Role]) -> Refusal | None:
    """Refuse to type for a candidate to whoever does not accompany them, or once the file has left."""
    if not able & HELPING.writers:
        return Refusal(
            "R-051", "Seule la personne qui accompagne ce dossier peut écrire pour le candidat."
        )
    if stage in HELPING.stages:
        return None
    return Refusal(
        "R-051", "Ce dossier n’est plus en cours d’écriture : parlez-en avec le candidat."
    )


def may_propose(*, waits: bool, changed: bool, same: bool) -> Refusal | None:
    """Refuse a text typed beside another that waits, from one that changed since, or that changes nothing."""
    if waits:
        return Refusal.permission(
            "Un texte attend déjà que le candidat le relise : il l’approuve ou l’écarte d’abord."
        )
    if changed:
        return Refusal.permission(
            "Ce texte a changé depuis que vous l’avez ouvert : copiez ce que vous avez écrit, puis "
            "rechargez la page."
        )
    if same:
        return Refusal.permission("Écrivez quelque chose : ce texte n’a pas changé.")
    return None


def may_settle(*, waits: bool) -> Refusal | None:
    """Refuse to settle a text that was settled, or that is not there."""
    if waits:
        return None
    return Refusal.permission(
        "Ce texte n’attend plus votre accord : il est déjà approuvé ou écarté."
    )


def may_reread(stage: Stage, able: frozenset[Role]) -> Refusal | None:
    """Refuse to say that a text is ready to whoever does not accompany it, or once it has left."""
    if not able & REMARKERS:
        return Refusal.permission(
            "Seule la personne qui accompagne ce dossier peut le relire ainsi : demandez-lui."
        )
    if stage in VALIDATION.stages:
        return None
    return Refusal.permission(
        "Ce dossier n’est plus en cours d’écriture : parlez-en avec le candidat."
    )


def may_be_ready(*, written: bool) -> Refusal | None:
    """Refuse to call ready a bloc that a jury could not judge."""
    if written:
        return None
    return Refusal.permission(
        "Ce bloc n’est pas encore écrit : chaque compétence demande une situation, des actions et un "
        "résultat. Faites plutôt une remarque."
    )
