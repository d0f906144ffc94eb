"""The register's export: an imperfect sheet stops nothing, a file that is not whole changes nothing."""

import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest

from jalon.catalogue.actions import load
from jalon.catalogue.models import Bloc, Certification, Competence, RegisterImport
from jalon.catalogue.queries import nearest
from jalon.catalogue.rncp import plan
from jalon.catalogue.rncp.export import ExportRefused, Reading
from jalon.catalogue.rncp.plan import Plan
from jalon.catalogue.rncp.text import listed, plain
from tests.catalogue import exports
from tests.catalogue.exports import Made

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R-131")]

ROOT = Path(__file__).resolve().parents[2]
NAME = "export-fiches-rncp-v4-1-2027-03-01.zip"
CODE = "RNCP38622"
OFFICIAL = Made(CODE, "Technicien d’usinage", level="NIV4", ends_on="09/02/2027").with_blocs(
    "- Établir la gamme\n- Réaliser le programme d’usinage", "- Usiner une pièce"
)


@pytest.fixture(autouse=True)
def catalogue() -> None:
    """The catalogue of a new installation."""
    load()


def read(content: bytes, name: str = NAME, *only: str) -> Reading:
    """Read an export."""
    return plan.read_file(io.BytesIO(content), name, only)


def of_xml(*sheets: Made, name: str = NAME) -> Reading:
    """Read an export that holds these sheets."""
    return read(exports.zipped(exports.xml(sheets)), name)


def taken_in(reading: Reading) -> Plan:
    """Take an export in, and remember that it was."""
    row = plan.keep(reading)
    done = plan.take_in(plan.kept(row))
    plan.close(row)
    return done


def state() -> list[tuple[object, ...]]:
    """Return everything that an import may change."""
    sheets = Certification.objects.order_by("code").values_list()
    return [*sheets, *Bloc.objects.order_by("pk").values_list(), *Competence.objects.values_list()]


def said_of(reading: Reading, code: str) -> str:
    """Return what is imperfect in a sheet, in words."""
    return " ; ".join(flaw.text for flaw in plan.compared(reading).flaws if flaw.sheet == code)


# ---------------------------------------------------------------- a whole register


def test_five_hundred_sheets_give_those_of_the_uimm_with_their_official_blocs() -> None:
    reading = read(exports.zipped(exports.xml(exports.register())))
    assert reading.total == 500
    done = taken_in(reading)
    ours = [one for one in exports.register() if one.certifiers[0] == exports.UIMM]
    living = {one.code for one in ours if one.active != "Non"}
    assert {one.code for one in done.changes} == living
    blocs = Bloc.objects.filter(certification__code__in=living)
    assert blocs.count() == 2 * len(living)
    assert not blocs.filter(demonstration=True).exists()
    assert [one.title for one in Bloc.objects.get(code="RNCP40001BC02").competences.all()] == [
        "Usiner & contrôler",
        "Rendre compte",
    ]


def test_the_same_file_twice_changes_nothing() -> None:
    content = exports.zipped(exports.xml(exports.register(40)))
    taken_in(read(content))
    before = state()
    assert taken_in(read(content)).changes == ()
    assert state() == before


def test_the_catalogue_of_an_installation_is_loaded_without_undoing_the_register() -> None:
    taken_in(of_xml(OFFICIAL))
    load()
    sheet = Certification.objects.get(code=CODE)
    assert [bloc.code for bloc in sheet.blocs] == [f"{CODE}BC01", f"{CODE}BC02"]
    assert sheet.title == "Technicien d’usinage"
    assert "tourneur" in sheet.keywords and sheet.openings.exists()


def test_a_sheet_takes_its_dates_level_and_successor_from_the_register() -> None:
    over = replace(OFFICIAL, active="Non", successors=("RNCP50001",), ends_on="09/02/2026")
    taken_in(of_xml(over, Made("RNCP50001", "Technicien d’usinage, la suite")))
    sheet = Certification.objects.get(code=CODE)
    assert (sheet.level, sheet.active, sheet.ends_on) == (4, False, date(2026, 2, 9))
    assert sheet.deliverable_until == date(2030, 12, 31)
    assert sheet.successor and sheet.successor.code == "RNCP50001"
    assert sheet.jury_form == "Mise en situation professionnelle puis entretien avec le jury."
    assert sheet.imported_on == date(2027, 3, 1)


