"""The bytes of a backup: sealed piece by piece under a key, or ended by their hash where there is none.

Sealed: `MAGIC`, a salt, then pieces by AES-256-GCM, each bound to its number and to whether it is the
last: none can be changed, moved, repeated or left out. Without a key: a plain tar, then its SHA-256,
which programs that read tar pass over.
"""

import hashlib
import hmac
import io
import os
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"JALON-1\n"
SALT, TAG, PIECE = 16, 16, 1024 * 1024
TRAILER = b"\nsha256 "
TRAILED = len(TRAILER) + 64
#: A key file holds a drawn secret, never a password that somebody could guess.
SHORTEST_KEY = 32


class ArchiveRefused(Exception):
    """A backup cannot be made, read or trusted; the message says in French what to do."""


def secret(path: Path) -> bytes:
    """Return what a key file holds; raises `ArchiveRefused` when it is too short to protect anybody."""
    found = path.read_bytes().strip()
    if len(found) < SHORTEST_KEY:
        raise ArchiveRefused(
            f"La clé {path} est trop courte : faites-en une par « openssl rand -hex 32 »."
        )
    return found


def cipher(key: bytes, salt: bytes) -> AESGCM:
    """Return what seals and opens the pieces of one archive: no two archives share a key."""
    return AESGCM(HKDF(SHA256(), 32, salt, b"jalon backup 1").derive(key))


def nonce(number: int, last: bool) -> bytes:
    """Return the name of a piece, which is sealed with it."""
    return number.to_bytes(11, "big") + bytes([last])


class Writer(io.RawIOBase):
    """Writes an archive as it comes; `finish` ends it."""

    def __init__(self, target: IO[bytes], key: bytes | None) -> None:
        super().__init__()
        self.target, self.held, self.number = target, bytearray(), 0
        self.digest = hashlib.sha256()
        self.cipher = None
        if key:
            salt = os.urandom(SALT)
            self.cipher = cipher(key, salt)
            target.write(MAGIC + salt)

    def writable(self) -> bool:
        """Say that it can be written."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take some bytes."""
        if self.cipher is None:
            self.digest.update(data)
            self.target.write(data)
            return len(data)
        self.held += data
        while len(self.held) > PIECE:
            self.seal(bytes(self.held[:PIECE]), last=False)
            del self.held[:PIECE]
        return len(data)

    def seal(self, piece: bytes, *, last: bool) -> None:
        """Write one piece under the key."""
        assert self.cipher is not None
        self.target.write(self.cipher.encrypt(nonce(self.number, last), piece, None))
        self.number += 1

    def finish(self) -> None:
        """Write what ends the archive, without which it is refused."""
        if self.cipher is None:
            self.target.write(TRAILER + self.digest.hexdigest().encode())
        else:
            self.seal(bytes(self.held), last=True)


class Reader(io.RawIOBase):
    """Reads an archive as it was written; raises `ArchiveRefused` at the first byte that is not so."""

    def __init__(self, path: Path, key: bytes | None) -> None:
        super().__init__()
        self.source = path.open("rb")
        self.left = path.stat().st_size
        self.ready, self.number = b"", 0
        self.digest = hashlib.sha256()
        self.cipher = None
        sealed = self.source.read(len(MAGIC)) == MAGIC
        if sealed and not key:
            raise ArchiveRefused("Cette sauvegarde est chiffrée : donnez sa clé par --key-file.")
        if key and not sealed:
            raise ArchiveRefused("Cette sauvegarde n’est pas chiffrée, ou elle est abîmée.")
        if sealed and key:
            self.cipher = cipher(key, self.source.read(SALT))
            self.left -= len(MAGIC) + SALT
        else:
            self.source.seek(0)
            self.left -= TRAILED
        if self.left <= 0:
            raise ArchiveRefused("La sauvegarde est coupée : prenez-en une autre.")

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def close(self) -> None:
        """Leave the file."""
        if hasattr(self, "source"):
            self.source.close()
        super().close()

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, all that were asked for unless the end is there."""
        out = bytearray()
        while (size < 0 or len(out) < size) and (self.ready or self.left):
            if not self.ready:
                self.ready = self.piece()
            taken = len(self.ready) if size < 0 else size - len(out)
            out += self.ready[:taken]
            self.ready = self.ready[taken:]
        return bytes(out)

    def piece(self) -> bytes:
        """Return the next piece, once it is known to be the one that was written."""
        most = PIECE + TAG if self.cipher else PIECE
        found = self.source.read(min(most, self.left))
        self.left -= len(found)
        if self.cipher is None:
            self.digest.update(found)
            if not self.left and not hmac.compare_digest(
                self.source.read(), TRAILER + self.digest.hexdigest().encode()
            ):
                raise ArchiveRefused("La sauvegarde a été altérée ou coupée : prenez-en une autre.")
            return found
        try:
            plain = self.cipher.decrypt(nonce(self.number, not self.left), found, None)
        except (InvalidTag, ValueError) as wrong:
            raise ArchiveRefused(
                "La clé n’est pas celle de cette sauvegarde, ou la sauvegarde a été altérée."
            ) from wrong
        self.number += 1
        return plain
