"""The web room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, forms and components."""

    name = "jalon.web"
    label = "web"
    verbose_name = "Pages"