@pytest.mark.parametrize("made", ["xml", "csv"])
def test_a_new_sheet_is_found_by_the_trades_that_the_register_names_and_ours_keep_our_words(
    made: str,
) -> None:
    sheets = (
        OFFICIAL,
        Made("RNCP50001", "Certification nouvelle", trade="Galvanoplaste industriel"),
    )
    files = {
        "xml": exports.zipped(exports.xml(sheets)),
        "csv": exports.archive(exports.csv_files(sheets)),
    }
    before = Certification.objects.get(code=CODE).trade_words
    taken_in(read(files[made]))
    assert nearest("je suis galvanoplaste")[0].certification.code == "RNCP50001"
    assert Certification.objects.get(code=CODE).trade_words == before


def test_only_the_sheets_that_are_named_are_taken() -> None:
    content = exports.zipped(exports.xml(exports.register()))
    assert [one.code for one in read(content, NAME, "rncp40400", " RNCP40001").sheets] == [
        "RNCP40001",
        "RNCP40400",
    ]
    with pytest.raises(ExportRefused, match="RNCP99999"):
        read(content, NAME, "RNCP99999")


def test_older_files_name_a_bloc_in_another_way() -> None:
    reading = read(exports.xml([OFFICIAL], old_blocs=True), "export_fiches_RNCP.xml")
    assert [bloc.code for bloc in reading.sheets[0].blocs] == [f"{CODE}BC01", f"{CODE}BC02"]


# ---------------------------------------------------------------- imperfect sheets


@pytest.mark.parametrize(
    ("imperfect", "words"),
    [
        ({"level": "NIV12"}, "niveau inconnu « NIV12 »"),
        ({"kind": ""}, "abrégé absent"),
        ({"title": "<b>Technicien</b>"}, "mise en forme retirée : intitulé"),
        ({"ends_on": "31/02/2027"}, "date de fin d’enregistrement illisible « 31/02/2027 »"),
        ({"active": "Peut-être"}, "état (active ou non) illisible"),
        ({"title": "x" * 300}, "intitulé coupé à 250 caractères"),
        ({"blocs": (*OFFICIAL.blocs, OFFICIAL.blocs[1])}, f"bloc {CODE}BC02 en double"),
    ],
)
def test_an_imperfect_sheet_is_taken_in_and_what_is_imperfect_is_named(
    imperfect: dict[str, Any], words: str
) -> None:
    reading = of_xml(replace(OFFICIAL, **imperfect))
    assert words in said_of(reading, CODE)
    taken_in(reading)
    sheet = Certification.objects.get(code=CODE)
    assert [bloc.code for bloc in sheet.blocs] == [f"{CODE}BC01", f"{CODE}BC02"]
    assert sheet.level == 4 and sheet.active and sheet.ends_on == date(2027, 2, 9)


@pytest.mark.rule("R-132")
@pytest.mark.parametrize("code", ["RNCP50001BC01", f"{CODE}BC1", f"{CODE}", ""])
def test_a_sheet_with_an_impossible_bloc_keeps_the_blocs_it_has(code: str) -> None:
    before = list(Certification.objects.get(code=CODE).blocs)
    foreign = replace(OFFICIAL.blocs[0], code=code)
    reading = of_xml(replace(OFFICIAL, blocs=(*OFFICIAL.blocs, foreign), title="Nouveau titre"))
    assert "les blocs connus sont gardés" in said_of(reading, CODE)
    taken_in(reading)
    sheet = Certification.objects.get(code=CODE)
    assert list(sheet.blocs) == before and sheet.title == "Nouveau titre"


def test_a_bloc_without_competence_leaves_the_blocs_as_they_are() -> None:
    reading = of_xml(OFFICIAL.with_blocs("- Établir la gamme", "<p> </p>"))
    assert f"{CODE}BC02 sans compétence" in said_of(reading, CODE)
    assert reading.sheets[0].blocs == ()


