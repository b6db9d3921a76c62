"""Lists of needs as files: need by need, and demand beside supply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.templatetags.portal import listed
from exporting.tables import Column, Group, Kind, Table
from partnerships.choices.enterprises import FileBlock
from partnerships.models.needs import Need
from partnerships.selectors.demand import DemandPage, Line, Supply
from partnerships.selectors.freshness import Periods


def needs(terms: Periods, *, on: date) -> Table:
    before = terms.before(FileBlock.NEEDS, on)

    def is_stale(row: Need) -> bool:
        return row.is_open and row.is_stale_before(before)

    columns = (*NEED, Column("stale", gettext_lazy("Stale"), is_stale, Kind.YES))
    group = Group(gettext_lazy("Needs"), columns)
    return Table("partnerships:need_list", gettext_lazy("Needs"), "needs", (group,))


NEED = (
    Column("enterprise", gettext_lazy("Enterprise"), "enterprise.legal_name"),
    Column("code", gettext_lazy("Unified social credit code"), "enterprise.credit_code"),
    Column("kind", gettext_lazy("Kind"), "get_kind_display"),
    Column("description", gettext_lazy("What is needed")),
    Column("majors", gettext_lazy("Majors"), lambda row: listed(row.majors.all())),
    Column("people", gettext_lazy("Number of people"), "headcount", Kind.WHOLE),
    Column("pay", gettext_lazy("Pay, yuan a month"), "monthly_pay", Kind.WHOLE),
    Column("wanted_by", gettext_lazy("Wanted by"), kind=Kind.DAY),
    Column("source", gettext_lazy("Learnt from"), "get_source_display"),
    Column("owner", gettext_lazy("Owner")),
    Column("state", gettext_lazy("State"), "get_state_display"),
    Column("result", gettext_lazy("Result")),
    Column("confirmed", gettext_lazy("Confirmed on"), "confirmed_at", Kind.DAY),
)


@dataclass(frozen=True)
class DemandRow:
    """A major, a college, or the whole."""

    college: str
    line: Line
    name: str
    class_of: int


def demand_rows(page: DemandPage) -> Iterator[DemandRow]:
    """A row per major and college, then demand without a major and the whole."""
    for part in page.colleges:
        for line in part.majors:
            yield DemandRow(part.total.name, line, line.name, page.class_of)
        yield DemandRow(part.total.name, part.total, _("All majors of the college"), page.class_of)
    if page.without_major is not None:
        yield DemandRow("", Line("", page.without_major, Supply()), _("Without a major"), page.class_of)
        yield DemandRow("", page.total, _("The whole school"), page.class_of)


def _worded(pairs: list[tuple[str, int]]) -> str:
    return "; ".join(f"{name} {number}" for name, number in pairs)


DEMAND = Table(
    "partnerships:needs_by_major",
    gettext_lazy("Needs by major"),
    "needs-by-major",
    (
        Group(
            gettext_lazy("Demand"),
            (
                Column("college", gettext_lazy("College")),
                Column("major_code", gettext_lazy("Major code"), "line.code"),
                Column("major", gettext_lazy("Major"), "name"),
                Column("needs", gettext_lazy("Open needs"), "line.demand.needs", Kind.WHOLE),
                Column("people", gettext_lazy("People asked for"), "line.demand.people", Kind.WHOLE),
                Column("shared", gettext_lazy("Needs shared"), "line.demand.shared", Kind.WHOLE),
                Column("stale", gettext_lazy("Needs not confirmed"), "line.demand.stale", Kind.WHOLE),
            ),
        ),
        Group(
            gettext_lazy("Supply"),
            (
                Column("class_of", gettext_lazy("Class of"), kind=Kind.WHOLE),
                Column("students", gettext_lazy("Students"), "line.supply.students", Kind.WHOLE),
                Column("levels", gettext_lazy("Students per level"), lambda row: _worded(row.line.supply.by_level)),
                Column("classes", gettext_lazy("Students per class"), lambda row: _worded(row.line.supply.by_class)),
            ),
        ),
    ),
)
