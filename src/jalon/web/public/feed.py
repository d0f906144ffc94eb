"""What an agenda reads at a secret address: no session, no form, and nothing again when nothing changed."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from jalon.counting import times
from jalon.mailbox import feeds

#: How often a feed may be read in an hour, by all the agendas of its person; and that hour, in seconds.
MOST, HOUR = 60, 60 * 60


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Give the calendar of a secret address; a 304 when the agenda has it already, a 404 when it is none."""
    known = feeds.feed_of(secret)
    if known is None:
        raise Http404
    if times(f"calendar-feed-{known.pk}", HOUR) > MOST:
        return slow_down()
    held = feeds.read(known)
    file = HttpResponse(held.file(), content_type="text/calendar; charset=utf-8")
    file["Content-Disposition"] = 'inline; filename="jalon.ics"'
    file["Referrer-Policy"] = "no-referrer"
    file["Cache-Control"] = "private, no-cache"
    file["ETag"] = f'"{held.content}"'
    since = int(held.changed_at.timestamp())
    file["Last-Modified"] = http_date(since)
    answer = get_conditional_response(request, file["ETag"], since, file)
    assert answer is not None
    return answer


def slow_down() -> HttpResponse:
    """Return what is said to an agenda that reads too often."""
    said = "Cet agenda est lu trop souvent. Réglez votre agenda pour le lire une fois par heure."
    answer = HttpResponse(said, status=429, content_type="text/plain; charset=utf-8")
    answer["Retry-After"] = str(HOUR)
    return answer
