"""Submits a form, renders it, says a refusal with its rule: the same on every page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.documents.uploads import UploadRefused
from jalon.law.nir import no_nir_written
from jalon.law.rulebook import Refused, enforces
from jalon.web.once import not_done

#: The code of the error that a refusal by the law leaves on a form.
REFUSED = "refused"

T = TypeVar("T")


@dataclass(frozen=True)
class Submitted(Generic[T]):
    """Something was done; `value` is what the write gave back. Always true, whatever the value."""

    value: T


def submit(
    request: HttpRequest, form: forms.BaseForm, write: Callable[[], T], file: str = "file"
) -> Submitted[T] | None:
    """Do what a form asks once it is valid, and return what came of it; None when nothing was done.

    A refusal joins the form with its rule, that of a file joins the field that brought it: what was
    typed stays.
    """
    if request.method != "POST" or not accepted(form):
        return None
    try:
        return Submitted(write())
    except Refused as refused:
        form.refusal = refused.refusal  # type: ignore[attr-defined]  # for the page to cite
        form.add_error(None, forms.ValidationError(refused.refusal.why, code=REFUSED))
        for name in refused.refusal.fields:
            if name in form.fields:
                form.add_error(
                    name, "À corriger." if form.cleaned_data.get(name) else "À compléter."
                )
    except UploadRefused as refused_file:
        form.add_error(file, str(refused_file))
    return None


def accepted(form: forms.BaseForm) -> bool:
    """Say whether a form is valid, and no text of it holds what is never kept."""
    return form.is_valid() and without_nir(form)


@enforces("R-121")
def without_nir(form: forms.BaseForm) -> bool:
    """Say whether no field of a valid form holds a social security number; each that does is told so.

    Every text that people write on a page goes through here, and the name of every file.
    """
    for name, value in list(form.cleaned_data.items()):
        if refusal := no_nir_written(written(value)):
            form.add_error(name if name in form.fields else None, refusal.why)
    return not form.errors


def written(value: Any) -> Any:
    """Return what people wrote of a value: the name of a file, and of each of several."""
    if isinstance(value, UploadedFile):
        return value.name
    return [written(one) for one in value] if isinstance(value, list) else value


def is_refused(form: forms.BaseForm) -> bool:
    """Say whether the law refused what a form asked."""
    return form.is_bound and form.has_error(NON_FIELD_ERRORS, REFUSED)


@enforces("R-128")
def render_form(
    request: HttpRequest, form: forms.BaseForm, page: str = "form_page.html", **context: Any
) -> HttpResponse:
    """Show a form: 409 when the law refused what it asked, 200 otherwise."""
    status = 409 if is_refused(form) else 200
    return render(request, page, {"form": form} | context, status=status)


def attempt(request: HttpRequest, write: Callable[[], T]) -> Submitted[T] | None:
    """Do what a button asks, and return what came of it; a refusal is a message, with its rule."""
    try:
        return Submitted(write())
    except Refused as refused:
        messages.error(request, refused.refusal.cited)
        not_done(request)
        return None
