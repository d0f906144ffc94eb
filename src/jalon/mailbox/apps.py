"""The mailbox room."""

from django.apps import AppConfig


class MailboxConfig(AppConfig):
    """Notices and e-mails."""

    name = "jalon.mailbox"
    label = "mailbox"
    verbose_name = "Courriers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registry of messages, and say what people were told."""
        from jalon.mailbox import rights  # noqa: F401
        from jalon.mailbox.messages import discover

        discover()
