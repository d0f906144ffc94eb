"""Receives the files of a form; a disk that takes no more costs the file, never what was typed beside it."""

import errno
import logging
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

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep some bytes of a file, as long as there is room."""
        if self.failure is None:
            try:
                super().receive_data_chunk(raw_data, start)
            except OSError as failure:
                logger.error("A file could not be received: %s", failure.strerror)
                self.failure = failure
        return None

    def file_complete(self, file_size: int) -> Any:
        """Return the file, or what stands for one that found no room."""
        if self.failure is None:
            return super().file_complete(file_size)
        self.file.close()
        self.failure = None
        return NotReceived(None, self.file_name, self.content_type, file_size)
