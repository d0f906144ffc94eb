"""Journeys that began before Jalon come in by hand, or by a spreadsheet that is tried first."""

import csv
import html
import io
import re
import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.jobs import tick
from jalon.journeys.models import JournalEntry, Journey
from jalon.law.clocks import end_of_nth_month
from jalon.law.vocabulary import Channel, ClockKind, Event, OrganisationKind, Route, Stage
from jalon.mailbox.jobs import notify
from jalon.people.models import Certifying, Organisation, User
from jalon.web import listing
from jalon.web.architect.spreadsheet import COLUMNS
from jalon.web.architect.workbook import MOST_UNPACKED, workbook
from tests.web.browsers import browser

pytestmark = [pytest.mark.long, pytest.mark.django_db]

ADMISSIBLE = {
    "first_name": "Reprise",
    "last_name": "Exemple",
    "email": "reprise@exemple.fr",
    "code": "RNCP38901",
    "registered_on": "2026-09-01",
    "portal_number": "FVAE-2026-17",
    "filed_on": "2026-10-05",
    "complete_on": "2026-10-06",
    "verdict": "admissible",
    "decided_on": "2026-11-20",
}


def take_over(demo: DemoPeople, **changes: str) -> object:
    """Send the form of one journey as its architect."""
    who = browser(demo.architects[0])
    said = ADMISSIBLE | changes
    return who.post(f"{reverse('architect:take_over')}?code={said['code']}", said)


def test_a_journey_comes_in_at_its_stage_with_its_dates_and_its_delays(demo: DemoPeople) -> None:
    answer = take_over(demo)
    journey = Journey.objects.get()
    assert answer["Location"] == reverse("dossiers:journey", args=[journey.pk])  # type: ignore[index]
    assert (journey.stage, journey.architect) == (Stage.ADMISSIBLE, demo.architects[0])
    lapse = journey.clocks.running().get()
    assert (lapse.kind, lapse.limit_on) == (
        ClockKind.LAPSE,
        end_of_nth_month(date(2026, 11, 20), 6),
    )
    lines = journey.journal.acts()
    assert set(lines.values_list("channel", flat=True)) == {Channel.TAKEN_OVER}
    assert lines.get(act="declare_admissible").occurred_on == date(2026, 11, 20)
    address = reverse("dossiers:journal", args=[journey.pk])
    page = browser(demo.architects[0]).get(address).content.decode()
    assert "repris du suivi d’avant Jalon" in page and "sans preuve" in page


def test_a_journey_of_2002_comes_in_with_the_limit_that_the_certifier_wrote(
    demo: DemoPeople,
) -> None:
    take_over(demo, code="RNCP41814", portal_number="", valid_until="2028-11-20")
    journey = Journey.objects.get()
    assert (journey.route, journey.stage) == (Route.LAW_2002, Stage.ADMISSIBLE)
    assert journey.clocks.running().get().limit_on == date(2028, 11, 20)


def test_nobody_is_told_of_what_they_know_but_the_person_is_told_of_jalon(demo: DemoPeople) -> None:
    take_over(demo)
    lines = list(JournalEntry.objects.order_by("number"))
    told = {line.word: notify(entry_id=line.pk) for line in lines}
    assert {word for word, count in told.items() if count} == {Event.TAKEN_OVER}


def test_a_delay_that_ended_before_the_file_came_rings_at_once(demo: DemoPeople) -> None:
    take_over(demo, verdict="", decided_on="")
    journey = Journey.objects.get()
    assert journey.stage == Stage.FEASIBILITY_COMPLETE
    tick()
    journey.refresh_from_db()
    assert journey.stage == Stage.ADMISSIBLE and journey.decision.tacit


