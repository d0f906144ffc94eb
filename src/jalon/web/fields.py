"""The fields that forms share, and what is said of them: optional or asked, grouped, chosen."""

import re
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator

from jalon.law.support import hours_said, siren_exists
from jalon.now import today

ONLY_WHAT_IS_NEEDED = (
    "N’écrivez que ce qui est utile. Pas de santé ni d’opinion. Pas de données d’autres personnes."
)

#: How many letters an answer on one line has at most: what the columns hold.
ONE_LINE = 200

#: Nobody who asks for a VAE was born more years ago than this.
OLDEST = 100

validate_siren = RegexValidator(r"^\d{9}$", "Écrivez les neuf chiffres du SIREN.")
validate_siret = RegexValidator(r"^\d{14}$", "Écrivez les quatorze chiffres du SIRET.")

validate_phone = RegexValidator(
    r"^\+?\d([ .-]?\d){7,14}$", "Écrivez un numéro complet, par exemple 06 12 34 56 78."
)


def validate_siren_exists(siren: str) -> None:
    """Refuse nine digits that no organisation may have."""
    if not siren_exists(siren):
        raise forms.ValidationError(
            "Vérifiez ce SIREN\N{NO-BREAK SPACE}: ses neuf chiffres ne vont pas ensemble."
        )


def validate_not_to_come(day: date) -> None:
    """Refuse a day to come, where only the past is told."""
    if day > today():
        raise forms.ValidationError("Cette date n’est pas encore venue : vérifiez l’année.")


def validate_within_a_life(day: date) -> None:
    """Refuse a day that nobody alive has known: a figure of the year is missing, or wrong."""
    if day.year < today().year - OLDEST:
        raise forms.ValidationError("Vérifiez l’année : elle est trop ancienne.")


#: No number that a form hides or an address holds has more figures.
FIGURES = 9


def whole_number(text: str) -> int | None:
    """Return the number that a text writes, None when it writes none that Jalon may have given."""
    return int(text) if text.isdecimal() and len(text) <= FIGURES else None


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class DateField(forms.DateField):
    """A day."""

    widget = DateInput
    default_error_messages: ClassVar = {"invalid": "Écrivez un jour qui existe, comme 12/03/2027."}


class Digits(forms.CharField):
    """A number that people write in groups: its spaces and dots are not kept."""

    def to_python(self, value: Any) -> str:
        """Return the digits one after another."""
        written = super().to_python(value) or ""
        return "".join(written.replace(".", " ").split())


#: A price in euros, once its spaces are gone.
PRICE = re.compile(r"[0-9]{1,7}(\.[0-9]{1,2})?")


class EurosField(forms.CharField):
    """A price as people write it, "1 250,50 €": its value is in cents."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Any:
        """Return the cents, or None; raises `ValidationError`."""
        written = super().to_python(value) or ""
        price = "".join(written.replace("€", "").replace(",", ".").split())
        if not price:
            return None
        if not PRICE.fullmatch(price):
            raise forms.ValidationError("Écrivez un prix en euros, par exemple 1250,50.")
        return round(float(price) * 100)


#: Hours that are planned, by half-hours, once their spaces are gone.
HALF_HOURS = re.compile(r"[0-9]{1,3}([.,][05])?")
MOST_HOURS = 400


class HoursField(forms.CharField):
    """Hours by half-hours, as people write them, "2,5" or "2.5": the value is exact."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Any:
        """Return the hours, or None; raises `ValidationError`."""
        written = "".join((super().to_python(value) or "").split()).removesuffix("h")
        if not written:
            return None
        if not HALF_HOURS.fullmatch(written) or float(written.replace(",", ".")) > MOST_HOURS:
            raise forms.ValidationError(
                f"Écrivez des heures, par demi-heure, par exemple 2,5 ({MOST_HOURS} au plus)."
            )
        return Decimal(written.replace(",", "."))

    def prepare_value(self, value: Any) -> Any:
        """Return hours as people write them."""
        return hours_said(value) if isinstance(value, Decimal) else value


