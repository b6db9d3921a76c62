"""Pages by key: a page goes on behind the last record of the one before, whatever was added meanwhile."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from api.problems import bad_request
from api.resource import Rows


def page_after(rows: Rows, *, order: str, cursor: str, limit: int) -> tuple[list[Any], str]:
    """At most `limit` rows, and the cursor of what follows; empty on the last page. Raises Problem (422)."""
    column, turned = order.removeprefix("-"), order.startswith("-")
    if cursor:
        rows = rows.filter(_behind(column, _read(cursor, order), turned=turned))
    by = [F(column).desc() if turned else F(column).asc()]
    if column != "id":
        by.append(F("pk").desc() if turned else F("pk").asc())
    found = list(rows.order_by(*by)[: limit + 1])
    if len(found) <= limit:
        return found, ""
    last = found[limit - 1]
    return found[:limit], write(order, getattr(last, column), last.pk)


def write(order: str, value: Any, key: int) -> str:
    """A cursor: the order, the last value in it, and the number of the last record."""
    text = value.isoformat() if isinstance(value, date | datetime) else value
    packed = json.dumps([order, text, key], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def _behind(column: str, last: tuple[Any, int], *, turned: bool) -> Q:
    value, key = last
    further = "lt" if turned else "gt"
    if column == "id":
        return Q(**{f"pk__{further}": key})
    return Q(**{f"{column}__{further}": value}) | Q(**{column: value, f"pk__{further}": key})


def _read(cursor: str, order: str) -> tuple[Any, int]:
    refusal = bad_request([{"name": "cursor", "detail": _("This is no cursor of this list and order.")}])
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        its_order, text, key = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, TypeError, RecursionError):
        raise refusal from None
    if its_order != order or type(key) is not int or not 0 <= key < 2**63:
        raise refusal
    value = key if order.removeprefix("-") == "id" else _value(text)
    if value is None:
        raise refusal
    return value, key


def _value(text: Any) -> date | datetime | None:
    """What `write` made of a day or an instant; None for anything else."""
    if not isinstance(text, str) or len(text) > 40:
        return None
    try:
        return parse_datetime(text) if "T" in text else parse_date(text)
    except ValueError:
        return None