def test_the_same_journey_twice_is_one_journey(demo: DemoPeople) -> None:
    take_over(demo)
    take_over(demo)
    assert Journey.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"code": "RNCP1"}, "pas au catalogue"),
        ({"filed_on": "2026-08-01"}, "avant"),
        ({"decided_on": ""}, "Il manque la décision"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_kept(
    demo: DemoPeople, changes: dict[str, str], said: str
) -> None:
    page = take_over(demo, **changes)
    assert said in page.content.decode()  # type: ignore[attr-defined]
    assert not Journey.objects.exists()


def test_a_professional_is_not_taken_over_as_a_candidate(demo: DemoPeople) -> None:
    page = take_over(demo, email=demo.officer.email, last_name=demo.officer.last_name)
    assert "professionnel" in page.content.decode()  # type: ignore[attr-defined]
    assert not Journey.objects.exists()


def test_an_address_that_belongs_to_somebody_else_is_not_taken(
    demo: DemoPeople, scenario: Scenario
) -> None:
    page = take_over(demo, email=scenario.person.email, last_name="Inconnu")
    assert "quelqu’un d’autre" in page.content.decode()  # type: ignore[attr-defined]


# ---------------------------------------------------------------- by a spreadsheet


def a_line(number: int, **changes: str) -> dict[str, str]:
    """Return a good line, as people write it."""
    line = {
        "Prénom": f"Prénom{number}",
        "Nom": f"Nom{number}",
        "Adresse e-mail": f"repris{number}@exemple.fr",
        "Code RNCP": "38901",
        "Inscrit le": "01/09/2026",
    }
    if number % 2:
        line |= {"Faisabilité déposée le": "05/10/2026", "Complet le": "06/10/2026"}
    if number % 4 == 3:
        line |= {"Décision": "recevable", "Décision du": "20/11/2026"}
    return line | changes


BAD = (
    {"Adresse e-mail": "pas une adresse"},
    {"Code RNCP": "1"},
    {"Inscrit le": "31/02/2026"},
    {"Inscrit le": "01/09/2030"},
    {"Complet le": "01/09/2026", "Faisabilité déposée le": "02/10/2026"},
    {"Nom": ""},
    {"Décision": "peut-être", "Décision du": "20/11/2026"},
    {"Blocs visés": "RNCP38901BC99"},
)


def a_sheet(lines: list[dict[str, str]]) -> SimpleUploadedFile:
    """Return a spreadsheet as office software writes it."""
    out = io.StringIO()
    sheet = csv.DictWriter(out, COLUMNS, delimiter=";")
    sheet.writeheader()
    sheet.writerows(lines)
    return SimpleUploadedFile("parcours.csv", out.getvalue().encode("utf-8-sig"))


def test_forty_journeys_come_in_and_eight_bad_lines_say_why(demo: DemoPeople) -> None:
    lines = [a_line(n) for n in range(40)] + [a_line(50 + n, **bad) for n, bad in enumerate(BAD)]
    who = browser(demo.architects[0])
    tried = who.post(reverse("architect:import"), {"file": a_sheet(lines)})
    page = tried.content.decode()
    assert "40 lignes à importer, 8 à" in " ".join(page.split())
    assert page.count("à corriger</span>") == 8 and "Prénom9" in page
    assert not Journey.objects.exists() and not User.objects.filter(email="repris1@exemple.fr")
    who.post(reverse("architect:import"), {"tried": tried.context["tried"]})
    assert Journey.objects.count() == 40
    stages = set(Journey.objects.values_list("stage", flat=True))
    assert stages == {Stage.TAKEN_ON, Stage.FEASIBILITY_COMPLETE, Stage.ADMISSIBLE}
    again = who.post(reverse("architect:import"), {"file": a_sheet(lines[:40])})
    assert "40 déjà reprises" in " ".join(again.content.decode().split())


def test_before_an_import_who_imports_reads_that_each_person_is_written_to(
    demo: DemoPeople,
) -> None:
    sheet = {"file": a_sheet([a_line(1)])}
    page = browser(demo.head).post(reverse("architect:import"), sheet).content.decode()
    assert "Chaque personne importée reçoit aussitôt un courriel" in page


def test_a_telephone_from_which_the_spreadsheet_took_its_zero_has_it_again(
    demo: DemoPeople,
) -> None:
    imported(demo, [a_line(1, Téléphone="612345679")])
    assert User.objects.get(email="repris1@exemple.fr").phone == "0612345679"


@pytest.mark.parametrize("said", ["1er septembre 2026", "1 Septembre 2026", "01.09.26", "1/9/2026"])
def test_a_day_is_read_however_it_is_written(said: str, demo: DemoPeople) -> None:
    imported(demo, [a_line(2, **{"Inscrit le": said})])
    journey = Journey.objects.get(candidate__email="repris2@exemple.fr")
    assert journey.registered_at.astimezone(timekeeper.PARIS).date() == date(2026, 9, 1)


def test_lines_have_the_numbers_of_the_sheet_and_one_that_comes_twice_says_where_it_stands(
    demo: DemoPeople,
) -> None:
    sheet = {"file": a_sheet([a_line(1), {}, a_line(1), a_line(2, **BAD[0])])}
    page = browser(demo.head).post(reverse("architect:import"), sheet).content.decode()
    assert re.findall(r'<th scope="row">(\d+)</th>', page) == ["2", "4", "5"]
    assert "déjà repris</span> à la ligne 2" in " ".join(page.split())


def test_a_day_that_is_none_is_asked_for_with_an_example(demo: DemoPeople) -> None:
    sheet = {"file": a_sheet([a_line(1, **{"Inscrit le": "bientôt"})])}
    page = browser(demo.head).post(reverse("architect:import"), sheet).content.decode()
    assert "Écrivez un jour qui existe, comme 12/03/2027." in page


def test_a_bloc_is_named_by_the_end_of_its_code_and_a_wrong_one_is_told_the_others(
    demo: DemoPeople,
) -> None:
    sheet = Certification.objects.get(code="RNCP38901")
    first = sheet.blocs.order_by("code")[0]
    short = first.code.removeprefix(sheet.code).lstrip("-")
    _, page = imported(demo, [a_line(1, **{"Blocs visés": short.lower()})])
    assert "1 parcours repris" in page
    wrong = {"file": a_sheet([a_line(2, **{"Blocs visés": "BC99"})])}
    tried = browser(demo.architects[0]).post(reverse("architect:import"), wrong)
    assert f"Les siens : {first.code}" in html.unescape(tried.content.decode())


def test_a_spreadsheet_that_was_altered_after_it_was_tried_is_not_imported(
    demo: DemoPeople,
) -> None:
    who = browser(demo.architects[0])
    who.post(reverse("architect:import"), {"tried": "altéré"})
    assert not Journey.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 not a workbook", "ne s’ouvre pas"),
        (b"Nom;Age\nA;3\n", "Il manque des colonnes"),
        (b"\xff\xfe\x00\x00", "ne s’ouvre pas"),
    ],
)
def test_a_file_that_is_no_spreadsheet_is_said_to_be_none(
    demo: DemoPeople, content: bytes, said: str
) -> None:
    file = SimpleUploadedFile("fichier.xlsx", content)
    page = browser(demo.architects[0]).post(reverse("architect:import"), {"file": file})
    assert said in page.content.decode()


