"""What the worker tells people: of a line of a journal, of anything else, and at the hour planned."""

from collections.abc import Callable

from procrastinate.contrib.django import app

from jalon.catalogue.queries import sheet
from jalon.journeys.models import JournalEntry, Journey
from jalon.law.routing import ends_soon
from jalon.law.vocabulary import Channel, Occasion
from jalon.mailbox.accounts import send_account_mail
from jalon.mailbox.delivery import send, write_notices
from jalon.mailbox.messages import about_entry, about_occasion
from jalon.mailbox.messages.endings import SheetEnding
from jalon.mailbox.messages.hours import to_sign
from jalon.mailbox.messages.remarks import to_tell
from jalon.mailbox.models import Notice, NoticeQuerySet
from jalon.now import today
from jalon.queue.retries import RETRIED
from jalon.queue.worker import ACCOUNTS


@app.task(name="mailbox.post", queue=ACCOUNTS, retry=RETRIED)
def post(mail: int) -> bool:
    """Send an e-mail by which somebody comes in; False when it is of no use any more."""
    return send_account_mail(mail)


@app.task(name="mailbox.notify", queue="acts", retry=RETRIED)
def notify(entry_id: int) -> int:
    """Tell everyone concerned by an act or an event, each once; return how many were told now.

    An address that the mail server refuses keeps nobody else waiting: it is tried again later. Raises
    OSError when one could not be told.
    """
    return send(about_line(entry_id))


def about_line(entry_id: int) -> NoticeQuerySet:
    """Write whom a line of a journal is told to, and return what is told at once.

    What a journey was taken over with is known to them already: it is told to nobody.
    """
    entry = JournalEntry.objects.select_related("journey__candidate", "journey__architect").get(
        pk=entry_id
    )
    if entry.channel != Channel.TAKEN_OVER:
        write_notices(about_entry(entry))
    return Notice.objects.at_once().filter(entry=entry)


@app.task(name="mailbox.tell", queue="acts", retry=RETRIED)
def tell(occasion: str, key: str) -> int:
    """Tell everyone concerned by what happens beside every journey; return how many were told now."""
    return send(about_anything_else(occasion, key))


def about_anything_else(occasion: str, key: str) -> NoticeQuerySet:
    """Write whom it is told to, and return what is told at once."""
    messages = about_occasion(Occasion(occasion), key)
    write_notices(messages)
    names = [message.name for message in messages]
    return Notice.objects.at_once().filter(entry__isnull=True, message__in=names, about=key)


#: What each job that tells people writes before it sends, under the job's name.
WRITERS: dict[str, Callable[..., NoticeQuerySet]] = {
    "mailbox.notify": about_line,
    "mailbox.tell": about_anything_else,
}


@app.task(name="mailbox.let_go", queue="acts", retry=RETRIED)
def let_go(notices: list[int]) -> int:
    """Send what was held and may leave after all; return how many left."""
    return send(Notice.objects.filter(pk__in=notices))


def tell_or_queue(occasion: Occasion, key: str) -> int:
    """Tell everyone concerned, and queue what the mail server does not take; return how many were told."""
    try:
        return tell(occasion=occasion, key=key)
    except OSError:
        tell.defer(occasion=occasion, key=key)
        return 0


@app.periodic(cron="30 5 * * *")
@app.task(
    name="mailbox.morning", queue="acts", lock="mailbox.morning", queueing_lock="mailbox.morning"
)
def morning(timestamp: int | None = None) -> int:
    """Tell staff, once a day, what is late and what waits for them; return how many were told."""
    return tell_or_queue(Occasion.MORNING, today().isoformat())


@app.periodic(cron="0 16 * * *")
@app.task(
    name="mailbox.remarks", queue="acts", lock="mailbox.remarks", queueing_lock="mailbox.remarks"
)
def remarks(timestamp: int | None = None) -> int:
    """Tell, once a day, whose texts were read again and who settled remarks; return how many were told."""
    return sum(tell_or_queue(occasion, key) for occasion, key in to_tell(today()))


@app.periodic(cron="30 17 * * *")
@app.task(name="mailbox.hours", queue="acts", lock="mailbox.hours", queueing_lock="mailbox.hours")
def hours(timestamp: int | None = None) -> int:
    """Tell, once a day, who was in a workshop and has not signed for it; return how many were told."""
    return sum(tell_or_queue(Occasion.HOURS_TO_SIGN, key) for key in to_sign(today()))


@app.periodic(cron="15 5 * * *")
@app.task(
    name="mailbox.sheets", queue="acts", lock="mailbox.sheets", queueing_lock="mailbox.sheets"
)
def sheets(timestamp: int | None = None) -> int:
    """Tell, once a journey, that its certification ends soon; return how many were told (R-011)."""
    told = Notice.objects.filter(message=SheetEnding.name).values("about")
    ending = Journey.objects.under_way().filter(certification__ends_on__gte=today())
    keys = [str(one.pk) for one in ending.select_related("certification") if is_ending(one)]
    new = set(keys) - set(told.filter(about__in=keys).values_list("about", flat=True))
    return sum(tell_or_queue(Occasion.SHEET_ENDING, key) for key in sorted(new))


def is_ending(journey: Journey) -> bool:
    """Say whether the registration of what a journey aims at ends within the days of the alert."""
    return ends_soon(sheet(journey.certification), today())


@app.periodic(cron="*/5 * * * *")
@app.task(
    name="mailbox.remind", queue="acts", lock="mailbox.remind", queueing_lock="mailbox.remind"
)
def remind(timestamp: int | None = None) -> int:
    """Send what was written for this hour; return how many left. One worker at a time does it.

    What is told at once is the other two jobs' own: nothing leaves twice.
    """
    return send(Notice.objects.scheduled())
