"""In the demonstration, a voice that proves a text, what was typed from it, and somebody who helps to write."""

import io
import math
import wave
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from jalon.demo.scenario import Scenario
from jalon.documents.actions import store_voice
from jalon.mailbox.aids import mail_link
from jalon.now import today
from jalon.writing import aids, helping
from jalon.writing.helping import Heard, Typed
from jalon.writing.models import Section

#: How many samples a second, and how many seconds; the pitch of what is heard.
RATE, SECONDS, PITCH = 8000, 3, 220
SPOKEN = "Sur ce travail, j’ai aussi formé un intérimaire au contrôle des pièces."
DICTATED = "J’ai appris à préparer mes outils la veille."


def write_together(scenario: Scenario, first: Section, second: Section) -> None:
    """Let the candidate record their voice, approve what was typed from it, and be helped with another text."""
    journey, candidate = scenario.journey, scenario.person
    sound = SimpleUploadedFile("J’explique mon contrôle.wav", tone())
    heard = store_voice(journey, sound, candidate, first)
    source = Heard(heard.pk, f"J’explique mon contrôle, {heard.lasts}")
    typed = with_more(first, "actions", SPOKEN, source)
    one = helping.propose(journey.pk, scenario.architect, first.competence_id, typed)
    helping.approve(journey.pk, candidate, one.pk, one.answers, seen=first.version)
    aid = aids.name(
        journey.pk,
        candidate,
        aids.Asked(
            "Ana Exemple",
            "ana@exemple.fr",
            "Elle écrit ce que je lui dicte.",
            today() + timedelta(days=60),
            [second.competence],
        ),
    )
    mail_link(aid)
    aids.propose(aid, second.competence_id, with_more(second, "learnt", DICTATED))


def with_more(section: Section, name: str, words: str, heard: Heard | None = None) -> Typed:
    """Return a text as somebody types it who adds some words at the end of an answer."""
    section.refresh_from_db()
    answers = section.texts
    return Typed(answers | {name: f"{answers[name]} {words}".strip()}, section.version, heard)


def tone() -> bytes:
    """Return a recording of a few seconds in which nobody speaks."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sheet:
        sheet.setnchannels(1)
        sheet.setsampwidth(1)
        sheet.setframerate(RATE)
        waves = (math.sin(2 * math.pi * PITCH * n / RATE) for n in range(RATE * SECONDS))
        sheet.writeframes(bytes(128 + int(40 * one) for one in waves))
    return out.getvalue()
