"""The files of a build in the storage: kept under their row, and cleared away without leaving any behind."""

from __future__ import annotations

import hashlib
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage

from reports.models.builds import ReportBuild, ReportFile, attempt_folder, folder_of


def store_file(build: ReportBuild, name: str, ending: str, content: IO[bytes]) -> ReportFile:
    """Keep a file under a short name of its own; `name` is what readers get it as."""
    digest = hashlib.sha256()
    content.seek(0)
    while piece := content.read(1 << 16):
        digest.update(piece)
    size = content.tell()
    content.seek(0)
    number = ReportFile.objects.filter(build=build).count() + 1
    row = ReportFile(build=build, name=f"{name}.{ending}", format=ending, size=size, sha256=digest.hexdigest())
    row.file.save(f"{number}.{ending}", File(content), save=False)
    row.save()
    return row


def clear_attempt(build: ReportBuild) -> None:
    """What one attempt wrote: nobody will point to it."""
    _clear_folder(attempt_folder(build))


def clear_files(build_id: int) -> None:
    """Everything that attempts at a build wrote; rows and files."""
    rows = ReportFile.objects.filter(build=build_id)
    for row in rows:
        if row.file:
            row.file.delete(save=False)
    rows.delete()
    for attempt in _listed(folder_of(build_id))[0]:
        _clear_folder(f"{folder_of(build_id)}/{attempt}")


def _clear_folder(folder: str) -> None:
    ReportFile.objects.filter(file__startswith=f"{folder}/").delete()
    for name in _listed(folder)[1]:
        default_storage.delete(f"{folder}/{name}")


def _listed(folder: str) -> tuple[list[str], list[str]]:
    """Folders and files in a folder; none where it was never made."""
    try:
        return default_storage.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return [], []
