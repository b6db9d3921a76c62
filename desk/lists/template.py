"""The empty workbook: headings in the reader's language, and on a second sheet the words that are known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from accounts.choices import Level
from desk.lists.columns import LABELS, heading
from imports.lookups import Lookups
from placements.choices import PayPeriod, PostingKind

WIDTHS = {"legal_name": 30, "title": 24, "description": 48}


def fill(book: Any) -> None:
    """Write both sheets; every column is text, so that no code loses digits."""
    bold = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E8EEF7", "border": 1})
    text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(_("Postings"))
    sheet.freeze_panes(1, 1)
    for column, key in enumerate(LABELS):
        sheet.set_column(column, column, WIDTHS.get(key, 16), text)
        sheet.write_string(0, column, heading(key), bold)
    words, lookups = book.add_worksheet(_("Code lists")), Lookups()
    lists: tuple[tuple[str, Iterable[object]], ...] = (
        ("kind", PostingKind.labels),
        ("majors", lookups.majors),
        ("level", Level.labels),
        ("province", lookups.provinces),
        ("pay_period", PayPeriod.labels),
    )
    for column, (key, entries) in enumerate(lists):
        words.set_column(column, column, 30)
        words.write_string(0, column, heading(key), bold)
        words.write_column(1, column, [str(entry) for entry in entries])
