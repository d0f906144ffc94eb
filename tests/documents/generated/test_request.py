"""The request of the 2002 route, filled in: seven headings, to sign and to post."""

import pytest

from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.documents.generated.request import CERTIFIER_WRITES, request_paper, request_sections
from jalon.documents.pdf import TICKED, render
from jalon.law.cerfa import Nature, Statement
from jalon.law.vocabulary import Accompaniment, Act, Route
from tests.conftest import TODAY
from tests.documents.reading import printed, words_of

pytestmark = pytest.mark.django_db

HEADINGS = (
    "1. Nature de la demande",
    "2. Certification visée",
    "3. État civil et situation",
    "4. Niveau de formation et certifications obtenues",
    "5. Expérience en rapport direct",
    "6. Déclaration sur l’honneur",
    "7. Réservé au certificateur",
)


@pytest.fixture
def requesting(demo: DemoPeople) -> Scenario:
    """A person alone on the 2002 route, whose request is filled in and not signed."""
    certification = Certification.objects.get(code="RNCP41814")
    walked = Scenario(
        demo, certification, TODAY, route=Route.LAW_2002, accompaniment=Accompaniment.ALONE
    )
    return walked.register().fill_feasibility()


@pytest.mark.rule("R-038", "R-040", "R-041")
def test_the_request_that_was_sent_has_the_seven_headings_and_the_seventh_is_empty(
    requesting: Scenario,
) -> None:
    requesting.sign(Act.CONFIRM_FEASIBILITY).send_feasibility()
    words = printed(requesting, "request")
    assert [words.index(title) for title in HEADINGS] == sorted(
        words.index(title) for title in HEADINGS
    )
    for said in (
        "Demande de recevabilité à la VAE (Livret 1)",
        "reprend les rubriques du Cerfa 12818*02",
        "4 mai 1985",
        "1 · Salarié",
        "D · Mécanique, travail des métaux",
        "9600",
        *(one.label for one in Statement),
        requesting.person.get_full_name(),
        "Ville-Exemple",
        "certificat de travail.pdf",
        *CERTIFIER_WRITES,
    ):
        assert " ".join(said.split()) in words, said
    for foreign in ("faisabilité", "France VAE", "six mois", "Avis"):
        assert foreign not in words, foreign


@pytest.mark.rule("R-041")
def test_a_request_that_is_not_signed_leaves_room_for_a_hand(requesting: Scenario) -> None:
    words = words_of(render(request_paper(requesting.journey, TODAY.date())))
    assert "Fait à" in words and "Signé par" not in words
    (statements,) = [
        block
        for block in request_sections(requesting.journey)[-1].blocks
        if block.kind == "boxes" and block.rows[0][1] == next(iter(Statement)).label
    ]
    assert not any(mark for mark, _ in statements.rows)


@pytest.mark.rule("R-042")
def test_a_renewal_lists_the_copies_that_are_still_to_join(requesting: Scenario) -> None:
    request = requesting.journey.feasibility.request
    request.nature = Nature.RENEWAL
    request.save()
    enclosed = request_sections(requesting.journey)[-1].blocks[-1]
    missing = [words for mark, words in enclosed.rows if mark != TICKED]
    assert missing == [
        "Copie de la première demande : à joindre",
        "Copie de la notification de recevabilité : à joindre",
    ]
