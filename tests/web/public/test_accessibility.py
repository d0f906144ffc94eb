"""The accessibility statement: its state, what it leaves out, and a proof for each thing it says is checked."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from jalon.law.clocks import french
from jalon.web.public.accessibility import statement

pytestmark = pytest.mark.django_db

TESTS = Path(__file__).resolve().parents[2]
#: Where every page is walked.
EVERY_PAGE = (
    "e2e/test_keyboard.py",
    "test_every_page_has_no_fault_that_axe_sees_answers_the_keyboard_and_fits_a_phone_of_320",
)
#: Where each thing that the page says is checked is tried.
PROVED = {
    "au clavier": EVERY_PAGE,
    "320 pixels": EVERY_PAGE,
    "texte très grand": ("e2e/test_keyboard.py", "read_at_the_largest"),
    "sans JavaScript": (
        "e2e/test_candidate.py",
        "test_a_person_alone_goes_from_registration_to_the_jury_without_javascript",
    ),
    "outil automatique": EVERY_PAGE,
    "PDF sont balisés": (
        "documents/test_pdf.py",
        "test_what_a_screen_reader_would_miss_is_found",
    ),
}


def read(name: str = "accessibilite") -> str:
    """Return a fixed page as anybody reads it, its spaces made one."""
    page = Client().get(reverse("public:page", args=[name])).content.decode()
    return " ".join(page.split())


@pytest.mark.rule("R-128")
def test_the_statement_says_its_state_its_day_and_what_is_not_accessible() -> None:
    page, said = read(), statement()
    assert f"<strong>{said.state}</strong>" in page
    assert french(said.written_on) in page
    assert said.known_gaps and all(gap in page for gap in said.known_gaps)


@pytest.mark.rule("R-128")
def test_without_an_audit_every_page_says_that_nothing_conforms() -> None:
    said = statement()
    assert said.audited_on is None and said.state == "non conforme"
    assert f"Accessibilité&nbsp;: {said.state}" in read("contact")


@pytest.mark.rule("R-128")
def test_each_thing_that_the_statement_says_is_checked_has_a_test() -> None:
    listed = read().split("Ce que nous vérifions à chaque version")[1].split("</ul>")[0]
    items = re.findall(r"<li>(.*?)</li>", listed)
    assert len(items) == len(PROVED)
    for item in items:
        [(file, test)] = [proof for words, proof in PROVED.items() if words in item]
        assert f"def {test}(" in (TESTS / file).read_text(), item