def in_euros(cents: int) -> str:
    """Return an amount as its field writes it."""
    return f"{cents / 100:.2f}".replace(".", ",").removesuffix(",00")


def asked_in_digits(form: forms.BaseForm, name: str, check: RegexValidator) -> None:
    """Take a number as people write it, in groups, then check its digits."""
    asked = field(form, name)
    form.fields[name] = Digits(
        label=asked.label,
        required=asked.required,
        help_text=asked.help_text,
        validators=[check],
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


class LongText(forms.CharField):
    """A text of several lines, with the reminder of what not to write (R-126)."""

    widget = forms.Textarea(attrs={"rows": 5})

    def __init__(
        self, *, label: str, required: bool = True, help_text: str = "", **kwargs: Any
    ) -> None:
        super().__init__(
            label=label, required=required, help_text=help_text or ONLY_WHAT_IS_NEEDED, **kwargs
        )

    def to_python(self, value: Any) -> Any:
        """Return what was written, nothing for letters that nobody sees."""
        written = super().to_python(value) or ""
        seen = any(one.isprintable() and not one.isspace() for one in written)
        return written if seen else self.empty_value


class Impersonal(forms.Textarea):
    """A text of several lines about no person: an address, a référentiel. It needs no reminder."""


#: With more free texts than this, the reminder of what not to write is said once, above them.
SAID_BESIDE = 2


def remind_once(form: forms.BaseForm) -> None:
    """Take the reminder away from beside each of many free texts: the page then says it above them."""
    texts = [one for one in form.fields.values() if one.help_text == ONLY_WHAT_IS_NEEDED]
    if len(texts) > SAID_BESIDE:
        for one in texts:
            one.help_text = ""


class SeveralFiles(forms.ClearableFileInput):
    """The browser's own picker of files, which takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Some files, or none: the value is a list."""

    widget = SeveralFiles

    def clean(self, value: Any, initial: Any = None) -> Any:
        """Return each file, checked as one is; raises `ValidationError`."""
        brought = value if isinstance(value, list | tuple) else [value]
        return [super(FilesField, self).clean(one, initial) for one in brought if one]


class YesNoField(forms.TypedChoiceField):
    """A question that is answered yes or no: the value is a boolean, and nothing is ticked before."""

    widget = forms.RadioSelect

    def __init__(self, *, yes: str = "Oui", no: str = "Non", **kwargs: Any) -> None:
        super().__init__(
            choices=[("oui", yes), ("non", no)], coerce=lambda said: said == "oui", **kwargs
        )


def field(form: forms.BaseForm, name: str) -> Any:
    """Return a field of a form as the kind it is: the types know only what all kinds share."""
    return form.fields[name]


def mark_asked_by_law(form: forms.BaseForm, *names: str) -> None:
    """Mark fields that the law will ask for, though the form lets them be empty: not optional."""
    for name in names:
        field(form, name).asked_by_law = True


def group(form: forms.BaseForm, title: str, *names: str) -> None:
    """Put fields under one heading, which screen readers hear with each label."""
    for name in names:
        field(form, name).group = title


def drop_empty_choice(form: forms.BaseForm, *names: str) -> None:
    """Take the line of dashes out of choices that are shown one below the other."""
    for name in names:
        field(form, name).choices = [one for one in field(form, name).choices if one[0]]


def name_empty_choices(form: forms.BaseForm) -> None:
    """Say what to do where a list that opens starts with dashes."""
    for one in form.fields.values():
        if isinstance(one, forms.ChoiceField) and isinstance(one.widget, forms.Select):
            known = list(one.choices)  # type: ignore[arg-type]
            if known and known[0][0] in ("", None):
                one.choices = [("", "Choisissez"), *known[1:]]
