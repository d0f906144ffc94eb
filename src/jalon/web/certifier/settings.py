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
    written = queries.settings_history(request.user)
    page = Paginator(written, 20).get_page(request.GET.get("page"))
    held = written.filter(start__lte=today()).order_by("setting", "-start", "-at", "-pk")
    to_come = written.filter(start__gt=today()).order_by("setting", "start", "-at", "-pk")
    current, following = (
        {one.setting: one for one in rows.distinct("setting")} for rows in (held, to_come)
    )
    lines = [line(one, current.get(one), following.get(one)) for one in Setting]
    return render(request, "certifier/settings.html", {"lines": lines, "page": page})


def line(
    setting: Setting, current: CertifierSetting | None, following: CertifierSetting | None
) -> Line:
    """Return what is shown of a setting."""
    definition = DEFINITIONS[setting]
    article = rules()[definition.rule].at(today()).article
    return Line(setting, definition, article, current, following)


class SettingForm(forms.Form):
    """A value, from which day, and on whose word."""

    value = forms.IntegerField(required=False)
    start = DateField(label="À partir du", initial=today)
    source = forms.CharField(
        label="Texte ou décision",
        max_length=200,
        help_text="Par exemple : règlement des CQPM, article 12, version de mars 2026.",
    )

    def __init__(self, *args: Any, setting: Setting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        definition = DEFINITIONS[setting]
        self.fields["value"].label = definition.asked
        if definition.yes_or_no:
            self.fields["value"] = forms.TypedChoiceField(
                label=definition.asked,
                choices=[("1", "Oui"), ("0", "Non"), ("", "Il ne le dit pas")],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
        self.fields["value"].help_text = (
            f"{definition.decides} Tant que votre règlement ne le dit pas, laissez vide : les "
            "papiers disent « à confirmer par le certificateur »."
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
