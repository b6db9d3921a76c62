"""Uploaded files: is each what its name says?"""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import PurePath
from typing import IO, Any

import filetype
from django import forms
from django.conf import settings
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from core.errors import RuleBroken

DOCUMENTS = ("pdf", "docx", "xlsx", "jpg", "jpeg", "png")
PICTURES = ("jpg", "jpeg", "png")
_OFFICE_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


def _looks_like(kind: str, content: IO[bytes]) -> bool:
    """Does the content begin as this kind does? Office files are opened as the archives they are."""
    content.seek(0)
    if kind in _OFFICE_PART:
        try:
            with zipfile.ZipFile(content) as archive:
                return _OFFICE_PART[kind] in archive.namelist()
        except zipfile.BadZipFile:
            return False
    guess = filetype.guess(content.read(8192))
    wanted = "jpg" if kind == "jpeg" else kind
    return guess is not None and guess.extension == wanted


def check_upload(upload: UploadedFile[Any], kinds: tuple[str, ...] = DOCUMENTS) -> None:
    """Raise ValidationError unless size, ending and content of an uploaded file agree."""
    if upload.size is None or upload.size > settings.UPLOAD_LIMIT:
        raise forms.ValidationError(
            _("The file is larger than %(limit)s.") % {"limit": filesizeformat(settings.UPLOAD_LIMIT)}
        )
    kind = PurePath(upload.name or "").suffix.lower().lstrip(".")
    if kind not in kinds:
        raise forms.ValidationError(
            _("Files of this kind are not accepted. Accepted: %(kinds)s.") % {"kinds": ", ".join(kinds)}
        )
    matches = _looks_like(kind, upload)
    upload.seek(0)
    if not matches:
        raise forms.ValidationError(
            _("The file is not what its name says. Save it again as .%(kind)s.") % {"kind": kind}
        )


class CheckedFileField(forms.FileField):
    """A file field that accepts only files that are what their names say."""

    def __init__(self, *, kinds: tuple[str, ...] = DOCUMENTS, **kwargs: object) -> None:
        self.kinds = kinds
        super().__init__(**kwargs)  # type: ignore[arg-type]
        self.widget.attrs["accept"] = ",".join(f".{kind}" for kind in kinds)

    def clean(self, data: object, initial: object = None) -> object:
        upload = super().clean(data, initial)
        if isinstance(upload, UploadedFile):
            check_upload(upload, self.kinds)
        return upload


def name_with_ending(name: str, file: File[bytes]) -> str:
    """What a stored file is called when it leaves: a name, with the ending of its kind."""
    ending = PurePath(file.name or "").suffix
    return name if name.lower().endswith(ending.lower()) else f"{name}{ending}"


def download(file: File[bytes], name: str) -> FileResponse:
    """The file as an attachment under its own name; call only after the visibility check.

    Raises RuleBroken where the storage has lost the file.
    """
    try:
        content = file.open("rb")
    except FileNotFoundError:
        reason = _("The file “%(name)s” is on record, but missing from the storage. Please tell the employment office.")
        raise RuleBroken(reason % {"name": name}) from None
    return FileResponse(content, as_attachment=True, filename=name)


def fingerprint(file: File[bytes]) -> str:
    """The SHA-256 of a file, read piece by piece; the same content is the same file, whatever it is called."""
    digest = hashlib.sha256()
    file.seek(0)
    for piece in file.chunks():
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()
