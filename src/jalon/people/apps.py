"""The people room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts, organisations and memberships."""

    name = "jalon.people"
    label = "people"
    verbose_name = "Personnes"
    default_auto_field = "django.db.models.BigAutoField"
