"""The support room."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """Meetings, paths and plans."""

    name = "jalon.support"
    label = "support"
    verbose_name = "Accompagnement"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take part in the acts and in what people see."""
        from jalon.support import effects, figures, listing, papers, rights  # noqa: F401