def test_the_model_has_the_columns_that_are_read(demo: DemoPeople) -> None:
    model = browser(demo.architects[0]).get(reverse("architect:import_columns") + "?format=csv")
    titles = model.content.decode("utf-8-sig").splitlines()[0]
    assert titles.split(";") == list(COLUMNS)


def test_the_line_of_the_model_that_was_left_is_refused_plainly(demo: DemoPeople) -> None:
    who = browser(demo.architects[0])
    model = who.get(reverse("architect:import_columns") + "?format=csv").content
    assert "EXEMPLE;À REMPLACER" in model.decode("utf-8-sig")
    file = SimpleUploadedFile("modele.csv", model)
    page = who.post(reverse("architect:import"), {"file": file}).content.decode()
    assert "La ligne d’exemple est encore là" in page
    assert not Journey.objects.exists()


def test_a_date_in_the_past_is_counted_from_itself_after_the_import(demo: DemoPeople) -> None:
    who = browser(demo.architects[0])
    lines = [a_line(3)]
    tried = who.post(reverse("architect:import"), {"file": a_sheet(lines)})
    who.post(reverse("architect:import"), {"tried": tried.context["tried"]})
    journey = Journey.objects.get()
    timekeeper.travel(timekeeper.now() + timedelta(days=1))
    assert journey.clocks.running().get().started_on == date(2026, 11, 20)


