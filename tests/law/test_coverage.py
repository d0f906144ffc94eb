"""What a text for the jury has and lacks: each mark says why, and none is a score."""

import pytest

from jalon.law.coverage import LEAST_WORDS, Text, count_words, coverage, words_to_write
from jalon.law.vocabulary import Mark


def text(actions: str = "J’ai réglé la machine.", **more: object) -> Text:
    """Return a text whose actions are these."""
    answers = {"context": "Dans mon atelier.", "actions": actions, "result": "Conforme."}
    said = {"bloc": "B1", "bloc_title": "Usiner", "competence": "Régler", "number": 1}
    return Text(**said | {"answers": answers, "proofs": 1} | more)  # type: ignore[arg-type]


def check(one: Text, mark: Mark) -> tuple[bool, str]:
    """Return whether a text reaches a mark, and why."""
    ((bloc,),) = (coverage([one]),)
    found = next(got for got in bloc.competences[0].checks if got.mark == mark)
    return found.reached, found.why


@pytest.mark.parametrize(
    "actions", ["J’ai lu le plan.", "D'abord j'ai lu le plan.", "Le matin, je règle le tour."]
)
def test_actions_said_with_i_reach_the_first_person(actions: str) -> None:
    assert check(text(actions), Mark.FIRST_PERSON)[0]


@pytest.mark.parametrize(
    ("actions", "why"),
    [
        ("La pièce a été contrôlée.", "Aucun « je »"),
        ("Nous avons monté la pièce, puis j’ai contrôlé.", "« nous »"),
        ("On monte la pièce, puis nous contrôlons, et je note.", "« nous » et « on »"),
        ("Jean a réglé la machine.", "Aucun « je »"),
        ("   ", "À raconter"),
    ],
)
def test_actions_that_hide_who_did_what_are_flagged_with_the_reason(actions: str, why: str) -> None:
    reached, said = check(text(actions), Mark.FIRST_PERSON)
    assert not reached and why in said


def test_a_text_without_a_situation_or_a_proof_says_what_is_awaited() -> None:
    bare = text(proofs=0, answers={"context": " ", "actions": "J’ai réglé."})
    assert check(bare, Mark.SITUATION) == (
        False,
        "À dire : où, quand et pour quel travail. Le jury part d’un cas réel.",
    )
    assert "Aucune preuve jointe" in check(bare, Mark.PROOF)[1]
    assert check(text(proofs=2), Mark.PROOF) == (True, "2 preuves jointes.")


def test_a_text_is_long_enough_at_the_very_number_of_words() -> None:
    short, enough = (
        text(answers={"actions": " ".join(["mot"] * count)})
        for count in (LEAST_WORDS - 1, LEAST_WORDS)
    )
    assert not check(short, Mark.LENGTH)[0]
    assert check(enough, Mark.LENGTH) == (True, f"{LEAST_WORDS} mots.")
    assert words_to_write([short, enough]) == 1


def test_words_are_counted_as_people_count_them() -> None:
    assert count_words("J’ai peut-être réglé l'axe : 3 fois !") == 6
    assert count_words(" … — ! ") == 0


def test_a_bloc_says_how_many_of_its_texts_reach_each_mark_and_when_none_lacks() -> None:
    one = text(number=1)
    other = text("On a réglé.", number=2, proofs=0)
    elsewhere = text(bloc="B2", bloc_title="Contrôler", number=3)
    first, second = coverage([one, other, elsewhere])
    assert [(label, reached, total) for label, reached, total in first.tally] == [
        (Mark.SITUATION.label, 2, 2),
        (Mark.FIRST_PERSON.label, 1, 2),
        (Mark.PROOF.label, 1, 2),
        (Mark.LENGTH.label, 0, 2),
    ]
    assert (first.title, second.title) == ("Usiner", "Contrôler")
    assert not first.complete
