"""Recordings as each kind of device makes them, a few bytes long."""

import io
import struct
import wave

UNKNOWN = b"\x01" + b"\xff" * 7


def part(name: bytes, held: bytes, size: bytes | None = None) -> bytes:
    """Return a part of a WebM."""
    return name + (size or (len(held) | 1 << 28).to_bytes(4)) + held


def webm(seconds: int = 2, track: bytes = b"\x02", codec: bytes = b"A_OPUS") -> bytes:
    """Return what Chrome records: nothing in it says how long it lasts."""
    head = part(b"\x1a\x45\xdf\xa3", part(b"\x42\x82", b"webm"))
    entry = part(b"\xae", part(b"\x83", track) + part(b"\x86", codec))
    tracks = part(b"\x16\x54\xae\x6b", entry)
    clusters = b""
    for second in range(seconds + 1):
        begins = part(b"\xe7", (second * 1000).to_bytes(4))
        block = part(b"\xa3", b"\x81\x00\x00\x80" + b"voix")
        clusters += part(b"\x1f\x43\xb6\x75", begins + block, UNKNOWN)
    return head + part(b"\x18\x53\x80\x67", tracks + clusters, UNKNOWN)


def page(held: bytes, granule: int, begins: bool = False) -> bytes:
    """Return a page of an Ogg."""
    head = b"OggS\0" + bytes([2 * begins]) + struct.pack("<qIII", granule, 1, 0, 0)
    return head + bytes([1, len(held)]) + held


def ogg(seconds: int = 3) -> bytes:
    """Return what Firefox records."""
    head = b"OpusHead\x01\x01" + struct.pack("<HIhB", 312, 48000, 0, 0)
    return page(head, 0, begins=True) + page(b"voix", 312 + 48000 * seconds)


def box(name: bytes, held: bytes) -> bytes:
    """Return a box of an MP4."""
    return struct.pack(">I4s", 8 + len(held), name) + held


def mp4(seconds: int = 4, kind: bytes = b"soun", place: bytes = b"") -> bytes:
    """Return what an iPhone records."""
    handler = box(b"hdlr", bytes(8) + kind + bytes(12))
    clock = bytes(12) + struct.pack(">II", 1000, seconds * 1000)
    track = box(b"trak", box(b"mdia", box(b"mdhd", clock) + handler))
    told = box(b"udta", place) if place else b""
    return (
        box(b"ftyp", b"M4A ")
        + box(b"moov", box(b"mvhd", clock) + track + told)
        + box(b"mdat", b"voix")
    )


def mp4_in_pieces(pieces: int = 5) -> bytes:
    """Return what Safari records: one second a piece, and no length at the head."""
    run = bytes(4) + struct.pack(">I", 50)
    head = b"\0\0\0\x08" + struct.pack(">II", 1, 20)
    moof = box(b"moof", box(b"traf", box(b"tfhd", head) + box(b"trun", run)))
    return mp4(0) + (moof + box(b"mdat", b"voix")) * pieces


def mp3(frames: int = 40, tag: bytes = b"") -> bytes:
    """Return an MP3 of 128 kbit/s: 38 frames make a second."""
    head = b"ID3\x03\0\0" + bytes([0, 0, 0, len(tag)]) + tag if tag else b""
    return head + (b"\xff\xfb\x90\x00" + bytes(413)) * frames


def wav(seconds: float = 2, tag: bytes = b"") -> bytes:
    """Return a WAV."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sheet:
        sheet.setnchannels(1)
        sheet.setsampwidth(1)
        sheet.setframerate(8000)
        sheet.writeframes(b"\x80" * int(8000 * seconds))
    return out.getvalue() + (b"LIST" + struct.pack("<I", len(tag)) + tag if tag else b"")
