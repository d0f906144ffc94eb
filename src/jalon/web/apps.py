"""The web room."""

from datetime import date

from django import forms
from django.apps import AppConfig

#: What to do about a field left empty, rather than what is wrong with it.
ASKED: dict[type[forms.Field], str] = {
    forms.Field: "Remplissez ce champ.",
    forms.ChoiceField: "Choisissez une réponse.",
    forms.BooleanField: "Cochez cette case pour continuer.",
    forms.DateField: "Indiquez la date : jour, mois, année.",
    forms.TimeField: "Indiquez l’heure.",
    forms.FileField: "Choisissez un fichier.",
}


#: No date of a file is further away than these years: a figure too many would end in an error.
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)


def validate_year(day: date) -> None:
    """Refuse a day so far away that a figure of its year is wrong."""
    if not EARLIEST <= day <= LATEST:
        raise forms.ValidationError(
            "Vérifiez l’année : elle s’écrit en quatre chiffres, comme 2027."
        )


class WebConfig(AppConfig):
    """Pages, forms and components."""

    name = "jalon.web"
    label = "web"
    verbose_name = "Pages"

    def ready(self) -> None:
        """Refuse a table with missing effects; give every form the same words and the same years."""
        from jalon.journeys import registry
        from jalon.web import rights  # noqa: F401

        registry.refuse_incomplete()
        for kind, words in ASKED.items():
            kind.default_error_messages = kind.default_error_messages | {"required": words}
        forms.DateField.default_validators = [validate_year]
