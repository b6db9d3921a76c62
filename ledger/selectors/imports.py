"""What the pages of an imported ledger show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models.people import User
from imports.choices import RowOutcome
from imports.selectors import ShownChange, ShownProblem, ShownRow
from ledger.models.imports import LedgerImport, LedgerImportRow
from ledger.past.columns import LABELS
from ledger.past.comparing import NUMBERS, RowChange
from ledger.past.problems import field_name, is_error, sentence


def import_list(user: User) -> QuerySet[LedgerImport]:
    """Every import, newest first, with how many rows it holds of each kind."""
    counts = {f"{outcome.value}_rows": Count("rows", Q(rows__outcome=outcome)) for outcome in RowOutcome}
    found = LedgerImport.objects.visible_to(user).defer("sheets").select_related("by").annotate(**counts)
    return found.order_by("-at", "-pk")


def rows_of(run: LedgerImport, filters: dict[str, str]) -> QuerySet[LedgerImportRow]:
    """The rows of a preview, as filtered."""
    rows = run.rows.select_related("visit")
    if filters.get("outcome"):
        rows = rows.filter(outcome=filters["outcome"])
    if filters.get("state"):
        rows = rows.filter(state=filters["state"])
    if filters.get("find"):
        rows = rows.filter(name__icontains=filters["find"])
    return rows.order_by("number")


def shown(row: LedgerImportRow) -> ShownRow[LedgerImportRow]:
    """A row in the reader's language."""
    return ShownRow(
        row=row,
        changes=[_change(change) for change in row.changes],
        problems=[ShownProblem(field_name(found), sentence(found), is_error(found)) for found in row.problems],
        facts=list(_facts(row.values)),
        candidates=[],
    )


def _change(change: RowChange) -> ShownChange:
    label = str(LABELS[change["field"]])
    if change["field"] == "majors":
        return ShownChange(label, "", change["about"])
    return ShownChange(label, change["before"], change["after"], change["about"])


def _facts(values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What a row says of its visit, as understood: the day, who led, what was offered for which major."""
    if "day" in values:
        yield str(LABELS["day"]), values["day"]
    for person in values.get("leader", []):
        yield str(LABELS["leader"]), person["name"]
    for offer in values.get("offers", []):
        yield str(LABELS["majors"]), offer.get("name", "")
        for name in NUMBERS:
            if offer.get(name) is not None:
                yield str(LABELS[name]), _("%(what)s %(number)s") % {"what": LABELS[name], "number": offer[name]}
