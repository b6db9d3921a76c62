"""Workbooks that people bring: is it one, is it safe to open, and what stands in it."""

from __future__ import annotations

import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import RuleBroken
from imports.reader import MOST_SECONDS, Row

KINDS = ("xlsx", "xlsm", "xls", "csv")
ZIPPED = ("xlsx", "xlsm")
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
MOST_PARTS = 2000
LONGEST_ENTRY = 300  # bytes of a part in the index of an archive
LONGEST_END = 65_535 + 22 + 76
MOST_RATIO = 200  # a sheet of numbers packs to a twentieth, a bomb to a thousandth
SMALL = 5 * 1024 * 1024  # below this no ratio matters

REFUSALS = {
    "kind": gettext_lazy("Files of this kind are not accepted. Save the list as .xlsx, .xls or .csv."),
    "wrong": gettext_lazy("The file is not what its name says. Open it in Excel or WPS and save it again as .xlsx."),
    "bomb": gettext_lazy(
        "Unpacked, this workbook would be far larger than a list can be, so it was not opened."
        " Copy the rows into a new workbook."
    ),
    "password": gettext_lazy("The workbook is protected by a password. Save it without one."),
    "too_much": gettext_lazy(
        "Reading this workbook takes too much memory or time, so it was stopped. Copy the rows into a new workbook."
    ),
    "damaged": gettext_lazy("The file cannot be read. Open it in Excel or WPS and save it again as .xlsx."),
    "encoding": gettext_lazy("The text of this file is neither UTF-8 nor GB18030. Save it as .xlsx instead."),
    "empty": gettext_lazy("There is no row in this file."),
    "lost": gettext_lazy("The uploaded file is missing from the storage. Please upload it again."),
}


class Unreadable(RuleBroken):
    """A file that cannot be imported; the text says why and what to do."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(str(REFUSALS[why]))


def kind_of(name: str) -> str:
    kind = PurePath(name).suffix.lower().lstrip(".")
    return kind if kind in KINDS else ""


def inspect(content: IO[bytes], name: str) -> None:
    """Raise Unreadable for what is no workbook, or one that would burst; reads nothing but its beginning and index."""
    kind = kind_of(name)
    if not kind:
        raise Unreadable("kind")
    content.seek(0)
    start = content.read(8)
    if kind in ZIPPED:
        if start == OLE:
            raise Unreadable("password")  # how Office keeps a workbook that it has encrypted
        _inspect_archive(content)
    elif (kind == "xls") != (start == OLE) or (kind == "csv" and start[:4] == b"PK\x03\x04"):
        raise Unreadable("wrong")
    content.seek(0)


def _index_size(content: IO[bytes]) -> int:
    """How many bytes the index of an archive takes; zipfile reads it whole, whatever it says of itself."""
    start = content.seek(max(0, content.seek(0, os.SEEK_END) - LONGEST_END))
    content.seek(start)
    end = content.read()
    place = end.rfind(b"PK\x05\x06")
    if place < 0 or len(end) < place + 16:
        raise Unreadable("wrong")
    large = end[max(0, place - 76) : place - 20]  # of an archive that counts in 64 bits
    if large.startswith(b"PK\x06\x06"):
        return int(struct.unpack("<Q", large[40:48])[0])
    return int(struct.unpack("<L", end[place + 12 : place + 16])[0])


def _inspect_archive(content: IO[bytes]) -> None:
    if _index_size(content) > MOST_PARTS * LONGEST_ENTRY:
        raise Unreadable("bomb")
    try:
        with zipfile.ZipFile(content) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Unreadable("wrong") from None
    names = [part.filename for part in parts]
    if "xl/workbook.xml" not in names:
        raise Unreadable("wrong")
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    too_dense = unpacked > SMALL and unpacked > packed * MOST_RATIO
    if len(parts) > MOST_PARTS or len(set(names)) != len(names) or unpacked > settings.IMPORT_UNPACKED or too_dense:
        raise Unreadable("bomb")


def _is_needed(name: str) -> bool:
    """Sheets, texts and styles; pictures and macros are left behind."""
    return name.endswith((".xml", ".rels")) and not name.startswith(("xl/media/", "xl/drawings/", "customXml/"))


def _unpack(content: IO[bytes], target: IO[bytes]) -> None:
    """A copy of the archive, not packed, of only what is read; its sizes are true, whatever the original said.

    zipfile reads of each part as much as the index promises, and refuses a part whose sum differs.
    """
    with zipfile.ZipFile(content) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as copy:
        for part in archive.infolist():
            if _is_needed(part.filename):
                with archive.open(part) as packed, copy.open(part.filename, "w") as plain:
                    shutil.copyfileobj(packed, plain, 1024 * 1024)


@contextmanager
def _on_disk(file: File[bytes], name: str) -> Iterator[Path]:
    """The file where the reader finds it, as long as it reads."""
    kind = kind_of(name)
    try:
        content = file.open("rb")
    except FileNotFoundError:
        raise Unreadable("lost") from None
    with content, tempfile.NamedTemporaryFile(suffix=f".{kind}") as copy:
        inspect(content, name)
        try:
            if kind in ZIPPED:
                _unpack(content, copy)
            else:
                shutil.copyfileobj(content, copy, 1024 * 1024)
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError):
            raise Unreadable("damaged") from None
        copy.flush()
        yield Path(copy.name)


def _ask_reader(file: File[bytes], name: str, sheet: int, most_rows: int) -> dict[str, Any]:
    """What the reader's process says; raises Unreadable when it refuses, dies or takes too long."""
    with _on_disk(file, name) as path, tempfile.TemporaryFile() as answer:
        kind = "csv" if kind_of(name) == "csv" else "workbook"
        numbers = [str(number) for number in (sheet, most_rows, settings.IMPORT_MEMORY)]
        environment = {"PATH": os.environ.get("PATH", ""), "RUST_BACKTRACE": "0", "PYTHONUTF8": "1"}
        command = [sys.executable, "-m", "imports.reader", kind, str(path), *numbers]
        try:
            done = subprocess.run(  # noqa: S603 - our own module, and a path that we chose
                command, cwd=settings.BASE_DIR, env=environment, check=False, timeout=2 * MOST_SECONDS,
                stdin=subprocess.DEVNULL, stdout=answer, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise Unreadable("too_much") from None
        if done.returncode != 0:
            raise Unreadable("too_much")
        answer.seek(0)
        said: dict[str, Any] = json.load(answer)
    if "refused" in said:
        raise Unreadable(said["refused"])
    return said


def outline(file: File[bytes], name: str) -> list[dict[str, Any]]:
    """The sheets that hold anything: name, number of rows, and how each begins. Raises Unreadable."""
    sheets: list[dict[str, Any]] = _ask_reader(file, name, -1, 0)["sheets"]
    if not sheets:
        raise Unreadable("empty")
    return sheets


@dataclass(frozen=True)
class SheetRow:
    number: int
    cells: Row


def rows_of(file: File[bytes], name: str, sheet: int, *, after: int, most: int | None = None) -> list[SheetRow]:
    """The filled rows below the headings. Raises Unreadable, and RuleBroken when there are too many."""
    most = most or settings.IMPORT_ROWS
    found = [SheetRow(*row) for row in _ask_reader(file, name, sheet, most + after)["rows"]]
    below = [row for row in found if row.number > after]
    if len(below) > most:
        raise RuleBroken(too_many_rows(most))
    return below


def too_many_rows(most: int | None = None) -> str:
    return _("At most %(most)s rows can be imported at once. Split the list.") % {"most": most or settings.IMPORT_ROWS}
