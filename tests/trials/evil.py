"""What nobody types, and what a program would send."""

from collections.abc import Iterator

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.documents.reading import picture

#: In a field, whatever it asks for.
EVIL = (
    "",
    " ",
    "\t\r\n",
    "\x00",
    "avant\x00après",
    "\u200b",
    "\u202eesrever",
    "²",
    "٣",
    "½",
    "-1",
    "0",
    "1.5",
    "1e9",
    "NaN",
    "Infinity",
    "32768",
    "2147483648",
    "9223372036854775808",
    "9" * 4500,
    "0001-01-01",
    "1899-12-31",
    "2027-02-30",
    "9999-12-31",
    "24:00",
    "true",
    "null",
    "[]",
    "00000000-0000-0000-0000-000000000000",
    "A" * 301,
    "é" * 5001,
    "𝔘" * 200,
    "😀",
    "<script>alert(1)</script>",
    "' OR 1=1; --",
    "{{ 7 }}{% now %}",
    "../../../etc/passwd",
    "javascript:alert(1)",
    "x\r\nBcc: autre@exemple.fr",
    "=1+1",
    "%00%0d%0a",
    '#read("/etc/passwd")',
)
#: In an address, as the server decodes it.
EVIL_IN_ADDRESSES = (
    "%00",
    "%ff",
    "%0d%0aSet-Cookie:%20x=1",
    "..%2f..%2f",
    "%C2%B2",
    "-1",
    "0",
    "9" * 20,
    "9" * 4500,
    "00000000-0000-0000-0000-000000000000",
    "%3Cscript%3E",
    "'%20OR%201=1",
    "%E2%80%AE",
)


def hostile_files() -> Iterator[SimpleUploadedFile]:
    """Yield files that are not what their name says, that are cut, or that do something when opened."""
    png, jpeg = picture("PNG"), picture("JPEG")
    bodies = {
        "vide.pdf": b"",
        "page.pdf": b"<html><script>alert(1)</script>",
        "programme.pdf": b"MZ\x90\x00" + b"\x00" * 60,
        "dessin.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "archive.pdf": b"PK\x03\x04" + b"\x00" * 100,
        "coupe.pdf": b"%PDF-1.7\n1 0 obj <<",
        "actif.pdf": b"%PDF-1.7\n1 0 obj << /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>",
        "photo.png": png[: len(png) // 2],
        "photo.jpg": jpeg[:20],
        "geante.png": giant(),
        "../../etc/passwd": png,
        "nul\x00.png": png,
        "a" * 400 + ".png": png,
        "\u202egnp.exe": png,
    }
    for name, body in bodies.items():
        file = SimpleUploadedFile("fichier", body, "application/pdf")
        file.name = name.replace("/", "_") if "/" in name else name
        yield file


def giant() -> bytes:
    """Return the head of a picture that says it is a hundred thousand dots wide and high."""
    header = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    return header + (100_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00" + b"\x00" * 40
