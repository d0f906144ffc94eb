"""Who does what in a text: what is hidden, and which verbs show a deed."""

import pytest

from jalon.law.first_person import hidden_doers, vague_deeds


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On monte la pièce.", ["On"]),
        ("A-t-on contrôlé ? Oui.", ["on"]),
        ("Nous ne les avons pas soudés.", ["Nous ne les avons"]),
        ("Nous nous sommes partagé le travail.", ["Nous nous sommes"]),
        ("Le chef nous a dit de couper.", []),
        ("On m’a demandé de couper.", []),
        ("On ne m'a rien dit.", []),
        ("J’ai mis le bouton sur ON.", []),
        ("Chez nous les pistons sont vérifiés.", []),
        ("ON MONTE LA PIÈCE.", ["ON"]),
    ],
)
def test_on_and_nous_hide_who_acted_only_when_they_act(text: str, found: list[str]) -> None:
    assert [one.group() for one in hidden_doers(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "J’ai tracé.",
        "Je dois contrôler la cote.",
        "Je suis chargé de préparer les gaz.",
        "Je suis monté sur la cuve.",
        "Je me suis brûlé, puis j’ai rangé.",
        "J’ai fait chauffer le four.",
        "Je suis le plan.",
        "Je participe aux essais et je note les cotes.",
        "J’ai l’habitude de vérifier.",
        "Tout est prêt.",
    ],
)
def test_a_verb_that_shows_a_deed_or_might_is_left_alone(text: str) -> None:
    assert vague_deeds(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Je participe aux essais.", ["Je participe"]),
        ("Je m’occupe toujours des cuves.", ["Je m’occupe"]),
        ("J'ai souvent travaillé en équipe.", ["J'ai souvent travaillé"]),
        ("Je suis soudeur.", ["Je suis soudeur"]),
        ("Je suis intervenu sur la cuve.", ["Je suis intervenu"]),
        ("Je me suis occupée du stock. J’ai aidé.", ["Je me suis occupée", "J’ai aidé"]),
        ("Je fais la maintenance.", ["Je fais"]),
    ],
)
def test_verbs_that_show_no_deed_are_quoted_as_they_stand(text: str, found: list[str]) -> None:
    assert vague_deeds(text) == found
