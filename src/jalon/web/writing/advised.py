"""The advice shown under what one writes: by a page as it opens, and by the answer to what is typed."""

from django.forms import BaseForm

from jalon.web.fields import field
from jalon.web.templatetags.jalon import unbroken
from jalon.writing.advice import Advice, advice, asked


def of(subject: str, name: str, text: str) -> list[Advice]:
    """Return the advice on an answer; nothing where none is given."""
    question = asked(subject, name)
    return advice(question, text) if question else []


def told(subject: str, name: str, text: str) -> list[list[str]]:
    """Return the same as a page that is open shows it: what it is about, and what to do."""
    return [[one.kind.label, unbroken(one.said)] for one in of(subject, name, text)]


def attach(form: BaseForm, subject: str) -> None:
    """Give each field of a form the advice on its answer as it stands, to be shown under it."""
    for one in form:
        field(form, one.name).advised = of(subject, one.name, str(one.value() or ""))


def waiting(form: BaseForm) -> str:
    """Return how much advice waits under what was just saved, in a sentence; nothing when there is none."""
    count = sum(len(field(form, name).advised) for name in form.fields)
    if not count:
        return ""
    if count == 1:
        return "Un conseil vous attend sous votre réponse."
    return f"{count} conseils vous attendent sous vos réponses."
