"""Runs the worker inside this process: once for the tour, or until the code changes in development."""

from typing import cast

from django.utils.autoreload import run_with_reloader
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.django_connector import DjangoConnector


def work(*, wait: bool = False) -> None:
    """Do everything that is queued: notices, e-mails, papers; then stop, or wait for more."""
    own = cast(DjangoConnector, queue.connector).get_worker_connector()
    with queue.replace_connector(own) as worker:
        worker.run_worker(wait=wait, install_signal_handlers=False, listen_notify=wait)


def work_reloaded() -> None:
    """Work until stopped, and start again each time the code changes."""
    run_with_reloader(work, wait=True)
