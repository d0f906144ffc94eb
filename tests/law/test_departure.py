"""What is looked at before a validation file leaves: said, and never a reason to refuse."""

from dataclasses import replace

from jalon.law.coverage import Text, coverage
from jalon.law.departure import Departure, facts, missing, missing_to_candidate
from jalon.law.vocabulary import ReadThrough

LONG = "Je " + "règle la machine " * 40


def departure(**more: object) -> Departure:
    """Return a file in which nothing is missing, or some things changed."""
    answers = {"context": "À l’atelier.", "actions": LONG, "result": "Conforme."}
    text = Text("B1", "Usiner", "Régler", 1, answers, proofs=1)
    whole = Departure(
        blocs=tuple(coverage([text])),
        statement_signed=True,
        accompanied=True,
        ready=frozenset({"B1"}),
        ticked=frozenset(ReadThrough),
    )
    return replace(whole, **more)  # type: ignore[arg-type]


def test_a_file_in_order_leaves_without_a_word() -> None:
    assert missing(departure()) == ()
    assert all(one.in_order for one in facts(departure()))


def test_each_thing_that_is_missing_is_said_in_a_sentence() -> None:
    bare = Text("B1", "Usiner", "Régler", 1, {"context": "Ici."})
    said = missing(
        departure(
            blocs=tuple(coverage([bare])),
            statement_signed=False,
            remarks_open=2,
            adjustments_waiting=1,
            ready=frozenset(),
            ticked=frozenset(ReadThrough) - {ReadThrough.ALOUD},
        )
    )
    assert said == (
        "Des repères manquent dans : Usiner.",
        "Aucune preuve n’est jointe pour : Usiner.",
        "« J’ai écrit ce dossier moi-même » n’est pas signé.",
        "1 demande d’aménagement sans réponse.",
        "2 remarques à traiter.",
        "Blocs pas encore relus et prêts : Usiner.",
        "Pas encore coché : Le candidat a relu tout le dossier.",
    )


def test_a_candidate_reads_what_is_theirs_to_mend_and_not_what_others_tick() -> None:
    waiting = departure(remarks_open=1, ready=frozenset(), ticked=frozenset())
    assert missing_to_candidate(waiting) == (
        "1 remarque à traiter.",
        "La personne qui vous accompagne n’a pas fini de relire : parlez-en avec elle.",
    )
    assert missing_to_candidate(departure(accompanied=False, ready=frozenset())) == ()
    assert missing_to_candidate(departure()) == ()


def test_a_candidate_alone_is_asked_for_no_reading_by_somebody_else() -> None:
    alone = departure(accompanied=False, ready=frozenset(), ticked=frozenset())
    assert missing(alone) == ()
    assert {one.what for one in facts(alone)}.isdisjoint({"Relecture", "Remarques"})
