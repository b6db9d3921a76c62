"""One value as each kind of file holds it: typed, or text that no program takes for a command."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from exporting.tables import Kind

LONGEST = 32_767  # characters of UTF-16 that a cell of Excel holds
PLACES = Decimal("0.0001")
FIRST_YEAR = 1900  # Excel's calendar begins there
# What a spreadsheet takes for the beginning of a formula, in full width too.
STARTS_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def yes_no(fact: object) -> str:
    return _("yes") if fact else _("no")


def _day(value: date) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def _decimal(value: Any) -> Decimal:
    return Decimal(str(value)).quantize(PLACES, ROUND_HALF_UP)


def _any(value: Any) -> Any:
    """Dates and numbers stay what they are; an instant becomes its day; anything else is text."""
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, date):
        return _day(value)
    return value if isinstance(value, int | float | Decimal) else _text(value)


def _text(value: Any) -> str:
    """Without NUL, which neither XML nor a C string can hold."""
    return str(value).replace("\x00", "")


TYPED: dict[Kind, Callable[[Any], Any]] = {
    Kind.TEXT: _text, Kind.WHOLE: int, Kind.DECIMAL: _decimal, Kind.DAY: _day, Kind.MOMENT: lambda value: value,
    Kind.YES: bool, Kind.ANY: _any,
}  # fmt: skip


def typed(kind: Kind, value: Any) -> Any:
    """The value as its column says it is; nothing stays nothing."""
    if value is None or (value == "" and kind is not Kind.TEXT):
        return None
    return TYPED[kind](value)


def for_sheet(kind: Kind, value: Any) -> str | float | int | date | None:
    """A cell of a workbook: text, number or day; an instant is the clock of the school, without its zone."""
    cell = typed(kind, value)
    if isinstance(cell, bool):
        return yes_no(cell)
    if isinstance(cell, datetime):
        return timezone.localtime(cell).replace(tzinfo=None)
    if isinstance(cell, date):
        return cell if cell.year >= FIRST_YEAR else cell.isoformat()
    if isinstance(cell, Decimal):
        return float(cell) if cell.is_finite() else str(cell)
    return shortened(cell) if isinstance(cell, str) else cell


def shortened(text: str) -> str:
    """At most what a cell holds; three points say that something was cut."""
    if len(text) * 2 <= LONGEST:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= LONGEST * 2:
        return text
    return units[: (LONGEST - 1) * 2].decode("utf-16-le", errors="ignore") + "…"


def for_line(kind: Kind, value: Any) -> str:
    """A cell of a CSV file; an apostrophe stands before what a spreadsheet would take for a formula."""
    cell = typed(kind, value)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return yes_no(cell)
    if isinstance(cell, datetime):
        return f"{timezone.localtime(cell):%Y-%m-%d %H:%M:%S}"
    if isinstance(cell, Decimal):
        return _plain(cell)
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(STARTS_FORMULA) else text


def _plain(number: Decimal) -> str:
    """12.5 and 1200, not 12.5000 and 1.2E+3."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
