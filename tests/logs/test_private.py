"""What is taken out of what is logged, and what stays of an error."""

import re
from collections.abc import Iterator
from smtplib import SMTPDataError, SMTPRecipientsRefused
from time import perf_counter

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection, transaction
from django.urls import URLResolver, get_resolver

from jalon.logs.private import described, in_words, scrubbed
from jalon.people.models import User

KEPT = [
    "Job mailbox.notify of 12 lines, 2027-03-12 06:05:00+01:00",
    "GET /dossiers/84ca25c2-6f10-4341-b3b8-241fff6fa158/ 404",
    "jalon/web/errors.py:84 server_error",
    "the seal is 0612345678abcdef0612345678abcdef",
    "port 5432 failed: Connection refused",
]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("550 <ana.ajusteur@exemple.fr>: inconnue", "550 <[adresse]>: inconnue"),
        ("to='o’brien+vae@sous.exemple.fr'", "to='[adresse]'"),
        ("to=<jean!ana@exemple.fr>", "to=<[adresse]>"),
        ('to="ana ajusteur"@exemple.fr', "to=[adresse]"),
        ("/x?email=ana%2Eajusteur%40exemple.fr", "/x?email=[adresse]"),
        ("/x?email=ana%40exemple.fr", "/x?email=[adresse]"),
        ("appelez le 06 12 34 56 78.", "appelez le [téléphone]."),
        ("appelez le 0612345678", "appelez le [téléphone]"),
        ("appelez le +33 6.12.34.56.78", "appelez le [téléphone]"),
        ("appelez le 0033 (0)6-12-34-56-78", "appelez le [téléphone]"),
        ("appelez le +32 470 12 34 56", "appelez le [téléphone]"),
        ("duplicate key\nDETAIL:  Key (name)=(Ana\nAjusteur) exists.", "duplicate key […]"),
        ("clé dupliquée\nDÉTAIL : La clé « (nom)=(Ana) » existe", "clé dupliquée […]"),
        ("Key (first_name, last_name)=(Ana, Ajusteur) exists", "Key […]"),
        ("raised\nTraceback (most recent call last):\nValueError: Ana", "raised\n[…]"),
        ("postgresql://jalon:secret@base/jalon", "postgresql://[…]@base/jalon"),
        ("/compte/password/reset/key/1a-abc123-def/", "/compte/password/reset/key/[…]/"),
        ("/rendez-vous/lien/Wzcs:1x:yZ_-/annuler/", "/rendez-vous/lien/[…]/annuler/"),
        ("/rendez-vous/propose/Wzcs:1x:yZ_-/", "/rendez-vous/propose/[…]/"),
        ("/signature/lien/Wzcs:1x:yZ_-/", "/signature/lien/[…]/"),
        ("/nouvelles/lien/Wzcs:1x:yZ_-/j-arrete/", "/nouvelles/lien/[…]/j-arrete/"),
        ("/entreprise/lien/Wzcs:1x:yZ_-/", "/entreprise/lien/[…]/"),
        ("/aide/lien/Wzcs:1x:yZ_-/28/", "/aide/lien/[…]/28/"),
        ("/agenda/flux/x3-Yz_9.ics", "/agenda/flux/[…]"),
    ],
)
def test_addresses_telephones_values_and_secrets_are_taken_out(written: str, kept: str) -> None:
    assert scrubbed(written) == kept


def test_no_address_that_is_itself_a_key_stays_whole() -> None:
    keys = {route for route in routes(get_resolver()) if re.search(r"<str:(token|secret)>", route)}
    assert len(keys) > 6
    for route in keys:
        assert "Wzcs:1x:yZ_-" not in scrubbed("/" + re.sub("<str:.*?>", "Wzcs:1x:yZ_-", route)), (
            route
        )


def routes(resolver: URLResolver) -> Iterator[str]:
    """Yield the address of each page, with its holes."""
    for one in resolver.url_patterns:
        below = routes(one) if isinstance(one, URLResolver) else [""]
        yield from (f"{one.pattern}{rest}" for rest in below)


@pytest.mark.parametrize("said", KEPT)
def test_what_helps_to_find_a_failure_stays(said: str) -> None:
    assert scrubbed(said) == said


def test_a_long_text_is_cut() -> None:
    assert len(scrubbed("x" * 10_000)) == 2000


@pytest.mark.parametrize("again", ["a", " ", "a.", "a'", "DETAIL", '"a', "a%40", "(a"])
def test_an_address_made_to_be_slow_to_read_is_read_at_once(again: str) -> None:
    began = perf_counter()
    scrubbed(again * 30_000)
    assert perf_counter() - began < 1


def test_a_message_that_may_hold_a_name_is_not_told() -> None:
    assert in_words(ValueError("pas de dossier pour Ana Ajusteur")) == "ValueError"
    assert in_words(KeyError("Ana Ajusteur")) == "KeyError"


def test_a_message_about_the_program_is_told() -> None:
    failure = ImproperlyConfigured("JALON_HOSTS is missing from the environment")
    assert in_words(failure).endswith("(JALON_HOSTS is missing from the environment)")


def test_a_disk_says_what_is_wrong_and_not_with_which_file() -> None:
    failure = OSError(28, "No space left on device", "/files/cv-ana-ajusteur.pdf")
    assert in_words(failure) == "OSError (No space left on device)"


def test_a_mail_server_says_its_code_and_not_whom_it_refuses() -> None:
    refused = SMTPRecipientsRefused({"ana@exemple.fr": (550, b"ana@exemple.fr inconnue")})
    assert in_words(refused) == "smtplib.SMTPRecipientsRefused (refused, 550)"
    assert in_words(SMTPDataError(554, b"Ana")) == "smtplib.SMTPDataError (answered 554)"


@pytest.mark.django_db
def test_the_database_says_which_constraint_and_not_which_values() -> None:
    User.objects.create(email="ana@exemple.fr")
    with pytest.raises(IntegrityError) as found, transaction.atomic():
        User.objects.create(email="ana@exemple.fr")
    assert "ana@exemple.fr" in str(found.value)
    first, second = described(found.value)
    assert first["type"] == "django.db.utils.IntegrityError" and "message" not in first
    assert second["type"] == "psycopg.errors.UniqueViolation"
    assert second["message"].startswith("code 23505, constraint ")
    assert second["message"].endswith("table people_user")


@pytest.mark.django_db
def test_a_value_that_the_database_could_not_read_is_not_told() -> None:
    with pytest.raises(psycopg.Error) as found, connection.cursor() as cursor:
        cursor.connection.execute("SELECT 'Ana Ajusteur'::int")
    assert in_words(found.value) == "psycopg.errors.InvalidTextRepresentation (code 22P02)"


def test_an_error_says_where_in_the_code_it_was_and_what_led_to_it() -> None:
    try:
        try:
            raise KeyError("Ana")
        except KeyError as inner:
            raise ValueError("Ajusteur") from inner
    except ValueError as failure:
        first, second = described(failure)
    assert (first["type"], second["type"]) == ("ValueError", "KeyError")
    assert first["at"][-1].startswith("logs/test_private.py:")
    assert first["at"][-1].endswith(
        "test_an_error_says_where_in_the_code_it_was_and_what_led_to_it"
    )


def test_an_error_that_leads_back_to_itself_is_told_once() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert in_words(first) == "ValueError, from KeyError"
