"""Runs the worker inside this process, in development, until the code changes."""

from django.utils.autoreload import run_with_reloader

from jalon.queue.worker import work


def work_reloaded() -> None:
    """Work until stopped, and start again each time the code changes."""
    run_with_reloader(work, wait=True)
