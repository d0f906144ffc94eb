"""Sends a file as a download; of a recording, the part that a player asks for: telephones play nothing otherwise."""

import io
import re
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from jalon.documents.models import Document

ASKED = re.compile(r"bytes=(\d{1,12})-(\d{0,12})")


def download(request: HttpRequest, document: Document, content: IO[bytes]) -> HttpResponseBase:
    """Return a file, or the part of it that is asked for, as a download of its true type."""
    if not document.seconds:
        return sent(document, content)
    asked = part_asked(request)
    response = heard(document, content, asked)
    response["Accept-Ranges"] = "bytes"
    return response


def part_asked(request: HttpRequest) -> re.Match[str] | None:
    """Return which part of a file is asked for; None for the whole."""
    return ASKED.fullmatch(request.headers.get("Range", ""))


def asks_a_part(request: HttpRequest, document: Document) -> bool:
    """Say whether a part of a recording is asked for, as players do several times for one listening."""
    return bool(document.seconds) and part_asked(request) is not None


def heard(document: Document, content: IO[bytes], asked: re.Match[str] | None) -> HttpResponseBase:
    """Return a recording, or the part of it that is asked for."""
    if asked is None:
        return sent(document, content)
    return part(document, content, int(asked[1]), int(asked[2] or document.size - 1))


def sent(document: Document, content: IO[bytes], status: int = 200) -> FileResponse:
    """Return some bytes of a document, never to be opened as a page of this site."""
    response = FileResponse(
        content,
        status=status,
        as_attachment=True,
        filename=document.name,
        content_type=document.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def part(document: Document, content: IO[bytes], first: int, last: int) -> HttpResponseBase:
    """Return a part of a file; 416 for one that it has not."""
    size, last = document.size, min(last, document.size - 1)
    with content:
        content.seek(min(first, size))
        found = content.read(max(last - first + 1, 0))
    if not found:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = sent(document, io.BytesIO(found), 206)
    response["Content-Range"] = f"bytes {first}-{first + len(found) - 1}/{size}"
    return response
