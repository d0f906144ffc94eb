"""A certification as everybody reads it: is it for me, how long, how much, how the jury goes."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from jalon.catalogue.actions import load
from jalon.catalogue.models import Competence, Opening

pytestmark = pytest.mark.django_db

CODE = "RNCP36086"


@pytest.fixture(autouse=True)
def catalogue() -> None:
    """The sheets of a new installation."""
    load()


def read(code: str = CODE, **said: str) -> str:
    """Return a sheet as anybody sees it, its lines joined."""
    answer = Client().get(reverse("public:sheet", args=[code]), said)
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ").split())


def answers(code: str, practice: str) -> dict[str, str]:
    """Return the same answer for each task of a certification."""
    found = Competence.objects.filter(bloc__certification__code=code)
    return {f"tache-{one.pk}": practice for one in found}


def test_the_tasks_are_competences_of_every_bloc_eight_at_most() -> None:
    text = read("RNCP38622")
    assert "Réaliser le programme d’usinage" in text
    Competence.objects.bulk_create(
        Competence(bloc_id=Competence.objects.earliest("pk").bloc_id, title="Autre", position=n)
        for n in range(20, 30)
    )
    for code in ("RNCP38622", CODE):
        assert 5 <= read(code).count("radiogroup") <= 8


def test_whoever_does_every_task_is_told_the_share_and_may_aim_at_the_whole() -> None:
    text = read("RNCP38901", **answers("RNCP38901", "oui"))
    assert "Vous faites 6 tâches sur 6." in text
    assert "Vous pouvez viser la certification entière" in text


def test_whoever_does_one_bloc_applies_for_it() -> None:
    bloc = Competence.objects.filter(bloc__certification__code="RNCP38901").earliest("pk").bloc
    said = {f"tache-{one.pk}": "oui" for one in bloc.competences.all()}
    text = read("RNCP38901", **said)
    assert "Vous faites 2 tâches sur 6." in text
    assert f"?bloc={bloc.code}" in text
    assert "Déposer ma candidature pour ce que je fais" in text


@pytest.mark.rule("R-008")
def test_whoever_does_a_little_may_apply_and_whoever_does_nothing_is_shown_the_others() -> None:
    little = read("RNCP38901", **answers("RNCP38901", "un-peu"))
    assert "Rien ne vous empêche de déposer votre candidature" in little
    assert "et 6 un peu" in little
    nothing = read("RNCP38901", **answers("RNCP38901", "non"))
    assert "Ce n’est sans doute pas votre métier" in nothing
    assert "Voir les autres" in nothing
    assert "Déposer ma candidature" in nothing


def test_an_answer_that_is_none_is_no_answer() -> None:
    assert "Vous faites" not in read("RNCP38901", **answers("RNCP38901", "peut-être"))


def test_the_delays_of_the_law_stand_with_their_texts_and_the_jury_in_its_form() -> None:
    text = read("RNCP38901")
    assert "2 mois au plus après un dossier complet" in text
    assert "Code du travail, R6412-5 al. 2" in text
    assert "Mise en situation professionnelle puis entretien" in text
    assert "Déposer votre candidature ici ne coûte rien." in text


def test_on_the_2002_route_no_delay_of_the_portal_is_promised() -> None:
    text = read("RNCP38903")
    assert "R335-7" in text
    assert "15 jours au plus" not in text


def test_the_article_is_behind_why_and_the_codes_are_folded_at_the_end() -> None:
    text = read("RNCP38901")
    assert text.index("Est-ce pour moi ?") < text.index("Combien de temps ?")
    assert text.index("Devant le jury") < text.index("Pourquoi ?") < text.index("Numéro, certif")
    assert "<summary>Pourquoi ?</summary> <p>Texte appliqué : Code du travail, R6412-2" in text


def test_a_closed_sheet_says_why_at_once_and_offers_neither_tasks_nor_application() -> None:
    text = read("RNCP24895")
    assert "Pas de nouveau parcours" in text
    assert "Est-ce pour moi" not in text
    assert "Déposer ma candidature" not in text


@pytest.mark.rule("R-001")
def test_a_date_of_the_portal_that_nobody_read_is_shown_as_demonstration() -> None:
    assert "Date de démonstration" in read("RNCP38901")
    Opening.objects.update(source="Arrêté du 2 janvier 2025")
    text = read("RNCP38901")
    assert "Date de démonstration" not in text
    assert "Ouverte depuis le 1er septembre 2024." in text
    assert "Arrêté du 2 janvier 2025" in text
