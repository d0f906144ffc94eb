"""How a room has people told of what happens beside a journey: the mailbox, above, knows what to say."""

from procrastinate.contrib.django import app as jobs

from jalon.law.vocabulary import Occasion


def tell(occasion: Occasion, key: str) -> None:
    """Queue what is told to people, in the same transaction."""
    jobs.configure_task("mailbox.tell", queue="acts").defer(occasion=occasion.value, key=key)
