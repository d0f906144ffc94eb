"""What is looked at before a validation file leaves: facts that are checked, and points ticked by hand.

Nothing here keeps a file from leaving: what is missing is said, and kept with the sending.
"""

from dataclasses import dataclass

from jalon.law.coverage import BlocCoverage
from jalon.law.plurals import counted
from jalon.law.vocabulary import Mark, ReadThrough


@dataclass(frozen=True)
class Departure:
    """A file about to leave, and what was said of it: `ready` holds the blocs found ready as they stand."""

    blocs: tuple[BlocCoverage, ...]
    statement_signed: bool
    accompanied: bool
    remarks_open: int = 0
    adjustments_waiting: int = 0
    ready: frozenset[str] = frozenset()
    ticked: frozenset[ReadThrough] = frozenset()


@dataclass(frozen=True)
class Fact:
    """Something that was checked: what, whether it is in order, and why in a sentence."""

    what: str
    in_order: bool
    why: str


def facts(file: Departure) -> tuple[Fact, ...]:
    """Return what is checked of a file before it leaves, in the order in which one mends it."""
    own = (covered(file), proved(file), signed(file), answered(file))
    return (*own, settled(file), read_again(file)) if file.accompanied else own


def covered(file: Departure) -> Fact:
    """Each text has its situation, its first person and its length."""
    lacking = [one.title for one in file.blocs if lacks(one, frozenset(Mark) - {Mark.PROOF})]
    if not lacking:
        return Fact("Textes de tous les blocs", True, "Chaque texte atteint ses repères.")
    return Fact(
        "Textes de tous les blocs", False, f"Des repères manquent dans : {' ; '.join(lacking)}."
    )


def proved(file: Departure) -> Fact:
    """Each bloc has a proof at least."""
    bare = [one.title for one in file.blocs if not any(own.text.proofs for own in one.competences)]
    if not bare:
        return Fact("Preuves", True, "Chaque bloc a au moins une preuve.")
    return Fact("Preuves", False, f"Aucune preuve n’est jointe pour : {' ; '.join(bare)}.")


def lacks(bloc: BlocCoverage, marks: frozenset[Mark]) -> bool:
    """Say whether a text of a bloc misses one of some marks."""
    checks = (check for one in bloc.competences for check in one.checks)
    return any(check.mark in marks and not check.reached for check in checks)


def signed(file: Departure) -> Fact:
    """The candidate signed that they wrote it themselves."""
    if file.statement_signed:
        return Fact("Signature", True, "« J’ai écrit ce dossier moi-même » est signé.")
    return Fact("Signature", False, "« J’ai écrit ce dossier moi-même » n’est pas signé.")


def answered(file: Departure) -> Fact:
    """What was asked for the jury has its answer."""
    if not file.adjustments_waiting:
        return Fact("Aménagements", True, "Aucune demande n’attend de réponse.")
    return Fact(
        "Aménagements",
        False,
        f"{counted(file.adjustments_waiting, 'demande')} d’aménagement sans réponse.",
    )


def settled(file: Departure) -> Fact:
    """No remark waits."""
    if not file.remarks_open:
        return Fact("Remarques", True, "Aucune remarque n’attend d’être traitée.")
    return Fact("Remarques", False, f"{counted(file.remarks_open, 'remarque')} à traiter.")


def read_again(file: Departure) -> Fact:
    """Who accompanies found each bloc ready, as it stands."""
    left = [one.title for one in file.blocs if one.code not in file.ready]
    if not left:
        return Fact("Relecture", True, "Chaque bloc est relu et prêt.")
    return Fact("Relecture", False, f"Blocs pas encore relus et prêts : {' ; '.join(left)}.")


def missing(file: Departure) -> tuple[str, ...]:
    """Return what a file leaves without, in sentences: facts first, then points nobody ticked."""
    open_facts = tuple(one.why for one in facts(file) if not one.in_order)
    if not file.accompanied:
        return open_facts
    points = tuple(
        f"Pas encore coché : {one.label}." for one in ReadThrough if one not in file.ticked
    )
    return open_facts + points


def missing_to_candidate(file: Departure) -> tuple[str, ...]:
    """Return the same to the candidate: what is theirs to mend, and whether they are still read again."""
    again = read_again(file)
    said = tuple(one.why for one in facts(file) if not one.in_order and one != again)
    if not file.accompanied or (again.in_order and file.ticked >= frozenset(ReadThrough)):
        return said
    return (*said, "La personne qui vous accompagne n’a pas fini de relire : parlez-en avec elle.")
