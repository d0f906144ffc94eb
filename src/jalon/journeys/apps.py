"""The journeys room."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class JourneysConfig(AppConfig):
    """The aggregate that the law speaks of."""

    name = "jalon.journeys"
    label = "journeys"
    verbose_name = "Parcours"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take part in the acts and in what people see."""
        from jalon.journeys import effects, proofs  # noqa: F401
        from jalon.journeys.guards import strengthen

        post_migrate.connect(strengthen, sender=self)
