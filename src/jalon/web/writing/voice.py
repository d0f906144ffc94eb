"""The address to which a page sends a voice that it recorded; it answers in JSON, and every refusal in words."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from jalon.documents.actions import store_voice
from jalon.documents.uploads import UploadRefused
from jalon.journeys.models import Journey
from jalon.journeys.policy import visible
from jalon.law.nir import no_nir_written
from jalon.law.rulebook import Refused
from jalon.people.models import User
from jalon.web.access import Visit
from jalon.web.scripted import known_sender, refused
from jalon.writing.models import Section

SIGNED_OUT = "Votre session est terminée. Votre enregistrement est gardé sur cet appareil\N{NO-BREAK SPACE}: il partira à votre prochaine connexion."
SOMEBODY_ELSE = "Jalon est ouvert ici sous un autre nom\N{NO-BREAK SPACE}: cet enregistrement n’est pas envoyé. Il partira quand la personne qui l’a fait se connectera."
GONE = "Cet enregistrement ne peut plus être joint ici."
ILL_SAID = "Cette page n’a pas pu envoyer votre enregistrement. Rechargez-la."


@known_sender(SIGNED_OUT)
@login_required
@require_POST
def record(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """Keep a recording as a proof of a competence, once; a 404 for who does not write there."""
    sound = request.FILES.get("sound")
    if sound is None:
        return refused(400, ILL_SAID)
    if request.POST.get("person") != str(request.user.pk):
        return refused(403, SOMEBODY_ELSE)
    section = section_of(request.user, id, number)
    if section is None:
        return refused(404, GONE, closed=True)
    journey = section.file.attempt.journey
    if refusal := no_nir_written(sound.name or ""):
        return refused(409, refusal.why, closed=True)
    try:
        kept = store_voice(journey, sound, request.user, section)
    except UploadRefused as unfit:
        return refused(409, str(unfit), closed=True)
    except Refused as stopped:
        return refused(409, stopped.refusal.cited, closed=True)
    return JsonResponse(
        {
            "said": f"joint à cette compétence, {kept.lasts}.",
            "at": reverse("dossiers:download", args=[kept.pk]),
        }
    )


def section_of(person: User, id: uuid.UUID, competence: int) -> Section | None:
    """Return the text that a recording proves, in the last file of a journey; None when there is none."""
    seen = Journey.objects.filter(visible(person), pk=id)
    asked = Section.objects.asked().filter(file__attempt__journey__in=seen, competence=competence)
    last = asked.select_related("file__attempt__journey").order_by("-file__attempt__number")
    return last.first()
