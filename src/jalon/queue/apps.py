"""The queue's own jobs."""

from django.apps import AppConfig


class QueueConfig(AppConfig):
    """What keeps the queue of jobs moving."""

    name = "jalon.queue"
    label = "queue"
    verbose_name = "File de travaux"