def test_a_known_sheet_that_the_file_does_not_hold_is_named_and_left_as_it_is() -> None:
    reading = of_xml(OFFICIAL)
    assert "absente des fiches lues" in said_of(reading, "RNCP38901")


def test_a_sheet_given_twice_is_taken_once_the_active_one() -> None:
    reading = of_xml(replace(OFFICIAL, active="Non"), OFFICIAL)
    assert [one.active for one in reading.sheets] == [True]
    assert "en double" in said_of(reading, CODE)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- Lire un plan ;\n- Régler la machine.", ["Lire un plan", "Régler la machine"]),
        ("- Lire un plan - Régler la machine", ["Lire un plan", "Régler la machine"]),
        ("C1. Lire un plan\nC2 - Régler la machine", ["Lire un plan", "Régler la machine"]),
        ("Le candidat sait :\n• Lire un plan\n• Régler", ["Lire un plan", "Régler"]),
        ("- Lire un plan\nde fabrication\n- Régler", ["Lire un plan de fabrication", "Régler"]),
        ("<ul><li>Lire</li><li>Régler</li></ul>", ["Lire", "Régler"]),
        ("Lire un plan<br/>Régler la machine", ["Lire un plan", "Régler la machine"]),
        ("- Lire\n- Lire", ["Lire"]),
        ("Lire un plan à mi-course", ["Lire un plan à mi-course"]),
        ("  \n ", []),
    ],
)
def test_a_list_typed_by_hand_gives_its_competences(text: str, found: list[str]) -> None:
    assert listed(text) == found


def test_a_text_of_the_register_carries_no_script_nor_mark() -> None:
    assert (
        plain("<p>Température &lt; 5&nbsp;°C</p><script>alert(1)</script>") == "Température < 5 °C"
    )
    assert plain("Jeu < 0,1 mm\x00 et > 0") == "Jeu < 0,1 mm et > 0"


# ---------------------------------------------------------------- files that are not whole


WHOLE = exports.zipped(exports.xml(exports.register()))
BOMB = b'<!DOCTYPE FICHES [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><FICHES><FICHE>&b;</FICHE></FICHES>'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "abîmé"),
        (WHOLE[: len(WHOLE) // 2], "coupée ou abîmée"),
        (WHOLE[:-200] + bytes(200), "coupée ou abîmée"),
        (exports.xml(exports.register())[:90_000], "coupé ou abîmé"),
        (exports.zipped(exports.xml(exports.register())[:90_000]), "coupé ou abîmé"),
        (exports.zipped(b"<FICHES><FICHE></FICHES>"), "coupé ou abîmé"),
        (exports.zipped(b"<AUTRE/>"), "n’est pas l’export"),
        (exports.zipped(b"<FICHES></FICHES>"), "aucune fiche"),
        (exports.zipped(BOMB), "DOCTYPE"),
        (exports.archive({"lisez-moi.txt": b"rien"}), "il manque standard"),
        (exports.zipped(exports.xml([Made("RNCP50001", certifiers=(exports.OTHER,))])), "UIMM"),
    ],
)
def test_a_file_that_is_not_whole_is_refused_and_nothing_changes(content: bytes, why: str) -> None:
    before = state()
    with pytest.raises(ExportRefused, match=why):
        read(content)
    assert state() == before and not RegisterImport.objects.exists()


MEASURED = """
import resource, sys
from jalon.catalogue.rncp.export import read

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

before = peak()
with open(sys.argv[1], "rb") as source:
    total = read(source, "export.zip", lambda sheet: False).total
print(total, peak() - before)
"""


