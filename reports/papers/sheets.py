"""A report as a workbook: its sheets, its charts, and last of all the block about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from exporting.writing.workbooks import Workbook
from reports.papers.about import About
from reports.papers.paper import Rows

LONGEST_NAME = 31  # of a sheet
UNFIT = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


class ReportBook(Workbook):
    """Sheets under names that Excel takes, each once."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def add(self, title: str, head: Sequence[str], rows: Rows, *, wide: Sequence[int] = (0,)) -> str:
        """A sheet of one table; returns its name."""
        name = self._name(title)
        self.sheet(name, [(each, 36 if place in wide else 14) for place, each in enumerate(head)], _or_nothing(rows))
        return name

    def chart(self, sheet: str, title: str, count: int, *, column: int, upright: bool, place: int) -> None:
        """Bars of one column of a sheet, beside its table; `place` is their number among the charts of the sheet."""
        drawn = self.book.add_chart({"type": "column" if upright else "bar"})
        drawn.add_series(
            {
                "name": [sheet, 0, column],
                "categories": [sheet, 1, 0, count, 0],
                "values": [sheet, 1, column, count, column],
                "fill": {"color": "#1F4E79"},
                "data_labels": {"value": True},
            }
        )
        drawn.set_title({"name": title, "overlay": False})
        drawn.set_legend({"none": True})
        if not upright:
            drawn.set_y_axis({"reverse": True})
        height = 300 if upright else max(220, 24 * count + 90)
        drawn.set_size({"width": 680, "height": height})
        self.book.get_worksheet_by_name(sheet).insert_chart(1 + place * (height // 20 + 2), 6, drawn)

    def about(self, about: About, facts: Sequence[tuple[str, Any]] = ()) -> None:
        """The block that every file holds; `facts` come first."""
        rows: list[Sequence[Any]] = [*facts, *about.rows, *about.figures]
        self.sheet(self._name(_("About")), [(_("What"), 30), (_("Value"), 100)], rows)

    def _name(self, title: str) -> str:
        name = title.translate(UNFIT)[:LONGEST_NAME].strip() or _("Rows")
        number = 2
        while name.lower() in self.names:
            name, number = f"{name[: LONGEST_NAME - 3]} {number}", number + 1
        self.names.add(name.lower())
        return name


def _or_nothing(rows: Rows) -> Iterator[Sequence[Any]]:
    """The rows, or one that says that there are none."""
    empty = True
    for row in rows:
        empty = False
        yield row
    if empty:
        yield [_("Nothing on file.")]
