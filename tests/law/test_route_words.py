"""The words of each route: those of the other are nowhere."""

import pytest

from jalon.law.guidance import BY_STAGE, STEPS
from jalon.law.lifecycle import TABLE
from jalon.law.route_words import in_words_of
from jalon.law.vocabulary import Act, Route, Stage

OTHERS = ("ossier de faisabilité", "ossier de validation")


@pytest.mark.rule("R-133")
def test_no_label_or_advice_of_the_2002_route_has_the_words_of_france_vae():
    rows = [row for row in TABLE if Route.LAW_2002 in row.routes]
    said = [row.done for row in rows] + [row.act.label for row in rows]
    said += [stage.label for stage in Stage] + list(STEPS)
    for told in BY_STAGE.values():
        said += [told.title, told.next, told.waits]
    for sentence in said:
        there = in_words_of(Route.LAW_2002, sentence)
        assert not any(word in there for word in OTHERS), there
        assert "GIP" not in there and "France VAE" not in there, there


@pytest.mark.rule("R-133")
@pytest.mark.parametrize(
    ("spoken", "there"),
    [
        ("Mon dossier de faisabilité", "Ma demande de recevabilité (Livret 1)"),
        (
            "Remplissez le dossier de faisabilité, puis signez-le.",
            "Remplissez la demande de recevabilité (Livret 1), puis signez-la.",
        ),
        (Stage.FEASIBILITY_COMPLETE.label, "Demande de recevabilité (Livret 1) complète"),
        (Act.SEND_FEASIBILITY.label, "Envoyer la demande de recevabilité (Livret 1)"),
        (Act.SEND_VALIDATION.label, "Envoyer le Livret 2"),
        ("Écrivez le dossier de validation.", "Écrivez le Livret 2."),
        (
            "Votre dossier de faisabilité est parti",
            "Votre demande de recevabilité (Livret 1) est partie",
        ),
        (
            "le candidat relit et signe son dossier de faisabilité",
            "le candidat relit et signe sa demande de recevabilité (Livret 1)",
        ),
        (
            "Votre dossier de faisabilité est complet. Nous l’avons reçu complet le 3 mars.",
            "Votre demande de recevabilité (Livret 1) est complète. Nous l’avons reçue complète le "
            "3 mars.",
        ),
        ("Une phrase.", "Une phrase."),
    ],
)
def test_articles_and_agreements_follow_the_words_of_2002(spoken, there):
    assert in_words_of(Route.LAW_2002, spoken) == there
    assert in_words_of(Route.FRANCE_VAE, spoken) == spoken
