"""Why an enterprise stands on the list: words with numbers, made of what with_reasons read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.selectors.freshness import is_stale_file

ENDING_DAYS = 180  # an agreement that ends later is no reason yet
QUIET_DAYS = 180  # so long after a visit nobody has to come again
DAYS_A_MONTH = 30


@dataclass(frozen=True)
class Reason:
    """`tone` is that of a badge."""

    text: str
    tone: str


def reasons_of(row: Any, *, on: date) -> list[Reason]:
    """The reasons that hold for one enterprise, the strongest first."""
    found = [_ending(row, on), _needs(row), _people(row), _visited(row, on), _stale(row, on)]
    return [reason for reason in found if reason is not None]


def _ending(row: Any, on: date) -> Reason | None:
    if row.agreement_ends_on is None:
        return None
    days = (row.agreement_ends_on - on).days
    if days > ENDING_DAYS:
        return None
    words = ngettext("Agreement ends in %(number)s day", "Agreement ends in %(number)s days", days)
    return Reason(words % {"number": days}, "bad" if days <= DAYS_A_MONTH else "warn")


def _needs(row: Any) -> Reason | None:
    if not row.open_needs:
        return None
    words = ngettext("%(number)s open need", "%(number)s open needs", row.open_needs)
    return Reason(words % {"number": row.open_needs}, "info")


def _people(row: Any) -> Reason | None:
    said = []
    if row.graduates:
        said.append(
            ngettext("%(number)s graduate of ours", "%(number)s graduates of ours", row.graduates)
            % {"number": row.graduates}
        )
    if row.interns:
        said.append(
            ngettext("%(number)s intern of ours", "%(number)s interns of ours", row.interns) % {"number": row.interns}
        )
    return Reason(" · ".join(said), "good") if said else None


def _visited(row: Any, on: date) -> Reason | None:
    if row.last_visit_on is None:
        return Reason(_("Never visited"), "warn")
    days = (on - row.last_visit_on).days
    if days < QUIET_DAYS:
        return None
    months = days // DAYS_A_MONTH
    words = ngettext("Not visited for %(number)s month", "Not visited for %(number)s months", months)
    return Reason(words % {"number": months}, "warn")


def _stale(row: Any, on: date) -> Reason | None:
    if not is_stale_file(row, on):
        return None
    if row.confirmed_at is None:
        return Reason(_("File never confirmed"), "neutral")
    day = timezone.localdate(row.confirmed_at)
    return Reason(_("File last confirmed on %(day)s") % {"day": date_format(day, "SHORT_DATE_FORMAT")}, "neutral")
