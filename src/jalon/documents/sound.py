"""Knows a recording of a voice by its content: its true type, how long it lasts, and nothing that says where it was made."""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

#: How long a recording lasts at most, in seconds, and how that is said.
LONGEST, LONGEST_SAID = 600, "10 minutes"
TYPES = "WebM, Ogg, M4A, MP3 ou WAV"
#: More parts than this is no recording of that length.
MOST_PARTS = 100_000


class Unreadable(Exception):
    """These bytes begin as a recording does, and are not one."""


@dataclass(frozen=True)
class Sound:
    """A recording: its true type, the ending of its name, how many seconds it lasts, its bytes."""

    media_type: str
    ending: str
    seconds: float
    content: bytes


def sound(content: bytes) -> Sound | None:
    """Return what a recording is, None for anything else; raises `Unreadable` for a broken one."""
    known = next((one for is_one, one in KINDS if is_one(content)), None)
    if known is None:
        return None
    try:
        return known(content)
    except (struct.error, IndexError, ValueError, ArithmeticError) as broken:
        raise Unreadable from broken


def lasting(seconds: float) -> float:
    """Return a length that is one; raises `Unreadable` for a recording of nothing."""
    if not 0 < seconds < 1e6:
        raise Unreadable
    return seconds


def length_said(seconds: int) -> str:
    """Return a length as people say it: "42 s", "2 min 05 s"."""
    minutes, left = divmod(seconds, 60)
    said = f"{minutes} min {left:02} s" if minutes else f"{left} s"
    return said.replace(" ", "\N{NO-BREAK SPACE}")


def counted(parts: int) -> int:
    """Return one more than a number of parts; raises `Unreadable` when there are too many."""
    if parts >= MOST_PARTS:
        raise Unreadable
    return parts + 1


# ---------------------------------------------------------------- WebM, as Chrome, Edge and Firefox record

EBML = b"\x1a\x45\xdf\xa3"
#: What holds other parts: it is entered, since a recording made live does not say how long they are.
ENTERED = {0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0x1F43B675, 0xA0}
DOC_TYPE, SCALE, TRACK_TYPE, CODEC, TIMESTAMP, SIMPLE_BLOCK, BLOCK = (
    0x4282,
    0x2AD7B1,
    0x83,
    0x86,
    0xE7,
    0xA3,
    0xA1,
)
AUDIO_TRACK = 2


@dataclass
class Reel:
    """What is read of a WebM as it goes: its kind, its tracks, and the last moment heard."""

    doc_type: bytes = b""
    scale: int = 1_000_000
    tracks: set[int] = field(default_factory=set)
    codecs: set[bytes] = field(default_factory=set)
    cluster: int = 0
    last: int = 0

    def take(self, name: int, held: bytes) -> None:
        """Take one part of the file."""
        if name == DOC_TYPE:
            self.doc_type = held.rstrip(b"\0")
        elif name == SCALE:
            self.scale = int.from_bytes(held)
        elif name == TRACK_TYPE:
            self.tracks.add(int.from_bytes(held))
        elif name == CODEC:
            self.codecs.add(held.rstrip(b"\0"))
        elif name == TIMESTAMP:
            self.cluster = int.from_bytes(held)
        elif name in (SIMPLE_BLOCK, BLOCK):
            after = vint(held, 0)[1]
            (moment,) = struct.unpack_from(">h", held, after)
            self.last = max(self.last, self.cluster + moment)


def vint(content: bytes, at: int, *, marked: bool = False) -> tuple[int, int]:
    """Return a number of EBML, with its mark or not, and where what follows begins."""
    first = content[at]
    if not first:
        raise Unreadable
    length = 9 - first.bit_length()
    value = int.from_bytes(content[at : at + length])
    return value if marked else value & ((1 << 7 * length) - 1), at + length


