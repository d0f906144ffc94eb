"""The documents room."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Uploads and generated papers."""

    name = "jalon.documents"
    label = "documents"
    verbose_name = "Documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take part in the acts, and in the snapshot of a journey."""
        from jalon.documents import effects, proofs, rights, snapshot  # noqa: F401
