"""Prints papers: a title, facts, paragraphs, tables, as a tagged PDF/UA-1 by Typst."""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from functools import lru_cache
from operator import methodcaller
from pathlib import Path
from typing import Any, Literal

import typst

from jalon.law.rulebook import enforces
from jalon.law.signatures import HEIGHT, WIDTH
from jalon.now import PARIS
from jalon.words import held_together

TEMPLATE = Path(__file__).parent / "typst" / "paper.typ"
#: A page with nothing on it but the words to try.
TRIAL = b"""#set document(title: "x")
#set text(lang: "fr", font: "Libertinus Serif")
#for one in json(bytes(sys.inputs.data)) [#one ]"""
#: Commands to machines, which people paste without seeing them; lines and tabs are drawn as space.
CONTROLS = "".join(map(chr, (*range(9), *range(11, 32), 127)))
#: What stands in a box that is ticked.
TICKED = "X"
#: What turns the direction of the words that follow, and is never seen.
TURNING = dict.fromkeys(
    (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), ""
)
#: Where a paper says, for a program, the hash of the line of the journal that printed it.
TRACE = re.compile(rb"journal-([0-9a-f]{64})")
#: How many signs are tried one by one; with more, only those of French are kept.
TRIED = 300
SQUARE = "\N{WHITE SQUARE}"
FRENCH = "àâäæçéèêëîïôöœùûüÿÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸ’«»–—…·°²³½×€ºª\u00a0\u202f"


@dataclass(frozen=True)
class Block:
    """A piece of a paper, in reading order; texts are plain, never markup."""

    kind: Literal[
        "heading",
        "subheading",
        "text",
        "pairs",
        "list",
        "boxes",
        "blanks",
        "table",
        "attendance",
        "note",
        "sign",
    ]
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    head: tuple[str, ...] = ()


@dataclass(frozen=True)
class PaperSection:
    """A part of a file, under its title: a page shows it, a paper prints it.

    `name` is for the page that shows one of them in its own way.
    """

    title: str
    blocks: tuple[Block, ...]
    name: str = ""


@dataclass(frozen=True)
class Paper:
    """A paper: who sends it, what it is, about whom, its date, and its blocks."""

    title: str
    reference: str
    issuer: str
    day: date
    blocks: tuple[Block, ...]
    subtitle: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    watermark: str = ""
    #: The line of the journal that printed it: its number, and the hash that holds every line before it.
    line: int = 0
    hash: str = ""


def heading(text: str) -> Block:
    """A part of the paper."""
    return Block("heading", text)


def subheading(text: str) -> Block:
    """A part of a part."""
    return Block("subheading", text)


def text(words: str) -> Block:
    """A paragraph."""
    return Block("text", words)


def pairs(*rows: tuple[str, str]) -> Block:
    """Labels and values, side by side."""
    return Block("pairs", rows=tuple((label, value or "—") for label, value in rows))


def bullets(*lines: str) -> Block:
    """A list."""
    return Block("list", rows=tuple((line,) for line in lines))


def boxes(*lines: tuple[bool, str]) -> Block:
    """Boxes, ticked or not, each with its words."""
    return Block("boxes", rows=tuple((TICKED if ticked else "", words) for ticked, words in lines))


def blanks(*labels: str) -> Block:
    """Lines that somebody else fills in by hand, after their labels."""
    return Block("blanks", rows=tuple((label,) for label in labels))


def table(head: tuple[str, ...], *rows: tuple[str, ...]) -> Block:
    """A table with its header row."""
    return Block("table", head=head, rows=rows)


def attendance(head: tuple[str, ...], *rows: tuple[str, ...]) -> Block:
    """A table whose last column is what was drawn, its path and its words: both stand in one cell."""
    return Block(
        "attendance", head=head, rows=tuple((*row[:-2], drawing(row[-2]), row[-1]) for row in rows)
    )


def drawing(path: str) -> str:
    """Return strokes as a picture made of lines; nothing for who drew nothing."""
    if not path:
        return ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<path d="{path}" fill="none" stroke="#14213d" stroke-width="4"'
        ' stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


def note(words: str) -> Block:
    """A remark set apart."""
    return Block("note", words)


def sign(who: str, when: str) -> Block:
    """A signature: by whom, when."""
    return Block("sign", who, rows=((when,),))


@enforces("R-128")
def render(paper: Paper) -> bytes:
    """Return the paper as a PDF/UA-1; the same paper always gives the same bytes.

    A sign that the fonts cannot draw (a pictogram, say) becomes a square: nothing a person types
    keeps their paper from being printed, and the file itself keeps their words as they are. Signs that
    turn the direction of a line are left out: a name would turn the words around it. Those that end a
    sentence, or open and close a quotation, stay with their word.
    """
    written = asdict(paper) | {"day": [paper.day.year, paper.day.month, paper.day.day]}
    data = each_text(written, lambda said: held_together(said.translate(TURNING)))
    moment = int(datetime.combine(paper.day, time(12), tzinfo=PARIS).timestamp())
    said = json.dumps(data, default=str, ensure_ascii=False)
    try:
        return compiled(TEMPLATE.read_bytes(), said, moment)
    except typst.TypstError:
        odd = {sign for sign in said if not sign.isascii()} | set(CONTROLS)
    ways = (drawn, of_french)  # some signs are drawn alone, and not beside another
    for known in ways if len(odd) <= TRIED else ways[1:]:
        signs = {ord(sign): SQUARE for sign in odd if not known(sign)}
        try:
            return compiled(
                TEMPLATE.read_bytes(),
                json.dumps(each_text(data, methodcaller("translate", signs)), default=str),
                moment,
            )
        except typst.TypstError as error:
            failed = error
    raise failed


def of_french(sign: str) -> bool:
    """Tell whether a sign is one of those that French is written with."""
    return sign in FRENCH


def compiled(template: bytes, said: str, moment: int) -> bytes:
    """Return what Typst makes of a template and its data, dated as told (seconds since 1970)."""
    return typst.compile(
        template,
        sys_inputs={"data": said},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=moment,
    )


@lru_cache(maxsize=4096)
def drawn(sign: str) -> bool:
    """Tell whether the fonts of the papers can draw a sign, alone and after a letter."""
    try:
        compiled(TRIAL, json.dumps([sign, f"a{sign}"]), 0)
    except typst.TypstError:
        return False
    return True


def each_text(value: Any, change: Callable[[str], str]) -> Any:
    """Return texts, however deep they stand, each of them changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list | tuple):
        return [each_text(one, change) for one in value]
    if isinstance(value, dict):
        return {name: each_text(one, change) for name, one in value.items()}
    return value