def test_a_day_that_does_not_exist_is_the_only_thing_said_of_its_line(demo: DemoPeople) -> None:
    wrong = a_line(1, **{"Décision": "recevable", "Décision du": "31/06/2026"})
    who = browser(demo.architects[0])
    tried = who.post(reverse("architect:import"), {"file": a_sheet([wrong])})
    (line,) = tried.context["lines"]
    assert len(line.errors) == 1 and line.errors[0].startswith("Décision du")
    assert tried.context["said"] == "Aucune ligne à importer, 1 à corriger."


@pytest.mark.parametrize(
    "typed", ["06 12 34 56 78", "0612345678", "+33 6 12 34 56 78", "0033612345678", "12 34 56"]
)
def test_the_telephone_of_who_is_taken_over_is_shown_and_found_however_it_is_typed(
    demo: DemoPeople, typed: str
) -> None:
    who = browser(demo.architects[0])
    page = who.get(take_over(demo, phone="06 12 34 56 78")["Location"])  # type: ignore[index]
    assert 'href="tel:0612345678"' in page.content.decode()
    found = who.get(reverse("architect:caseload"), {"q": typed}).content.decode()
    assert Journey.objects.get().reference in found
    other = who.get(reverse("architect:caseload"), {"q": "07 99 99 99 99"}).content.decode()
    assert Journey.objects.get().reference not in other


def test_a_telephone_written_abroad_is_found_as_it_is_dialled_in_france(demo: DemoPeople) -> None:
    take_over(demo, phone="+33612345678")
    found = browser(demo.architects[0]).get(reverse("architect:caseload"), {"q": "06 12 34 56 78"})
    assert Journey.objects.get().reference in found.content.decode()


def test_what_was_deposited_elsewhere_is_not_said_to_be_missing(demo: DemoPeople) -> None:
    demo.certifier.works_here = False
    demo.certifier.save()
    sent = {"complete_on": "", "verdict": "", "decided_on": ""}
    address = take_over(demo, **sent)["Location"]  # type: ignore[index]
    staff = browser(demo.architects[0]).get(address).content.decode()
    assert "Il manque encore" not in staff
    staff = browser(demo.architects[0]).get(f"{address}ecrits/").content.decode()
    assert "déposé hors de Jalon le 5 octobre 2026" in staff
    journey = Journey.objects.get()
    mine = browser(journey.candidate).get(reverse("candidate:journey", args=[journey.pk]))
    said = " ".join(mine.content.decode().split())
    assert "déposé hors de Jalon le 5 octobre 2026" in said and "Il manque encore" not in said


def test_a_validation_file_deposited_elsewhere_is_not_counted_as_empty(demo: DemoPeople) -> None:
    demo.certifier.works_here = False
    demo.certifier.save()
    address = take_over(demo, deposited_on="2026-11-24")["Location"]  # type: ignore[index]
    staff = browser(demo.architects[0]).get(address).content.decode()
    assert "déposé hors de Jalon le 24 novembre 2026" in staff
    assert '<span class="tag">0 sur' not in staff


def test_the_sheet_is_chosen_by_its_title_then_its_blocs_are_ticked(demo: DemoPeople) -> None:
    who = browser(demo.architects[0])
    address = reverse("architect:take_over")
    sheet = Certification.objects.get(code="RNCP38901")
    assert f"{sheet.title} (RNCP38901)" in html.unescape(who.get(address).content.decode())
    answer = who.post(address, {"code": sheet.code})
    assert answer["Location"] == f"{address}?code=RNCP38901"
    page = who.get(answer["Location"])
    bloc = sheet.blocs.order_by("position").first()
    assert bloc is not None
    assert f'type="checkbox" name="blocs" value="{bloc.code}"' in page.content.decode()
    take_over(demo, blocs=bloc.code)
    assert list(Journey.objects.get().targeted.all()) == [bloc]


