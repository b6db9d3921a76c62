"""The agreements that end in a year, month by month."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from accounts.models.people import User
from partnerships.choices.agreements import AgreementState
from partnerships.models.agreements import Agreement

FIRST_YEAR, LAST_YEAR = 1990, 2099


@dataclass
class Month:
    """A month and the agreements that end in it."""

    first: date
    is_now: bool
    rows: list[Agreement] = field(default_factory=list)


def year_of(asked: str, *, on: date) -> int:
    """The year that the address asks for; this year where it makes no sense."""
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else on.year
    return year if FIRST_YEAR <= year <= LAST_YEAR else on.year


def ending_in(user: User, year: int, *, on: date) -> list[Month]:
    """Twelve months with what was signed and ends in them, in the order of the days; one query."""
    months = [Month(date(year, number, 1), (on.year, on.month) == (year, number)) for number in range(1, 13)]
    rows = Agreement.objects.visible_to(user).with_stage(on).select_related("enterprise", "kind")
    signed = rows.filter(state__in=[AgreementState.SIGNED, AgreementState.RENEWED], ends_on__year=year)
    for row in signed.order_by("ends_on", "pk"):
        months[row.ends_on.month - 1].rows.append(row)  # type: ignore[union-attr]  # filtered by the year
    return months
