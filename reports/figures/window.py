"""Rolling windows: the days of the last so many months, and those of as many before them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from core.days import midnight, midnight_after
from partnerships.selectors.enterprise_filters import months_before
from reports.figures.scope import Scope


@dataclass(frozen=True)
class Window:
    """From a day to a day; both count."""

    first: date
    last: date
    is_past: bool = False

    def days(self, field: str) -> dict[str, Any]:
        """That a field of days lies in it."""
        return {f"{field}__range": (self.first, self.last)}

    def moments(self, field: str) -> dict[str, datetime]:
        """The same for a field with hours."""
        return {f"{field}__gte": midnight(self.first), f"{field}__lt": midnight_after(self.last)}


def window(scope: Scope) -> Window:
    """The window of the scope: the same day so many months ago lies in it, and today does."""
    return Window(months_before(scope.on, scope.months), scope.on)


def window_before(scope: Scope) -> Window:
    """As many months before it; no day lies in both."""
    last = months_before(scope.on, scope.months) - timedelta(days=1)
    return Window(months_before(scope.on, 2 * scope.months), last, is_past=True)
