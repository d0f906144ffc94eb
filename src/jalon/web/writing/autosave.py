"""The address to which a page sends a text as it is typed; it answers in JSON, and every refusal in words."""

import re
import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from jalon.journeys.models import Journey
from jalon.journeys.policy import visible
from jalon.law.rulebook import Refused
from jalon.now import PARIS
from jalon.web.access import Visit
from jalon.web.scripted import counted, known_sender, refused, said_by
from jalon.web.writing import advised
from jalon.writing import autosave
from jalon.writing.autosave import Kept, Typed
from jalon.writing.homes import NoSuchText

NARROW = "\N{NO-BREAK SPACE}"
SIGNED_OUT = "Votre session est terminée. Votre texte est gardé sur cet appareil\N{NO-BREAK SPACE}: il partira à votre prochaine connexion."
SOMEBODY_ELSE = "Jalon est ouvert ici sous un autre nom\N{NO-BREAK SPACE}: ce texte n’est pas envoyé. Il partira quand la personne qui l’a écrit se connectera."
GONE = "Ce texte ne peut plus être enregistré ici. Copiez-le avant de quitter la page."
ILL_SAID = "Cette page n’a pas pu envoyer votre texte. Copiez-le, puis rechargez la page."

#: How `sealing.name_of` names somebody who helps to write.
AID = re.compile(r"aide-[0-9]{1,9}")
SUBJECT, FIELD = re.compile(r"[a-z]{1,20}(/[a-z0-9_]{1,38})?"), re.compile(r"[a-z0-9_]{1,60}")


@known_sender(SIGNED_OUT)
@login_required
@require_POST
def save(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Save a text as it is typed; a 404 for who does not write there."""
    said = read(request)
    if said is None:
        return refused(400, ILL_SAID)
    person, subject, field, typed = said
    if person != request.user.pk:
        return refused(403, SOMEBODY_ELSE)
    if not Journey.objects.filter(visible(request.user), pk=id).exists():
        return refused(404, GONE)
    try:
        kept = autosave.save(id, request.user, subject, field, typed)
    except (NoSuchText, Journey.DoesNotExist):
        return refused(404, GONE, closed=True)
    except Refused as refusal:
        closed = refusal.refusal.rule in ("R-017", "R-051")
        return refused(409, refusal.refusal.cited, closed=closed)
    return JsonResponse(answer(kept) | {"advice": advised.told(subject, field, kept.text)})


def read(request: HttpRequest) -> tuple[int | str, str, str, Typed] | None:
    """Return what a page sends: by whom, of which field, and the text; None when it makes no sense.

    An account is a number, somebody who helps to write by a link is a name.
    """
    try:
        said = said_by(request)
        typed = Typed(
            uuid.UUID(said["pen"]),
            counted(said["number"]),
            counted(said["after"]),
            text(said["base"]),
            text(said["text"]),
        )
        subject, field = said["subject"], said["field"]
        if not (SUBJECT.fullmatch(subject) and FIELD.fullmatch(field)):
            return None
        person = said["person"]
        named = isinstance(person, str) and AID.fullmatch(person)
        return person if named else counted(person), subject, field, typed
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def text(said: Any) -> str:
    """Return a text as it can be kept: without what is no letter, lines ended as browsers show them."""
    if not isinstance(said, str):
        raise TypeError
    whole = said.encode("utf-8", "replace").decode()
    return whole.replace("\0", "").replace("\r\n", "\n")


def answer(kept: Kept) -> dict[str, Any]:
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
