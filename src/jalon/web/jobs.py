"""What the worker tidies for the pages: sessions that ended, forms that were sent."""

from django.core.management import call_command
from procrastinate.contrib.django import app

from jalon.web import once


@app.periodic(cron="45 4 * * *")
@app.task(name="web.forget", queue="acts", queueing_lock="web.forget")
def forget(timestamp: int | None = None) -> int:
    """Once a night, forget the sessions that ended and the forms that were sent; return how many forms."""
    call_command("clearsessions")
    return once.forget()
