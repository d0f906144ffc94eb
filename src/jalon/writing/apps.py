"""The writing room."""

from django.apps import AppConfig


class WritingConfig(AppConfig):
    """The feasibility file and the validation file."""

    name = "jalon.writing"
    label = "writing"
    verbose_name = "Dossiers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take part in the acts, and in the snapshot of a journey."""
        from jalon.writing import effects, rights, snapshot  # noqa: F401
