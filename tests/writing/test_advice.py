"""Advice on what somebody writes: what each sentence is told, and that no word is quoted which was not written."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.law.coverage import count_words
from jalon.law.vocabulary import AdviceKind
from jalon.law.writing import LONGEST
from jalon.web.writing.helped import EXAMPLES
from jalon.writing.advice import (
    ACTIONS,
    LONG,
    MOST,
    QUESTIONS,
    SITUATION,
    Question,
    advice,
    asked,
)

WHO, DEED, SHORT = AdviceKind.WHO_ACTS, AdviceKind.DEED, AdviceKind.SHORT
LONG_ONE, OTHERS = AdviceKind.LONG_SENTENCE, AdviceKind.OTHERS

#: An answer on actions of any length: what it is told does not depend on how short it is.
ANY_LENGTH = Question(deeds=True, least=0, more="")

#: What people of the trade write of what they did, and what each is told.
WRITTEN = [
    ("J’ai tracé la virole à la pointe.", ()),
    ("J'ai pointé les deux demi-coquilles avant de souder.", ()),
    ("On trace, on coupe et on soude.", (WHO,)),
    ("Nous avons monté l’échafaudage.", (WHO,)),
    ("Avec mon collègue, nous avons levé la cuve et j’ai guidé le pontier.", (WHO,)),
    ("On m’a donné le plan et j’ai relevé les cotes.", ()),
    ("Le chef nous a réunis, puis j’ai préparé mon poste.", ()),
    ("La pièce a été contrôlée.", (WHO,)),
    ("Soudage TIG de tubes inox.", (WHO,)),
    ("Je m’occupe de la maintenance.", (DEED,)),
    ("Je participe aux réunions de sécurité.", (DEED,)),
    ("J’ai travaillé sur la ligne 3.", (DEED,)),
    ("Je gère les stocks.", (DEED,)),
    ("Je gère les stocks et je compte les boulons chaque lundi.", ()),
    ("Je suis chaudronnier.", (DEED,)),
    ("Je suis chargé de vérifier les élingues.", ()),
    ("Je dois régler le poste à 120 ampères.", ()),
    ("J’ai fait recuire la tôle.", ()),
    ("Je sais lire un plan.", ()),
    ("J’ai aidé, j’ai participé.", (DEED,)),
    ("J’ai demandé la gamme à M. Lefort.", (OTHERS,)),
    ("J’ai appelé le 06 00 00 00 00 pour la livraison.", (OTHERS,)),
    ("J’ai écrit à atelier@exemple.fr.", (OTHERS,)),
    ("J’ai prévenu madame la directrice.", ()),
    ("J’ai coupé un tube de 6 m. J’ai ébavuré.", ()),
    ("J’ai relevé 12,5 bars à 8 h 30.", ()),
    ("Mme Roux et moi, on a changé le joint.", (OTHERS, WHO)),
    ("Je mets l’interrupteur sur ON.", ()),
    (
        "J’ai pris le plan, j’ai regardé les cotes, j’ai préparé la tôle, j’ai tracé, j’ai coupé, j’ai plié "
        "et ensuite j’ai soudé puis j’ai meulé les bords de la cuve.",
        (LONG_ONE,),
    ),
    ("Je vais chercher les consignes, puis je les affiche.", ()),
    ("JE SOUDE ET ON CONTRÔLE.", (WHO,)),
    ("J’ai consigné l’armoire\nJ’ai vérifié l’absence de tension\nJ’ai démonté", ()),
]


@pytest.mark.parametrize(("text", "kinds"), WRITTEN)
def test_each_sentence_is_told_what_helps_and_nothing_else(
    text: str, kinds: tuple[AdviceKind, ...]
) -> None:
    assert tuple(one.kind for one in advice(ANY_LENGTH, text)) == kinds


#: Words that advice looks for, and any others.
PIECES = st.one_of(
    st.sampled_from(
        [
            "je",
            "j’",
            "j'ai",
            "nous",
            "on",
            "suis",
            "ai",
            "avons",
            "participe",
            "soudé",
            "Je",
            "On",
            "Nous",
            "M.",
            "Mme",
            "Durand",
            "06",
            "12",
            "34",
            "56",
            "78",
            "a@b.fr",
            "cuve",
            ".",
            "…",
            "!",
            ",",
            "«",
            "»",
            "de",
            "la",
            "\n",
        ]
    ),
    st.text(max_size=12),
)
TEXTS = st.lists(PIECES, max_size=60).map(" ".join)


@given(TEXTS, st.sampled_from(list(QUESTIONS.values())))
def test_what_is_quoted_was_written_word_for_word_and_stays_brief(
    text: str, question: Question
) -> None:
    told = advice(question, text)
    assert len(told) <= MOST
    for one in told:
        assert one.quote in text
        assert one.quote in one.said


@given(TEXTS)
def test_an_answer_is_told_once_of_each_thing_and_only_of_deeds_where_deeds_are_asked(
    text: str,
) -> None:
    kinds = [one.kind for one in advice(ACTIONS, text)]
    assert len(kinds) == len(set(kinds))
    assert not {WHO, DEED} & {one.kind for one in advice(SITUATION, text)}


@given(st.lists(st.sampled_from(["tôle", "cuve", "j’ai", "soudé"]), min_size=1, max_size=60))
def test_a_sentence_is_long_from_the_very_number_of_words(words: list[str]) -> None:
    text = " ".join(words)
    long = LONG_ONE in {one.kind for one in advice(SITUATION, text)}
    assert long == (count_words(text) > LONG)


@pytest.mark.parametrize(
    "piece",
    ["a", ".", "a.b-", "je ", "nous le ", "je suis ", "M. ", "06 ", "a@a.", "on a… ", "d’", "é\n"],
)
def test_the_longest_text_is_read_at_once_whatever_it_is_made_of(piece: str) -> None:
    start = process_time()
    advice(ACTIONS, (piece * LONGEST)[:LONGEST])
    assert process_time() - start < 2


def test_a_short_answer_is_told_what_to_add_and_an_empty_one_nothing() -> None:
    (told,) = advice(SITUATION, "À l’atelier.")
    assert told.kind == SHORT
    assert told.said == "2 mots seulement. Dites où, quand, et pour quel travail."
    assert advice(SITUATION, " \n ") == []


def test_several_places_are_told_as_one() -> None:
    (told,) = advice(ANY_LENGTH, "On trace. On coupe, puis nous soudons tout.")
    assert told.said.startswith("« On trace… »") and told.said.endswith("2 autres à revoir.")


def test_a_file_that_is_not_a_story_gets_no_advice() -> None:
    assert asked("act/drop_out", "comment") is None
    assert asked("bloc/3", "example_12") is QUESTIONS["bloc", "example"]


def test_the_examples_that_are_shown_follow_the_advice() -> None:
    for name, text in EXAMPLES.items():
        subject = name if name == "presentation" else "section"
        question = asked(subject, name)
        assert question and advice(question, text) == [], name
