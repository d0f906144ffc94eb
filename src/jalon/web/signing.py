"""Signing one's hours: the same page on the tablet of who led, in one's own space, and by the link of a mail.

Each way to sign is a form of its own; the one that draws shows itself once its script runs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.law.signatures import HEIGHT, LONGEST, WIDTH
from jalon.law.vocabulary import SignedHow
from jalon.mailbox.signing import mail_code
from jalon.people.models import User
from jalon.support import signatures
from jalon.support.attendance import Hours
from jalon.web import form_actions
from jalon.web.fields import ONE_LINE, Digits

#: Which of the forms of the page is sent; and the button that asks for a code.
HOW, SEEN, SEND = "facon", "vu", "envoyer"


@dataclass(frozen=True)
class Door:
    """Which hours are signed, and who holds the page; `back` leads away, `done` is where one goes after.

    `collects` says that the page is on the screen of the team, `leads` that they may note an agreement.
    """

    hours: Hours
    by: User
    here: str
    back: str
    done: str
    collects: bool = False
    leads: bool = False


class DrawnForm(forms.Form):
    """What was drawn, as a path; its script fills it in."""

    strokes = forms.CharField(max_length=LONGEST, required=False, widget=forms.HiddenInput)


class CodeForm(forms.Form):
    """The six digits of the mail."""

    code = Digits(
        label="Code reçu par courriel",
        validators=[RegexValidator(r"^\d{6}$", "Écrivez les six chiffres du code.")],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class AloudForm(forms.Form):
    """Why somebody does not sign themselves."""

    reason = forms.CharField(
        label="Pourquoi la personne ne signe pas elle-même",
        max_length=ONE_LINE,
        help_text="Par exemple : main dans le plâtre. Pas de détail de santé.",
    )


class AccountForm(forms.Form):
    """Nothing but a button: the session says who signs."""


Forms = dict[SignedHow, forms.Form]
Write = Callable[[], Any]


def sign(request: HttpRequest, door: Door) -> HttpResponse:
    """Show hours and the ways to sign them; sign, or send a code, as the page asks."""
    if request.method == "POST" and request.POST.get(HOW) == SEND:
        return send(request, door)
    ways = [SignedHow.CODE]
    if door.collects:
        ways = [SignedHow.DRAWN, *ways, *([SignedHow.ALOUD] if door.leads else [])]
    return chosen(request, ways, lambda how, form: write(door, how, form, request), door)


def send(request: HttpRequest, door: Door) -> HttpResponse:
    """Send a code by e-mail, and come back to where it is typed."""
    if form_actions.attempt(request, lambda: mail_code(door.hours, door.by)):
        messages.success(
            request,
            f"Un code part vers {door.hours.person.email}. Il sert pendant un quart d’heure.",
        )
    return redirect(f"{door.here}#code")


def write(door: Door, how: SignedHow, form: forms.Form, request: HttpRequest) -> Any:
    """Sign in one of the ways; raises `Refused`."""
    seen, said = request.POST.get(SEEN, ""), form.cleaned_data
    if how == SignedHow.CODE:
        return signatures.sign_by_code(door.hours, said["code"], seen, door.by)
    return signatures.sign(door.hours, how, door.by, seen, **said)


#: The form of each way to sign.
FORMS = {
    SignedHow.DRAWN: DrawnForm,
    SignedHow.CODE: CodeForm,
    SignedHow.ALOUD: AloudForm,
    SignedHow.ACCOUNT: AccountForm,
}


def chosen(
    request: HttpRequest,
    ways: list[SignedHow],
    write: Callable[[SignedHow, forms.Form], Any],
    door: Door,
) -> HttpResponse:
    """Show the forms of some ways to sign; do what the one that was sent asks."""
    how = SignedHow.or_none(request.POST.get(HOW, "")) if request.method == "POST" else None
    shown = {way: FORMS[way](request.POST if way == how else None) for way in ways}
    form = shown.get(how) if how else None
    if how and form and form_actions.submit(request, form, lambda: write(how, form)):
        messages.success(request, f"{door.hours.person.get_full_name()} : la signature est gardée.")
        return redirect(door.done)
    refused = form is not None and form_actions.is_refused(form)
    context = {
        "door": door,
        "hours": door.hours,
        "form": form,
        "drawn": shown.get(SignedHow.DRAWN),
        "code": shown.get(SignedHow.CODE),
        "aloud": shown.get(SignedHow.ALOUD),
        "account": shown.get(SignedHow.ACCOUNT),
        "width": WIDTH,
        "height": HEIGHT,
    }
    return render(request, "signing/sign.html", context, status=409 if refused else 200)