@pytest.mark.parametrize(("here", "said"), [(True, "dans Jalon"), (False, "hors de Jalon")])
def test_who_takes_over_reads_who_certifies_and_where_it_works(
    demo: DemoPeople, here: bool, said: str
) -> None:
    demo.certifier.works_here = here
    demo.certifier.save()
    page = browser(demo.architects[0]).get(reverse("architect:take_over") + "?code=RNCP38901")
    assert f"{demo.certifier.name}, travaille {said}" in html.unescape(page.content.decode())


def test_who_takes_over_chooses_among_the_certifiers_of_a_sheet(demo: DemoPeople) -> None:
    other = Organisation.objects.create(
        kind=OrganisationKind.CERTIFIER, name="Autre certificateur", siret="99999999900011"
    )
    sheet = Certification.objects.get(code="RNCP38901")
    named = Certifying.objects.create(certification=sheet, organisation=other)
    page = take_over(demo)
    form = page.context["form"]  # type: ignore[attr-defined]
    assert form.errors["certifier"] and list(form.fields).index("certifier") == 4
    take_over(demo, certifier=str(named.pk))
    assert Journey.objects.get().certifier == other


def test_blocs_obtained_are_not_taken_without_the_day_of_their_result(demo: DemoPeople) -> None:
    bloc = Certification.objects.get(code="RNCP38901").blocs.first()
    assert bloc is not None
    page = take_over(demo, won=bloc.code)
    assert "supposent un résultat" in page.content.decode()  # type: ignore[attr-defined]
    assert not Journey.objects.exists()


# ---------------------------------------------------------------- what came in


def imported(demo: DemoPeople, lines: list[dict[str, str]]) -> tuple[str, str]:
    """Import a spreadsheet; return where it leads, and what is read there."""
    who = browser(demo.architects[0])
    tried = who.post(reverse("architect:import"), {"file": a_sheet(lines)})
    answer = who.post(reverse("architect:import"), {"tried": tried.context["tried"]})
    return answer["Location"], html.unescape(who.get(answer["Location"]).content.decode())


def test_after_an_import_the_architect_reads_the_journeys_that_came_in_and_how_many_were_refused(
    demo: DemoPeople,
) -> None:
    take_over(demo)
    timekeeper.travel(timekeeper.now() + timedelta(hours=1))
    _, page = imported(demo, [a_line(1), a_line(2), a_line(9, **BAD[0])])
    said = " ".join(page.split())
    assert "2 parcours repris, 1 ligne refusée." in said
    assert "Parcours importés le" in said and ": 2 dossiers" in said
    assert "Nom1" in page and "Nom2" in page and "Reprise" not in page.split("<table")[1]


def test_the_list_of_what_came_in_is_cut_in_pages_that_stay_on_it(
    demo: DemoPeople, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "ROWS", 2)
    address, page = imported(demo, [a_line(n) for n in range(3)])
    query = address.split("?")[1]
    assert f"{query}&page=2" in page
    second = browser(demo.architects[0]).get(f"{address}&page=2")
    assert len(second.context["rows"]) == 1


def test_the_address_of_an_import_shows_nothing_to_who_did_not_make_it(demo: DemoPeople) -> None:
    address, _ = imported(demo, [a_line(1)])
    assert not browser(demo.head).get(address).context["rows"]
    wrong = reverse("architect:caseload") + "?repris=hier"
    assert browser(demo.head).get(wrong).status_code == 404


# ---------------------------------------------------------------- as a workbook


def upload(demo: DemoPeople, content: bytes) -> str:
    """Try a workbook and return what is read."""
    file = SimpleUploadedFile("parcours.xlsx", content)
    page = browser(demo.architects[0]).post(reverse("architect:import"), {"file": file})
    return html.unescape(page.content.decode())


def test_the_model_is_a_workbook_too_with_its_one_line_to_replace(demo: DemoPeople) -> None:
    model = browser(demo.architects[0]).get(reverse("architect:import_columns"))
    assert model["Content-Disposition"].endswith('.xlsx"')
    assert "La ligne d’exemple est encore là" in upload(demo, model.content)


