"""Prints papers: a title, facts, paragraphs, tables, as a tagged PDF/UA-1 by Typst."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Literal

import typst

from jalon.now import PARIS

TEMPLATE = Path(__file__).parent / "typst" / "paper.typ"


@dataclass(frozen=True)
class Block:
    """A piece of a paper, in reading order; texts are plain, never markup."""

    kind: Literal["heading", "subheading", "text", "pairs", "list", "table", "note", "sign"]
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    head: tuple[str, ...] = ()


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
    keywords: tuple[str, ...] = field(default_factory=tuple)


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


def table(head: tuple[str, ...], *rows: tuple[str, ...]) -> Block:
    """A table with its header row."""
    return Block("table", head=head, rows=rows)


def note(words: str) -> Block:
    """A remark set apart."""
    return Block("note", words)


def sign(who: str, when: str) -> Block:
    """A signature: by whom, when."""
    return Block("sign", who, rows=((when,),))


def render(paper: Paper) -> bytes:
    """Return the paper as a PDF/UA-1; the same paper always gives the same bytes."""
    data = asdict(paper) | {"day": [paper.day.year, paper.day.month, paper.day.day]}
    moment = int(datetime.combine(paper.day, time(12), tzinfo=PARIS).timestamp())
    return typst.compile(
        str(TEMPLATE),
        sys_inputs={"data": json.dumps(data, default=str)},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=moment,
    )
