"""The journeys room."""

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    """The aggregate that the law speaks of."""

    name = "jalon.journeys"
    label = "journeys"
    verbose_name = "Parcours"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take part in the acts and in what people see."""
        from jalon.journeys import effects  # noqa: F401
