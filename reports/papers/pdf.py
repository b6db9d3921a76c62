"""A paper as PDF. A long one is set portion by portion and joined, so that memory does not grow with its pages."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from pypdf import PdfReader, PdfWriter

from core.pdf import forget, render_pdf
from reports.papers.paper import Paper, Part, words

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "reports" / "paper.typ"
PORTION = 100  # rows that are set at once: about five pages, 20 MB


def paper_pdf(paper: Paper, *, tick: Callable[[], None] | None = None) -> IO[bytes]:
    """The PDF in a file without a name, which is gone when it is closed; `tick` is called after each portion."""
    portions = _portions(paper.parts)
    first, second = next(portions, []), next(portions, None)
    if second is None:
        return _in_file(_set(paper, first, start=1, is_last=True, is_alone=True), tick)
    return _joined(paper, chain([first, second], portions), tick or (lambda: None))


def _in_file(pdf: bytes, tick: Callable[[], None] | None) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever asked closes it
    file.write(pdf)
    if tick:
        tick()
    return file


def _joined(paper: Paper, portions: Iterator[list[Part]], tick: Callable[[], None]) -> IO[bytes]:
    """Page after page in one file; what was set before is forgotten before the next portion."""
    writer, pages = PdfWriter(), 0
    waiting: list[Part] | None = next(portions)
    while waiting is not None:
        following = next(portions, None)
        pdf = _set(paper, waiting, start=pages + 1, is_last=following is None, is_alone=False)
        writer.append(PdfReader(BytesIO(pdf)), import_outline=False)
        pages = len(writer.pages)
        waiting = following
        forget()
        tick()
    writer.add_metadata({"/Title": f"{paper.title} {paper.subtitle}"})
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever asked closes it
    writer.write(file)
    return file


def _set(paper: Paper, parts: list[Part], *, start: int, is_last: bool, is_alone: bool) -> bytes:
    data = {
        **paper.head(),
        "parts": parts,
        "first": start,
        "is_first": start == 1,
        "pages": is_alone,
        "about": paper.about.data() if is_last else None,
    }
    return render_pdf(TEMPLATE, data)


def _portions(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Parts with at most so many rows together; a longer table goes on in the next portion."""
    portion: list[Part] = []
    room = PORTION
    for part in parts:
        if part["kind"] != "table":
            portion.append(_plain(part))
            continue
        rows, said = iter(part["rows"]), part
        while True:
            taken = [[words(cell) for cell in row] for row in islice(rows, room)]
            if taken or said is part:
                portion.append({**said, "rows": taken})
            room -= len(taken)
            said = {**part, "title": "", "note": ""}
            if room > 0:
                break
            yield portion
            portion, room = [], PORTION
    if portion:
        yield portion


def _plain(part: Part) -> dict[str, Any]:
    """What JSON can hold: pictures as numbers."""
    if part["kind"] != "pictures":
        return part
    shown = [{"name": picture["name"], "content": list(picture["content"])} for picture in part["pictures"]]
    return {**part, "pictures": shown}
