"""The address to which a page sends a text as it is typed; it answers in JSON, and every refusal in words."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from jalon.journeys.models import Journey
from jalon.journeys.policy import visible
from jalon.law.rulebook import Refused
from jalon.now import PARIS
from jalon.web.access import Visit
from jalon.web.scripted import counted, known_sender, refused, said_by, why_not
from jalon.web.writing import advised
from jalon.writing import autosave
from jalon.writing.autosave import Kept, Outcome, Typed
from jalon.writing.homes import NoSuchText

NARROW = "\N{NO-BREAK SPACE}"
SIGNED_OUT = "Votre session est terminée. Votre texte est gardé sur cet appareil\N{NO-BREAK SPACE}: il partira à votre prochaine connexion."
SOMEBODY_ELSE = "Jalon est ouvert ici sous un autre nom\N{NO-BREAK SPACE}: ce texte n’est pas envoyé. Il partira quand la personne qui l’a écrit se connectera."
GONE = "Ce texte ne peut plus être enregistré ici. Copiez-le avant de quitter la page."
ILL_SAID = "Cette page n’a pas pu envoyer votre texte. Copiez-le, puis rechargez la page."

#: How many fields a page has at most, with a margin.
MOST_AT_ONCE = 100
#: How `sealing.name_of` names somebody who helps to write.
AID = re.compile(r"aide-[0-9]{1,9}")
SUBJECT, FIELD = re.compile(r"[a-z]{1,20}(/[a-z0-9_]{1,38})?"), re.compile(r"[a-z0-9_]{1,60}")


@dataclass(frozen=True)
class Sent:
    """What a page sends: by whom, and each text after the page and the field that it is of.

    An account is a number, somebody who helps to write by a link is a name.
    """

    person: int | str
    texts: list[tuple[str, str, Typed]]
    together: bool


@known_sender(SIGNED_OUT)
@login_required
@require_POST
def save(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Save a text as it is typed, or all those of a page at once; a 404 for who does not write there."""
    sent = read(request)
    if sent is None:
        return refused(400, ILL_SAID)
    if sent.person != request.user.pk:
        return refused(403, SOMEBODY_ELSE)
    if not Journey.objects.filter(visible(request.user), pk=id).exists():
        return refused(404, GONE)
    try:
        return saved(sent, partial(autosave.save, id, request.user))
    except Journey.DoesNotExist:
        return refused(404, GONE, closed=True)


def read(request: HttpRequest) -> Sent | None:
    """Return what a page sends; None when it makes no sense."""
    try:
        said = said_by(request)
        together = "all" in said
        texts = [read_text(one) for one in (said["all"] if together else [said])]
        person = said["person"]
        named = isinstance(person, str) and AID.fullmatch(person)
        if not 0 < len(texts) <= MOST_AT_ONCE:
            return None
        return Sent(person if named else counted(person), texts, together)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def read_text(said: Any) -> tuple[str, str, Typed]:
    """Return a text that a page sends; raises ValueError, TypeError, KeyError when it makes no sense."""
    typed = Typed(
        uuid.UUID(said["pen"]),
        counted(said["number"]),
        counted(said["after"]),
        text(said["base"]),
        text(said["text"]),
    )
    subject, field = said["subject"], said["field"]
    if not (SUBJECT.fullmatch(subject) and FIELD.fullmatch(field)):
        raise ValueError
    return subject, field, typed


def text(said: Any) -> str:
    """Return a text as it can be kept: without what is no letter, lines ended as browsers show them."""
    if not isinstance(said, str):
        raise TypeError
    whole = said.encode("utf-8", "replace").decode()
    return whole.replace("\0", "").replace("\r\n", "\n")


def saved(sent: Sent, save: Callable[[str, str, Typed], Kept]) -> JsonResponse:
    """Save what a page sends, together; answer for each text when it was kept, or in words why it was not."""
    outcomes = autosave.together([partial(save, *one) for one in sent.texts])
    answers = [
        answer(subject, field, outcome)
        for (subject, field, _), outcome in zip(sent.texts, outcomes, strict=True)
    ]
    if sent.together:
        return JsonResponse({"all": answers})
    [(status, said)] = answers
    return JsonResponse(said, status=status)


def answer(subject: str, field: str, outcome: Outcome) -> tuple[int, dict[str, Any]]:
    """Return what a page is told of a text, after the status that says whether it was kept."""
    if isinstance(outcome, NoSuchText):
        return 404, why_not(GONE, closed=True)
    if isinstance(outcome, Refused):
        closed = outcome.refusal.rule in ("R-017", "R-051")
        return 409, why_not(outcome.refusal.cited, closed=closed)
    return 200, told_of(outcome) | {"advice": advised.told(subject, field, outcome.text)}


def told_of(kept: Kept) -> dict[str, Any]:
    """Return what a page is told of a text that was saved."""
    at = kept.at.astimezone(PARIS)
    hour = f"{at.hour} h {at.minute:02} min {at.second:02} s".replace(" ", NARROW)
    return {
        "text": kept.text,
        "revision": kept.revision,
        "at": at.isoformat(timespec="seconds"),
        "said": f"Enregistré à {hour}",
        "theirs": kept.theirs,
        "before": kept.before,
        "version": kept.version,
    }
