"""The certifier's table of equivalence: written with its day, its text and its author."""

import pytest
from django.test import Client

from jalon.catalogue.models import Bloc, Certification
from jalon.demo.scenario import DemoPeople
from jalon.now import today
from jalon.people.models import BlocEquivalence, Certifying, User
from tests.catalogue.formers import former_bloc
from tests.web.reading import read as words

pytestmark = pytest.mark.django_db

PAGE = "/certificateur/equivalences/"
TEXT = "Tableau de correspondance, mars 2026"


def client(person: User) -> Client:
    """Return a browser signed in as somebody."""
    browser = Client()
    browser.force_login(person)
    return browser


def read(person: User) -> str:
    """Return the table, on one line."""
    return " ".join(client(person).get(PAGE).content.decode().split())


def sent(demo: DemoPeople, **changes: object) -> dict[str, object]:
    """Return what the form sends for a bloc of a replaced sheet that the certifier delivers."""
    former, new = former_bloc(demo.certifier)
    bloc = new.blocs.order_by("position").first()
    assert bloc
    values = {"former": former.pk, "bloc": bloc.pk, "start": today().isoformat(), "source": TEXT}
    return values | changes


@pytest.mark.rule("R-073")
def test_a_line_is_kept_with_its_day_its_text_and_its_author_and_is_written_once(
    demo: DemoPeople,
) -> None:
    answer = client(demo.officer).post(f"{PAGE}nouvelle/", sent(demo))
    assert answer.status_code == 302
    page = read(demo.officer)
    assert TEXT in page and str(demo.officer) in page and "RNCP36308BC01" in page
    again = client(demo.officer).post(f"{PAGE}nouvelle/", sent(demo))
    assert again.status_code == 409
    assert "déjà dans votre table" in again.content.decode()


@pytest.mark.rule("R-073")
def test_a_bloc_of_a_sheet_that_does_not_replace_the_former_is_refused(demo: DemoPeople) -> None:
    stranger = Bloc.objects.filter(certification__code="RNCP39883").first()
    other = Certification.objects.get(code="RNCP39883")
    Certifying.objects.get_or_create(organisation=demo.certifier, certification=other)
    answer = client(demo.officer).post(f"{PAGE}nouvelle/", sent(demo, bloc=stranger.pk))
    assert answer.status_code == 409
    assert not BlocEquivalence.objects.exists()


@pytest.mark.rule("R-073")
def test_a_bloc_of_a_sheet_that_was_replaced_twice_counts_for_the_last_by_a_line_of_its_own(
    demo: DemoPeople,
) -> None:
    said = sent(demo)
    between = Certification.objects.get(code="RNCP39883")
    old, new = (Certification.objects.get(code=code) for code in ("RNCP36308", "RNCP40906"))
    Certification.objects.filter(pk=old.pk).update(successor=between)
    Certification.objects.filter(pk=between.pk).update(successor=new)
    form = client(demo.officer).get(f"{PAGE}nouvelle/").content.decode()
    assert new.blocs.earliest("position").code in form
    assert client(demo.officer).post(f"{PAGE}nouvelle/", said).status_code == 302
    Certification.objects.filter(pk=new.pk).update(successor=old)
    assert client(demo.officer).get(f"{PAGE}nouvelle/").status_code == 200


def test_a_line_that_ends_stays_in_the_table_with_its_day(demo: DemoPeople) -> None:
    browser = client(demo.officer)
    browser.post(f"{PAGE}nouvelle/", sent(demo))
    line = BlocEquivalence.objects.get()
    browser.post(f"{PAGE}{line.pk}/finir/")
    line.refresh_from_db()
    assert (line.ended_on, line.ended_by) == (today(), demo.officer)
    assert "terminée" in read(demo.officer)
    assert browser.post(f"{PAGE}{line.pk}/finir/").status_code == 404


@pytest.mark.rule("R-073")
def test_an_empty_list_of_former_blocs_says_why_and_one_with_blocs_does_not(
    demo: DemoPeople,
) -> None:
    new = Certification.objects.get(code="RNCP40906")
    Certifying.objects.get_or_create(organisation=demo.certifier, certification=new)
    answer = client(demo.officer).get(f"{PAGE}nouvelle/")
    assert b'name="former"' not in answer.content
    assert (
        "Rien à choisir pour l’instant : Jalon ne connaît les blocs d’aucune ancienne fiche"
        in words(answer)
    )
    listed = client(demo.officer).get(PAGE)
    assert "Rien à choisir" in words(listed) and f"{PAGE}nouvelle/" not in listed.content.decode()
    sent(demo)
    filled = client(demo.officer).get(f"{PAGE}nouvelle/").content.decode()
    assert "Rien à choisir" not in filled
