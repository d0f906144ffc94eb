"""The certifier's pool of jurors: who may sit, for what, on whose side."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jalon.juries import actions, queries
from jalon.juries.models import Juror
from jalon.law.vocabulary import College, Role
from jalon.web import form_actions
from jalon.web.access import Visit, needs
from jalon.web.forms import SIREN, field, plain_choices
from jalon.web.invitations import invite

PERSON = ("first_name", "last_name", "email")


@needs(Role.CERTIFIER)
@require_safe
def jurors(request: Visit) -> HttpResponse:
    """List the members who may sit."""
    page = Paginator(queries.jurors(request.user), 50).get_page(request.GET.get("page"))
    return render(request, "certifier/jurors.html", {"page": page})


class JurorForm(forms.ModelForm):
    """A member of the pool (R-060, R-065, R-066, R-068)."""

    first_name = forms.CharField(label="Prénom", max_length=150)
    last_name = forms.CharField(label="Nom", max_length=150)
    email = forms.EmailField(label="Adresse e-mail")

    class Meta:
        model = Juror
        fields: ClassVar = [
            "first_name",
            "last_name",
            "email",
            "college",
            "union",
            "gender",
            "employer",
            "employer_siren",
            "qualified_for",
        ]
        labels: ClassVar = {"qualified_for": "Qualifié pour"}
        widgets: ClassVar = {
            "college": forms.RadioSelect,
            "gender": forms.RadioSelect,
            "qualified_for": forms.CheckboxSelectMultiple,
        }
        help_texts: ClassVar = {
            "union": "Pour le collège des salariés seulement.",
            "employer_siren": "Neuf chiffres. Sert à voir si un candidat vient de la même entreprise.",
            "qualified_for": "Au moins un membre de chaque jury doit l’être pour la certification.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("college", "gender"):
            field(self, name).choices = [one for one in field(self, name).choices if one[0]]
        field(self, "qualified_for").required = False
        field(self, "employer_siren").validators.append(SIREN)
        if self.instance.pk:
            for name in PERSON:
                del self.fields[name]
        plain_choices(self)

    def clean(self) -> dict[str, Any]:
        """Check that a member of the employees' side names their union (R-068)."""
        said = super().clean() or {}
        if said.get("college") == College.EMPLOYEES and not said.get("union"):
            self.add_error("union", "Indiquez l’organisation syndicale de ce membre.")
        return said


@needs(Role.CERTIFIER)
def juror(request: Visit, number: int | None = None) -> HttpResponse:
    """Enrol a member, or change what is known of one."""
    kept = get_object_or_404(queries.jurors(request.user), pk=number) if number else None
    form = JurorForm(request.POST or None, instance=kept)

    def keep() -> None:
        person = {name: form.cleaned_data.pop(name) for name in PERSON if name in form.fields}
        saved = actions.enrol(request.user, person, form.cleaned_data, kept)
        invited = kept is None and invite(request, saved.user)
        link = " Cette personne reçoit un lien pour choisir son mot de passe." if invited else ""
        messages.success(request, f"C’est enregistré.{link}")

    if form_actions.submit(request, form, keep):
        return redirect("certifier:jurors")
    return form_actions.render_form(
        request,
        form,
        "certifier/juror.html",
        juror=kept,
        back=reverse("certifier:jurors"),
        title=kept.user.get_full_name() if kept else "Nouveau membre de jury",
    )


@needs(Role.CERTIFIER)
@require_POST
def retire(request: Visit, number: int) -> HttpResponse:
    """Take a member out of the pool."""
    kept = get_object_or_404(queries.jurors(request.user), pk=number)
    actions.retire(request.user, kept)
    messages.success(request, f"{kept} ne siégera plus. Ce qui est signé reste.")
    return redirect("certifier:jurors")
