"""Any paper: the same each time, tagged, and never what a candidate types taken for code."""

import io
import json
from dataclasses import asdict, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from jalon.documents import pdf
from jalon.documents.pdf import (
    TEMPLATE,
    Block,
    Paper,
    bullets,
    compiled,
    heading,
    pairs,
    render,
    sign,
    table,
    text,
)
from tests.documents.reading import unheard, words_of

PAPER = Paper(
    title="Accusé de réception",
    reference="J27-ESSAI",
    issuer="UIMM (démonstration)",
    day=date(2027, 3, 1),
    blocks=(heading("Première partie"), text("Votre dossier est complet.")),
    facts=(("Candidat", "Une Candidate"),),
)
NASTY = '#import "x" $1$ *gras* _ital_ `code` <étiquette> @ref \\ [x] // /* = titre ~ - + 1. « » œ'


def roles(pdf: bytes) -> set[str]:
    """Return the roles that the structure of a PDF gives to its parts."""
    found: set[str] = set()
    waiting: list[object] = [PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]["/K"]]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            found |= {str(node["/S"])} if "/S" in node else set()
            waiting += [node["/K"]] if "/K" in node else []
    return found


@pytest.mark.rule("R-128")
def test_a_paper_is_tagged_and_declares_itself_accessible() -> None:
    blocks = (heading("A"), text("b"), bullets("c"), table(("Tête",), ("d",)), pairs(("é", "f")))
    pdf = render(replace(PAPER, blocks=blocks))
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("fr")
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert PdfReader(io.BytesIO(pdf)).metadata.title == "Accusé de réception"
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD"} <= roles(pdf)


@pytest.mark.rule("R-128")
def test_the_line_of_the_journal_is_said_and_an_address_is_a_link() -> None:
    said = replace(PAPER, blocks=(text("Écrivez à contact@exemple.fr."),), line=5, hash="ab" * 32)
    pdf = render(said)
    assert f"Journal, ligne 5 : {'ab' * 32}" in words_of(pdf)
    assert b"mailto:contact@exemple.fr" in pdf


@pytest.mark.rule("R-128")
def test_what_a_screen_reader_would_miss_is_found() -> None:
    template = TEMPLATE.read_text()
    said = json.dumps(asdict(replace(PAPER, hash="ab" * 32)) | {"day": [2027, 3, 1]}, default=str)
    footer = template.replace("both: true)", "both: true) #d.hash Journal de ce qui a été fait")
    [fault] = unheard(compiled(footer.encode(), said, 0))
    assert fault.startswith("TAG-002")


def test_the_same_paper_is_the_same_file_and_another_is_not() -> None:
    assert render(PAPER) == render(PAPER)
    assert render(PAPER) != render(replace(PAPER, reference="J27-AUTRE"))


def test_what_a_candidate_types_is_never_code() -> None:
    blocks = (
        heading(NASTY),
        text(NASTY),
        bullets(NASTY),
        pairs((NASTY, NASTY)),
        table((NASTY,), (NASTY,)),
        sign(NASTY, NASTY),
    )
    words = words_of(render(replace(PAPER, title=NASTY, subtitle=NASTY, blocks=blocks)))
    assert words.count('#import "x"') >= 7
    assert "`code` <étiquette> @ref" in words


def test_a_name_does_not_turn_the_words_around_it() -> None:
    turned = render(replace(PAPER, facts=(("Candidat", "Une \u202eCandidate\u2066"),)))
    assert turned == render(PAPER)


def test_a_text_of_thousands_of_different_signs_is_printed_without_trying_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[str] = []
    monkeypatch.setattr(pdf, "drawn", lambda sign: tried.append(sign) or False)
    signs = "".join(map(chr, range(0x4E00, 0x4E00 + 3000)))
    kept = words_of(render(replace(PAPER, blocks=(text(f"Été {signs}"),))))
    assert "Été" in kept and tried == []


def test_a_pictogram_becomes_a_square_and_the_rest_is_read() -> None:
    words = words_of(render(replace(PAPER, blocks=(text("J’ai réussi 👍🏽 très bien\x07 汉"),))))
    assert "J’ai réussi □□ très bien□ □" in words


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_at_all_makes_a_paper(one: str, other: str) -> None:
    blocks: tuple[Block, ...] = (text(one), pairs((one, other)), table((one,), (other,)))
    assert render(replace(PAPER, blocks=blocks)).startswith(b"%PDF-")


def test_a_sign_of_a_paper_stays_with_its_word() -> None:
    said = render(replace(PAPER, blocks=(text("Avez-vous « dit » oui ?"),)))
    words = PdfReader(io.BytesIO(said)).pages[0].extract_text()
    assert "«\N{NO-BREAK SPACE}dit\N{NO-BREAK SPACE}» oui\N{NO-BREAK SPACE}?" in words
