"""Checks what people upload by its content, and cleans pictures of what they should not carry."""

import io
import re
import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps, UnidentifiedImageError

#: A picture with more dots than this is refused before it is opened whole.
PIXELS = 60_000_000
TYPES = "PDF, JPEG ou PNG"


class UploadRefused(Exception):
    """A file cannot be taken; the message says in French what to do."""


@dataclass(frozen=True)
class Checked:
    """A file that passed: its clean name, true type and bytes."""

    name: str
    media_type: str
    content: bytes


def check(upload: UploadedFile) -> Checked:
    """Return a clean copy of an upload; raises `UploadRefused` with what to do."""
    limit = settings.UPLOAD_LIMIT
    if not upload.size:
        raise UploadRefused("Le fichier est vide : choisissez-en un autre.")
    if upload.size > limit:
        raise UploadRefused(
            f"Le fichier dépasse {limit // 1024 // 1024} Mo : envoyez une photo plus légère ou "
            "plusieurs fichiers."
        )
    content = upload.read()
    if content.startswith(b"%PDF-"):
        return Checked(clean_name(upload.name or "", ".pdf"), "application/pdf", whole_pdf(content))
    if content.startswith(b"\xff\xd8\xff"):
        return Checked(
            clean_name(upload.name or "", ".jpg"), "image/jpeg", redrawn(content, "JPEG")
        )
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Checked(clean_name(upload.name or "", ".png"), "image/png", redrawn(content, "PNG"))
    raise UploadRefused(f"Ce type de fichier n’est pas accepté : envoyez un fichier {TYPES}.")


def whole_pdf(content: bytes) -> bytes:
    """Return a PDF that was not cut off; raises `UploadRefused`."""
    if b"%%EOF" not in content[-2048:]:
        raise UploadRefused(
            "Le PDF est incomplet ou abîmé : enregistrez-le de nouveau et renvoyez-le."
        )
    return content


def redrawn(content: bytes, form: str) -> bytes:
    """Return the same picture drawn anew: no place, no device, no hidden content."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > PIXELS:
                raise UploadRefused("La photo est trop grande : réduisez-la et renvoyez-la.")
            upright = ImageOps.exif_transpose(picture)
            upright = upright.convert("RGB") if form == "JPEG" else upright
            out = io.BytesIO()
            upright.save(out, form, **({"quality": 88} if form == "JPEG" else {}))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise UploadRefused("La photo est illisible : reprenez-la et renvoyez-la.") from error
    return out.getvalue()


def clean_name(name: str, ending: str) -> str:
    """Return a file name people recognise, with its accents, and the ending of its true type."""
    stem = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    stem = stem.rsplit(".", 1)[0] if "." in stem else stem
    stem = re.sub(r"[^\w '’().,-]+", " ", stem).strip(" .")
    return (stem[:120] or "document") + ending
