"""What everybody may read: the five steps, where to go, and whether an attestation is true."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from jalon.demo.scenario import Scenario
from jalon.journeys.shown import Success
from jalon.law.facts import DatedNote
from jalon.law.figures import Rate, Span
from jalon.law.vocabulary import Act
from jalon.people.contact import contact
from jalon.web.public import views
from jalon.web.public.orientation import QUESTIONS

pytestmark = pytest.mark.django_db


def read(path: str, **asked: str) -> str:
    """Return a page as anybody sees it."""
    answer = Client().get(path, asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.rule("R-134")
def test_the_fourth_step_is_the_validation_file(db: None) -> None:
    text = read("/")
    titles = [
        "Déposer sa candidature",
        "Rencontrer son architecte",
        "Envoyer le dossier de faisabilité",
        "Écrire le dossier de validation",
        "Rencontrer le jury",
    ]
    places = [text.index(title) for title in titles]
    assert places == sorted(places)
    assert text.count("dossier de faisabilité") == 1
    assert "en avançant au moins une fois dans les six mois" in text


@pytest.mark.rule("R-008")
def test_each_question_is_a_page_and_one_may_go_back(db: None) -> None:
    for number, question in enumerate(QUESTIONS, 1):
        given = {one.name: one.answers[0][0] for one in QUESTIONS[: number - 1]}
        assert question.title in read(reverse("public:orientation"), **given)
    assert "?projet=oui" in read(reverse("public:orientation"), projet="oui", experience="court")


def test_the_home_says_where_the_code_of_a_company_is_written_and_who_knows_how_long_a_bloc_holds(
    demo: object,
) -> None:
    home = read(reverse("public:home"))
    assert "Votre entreprise vous a donné un code" in home
    assert "ne dit pas combien de temps il vaut" in home


def test_the_home_says_what_a_bloc_is_and_names_the_architect_once_one_knows_who_that_is(
    db: None,
) -> None:
    home = " ".join(read(reverse("public:home")).replace("&nbsp;", " ").split())
    assert "ou une partie : un ou plusieurs blocs" in home
    assert "La personne qui vous accompagne cherche avec vous" in home
    assert home.index("architecte") > home.index("Rencontrer son") > 0


@pytest.mark.rule("R-080")
def test_an_attestation_is_true_or_not_and_names_nobody(scenario: Scenario) -> None:
    scenario.to_result().do(Act.REQUEST_DOCUMENTS, scenario.person)
    award = scenario.journey.awards.first()
    address = reverse("public:verify")

    def said(code: str) -> str:
        return Client().post(address, {"code": code}).content.decode()

    true = said(f" {award.verification_code.lower()} ")
    assert "authentique" in true
    assert award.bloc.title in true
    assert scenario.person.last_name not in true
    assert "Aucune attestation" in said("FAUX-CODE")
    award.withdrawn_on = award.awarded_on
    award.save()
    assert "retirée ou remplacée" in said(award.verification_code)


@pytest.mark.rule("R-078")
def test_an_attestation_is_nothing_before_its_result_is_notified(scenario: Scenario) -> None:
    scenario.to_scheduled().deliberate()
    code = scenario.journey.awards.first().verification_code
    page = Client().post(reverse("public:verify"), {"code": code}).content.decode()
    assert "Aucune attestation" in page


@pytest.mark.rule("R-085")
def test_an_attestation_under_a_reserve_is_not_said_to_be_authentic(scenario: Scenario) -> None:
    scenario.to_scheduled().deliberate(condition="Habilitation électrique").notify()
    award = scenario.journey.awards.first()

    def said() -> str:
        sent = {"code": award.verification_code}
        return Client().post(reverse("public:verify"), sent).content.decode()

    assert "sous réserve" in said()
    assert "authentique" not in said()
    proof = DatedNote(scenario.at.date(), "Habilitation", "Titre n° 12")
    scenario.certifier(Act.LIFT_CONDITION, proof)
    assert "authentique" in said()


def test_the_catalogue_has_a_title_with_its_capital_and_keeps_a_search_by_its_colon(
    demo: object,
) -> None:
    def title(**asked: str) -> str:
        head = read(reverse("public:catalogue"), **asked)
        return " ".join(unescape(head.split("<title>")[1].split("</title>")[0]).split(" "))

    assert title().strip().startswith("Certifications")
    assert "tour\N{NO-BREAK SPACE}: certifications" in title(q="tour")


def test_a_sheet_says_what_the_register_and_the_certifier_are_and_hides_the_codes_of_the_trade(
    demo: object,
) -> None:
    page = read(reverse("public:sheet", args=["RNCP38901"]))
    assert "le répertoire national des certifications professionnelles" in page
    assert "Il réunit le jury et délivre le certificat" in page
    assert "Formacode" not in page
    assert "NSF" not in page


def test_the_first_page_says_what_the_four_letters_mean(db: None) -> None:
    assert "certificat de qualification paritaire de la métallurgie" in " ".join(read("/").split())


def test_the_first_screen_asks_for_a_trade_and_its_words_go_to_the_catalogue(db: None) -> None:
    home = " ".join(read("/").split())
    form = home[home.index('<form class="search"') : home.index("</form>")]
    assert f'action="{reverse("public:catalogue")}"' in form
    assert "Quel est votre métier&nbsp;?" in form
    assert 'name="q"' in form


@pytest.mark.rule("R-116")
def test_the_home_gives_true_figures_and_none_while_too_few_people_went_through(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    few = unescape(read("/"))
    assert "La moitié des parcours" not in few
    assert "ont atteint leur but" not in few
    assert "Déposer votre candidature ne coûte rien." in few
    monkeypatch.setattr(views, "usual_months", lambda: 9)
    ended = Span(date(2024, 10, 1), date(2026, 9, 30))
    monkeypatch.setattr(views, "success", lambda: Success(Rate(31, 40), ended))
    many = unescape(read("/")).replace("\N{NO-BREAK SPACE}", " ")
    assert "9 mois" in many
    assert "78 %" in many
    assert "31 parcours sur 40 terminés du 1er octobre 2024 au 30 septembre 2026" in many


def test_the_price_and_the_hours_are_said_where_they_are_known(db: None, settings: Any) -> None:
    settings.PRICE = "à partir de 1 500 €"
    settings.CONTACT_HOURS = "Du lundi au vendredi, de 9 h à 17 h"
    home = read("/")
    assert "à partir de 1 500 €" in home
    assert "ne coûte rien" not in home
    foot = home.split("<footer")[1]
    assert "Du lundi au vendredi" in foot
    assert contact().phone in foot


def test_the_page_on_personal_data_says_where_a_voice_goes_and_that_jalon_keeps_the_text_alone() -> (
    None
):
    page = " ".join(read(reverse("public:page", args=["donnees-personnelles"])).split())
    assert "Il peut envoyer votre voix à l’entreprise qui l’a fait" in page
    assert "De ce que vous dictez, Jalon ne reçoit et ne garde que le texte" in page
    assert "Une preuve que vous enregistrez de votre voix est autre chose" in page


def test_the_page_on_personal_data_says_each_thing_that_a_cookie_is_for() -> None:
    page = " ".join(read(reverse("public:page", args=["donnees-personnelles"])).split())
    assert "garder votre connexion, à protéger les formulaires et, si vous le réglez" in page
    assert f'<a href="{reverse("public:comfort")}">confort de lecture</a>' in page
