"""Submits a form, renders it, says a refusal with its rule: the same on every page."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.documents.uploads import UploadRefused
from jalon.law.rulebook import Refused

REFUSED = "refused"


def submit(
    request: HttpRequest, form: forms.BaseForm, write: Callable[[], Any], file: str = "file"
) -> bool:
    """Do what a form asks once it is valid, and say whether it was done.

    A refusal joins the form with its rule, that of a file joins the field that facts it: what was
    typed stays.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        write()
    except Refused as refused:
        form.add_error(None, forms.ValidationError(refused.refusal.cited, code=REFUSED))
    except UploadRefused as refused_file:
        form.add_error(file, str(refused_file))
    else:
        return True
    return False


def render_form(
    request: HttpRequest, form: forms.BaseForm, page: str = "form_page.html", **context: Any
) -> HttpResponse:
    """Show a form: 409 when the law refused what it asked, 200 otherwise."""
    status = 409 if form.is_bound and form.has_error(NON_FIELD_ERRORS, REFUSED) else 200
    return render(request, page, {"form": form} | context, status=status)


def attempt(request: HttpRequest, write: Callable[[], Any]) -> bool:
    """Do what a button asks and say whether it was done; a refusal is a message, with its rule."""
    try:
        write()
    except Refused as refused:
        messages.error(request, refused.refusal.cited)
        return False
    return True
