"""The catalogue room."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Certifications and their référentiels."""

    name = "jalon.catalogue"
    label = "catalogue"
    verbose_name = "Certifications"
    default_auto_field = "django.db.models.BigAutoField"
