"""What a text says of other people: found where it names somebody, left alone where it does not."""

import pytest

from jalon.law.personal_data import of_others


@pytest.mark.rule("R-126")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Appeler M. Durand au 06 12 34 56 78.", ["M. Durand", "06 12 34 56 78"]),
        ("Son numéro : +33 6.12.34.56.78", ["+33 6.12.34.56.78"]),
        ("Écrire à claire.petit@exemple.fr.", ["claire.petit@exemple.fr"]),
        ("Mme de Villiers m’a formé.", ["Mme de Villiers"]),
        ("Madame Élise Roy et monsieur d’Aubigné", ["Madame Élise", "monsieur d’Aubigné"]),
        ("Monsieur le directeur est venu.", []),
        ("Le plan 0412345678912 indique 0,612345678 m.", []),
        ("Une barre de 12 M. Ensuite je coupe.", []),
        ("Un tube de 6 mètres, à 3 bars.", []),
        ("Mon chef d’équipe a vérifié.", []),
    ],
)
def test_what_tells_of_somebody_else_is_found_word_for_word(text: str, found: list[str]) -> None:
    assert of_others(text) == found
