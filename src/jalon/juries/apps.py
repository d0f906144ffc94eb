"""The juries room."""

from django.apps import AppConfig


class JuriesConfig(AppConfig):
    """Sessions, panels, scores and minutes."""

    name = "jalon.juries"
    label = "juries"
    verbose_name = "Jurys"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take part in the acts and in what people see."""
        from jalon.juries import effects, policy, rights  # noqa: F401
