"""Uploads that are too large are refused while they arrive: neither memory nor disk ever holds them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class LimitedUpload(FileUploadHandler):
    """Stands before Django's own handlers, and lets no more through than UPLOAD_LIMIT; `was_too_large` tells."""

    was_too_large = False
    received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > settings.UPLOAD_LIMIT:
            self.was_too_large = True
            raise SkipFile  # the rest is read from the wire and dropped, so that the browser hears the answer
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler has the file."""
