"""What both sides promised, what was due, and what was kept: what is counted differently is never added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, DateField, F, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _

from agreements.models import CommitmentEvidence
from agreements.selectors.promises import standings
from dashboards.board import Board, Content, part
from dashboards.charts import columns
from dashboards.pieces import doors
from partnerships.choices.agreements import CommitmentKind, CommitmentState, Side
from partnerships.selectors.enterprise_filters import months_before
from reports.figures.catalogue import FIGURES
from reports.figures.figure import Rows
from reports.figures.promises import due, late
from reports.figures.scope import Scope
from reports.figures.splits import NOT_STATED, SPLITS
from reports.selectors.doors import href

HEADS = ("promises", "promises-due", "promises-kept", "promises-overdue")
MONEY = ("investment-promised", "investment-received")
BACK, AHEAD = 6, 6
SHOWN = 10
MADE, DUE, KEPT, LATE = HEADS[0], HEADS[1], HEADS[2], HEADS[3]


@dataclass(frozen=True)
class Counts:
    """How many were made, due, kept and are past their day, of one line, month or college."""

    made: int = 0
    due: int = 0
    kept: int = 0
    late: int = 0

    def cells(self, scope: Scope) -> Content:
        """Each number with the address of its rows; a share prints both of its numbers."""
        numbers = {MADE: self.made, DUE: self.due, KEPT: self.kept, LATE: self.late}
        found = {slug: part(FIGURES[slug].name, number, href(slug, scope)) for slug, number in numbers.items()}
        percent = f"{100 * self.kept / self.due:.1f}%" if self.due else ""
        return {"made": found[MADE], "due": found[DUE], "kept": found[KEPT], "late": found[LATE], "percent": percent}


def count(scope: Scope) -> Content:
    """A fixed number of queries for any number of promises."""
    figure = FIGURES[MADE]
    fits = figure.fitting(scope)
    rows = figure.rows(fits).order_by()
    return {
        "heads": doors(HEADS, scope),
        "money": doors(MONEY, scope),
        "lines": _lines(rows, fits),
        "months": _months(rows, fits),
        "colleges": _colleges(rows, fits) if fits.college is None else [],
        "overdue": _overdue(fits),
    }


def _counted(rows: Rows, scope: Scope, **by: Any) -> dict[Any, Counts]:
    """By one thing that rows say; one query."""
    found = rows.values(**by).annotate(
        made=Count("pk", distinct=True),
        was_due=Count("pk", filter=due(scope), distinct=True),
        kept=Count("pk", filter=Q(state=CommitmentState.KEPT), distinct=True),
        late=Count("pk", filter=late(scope), distinct=True),
    )
    (name,) = by
    return {row[name]: Counts(row["made"], row["was_due"], row["kept"], row["late"]) for row in found}


def _lines(rows: Rows, scope: Scope) -> list[Content]:
    """Per side, kind and unit, in the order of the office's words."""
    counts = _counted(rows, scope, by_line=F("line"))
    promised = dict(rows.filter(number__isnull=False).values_list("line").annotate(total=Sum("number")))
    delivered = _delivered(rows)
    sides, kinds = list(Side.values), list(CommitmentKind.values)
    order = sorted(counts, key=lambda line: _place(line, sides, kinds))
    return [_line(line, counts[line], promised.get(line), delivered.get(line), scope) for line in order]


def _place(line: str, sides: list[str], kinds: list[str]) -> tuple[int, int, str]:
    side, kind, unit = line.split(".", 2)
    return sides.index(side), kinds.index(kind), unit


def _line(line: str, counts: Counts, promised: Decimal | None, delivered: Decimal | None, scope: Scope) -> Content:
    side, kind, unit = line.split(".", 2)
    return {
        "side": str(Side(side).label),
        "label": str(CommitmentKind(kind).label),
        "unit": unit,
        "promised": _number(promised),
        "delivered": _number(delivered),
        **counts.cells(replace(scope, part=line)),
    }


def _delivered(rows: Rows) -> dict[str, Decimal]:
    """What came of the promises: the sum of evidence that holds, else what was said when they were closed."""
    counted = CommitmentEvidence.objects.filter(number__isnull=False).order_by().values("commitment")
    said = rows.exclude(pk__in=counted).filter(delivered__isnull=False)
    found: dict[str, Decimal] = dict(said.values_list("line").annotate(total=Sum("delivered")))
    for each in standings(rows.filter(pk__in=counted)):
        line = each.promise.line  # type: ignore[attr-defined]
        found[line] = found.get(line, Decimal(0)) + (each.delivered or Decimal(0))
    return found


def _number(number: Decimal | None) -> str:
    return "" if number is None else number_format(number.normalize(), use_l10n=True, force_grouping=True)


def _months(rows: Rows, scope: Scope) -> Content:
    """By the month in which they are due: the half year past, this month, and those ahead."""
    found = _counted(rows, scope, by_month=TruncMonth("due_on", output_field=DateField()))
    split = SPLITS["month"]
    lines = [_month(first, found.get(first, Counts()), split.part_of(scope, first)) for first in _around(scope.on)]
    none = found.get(None, Counts())
    return {
        "figure": str(FIGURES[MADE].name),
        "lines": lines,
        "chart": columns(lines),
        "undated": part(NOT_STATED, none.made, href(MADE, split.part_of(scope, None))),
    }


def _month(first: date, counts: Counts, scope: Scope) -> Content:
    return part(
        date_format(first, "YEAR_MONTH_FORMAT"),
        counts.made,
        href(MADE, scope),
        short=date_format(first, "n" if first.month > 1 else "Y"),
        **counts.cells(scope),
    )


def _around(on: date) -> Iterable[date]:
    this = on.replace(day=1)
    return (months_before(this, back) for back in range(BACK, -AHEAD, -1))


def _colleges(rows: Rows, scope: Scope) -> list[Content]:
    """By the college of the agreement; those under none, or of the whole school, come last."""
    found = _counted(rows, scope, by_college=F("agreement__colleges"))
    split = SPLITS["college"]
    keys = sorted(key for key in found if key is not None)
    names = split.names(keys)
    labels = {key: names[key] for key in keys} | ({None: str(NOT_STATED)} if None in found else {})
    return [{"label": label, **found[key].cells(split.part_of(scope, key))} for key, label in labels.items()]


def _overdue(scope: Scope) -> list[Content]:
    """The longest overdue first, with who owns the agreement."""
    figure = FIGURES[LATE]
    rows = figure.page_rows(scope).select_related("enterprise__owner", "agreement__owner").order_by("due_on", "pk")
    return [
        {
            "label": row.description,
            "href": figure.href(row),
            "enterprise": str(row.enterprise),
            "side": row.get_side_display(),
            "due_on": date_format(row.due_on, "DATE_FORMAT"),
            "days": (scope.on - row.due_on).days,
            "owner": str((row.agreement.owner if row.agreement else row.enterprise.owner) or ""),
        }
        for row in rows[:SHOWN]
    ]


BOARD = Board(
    "promises",
    _("Promises"),
    _("What enterprises and the school promised, what was due, and what was kept."),
    "check2-square",
    count,
    choices=("college",),
)
