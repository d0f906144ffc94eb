"""Takes what is about people out of what is logged: addresses, telephones, values of the database, secrets.

No rule knows a name when it reads one. So of an error, its kind and its place in the code are kept,
and its message only where it speaks of the program: a message may hold whatever somebody typed.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from numbers import Number
from pathlib import PurePath
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from traceback import walk_tb
from types import TracebackType
from typing import Any
from uuid import UUID

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError
from django.template import TemplateSyntaxError
from django.utils.functional import Promise

#: What is taken out, and what stands in its place. What PostgreSQL adds to an error, and what another
#: program tells of one in its own message, goes to the end: the values in it may have lines too.
TAKEN_OUT = [
    (
        re.compile(r"(?<!\s)\s*\b(?:DETAIL|DÉTAIL|CONTEXTE?|LINE \d+|LIGNE \d+) ?:.*", re.DOTALL),
        " […]",
    ),
    (re.compile(r"\(\w[\w, ]*\)=\(.*", re.DOTALL), "[…]"),
    (re.compile(r"Traceback \(most recent call last\).*", re.DOTALL), "[…]"),
    (re.compile(r"(?<=://)[^\s/@]+(?=@)"), "[…]"),
    (re.compile(r"(?<=/password/reset/key/)[^\s/?\"']+"), "[…]"),
    (re.compile(r"(?<=/lien/)[^\s/?\"']+"), "[…]"),
    (re.compile(r"(?<=/rendez-vous/propose/)[^\s/?\"']+"), "[…]"),
    (re.compile(r"(?<=/agenda/flux/)[^\s/?\"']+"), "[…]"),
    (
        re.compile(
            r'(?:"[^"\n]{1,64}"|(?<![\w.+!#$%*^`{|}~-])[\w.+!#$%*^`{|}~-][\w.+\'’!#$%*^`{|}~-]{0,255})'
            r"(?:@|%40)[\w-]+(?:\.[\w-]+)*"
        ),
        "[adresse]",
    ),
    (
        re.compile(
            r"(?<![\w.+-])(?:(?:\+|00)33[\s.-]?(?:\(0\))?|0)[1-9](?:[\s.\-/]?\d{2}){4}(?!\w)"
            r"|(?<!\w)\+\d(?:[\s.-]?\d){7,14}(?!\w)"
        ),
        "[téléphone]",
    ),
]
#: No line is longer, whatever is told of an error.
LONGEST = 2000
#: What speaks of the program, or of the way to the database, and never of what somebody typed.
SPEAKS_OF_THE_PROGRAM = (
    AttributeError,
    ImportError,
    ImproperlyConfigured,
    InterfaceError,
    NameError,
    OperationalError,
    TemplateSyntaxError,
    psycopg.InterfaceError,
    psycopg.OperationalError,
)
#: What is written as it is. A thing of another kind may say a name as it tells of itself.
TOLD = (str, bytes, Number, date, time, timedelta, UUID, PurePath, Promise)
#: So many places in the code are told of an error, those nearest to it.
PLACES = 40
ABOVE_THE_CODE = re.compile(r"^.*/(?:site-packages|src|tests|lib/python[\d.]+)/")


def scrubbed(text: str) -> str:
    """Return a text without what is about people, nor secrets, cut when it is long."""
    for pattern, instead in TAKEN_OUT:
        text = pattern.sub(instead, text)
    return text[:LONGEST]


def harmless(value: Any) -> Any:
    """Return what may be written of a value that a message holds: of a row of a table, its number.

    Of what holds others, each is told so; of any other thing, its kind alone.
    """
    if value is None or isinstance(value, TOLD):
        return value
    if isinstance(value, BaseException):
        return in_words(value)
    if hasattr(value, "_meta") and hasattr(value, "pk"):
        return f"{type(value).__name__} {value.pk}"
    if isinstance(value, Mapping):
        return {str(harmless(name)): harmless(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [harmless(one) for one in value]
    return (value if isinstance(value, type) else type(value)).__name__


def in_words(failure: BaseException) -> str:
    """Return what may be said of an error and of those that led to it, on one line."""
    return ", from ".join(
        f"{name_of(one)} ({told})" if (told := message_of(one)) else name_of(one)
        for one in led_to(failure)
    )


def described(failure: BaseException) -> list[dict[str, Any]]:
    """Return what may be kept of an error and of those that led to it: kind, message, places in the code."""
    return [
        {"type": name_of(one)}
        | ({"message": told} if (told := message_of(one)) else {})
        | {"at": places(one.__traceback__)}
        for one in led_to(failure)
    ]


def led_to(failure: BaseException | None) -> Iterator[BaseException]:
    """Yield an error, then each that led to it, as Python would show them."""
    seen: set[int] = set()
    while failure is not None and id(failure) not in seen:
        seen.add(id(failure))
        yield failure
        context = None if failure.__suppress_context__ else failure.__context__
        failure = failure.__cause__ or context


def name_of(failure: BaseException) -> str:
    """Return the name of a kind of error, with its module unless Python's own."""
    kind = type(failure)
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"


def message_of(failure: BaseException) -> str:
    """Return what may be told of the message of an error; nothing when it may hold anything."""
    if isinstance(failure, SMTPRecipientsRefused):
        return (
            f"refused, {', '.join(sorted({str(code) for code, _ in failure.recipients.values()}))}"
        )
    if isinstance(failure, SMTPResponseException):
        return f"answered {failure.smtp_code}"
    if isinstance(failure, SPEAKS_OF_THE_PROGRAM):
        return scrubbed(str(failure)).strip()
    if isinstance(failure, psycopg.Error):
        return told_by_the_database(failure)
    if isinstance(failure, OSError):
        return failure.strerror or ""
    return ""


def told_by_the_database(failure: psycopg.Error) -> str:
    """Return the code of an error, and which constraint, table and column it is about; no value."""
    diagnosis = failure.diag
    parts = {
        "code": failure.sqlstate,
        "constraint": diagnosis.constraint_name,
        "table": diagnosis.table_name,
        "column": diagnosis.column_name,
    }
    return ", ".join(f"{name} {part}" for name, part in parts.items() if part)


def places(trace: TracebackType | None) -> list[str]:
    """Return where in the code an error went through, the nearest to it last."""
    through = [
        f"{ABOVE_THE_CODE.sub('', frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"
        for frame, line in walk_tb(trace)
    ]
    return through[-PLACES:]
