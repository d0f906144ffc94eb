"""How large what people send may be."""

import io

import pytest
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client, RequestFactory
from django.urls import reverse

from jalon.demo.scenario import DemoPeople
from jalon.web.limits import FIELDS, sender
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were begun in the temporary folder."""
    begun: list[str] = []
    begin = TemporaryFileUploadHandler.new_file

    def noted(handler: TemporaryFileUploadHandler, *args: object, **kwargs: object) -> None:
        begin(handler, *args, **kwargs)
        begun.append(str(handler.file_name))

    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", noted)
    return begun


def sent(client: Client, address: str, size: int) -> int:
    """Send a file of some size, and return the status of the answer."""
    file = io.BytesIO(b"0" * size)
    file.name = "gros.pdf"
    return client.post(address, {"file": file}).status_code


def test_who_is_not_signed_in_writes_nothing_large_on_the_disk(
    db: None, written: list[str]
) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert sent(strict, reverse("account_login"), 4 * MEGABYTE) == 413
    assert written == []


def test_who_is_signed_in_writes_nothing_larger_than_a_file_and_its_form(
    demo: DemoPeople, written: list[str]
) -> None:
    client = browser(demo.head)
    assert sent(client, reverse("architect:import"), 17 * MEGABYTE) == 413
    assert written == []
    assert sent(client, reverse("architect:import"), 4 * MEGABYTE) != 413
    assert written == ["gros.pdf"]


def test_the_national_register_is_sent_whole_by_an_administrator_only(demo: DemoPeople) -> None:
    address = reverse("office:catalogue")
    assert sent(browser(demo.head), address, 17 * MEGABYTE) == 413
    assert sent(browser(demo.administrator), address, 17 * MEGABYTE) != 413


def test_a_long_text_without_a_session_is_still_given_back(db: None) -> None:
    said = {"text": "A" * (FIELDS // 2)}
    assert Client().post(reverse("candidate:home"), said).status_code != 413


@pytest.mark.parametrize("announced", ["9" * 4500, "²", "-1", ""])
def test_a_size_that_says_nothing_ends_in_no_error(db: None, announced: str) -> None:
    answer = Client().post(
        reverse("account_login"), {}, CONTENT_LENGTH=announced, headers={"accept": "text/html"}
    )
    assert answer.status_code < 500


def test_what_is_larger_than_the_register_is_refused_before_it_is_read_and_said_so(
    demo: DemoPeople, written: list[str]
) -> None:
    answer = browser(demo.administrator).post(
        reverse("office:catalogue"), {"only": ""}, CONTENT_LENGTH=str(400 * MEGABYTE)
    )
    assert answer.status_code == 413 and written == []
    assert "L’export du répertoire fait 300 Mo au plus" in answer.content.decode()


def test_who_holds_a_whole_network_is_counted_once_whichever_address_they_take() -> None:
    first, second, other = (
        sender(RequestFactory().get("/", REMOTE_ADDR=one))
        for one in ("2001:db8::1", "2001:db8::ffff:2", "2001:db8:0:1::1")
    )
    assert first == second != other