def webm(content: bytes) -> Sound:
    """Return a WebM that holds sound alone."""
    reel, at, parts = Reel(), 0, 0
    while at < len(content):
        parts = counted(parts)
        name, at = vint(content, at, marked=True)
        size, at = vint(content, at)
        if name in ENTERED:
            continue
        if at + size > len(content):
            raise Unreadable
        reel.take(name, content[at : at + min(size, 64)])
        at += size
    if reel.doc_type != b"webm" or reel.tracks != {AUDIO_TRACK}:
        raise Unreadable
    if not reel.codecs <= {b"A_OPUS", b"A_VORBIS"}:
        raise Unreadable
    return Sound("audio/webm", ".webm", lasting(reel.last * reel.scale / 1e9), content)


# ---------------------------------------------------------------- Ogg

#: The first words of a track of an Ogg, and where its rate stands; Opus always counts 48,000 a second.
OPUS, VORBIS, OPUS_RATE = b"OpusHead", b"\x01vorbis", 48_000


def ogg(content: bytes) -> Sound:
    """Return an Ogg that holds Opus or Vorbis alone."""
    at, parts, rate, first, last = 0, 0, 0, 0, 0
    while at < len(content):
        parts = counted(parts)
        if content[at : at + 4] != b"OggS":
            raise Unreadable
        begins, (granule,) = content[at + 5] & 2, struct.unpack_from("<q", content, at + 6)
        lengths = content[at + 27 : at + 27 + content[at + 26]]
        body = at + 27 + len(lengths)
        if begins:
            rate, first = ogg_track(content[body : body + 32])
        last = max(last, granule)
        at = body + sum(lengths)
    if at > len(content):
        raise Unreadable
    return Sound("audio/ogg", ".ogg", lasting((last - first) / rate), content)


def ogg_track(head: bytes) -> tuple[int, int]:
    """Return how many samples a track has in a second, and how many come before it begins."""
    if head.startswith(OPUS):
        return OPUS_RATE, int(struct.unpack_from("<H", head, 10)[0])
    if head.startswith(VORBIS):
        return int(struct.unpack_from("<I", head, 12)[0]), 0
    raise Unreadable


# ---------------------------------------------------------------- MP4, as iPhones record

HELD_IN = (b"moov", b"trak", b"mdia", b"moof", b"traf")
#: What may say where, when and with what a recording was made, and what was free to be written in since.
TELLS = (b"udta", b"meta", b"uuid", b"free", b"skip")


@dataclass
class Tracks:
    """What is read of an MP4 as it goes."""

    handlers: set[bytes] = field(default_factory=set)
    rate: int = 0
    whole: float = 0
    piece: int = 0
    pieces: int = 0

    def take(self, name: bytes, held: bytes) -> None:
        """Take one box of the file."""
        if name == b"hdlr":
            self.handlers.add(held[8:12])
        elif name == b"mvhd":
            rate, length = clock(held)
            self.whole = 0 if length in (0xFFFFFFFF, 2**64 - 1) else length / rate
        elif name == b"mdhd":
            self.rate = clock(held)[0]
        elif name == b"tfhd":
            self.piece = usual(held)
        elif name == b"trun":
            self.pieces += run(held, self.piece)


def clock(held: bytes) -> tuple[int, int]:
    """Return how many ticks a second has, and how many something lasts."""
    rate, length = struct.unpack_from(">IQ" if held[0] else ">II", held, 20 if held[0] else 12)
    return rate, length


def usual(held: bytes) -> int:
    """Return how many ticks a sample lasts, unless its own run says otherwise."""
    flags = int.from_bytes(held[1:4])
    if not flags & 0x8:
        return 0
    return int(struct.unpack_from(">I", held, 8 + 8 * bool(flags & 0x1) + 4 * bool(flags & 0x2))[0])


def run(held: bytes, each: int) -> int:
    """Return how many ticks a run of samples lasts."""
    flags, (count,) = int.from_bytes(held[1:4]), struct.unpack_from(">I", held, 4)
    if not flags & 0x100:
        return each * int(count)
    start = 8 + 4 * bool(flags & 0x1) + 4 * bool(flags & 0x4)
    step = 4 * (flags & 0xF00).bit_count()
    return sum(struct.unpack_from(">I", held, start + step * n)[0] for n in range(count))


