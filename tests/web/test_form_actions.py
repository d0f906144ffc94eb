"""Submitting a form: what the write gave back, or what it was refused for."""

import re

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory

from jalon.documents.uploads import UploadRefused
from jalon.law.rulebook import Refusal, Refused
from jalon.web.form_actions import Submitted, attempt, is_refused, render_form, submit


class NoteForm(forms.Form):
    """A word and a file."""

    word = forms.CharField()
    file = forms.FileField(required=False)


def sent(**said: str) -> HttpRequest:
    """Return the request of somebody who sends a form."""
    request = RequestFactory().post("/", said)
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


def forbid() -> None:
    """Refuse."""
    raise Refused(Refusal("R-017", "Ce dossier n’est plus modifiable."))


def test_what_the_write_gave_back_is_returned_even_when_it_is_nothing() -> None:
    request = sent(word="mot")
    assert submit(request, NoteForm(request.POST), lambda: 7) == Submitted(7)
    assert submit(request, NoteForm(request.POST), lambda: None)


def test_nothing_is_written_before_the_form_is_sent_and_valid() -> None:
    opened = RequestFactory().get("/")
    assert submit(opened, NoteForm(), forbid) is None
    empty = sent(word="")
    assert submit(empty, NoteForm(empty.POST), forbid) is None


def test_a_refusal_joins_the_form_with_its_rule_and_answers_409() -> None:
    request = sent(word="mot")
    form = NoteForm(request.POST)
    assert submit(request, form, forbid) is None
    assert form.non_field_errors() and form.refusal.rule == "R-017"  # type: ignore[attr-defined]
    assert is_refused(form)
    answer = render_form(request, form, "django/forms/div.html", fields=[])
    assert answer.status_code == 409


def test_a_refused_file_joins_its_field() -> None:
    def refuse() -> None:
        raise UploadRefused("Ce fichier n’est pas un PDF.")

    request = sent(word="mot")
    form = NoteForm(request.POST)
    assert submit(request, form, refuse, file="file") is None
    assert form.errors["file"] == ["Ce fichier n’est pas un PDF."]
    assert not is_refused(form)


@pytest.mark.parametrize("value", [3, None])
def test_a_button_gives_back_its_result_or_says_its_refusal(value: int | None) -> None:
    request = sent()
    assert attempt(request, lambda: value) == Submitted(value)
    assert attempt(request, forbid) is None
    assert next(str(one) for one in get_messages(request)).startswith("Ce dossier n’est plus")


@pytest.mark.rule("R-128")
def test_an_error_is_said_at_the_top_with_a_link_and_beside_its_field_which_names_it() -> None:
    request = sent(word="")
    form = NoteForm(request.POST)
    assert submit(request, form, forbid) is None
    page = str(form)
    assert 'role="alert"' in page and 'href="#id_word"' in page
    assert '<label for="id_word">' in page and 'aria-invalid="true"' in page
    assert re.search(r'aria-describedby="[^"]*id_word_error', page)
    assert 'id="id_word_error"' in page
