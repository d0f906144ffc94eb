"""The forms of an agenda: hours, absences, sites, travel."""

from datetime import time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html

from jalon.law.clocks import WEEKDAYS
from jalon.law.vocabulary import MeetingMode, Territory
from jalon.now import today
from jalon.support.models import Site
from jalon.support.models.agenda import LENGTHS
from jalon.web.fields import DateField, field


class TimeField(forms.TimeField):
    """An hour of the day, with the browser's own picker."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class PlacedForm(forms.Form):
    """How and where people meet: on a site, at a distance by a link, by telephone where it may be."""

    mode = forms.TypedChoiceField(
        label="Comment ?",
        choices=MeetingMode.choices(),
        coerce=MeetingMode,
        widget=forms.RadioSelect,
    )
    site = forms.ModelChoiceField(
        label="Site",
        queryset=Site.objects.none(),
        required=False,
        empty_label="Aucun",
        help_text="Où vous recevez. À distance, il donne le fuseau horaire ; sans site, l’heure de Paris.",
    )
    link = forms.URLField(
        label="Lien de visioconférence",
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text="À distance : il est écrit dans les courriels de qui vient.",
    )

    def offer_sites(self, sites: QuerySet[Site]) -> None:
        """Let a site be chosen among some; where there is none, lead to the page that adds one."""
        site = field(self, "site")
        site.queryset = sites
        if not sites.exists():
            site.help_text = format_html(
                "Votre équipe n’a pas encore de site où recevoir. "
                '<a href="{}">Ajoutez-le</a> d’abord, puis revenez ici.',
                reverse("architect:new_site"),
            )

    def clean(self) -> dict[str, Any]:
        """Check that it is somewhere."""
        said = super().clean() or {}
        if said.get("mode") == MeetingMode.ON_SITE and not said.get("site"):
            self.add_error("site", "Choisissez le site où vous recevez.")
        if said.get("mode") == MeetingMode.REMOTE and not said.get("link"):
            self.add_error("link", "Écrivez le lien par lequel on vous rejoint.")
        return said


class OpeningForm(PlacedForm):
    """Hours of each week, cut into meetings, somewhere."""

    field_order = ("weekday", "starts_at", "ends_at", "minutes", "mode", "site", "link")

    weekday = forms.TypedChoiceField(
        label="Jour de la semaine",
        choices=[("", "Choisissez"), *enumerate(WEEKDAYS)],
        coerce=int,
        empty_value=None,
    )
    starts_at = TimeField(label="De")
    ends_at = TimeField(label="À")
    minutes = forms.TypedChoiceField(
        label="Durée d’un rendez-vous",
        choices=[(one, f"{one} minutes") for one in LENGTHS],
        coerce=int,
        initial=60,
        widget=forms.RadioSelect,
    )
    valid_from = DateField(label="À partir du", initial=today)
    valid_until = DateField(
        label="Jusqu’au", required=False, help_text="Vide : jusqu’à nouvel ordre."
    )

    def __init__(self, *args: Any, sites: QuerySet[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_sites(sites)

    def clean(self) -> dict[str, Any]:
        """Check that a meeting fits in, and that the last day is not before the first."""
        said = super().clean()
        if not fits(said.get("starts_at"), said.get("ends_at"), said.get("minutes")):
            self.add_error(
                "ends_at",
                "Un rendez-vous n’y tient pas : choisissez une heure de fin plus tardive.",
            )
        ends_before(self, said, "valid_from", "valid_until")
        return said


def fits(opens: time | None, closes: time | None, minutes: int | None) -> bool:
    """Say whether a meeting fits between two hours, as far as they are known."""
    if opens is None or closes is None or minutes is None:
        return True
    return (closes.hour - opens.hour) * 60 + closes.minute - opens.minute >= minutes


class AbsenceForm(forms.Form):
    """Days, or some hours of one day, and why."""

    starts_on = DateField(label="Du", initial=today)
    ends_on = DateField(
        label="Au", required=False, help_text="Ce jour compris. Vide : un seul jour."
    )
    starts_at = TimeField(
        label="De", required=False, help_text="Vide : toute la journée. Pour un seul jour."
    )
    ends_at = TimeField(label="À", required=False)
    reason = forms.CharField(
        label="Raison", max_length=200, required=False, help_text="Personne d’autre ne la lit."
    )

    def clean(self) -> dict[str, Any]:
        """Check that it ends after it began, and that hours are those of one day."""
        said = super().clean() or {}
        said["ends_on"] = said.get("ends_on") or said.get("starts_on")
        ends_before(self, said, "starts_on", "ends_on")
        opens, closes = said.get("starts_at"), said.get("ends_at")
        if (opens is None) != (closes is None):
            self.add_error("ends_at", "Écrivez les deux heures, ou aucune.")
        elif opens and closes and opens >= closes:
            self.add_error("ends_at", "Écrivez une heure après la première.")
        elif opens and said.get("starts_on") != said.get("ends_on"):
            self.add_error("starts_at", "Des heures ne valent que pour un seul jour.")
        return said


def ends_before(form: forms.Form, said: dict[str, Any], first: str, last: str) -> None:
    """Say beside the second of two days that it comes before the first."""
    if said.get(first) and said.get(last) and said[last] < said[first]:
        form.add_error(last, "Cette date vient avant la première : vérifiez-la.")


class SiteChangeForm(forms.Form):
    """What a place is called, and where it is."""

    name = forms.CharField(label="Nom", max_length=100, help_text="Par exemple : Caen.")
    address = forms.CharField(
        label="Adresse", max_length=250, help_text="Comme on l’écrit à quelqu’un qui vient."
    )


class SiteForm(SiteChangeForm):
    """A place where people are received; its hours stay those of its territory."""

    territory = forms.TypedChoiceField(
        label="Territoire",
        choices=Territory.choices(),
        coerce=Territory,
        help_text="Ses heures et ses jours fériés sont ceux de l’agenda.",
    )


class ClosingForm(forms.Form):
    """From when a site receives nobody."""

    closes_on = DateField(
        label="Fermé à partir du", help_text="Le premier jour où plus personne n’y est reçu."
    )


class HoldForm(forms.Form):
    """For how many hours a sooner meeting is kept for somebody."""

    hours = forms.IntegerField(
        label="Heures pour répondre",
        help_text="Comptées de 9 h à 19 h, les jours ouvrés : rien n’expire la nuit.",
    )


class TravelForm(forms.Form):
    """How long it takes from one site to another."""

    minutes = forms.IntegerField(
        label="Minutes entre deux sites",
        min_value=0,
        max_value=240,
        help_text="Ce temps reste libre entre deux rendez-vous qui ne sont pas au même endroit.",
    )
