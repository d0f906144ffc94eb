"""The advice shown under what one writes: by a page as it opens, and by the answer to what is typed."""

from django.forms import BaseForm

from jalon.web.templatetags.jalon import unbroken
from jalon.writing.advice import Advice, advice, asked


def of(subject: str, field: str, text: str) -> list[Advice]:
    """Return the advice on an answer; nothing where none is given."""
    question = asked(subject, field)
    return advice(question, text) if question else []


def told(subject: str, field: str, text: str) -> list[list[str]]:
    """Return the same as a page that is open shows it: what it is about, and what to do."""
    return [[one.kind.label, unbroken(one.said)] for one in of(subject, field, text)]


def attach(form: BaseForm, subject: str) -> None:
    """Give a form the advice on each of its answers as they stand, to be shown under them."""
    found = {one.name: of(subject, one.name, str(one.value() or "")) for one in form}
    form.advice = found  # type: ignore[attr-defined]  # for the page to show


def waiting(form: BaseForm) -> str:
    """Return how much advice waits under what was just saved, in a sentence; nothing when there is none."""
    count = sum(map(len, form.advice.values()))  # type: ignore[attr-defined]  # attached before
    if not count:
        return ""
    if count == 1:
        return "Un conseil vous attend sous votre réponse."
    return f"{count} conseils vous attendent sous vos réponses."