def test_a_workbook_is_read_as_it_was_written(demo: DemoPeople) -> None:
    line = a_line(3, Téléphone="02 31 00 00 00")
    written = workbook([list(COLUMNS), [line.get(title, "") for title in COLUMNS]])
    assert "1 ligne à importer." in upload(demo, written)


def test_a_workbook_that_swells_once_it_is_opened_is_refused_in_words(demo: DemoPeople) -> None:
    out = io.BytesIO(workbook([list(COLUMNS)]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/media/image1.bin", b"0" * (MOST_UNPACKED + 1))
    assert len(out.getvalue()) < 100_000
    assert "prend trop de place une fois ouvert" in upload(demo, out.getvalue())


def test_a_workbook_written_at_the_far_end_of_its_sheet_is_refused_in_words(
    demo: DemoPeople,
) -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([list(COLUMNS)]))) as before,
        zipfile.ZipFile(out, "w") as after,
    ):
        for name in before.namelist():
            said = before.read(name)
            far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
            after.writestr(name, said.replace(b"</sheetData>", far))
    assert "prend trop de place une fois ouvert" in upload(demo, out.getvalue())


def test_a_workbook_cut_in_the_middle_is_said_not_to_open(demo: DemoPeople) -> None:
    whole = workbook([list(COLUMNS)])
    assert "ne s’ouvre pas" in upload(demo, whole[: len(whole) // 2])


def an_open_document(lines: list[list[str]], *, repeated: int = 1) -> bytes:
    """Return a sheet as LibreOffice writes it, empty down to its end; its last line says one more cell."""

    def cell(said: str, times: int = 1) -> str:
        """Return a cell, said once for so many."""
        much = f'table:number-columns-repeated="{times}"'
        text = f"<text:p>{said}</text:p>"
        return f'<table:table-cell office:value-type="string" {much}>{text}</table:table-cell>'

    rows = [f"<table:table-row>{''.join(map(cell, line))}</table:table-row>" for line in lines]
    far = f'<table:table-row table:number-rows-repeated="{repeated}">{cell("x", repeated)}'
    rows += [f"{far}</table:table-row>"] if repeated > 1 else []
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows += [f'<table:table-row table:number-rows-repeated="1048000">{empty}</table:table-row>']
    names = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{one}="{names}:{one}:1.0"' for one in ("office", "table", "text"))
    body = f'<table:table table:name="P">{"".join(rows)}</table:table>'
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>{body}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", kind)
        file.writestr("META-INF/manifest.xml", manifest)
        file.writestr("content.xml", content)
    return out.getvalue()


def test_an_open_document_sheet_is_read_and_one_that_repeats_itself_too_much_is_refused(
    demo: DemoPeople,
) -> None:
    lines = [list(COLUMNS), [a_line(3).get(title, "") for title in COLUMNS]]
    assert "1 ligne à importer." in upload(demo, an_open_document(lines))
    assert "prend trop de place" in upload(demo, an_open_document(lines, repeated=100_000))


# ---------------------------------------------------------------- when several deliver a sheet


def test_a_line_names_its_certifier_when_several_deliver_the_sheet(demo: DemoPeople) -> None:
    other = Organisation.objects.create(
        kind=OrganisationKind.CERTIFIER, name="L’Autre certificateur", siret="99999999900011"
    )
    sheet = Certification.objects.get(code="RNCP38901")
    Certifying.objects.create(certification=sheet, organisation=other)
    _, page = imported(demo, [a_line(1, Certificateur="l'autre  Certificateur"), a_line(2)])
    assert "1 parcours repris, 1 ligne refusée." in " ".join(page.split())
    assert Journey.objects.get().certifier == other
    who = browser(demo.architects[0])
    wrong = [a_line(2), a_line(3, Certificateur="Personne")]
    lines = who.post(reverse("architect:import"), {"file": a_sheet(wrong)}).context["lines"]
    for line, why in zip(lines, ("Plusieurs certificateurs", "ne délivre pas"), strict=True):
        (said,) = line.errors
        assert said.startswith("Certificateur : ") and why in said
        assert demo.certifier.name in said and other.name in said
