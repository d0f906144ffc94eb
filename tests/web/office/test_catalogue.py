"""The catalogue brought up to date on a page: tried, read again, confirmed; a bad file changes nothing."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jalon import now as timekeeper
from jalon.catalogue.models import Certification, RegisterImport
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.law.vocabulary import Event
from tests.catalogue import exports
from tests.catalogue.exports import Made, an_export_to_confirm
from tests.web.browsers import browser

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R-131")]

FORM = "/gestion/catalogue/"


def file(content: bytes) -> SimpleUploadedFile:
    """Return an export as a browser sends it."""
    return SimpleUploadedFile("export-fiches-rncp-v4-1-2027-03-01.zip", content)


def test_an_administrator_sees_what_an_export_changes_then_confirms_it(demo: DemoPeople) -> None:
    client = browser(demo.administrator)
    whole = exports.zipped(exports.xml(exports.register(40, ours=12)))
    page = client.post(FORM, {"file": file(whole), "only": ""}, follow=True)
    text = page.content.decode()
    assert "Rien n’est encore changé" in text and "10 à ajouter" in text
    assert "niveau inconnu « NIVEAU 9 BIS »" in text
    assert not Certification.objects.filter(code="RNCP40001").exists()
    address = page.redirect_chain[-1][0]
    assert address in client.get(FORM).content.decode()
    done = client.post(address, follow=True).content.decode()
    assert "10 fiches mises à jour" in done and "40 fiches lues, import fait le" in done
    assert Certification.objects.get(code="RNCP40001").blocs.count() == 2
    assert client.post(address).status_code == 404


def test_only_the_sheets_that_are_named_are_shown(demo: DemoPeople) -> None:
    whole = exports.zipped(exports.xml(exports.register(40, ours=12)))
    sent = {"file": file(whole), "only": "RNCP40001, rncp40002"}
    text = browser(demo.administrator).post(FORM, sent, follow=True).content.decode()
    assert "2 retenues" in text and "Certification 2" in text


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7", exports.zipped(b"<FICHES><FICHE>"), b"PK\x03\x04"]
)
def test_a_file_that_is_not_whole_says_so_beside_the_field(
    demo: DemoPeople, content: bytes
) -> None:
    text = browser(demo.administrator).post(FORM, {"file": file(content)}).content.decode()
    assert text.count("Rien n’a changé") == 2  # in the summary, by the field
    assert not RegisterImport.objects.exists()


def shortened(scenario: Scenario) -> Made:
    """Return the sheet of a scenario, stopped by the register."""
    return Made(scenario.certification.code, "Certification", active="Non")


def test_the_files_of_a_sheet_that_stops_are_named_then_told(scenario: Scenario) -> None:
    scenario.to_complete()
    client = browser(scenario.demo.administrator)
    row = an_export_to_confirm(shortened(scenario))
    text = client.get(reverse("office:catalogue_import", args=[row.pk])).content.decode()
    assert scenario.journey.reference in text and "1 dossier en cours" in text
    assert not scenario.journey.journal.filter(event=Event.SHEET_SHORTENED).exists()
    client.post(reverse("office:catalogue_import", args=[row.pk]))
    page = browser(scenario.architect).get(f"/dossiers/{scenario.journey.pk}/").content.decode()
    assert (
        "Le répertoire national a changé cette fiche\N{NO-BREAK SPACE}: elle n’est plus active"
        in page
    )


def test_a_file_older_than_what_was_taken_in_meanwhile_changes_nothing(demo: DemoPeople) -> None:
    row = an_export_to_confirm()
    RegisterImport.objects.create(
        format="XML",
        name="autre",
        day="2027-03-02",
        total=40,
        read_at=timekeeper.now(),
        applied_at=timekeeper.now(),
    )
    address = reverse("office:catalogue_import", args=[row.pk])
    text = browser(demo.administrator).post(address, follow=True).content.decode()
    assert "plus ancien que le dernier importé" in text
    assert not Certification.objects.filter(code="RNCP40001").exists()


def test_a_preview_costs_the_same_for_ten_changes_or_a_thousand(scenario: Scenario) -> None:
    scenario.to_complete()
    client = browser(scenario.demo.administrator)
    costs = []
    for ours in (10, 1000):
        made = [replace(exports.sheet(1, ours=True), code=f"RNCP{50_000 + n}") for n in range(ours)]
        row = an_export_to_confirm(shortened(scenario), *made)
        address = reverse("office:catalogue_import", args=[row.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        costs.append(len(asked))
    assert costs == [7, 7]
