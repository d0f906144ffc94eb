"""Checks what people upload by its content, and cleans pictures of what they should not carry."""

import io
import logging
import math
import re
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps

from jalon.documents import sound
from jalon.law.nir import no_nir_written
from jalon.law.rulebook import enforces

logger = logging.getLogger(__name__)

#: A picture with more dots than this is refused before it is opened whole.
PIXELS = 60_000_000
#: So is one that would take more memory than this, once what a photo may leave out is left out.
MEMORY = 100_000_000
#: How many bytes a dot takes in memory: one in grey or in a palette, four in colours.
GREY, COLOURS = 1, 4
#: A photo is opened no larger than twice this on its short side.
SHORT_SIDE = 2500
#: No side of a colour picture that is kept has more dots.
LONGEST = 4000
#: Pictures are opened one after another: several at once would take the memory of a whole server.
ONE_AT_A_TIME = threading.Lock()
TYPES = "PDF, JPEG ou PNG"
#: What proves a competence may also be heard.
HEARD_TYPES = f"{TYPES}, ou un enregistrement {sound.TYPES}"
#: What a picture keeps beside its dots: never comments, places, devices or profiles.
KEPT = ("transparency",)
#: What a PDF says of what it would run, open or carry; a compressed one may still hide it.
ACTIVE = (b"/JavaScript", b"/Launch", b"/EmbeddedFile")
#: Beginnings of a file that say its true type, with the ending its name will carry.
SIGNATURES = (
    (b"%PDF-", "application/pdf", ".pdf"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
)


class UploadRefused(Exception):
    """A file cannot be taken; the message says in French what to do."""


@contextmanager
def told_to_its_owner() -> Iterator[None]:
    """Turn a disk that takes no more into words for the person who brings a file: `UploadRefused`."""
    try:
        yield
    except OSError as failure:
        logger.error("A file could not be kept: %s", failure)
        raise UploadRefused(
            "Votre fichier n’a pas pu être gardé : la place manque de notre côté. "
            "Réessayez dans une heure. Si cela se répète, écrivez-nous."
        ) from failure


@dataclass(frozen=True)
class Checked:
    """A file that passed: its clean name, true type and bytes; of a recording, how long it lasts."""

    name: str
    media_type: str
    content: bytes
    seconds: int | None = None


@enforces("R-121")
def check(upload: UploadedFile, *, heard: bool = False) -> Checked:
    """Return a clean copy of an upload, which may be heard or not; raises `UploadRefused` with what to do."""
    limit = settings.UPLOAD_LIMIT
    if not upload.size:
        raise UploadRefused("Le fichier est vide : choisissez-en un autre.")
    if upload.size > limit:
        raise UploadRefused(
            f"Le fichier dépasse {limit // 1024 // 1024} Mo : envoyez une photo plus légère ou "
            "plusieurs fichiers."
        )
    if no_nir_written(upload.name or ""):
        raise UploadRefused(
            "Le nom du fichier contient un numéro de sécurité sociale : renommez-le, puis renvoyez-le."
        )
    with told_to_its_owner():
        content = upload.read()
    for start, media_type, ending in SIGNATURES:
        if content.startswith(start):
            clean = whole_pdf(content) if ending == ".pdf" else reencoded_picture(content, ending)
            return Checked(clean_name(upload.name or "", ending), media_type, clean)
    if heard and (recorded := recording(content)):
        name = clean_name(upload.name or "", recorded.ending)
        return Checked(name, recorded.media_type, recorded.content, math.ceil(recorded.seconds))
    types = HEARD_TYPES if heard else TYPES
    raise UploadRefused(f"Ce type de fichier n’est pas accepté : envoyez un fichier {types}.")


def recording(content: bytes) -> sound.Sound | None:
    """Return the recording that some bytes are, None for anything else; raises `UploadRefused`."""
    try:
        found = sound.sound(content)
    except sound.Unreadable as broken:
        raise UploadRefused(
            "L’enregistrement est incomplet, abîmé, ou montre des images : recommencez-le, ou "
            f"choisissez un son {sound.TYPES}."
        ) from broken
    if found and found.seconds > sound.LONGEST:
        raise UploadRefused(
            f"L’enregistrement dure {sound.length_said(math.ceil(found.seconds))}, et le plus long "
            f"accepté dure {sound.LONGEST_SAID} : faites-en deux."
        )
    return found


def whole_pdf(content: bytes) -> bytes:
    """Return a PDF that is whole and does nothing when it is opened; raises `UploadRefused`."""
    ended = b"%%EOF" in content[-2048:]
    if not (ended and b" obj" in content and b"/Root" in content):
        raise UploadRefused(
            "Le PDF est incomplet ou abîmé : enregistrez-le de nouveau et renvoyez-le."
        )
    if any(deed in content for deed in ACTIVE):
        raise UploadRefused(
            "Ce PDF contient un programme ou un fichier caché : imprimez-le en PDF, puis envoyez la copie."
        )
    return content


def reencoded_picture(content: bytes, ending: str) -> bytes:
    """Return the same picture drawn anew: no place, no device, no hidden content."""
    form = "JPEG" if ending == ".jpg" else "PNG"
    try:
        with ONE_AT_A_TIME, Image.open(io.BytesIO(content), formats=[form]) as picture:
            return redrawn(picture, form)
    except UploadRefused:
        raise
    except Exception as error:  # a decoder of a broken picture may raise anything
        raise UploadRefused("La photo est illisible : reprenez-la et renvoyez-la.") from error


def redrawn(picture: Image.Image, form: str) -> bytes:
    """Return a picture drawn anew, upright and no larger than what is read; raises `UploadRefused`."""
    dots = picture.width * picture.height
    picture.draft("RGB", (SHORT_SIDE, SHORT_SIDE))
    grey = len(picture.getbands()) == 1
    taken = picture.width * picture.height * (GREY if grey else COLOURS)
    if dots > PIXELS or taken > MEMORY:
        raise UploadRefused("La photo est trop grande : réduisez-la et renvoyez-la.")
    if not grey:
        picture.load()
        picture.thumbnail((LONGEST, LONGEST))
    upright = ImageOps.exif_transpose(picture)
    upright.info = {name: upright.info[name] for name in KEPT if name in upright.info}
    out = io.BytesIO()
    if form == "JPEG":
        upright.convert("RGB").save(out, form, quality=88)
    else:
        upright.save(out, form)
    return out.getvalue()


def clean_name(name: str, ending: str) -> str:
    """Return a file name people recognise, with its accents, and the ending of its true type."""
    stem = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    stem = stem.rsplit(".", 1)[0] if "." in stem else stem
    stem = " ".join(re.sub(r"[^\w '’().,-]+", " ", stem).split()).strip(" .")
    return (stem[:120] or "document") + ending