def mp4(content: bytes) -> Sound:
    """Return an MP4 that holds sound alone, without what tells of where it was made."""
    found, kept = Tracks(), bytearray(content)
    for name, at, start, end in boxes(content):
        if name in TELLS:
            kept[at + 4 : at + 8] = b"free"
            kept[start:end] = bytes(end - start)
        else:
            found.take(name, content[start:end])
    if found.handlers - {b"mdir", b"mdta"} != {b"soun"}:
        raise Unreadable
    seconds = found.whole or found.pieces / found.rate
    return Sound("audio/mp4", ".m4a", lasting(seconds), bytes(kept))


def boxes(content: bytes) -> Iterator[tuple[bytes, int, int, int]]:
    """Yield each box that holds no other: its name, where it begins, where what it holds begins and ends."""
    at, parts = 0, 0
    while at < len(content):
        parts = counted(parts)
        size, name = struct.unpack_from(">I4s", content, at)
        start = at + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", content, start)
            start += 8
        end = at + size if size else len(content)
        if end > len(content) or end < start:
            raise Unreadable
        if name in HELD_IN:
            at = start
            continue
        yield name, at, start, end
        at = end


# ---------------------------------------------------------------- MP3

#: Thousands of bits a second, for the first version of MPEG and for the two others.
RATES = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
SAMPLES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
#: Fewer frames than this in a row are found by chance in anything.
FRAMES = 5


def mp3(content: bytes) -> Sound:
    """Return an MP3 without what was written at its head and foot."""
    start = at = after_tags(content)
    seconds, frames = 0.0, 0
    while (one := frame(content, at)) is not None:
        size, lasts = one
        at, seconds, frames = at + size, seconds + lasts, counted(frames)
    if frames < FRAMES:
        raise Unreadable
    return Sound("audio/mpeg", ".mp3", lasting(seconds), content[start:at])


def after_tags(content: bytes) -> int:
    """Return where the sound of an MP3 begins, behind its tags."""
    if not content.startswith(b"ID3"):
        return 0
    first, second, third, fourth = content[6:10]
    return 10 + (first << 21 | second << 14 | third << 7 | fourth)


def frame(content: bytes, at: int) -> tuple[int, float] | None:
    """Return the size of a frame and how long it lasts; None where no whole one stands."""
    head = content[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return None
    version, rate, place = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version not in SAMPLES or rate in (0, 15) or place == 3:
        return None
    samples, newest = SAMPLES[version][place], version == 3
    many = 1152 if newest else 576
    size = many // 8 * RATES[not newest][rate] * 1000 // samples + (head[2] >> 1 & 1)
    return (size, many / samples) if at + size <= len(content) else None


# ---------------------------------------------------------------- WAV


def wav(content: bytes) -> Sound:
    """Return a WAV that holds its format and its sound alone."""
    at, parts, rate, length = 12, 0, 0, 0
    kept: list[bytes] = []
    while at + 8 <= len(content):
        parts = counted(parts)
        name, size = struct.unpack_from("<4sI", content, at)
        held = content[at + 8 : at + 8 + size]
        if name == b"fmt ":
            (rate,) = struct.unpack_from("<I", held, 8)
        if name in (b"fmt ", b"data"):
            if len(held) < size:
                raise Unreadable
            kept += content[at : at + 8], held, b"\0" * (size % 2)
        if name == b"data":
            length += size
        at += 8 + size + size % 2
    sheet = b"WAVE" + b"".join(kept)
    head = b"RIFF" + struct.pack("<I", len(sheet))
    return Sound("audio/wav", ".wav", lasting(length / rate), head + sheet)


#: What the beginning of each kind looks like.
KINDS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], Sound]], ...] = (
    (lambda content: content.startswith(EBML), webm),
    (lambda content: content.startswith(b"OggS"), ogg),
    (lambda content: content[4:8] == b"ftyp", mp4),
    (lambda content: content[:4] == b"RIFF" and content[8:12] == b"WAVE", wav),
    (lambda content: content.startswith(b"ID3") or frame(content, 0) is not None, mp3),
)
