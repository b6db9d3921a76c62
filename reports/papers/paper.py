"""What a report on paper is made of: parts in plain words, which the PDF and the Word document set each in its way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from accounts.selectors import school
from reports.papers.about import About

Part = dict[str, Any]
Rows = Iterable[Sequence[Any]]


def words(value: Any) -> str:
    return "" if value is None else str(value)


def table(title: str, head: Sequence[str], rows: Rows, *, wide: Sequence[int] = (0,), note: str = "") -> Part:
    """`wide` are the columns with words, which share the width that the others leave; rows may come one by one."""
    return {"kind": "table", "title": title, "head": list(head), "rows": rows, "wide": list(wide), "note": note}


def chart(title: str, bars: Sequence[tuple[str, int]], *, upright: bool = False, note: str = "") -> Part:
    """One bar per name and number; upright for what follows on each other in time."""
    return {
        "kind": "chart",
        "title": title,
        "bars": [[name, number] for name, number in bars],
        "most": max((number for _name, number in bars), default=0),
        "upright": upright,
        "note": note,
    }


def heading(title: str, note: str = "") -> Part:
    return {"kind": "heading", "title": title, "note": note}


def subheading(title: str) -> Part:
    return {"kind": "subheading", "title": title}


def text(title: str, paragraphs: Iterable[str]) -> Part:
    """Running text; its lines as they were typed."""
    lines = [line.strip() for paragraph in paragraphs for line in paragraph.splitlines() if line.strip()]
    return {"kind": "text", "title": title, "paragraphs": lines}


def facts(rows: Iterable[tuple[str, Any]]) -> Part:
    return {"kind": "facts", "rows": [[label, words(value)] for label, value in rows if words(value)]}


def pictures(found: Iterable[tuple[str, bytes]]) -> Part:
    """Small pictures (JPEG), each with what stands below it."""
    return {"kind": "pictures", "pictures": [{"name": name, "content": content} for name, content in found]}


def signatures(names: Sequence[str]) -> Part:
    """A line to sign on for each name, and one for the day."""
    return {"kind": "signatures", "names": list(names), "day": _("Date")}


@dataclass
class Paper:
    """Title, facts, parts and the block about it; `is_wide` lays the sheet on its side."""

    title: str
    subtitle: str
    about: About
    facts: list[tuple[str, Any]] = field(default_factory=list)
    parts: Iterable[Part] = ()
    is_wide: bool = False

    def head(self) -> dict[str, Any]:
        """What stands on every portion of the paper."""
        return {
            "school": str(school()),
            "title": self.title,
            "subtitle": self.subtitle,
            "facts": [[label, words(value)] for label, value in self.facts if words(value)],
            "nothing": _("Nothing on file."),
            "footer": f"{self.title} · {dict(self.about.facts).get(_('As of'), '')}",
            "wide": self.is_wide,
        }
