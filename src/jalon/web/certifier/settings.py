"""The certifier's settings: what no text settles, from which day, by whom, and what it was before."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jalon.law.rulebook import rules
from jalon.law.settings import DEFINITIONS, Definition
from jalon.law.vocabulary import Role, Setting
from jalon.now import today
from jalon.people import actions, queries
from jalon.people.models import CertifierSetting
from jalon.web import form_actions
from jalon.web.access import Visit, needs
from jalon.web.fields import DateField


@dataclass(frozen=True)
class Line:
    """A setting as its page shows it: the value in force, the one that waits for its day."""

    setting: Setting
    definition: Definition
    article: str
    current: CertifierSetting | None
    next: CertifierSetting | None


@needs(Role.CERTIFIER)
@require_safe
def settings(request: Visit) -> HttpResponse:
    """Show what is settled today, what waits for its day, and everything that was written."""
    history = queries.settings_history(request.user)
    known = list(history)
    page = Paginator(history, 20).get_page(request.GET.get("page"))
    lines = [line(setting, known) for setting in Setting]
    return render(request, "certifier/settings.html", {"lines": lines, "page": page})


def line(setting: Setting, known: list[CertifierSetting]) -> Line:
    """Return what is shown of a setting, from what was written, the latest first."""
    written = [one for one in known if one.setting == setting]
    held = [one for one in written if one.start <= today()]
    to_come = [one for one in written if one.start > today()]
    definition = DEFINITIONS[setting]
    return Line(
        setting,
        definition,
        rules()[definition.rule].at(today()).article,
        max(held, key=lambda one: (one.start, one.at), default=None),
        min(to_come, key=lambda one: one.start, default=None),
    )


class SettingForm(forms.Form):
    """A value, from which day, and on whose word."""

    value = forms.IntegerField(label="Valeur", required=False)
    start = DateField(label="À partir du", initial=today)
    source = forms.CharField(
        label="Texte ou décision",
        max_length=200,
        help_text="Par exemple : règlement des CQPM, article 12, version de mars 2026.",
    )

    def __init__(self, *args: Any, setting: Setting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        definition = DEFINITIONS[setting]
        self.fields["value"].help_text = (
            f"{definition.decides} Laissez vide si votre règlement ne le dit pas : les papiers "
            "diront « à confirmer par le certificateur »."
        )


@needs(Role.CERTIFIER)
def change_setting(request: Visit, name: str) -> HttpResponse:
    """Write a value of one setting, from a day on."""
    setting = Setting.or_none(name)
    if setting is None:
        raise Http404
    form = SettingForm(request.POST or None, setting=setting)
    if form_actions.submit(
        request, form, lambda: actions.settle(request.user, setting, **form.cleaned_data)
    ):
        messages.success(request, "C’est enregistré. Ce qui est déjà décidé ne change pas.")
        return redirect("certifier:settings")
    return form_actions.render_form(
        request, form, title=setting.label, back=reverse("certifier:settings")
    )
