"""Receives the files of a form; a disk that takes no more costs the file, never what was typed beside it."""

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

logger = logging.getLogger(__name__)


class NotReceived(UploadedFile):
    """A file that was sent and could not be kept for its form to read; reading it says so."""

    def read(self, *size: int) -> bytes:
        """Raise the `OSError` that a full disk is."""
        raise OSError(errno.ENOSPC, "the upload could not be kept")


class LargeFiles(TemporaryFileUploadHandler):
    """Keeps a file too large for the memory on the disk, while the form is read."""

    failure: OSError | None = None

    def new_file(self, *named: Any, **known: Any) -> None:
        """Begin a file, where the disk still begins any."""
        self.failure = None
        vars(self).pop("file", None)
        with self.noticing():
            super().new_file(*named, **known)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep some bytes of a file, as long as there is room."""
        if self.failure is None:
            with self.noticing():
                super().receive_data_chunk(raw_data, start)
        return None

    def file_complete(self, file_size: int) -> Any:
        """Return the file, or what stands for one that found no room: its last bytes may find none."""
        if self.failure is None:
            with self.noticing():
                return super().file_complete(file_size)
        if "file" in vars(self):
            with suppress(OSError):
                self.file.close()
        return NotReceived(None, self.file_name, self.content_type, file_size)

    @contextmanager
    def noticing(self) -> Iterator[None]:
        """Keep for later that a disk takes no more."""
        try:
            yield
        except OSError as failure:
            logger.error("A file could not be received: %s", failure.strerror)
            self.failure = failure