@pytest.mark.long
def test_a_big_file_costs_little_memory(tmp_path: Path) -> None:
    long = "<p>" + "Un texte du répertoire. " * 800 + "</p>"
    file = tmp_path / "export.zip"
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target,
        target.open("a.xml", "w") as xml,
    ):
        sheets = (replace(made, context=long, jury=long) for made in exports.register(1000))
        for part in exports.parts(sheets):
            xml.write(part.encode())
    assert zipfile.ZipFile(file).infolist()[0].file_size > 35_000_000
    environment = os.environ | {
        "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    command = [sys.executable, "-c", "import django; django.setup()" + MEASURED, str(file)]
    total, megabytes = map(int, subprocess.check_output(command, env=environment, cwd=ROOT).split())
    assert total == 1000 and megabytes < 25


def test_a_damaged_byte_is_noticed() -> None:
    damaged = bytearray(WHOLE)
    damaged[len(damaged) // 2] ^= 0xFF
    with pytest.raises(ExportRefused):
        read(bytes(damaged))


def test_a_file_with_fewer_sheets_than_the_last_one_is_refused() -> None:
    taken_in(read(WHOLE))
    shrunk = exports.zipped(exports.xml(exports.register(480)))
    before = state()
    with pytest.raises(ExportRefused, match="480 fiches, le dernier en contenait 500"):
        read(shrunk)
    assert state() == before
    assert read(exports.zipped(exports.xml(exports.register(495)))).total == 495


def test_a_file_without_a_sheet_that_came_from_the_register_is_refused() -> None:
    taken_in(read(WHOLE))
    others = [one for one in exports.register() if one.code != "RNCP40001"]
    with pytest.raises(ExportRefused, match="manquent dans le fichier : RNCP40001"):
        read(exports.zipped(exports.xml(others)))


def test_a_file_older_than_the_last_one_is_refused() -> None:
    taken_in(of_xml(OFFICIAL))
    with pytest.raises(ExportRefused, match="plus ancien"):
        of_xml(OFFICIAL, name="export-fiches-rncp-v4-1-2027-02-28.zip")


# ---------------------------------------------------------------- CSV


def test_the_csv_export_gives_dates_and_leaves_the_blocs_as_they_are() -> None:
    before = list(Certification.objects.get(code=CODE).blocs)
    sheets = [
        replace(OFFICIAL, ends_on="01/02/2027", successors=("RNCP38901",)),
        *exports.register(20),
    ]
    reading = read(exports.archive(exports.csv_files(sheets)), "export-fiches-csv-2027-03-01.zip")
    taken_in(reading)
    sheet = Certification.objects.get(code=CODE)
    assert (sheet.ends_on, list(sheet.blocs)) == (date(2027, 2, 1), before)
    assert sheet.successor and sheet.successor.code == "RNCP38901"
    assert "ne donne pas les compétences" in said_of(reading, "")


def test_a_line_of_csv_that_is_cut_refuses_the_whole_file() -> None:
    files = exports.csv_files([OFFICIAL])
    [standard] = [name for name in files if "Standard" in name]
    files[standard] = files[standard][:-12]
    with pytest.raises(ExportRefused, match="coupée"):
        read(exports.archive(files))


def test_a_csv_without_one_of_its_files_or_columns_is_refused() -> None:
    files = exports.csv_files([OFFICIAL])
    with pytest.raises(ExportRefused, match="il manque certificateurs"):
        read(
            exports.archive(
                {name: one for name, one in files.items() if "Certif" not in name or "Anc" in name}
            )
        )
    [standard] = [name for name in files if "Standard" in name]
    files[standard] = files[standard].replace(b'"Actif"', b'"Etat"')
    with pytest.raises(ExportRefused, match="il manque Actif"):
        read(exports.archive(files))


# ---------------------------------------------------------------- what is shown before


def test_a_change_says_what_it_was_and_what_it_will_be() -> None:
    [change] = plan.compared(of_xml(replace(OFFICIAL, ends_on="01/01/2027"))).changes
    moved = {one.label: (one.before, one.after) for one in change.moved}
    assert moved["fin d’enregistrement"] == ("9 février 2027", "1er janvier 2027")
    assert (change.blocs, change.version) == (2, 2)
    assert (
        change.shortened
        == "l’enregistrement prend fin le 1er janvier 2027 au lieu du 9 février 2027"
    )


def test_looking_at_what_would_change_changes_nothing() -> None:
    before = state()
    plan.compared(read(WHOLE))
    assert state() == before


def test_what_was_read_is_kept_as_it_was_until_it_is_confirmed() -> None:
    reading = read(WHOLE)
    row = plan.keep(reading)
    row.refresh_from_db()
    assert plan.kept(row) == replace(reading, flaws=ANY)
    assert plan.keep(reading) and RegisterImport.objects.count() == 1
