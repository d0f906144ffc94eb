"""The web room."""

from django import forms
from django.apps import AppConfig

#: What to do about a field left empty, rather than what is wrong with it.
ASKED: dict[type[forms.Field], str] = {
    forms.Field: "Remplissez ce champ.",
    forms.ChoiceField: "Choisissez une réponse.",
    forms.BooleanField: "Cochez cette case pour continuer.",
    forms.DateField: "Indiquez la date : jour, mois, année.",
    forms.TimeField: "Indiquez l’heure.",
    forms.FileField: "Choisissez un fichier.",
}


class WebConfig(AppConfig):
    """Pages, forms and components."""

    name = "jalon.web"
    label = "web"
    verbose_name = "Pages"

    def ready(self) -> None:
        """Refuse a table with missing effects; give every form the same words for what is missing."""
        from jalon.journeys import registry

        registry.refuse_incomplete()
        for kind, words in ASKED.items():
            kind.default_error_messages = kind.default_error_messages | {"required": words}
