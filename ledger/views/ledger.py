"""The office's ledger of visits: a look at it, and the workbook."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import staff_only
from accounts.http import PortalRequest
from exporting.sending import exported
from exporting.writing.workbooks import MOST_ROWS
from ledger import exports
from ledger.forms.filters import LedgerFilter
from ledger.selectors import visits as selectors
from ledger.selectors.columns import cells
from partnerships.rules import can_export_contacts
from visits.selectors import choices


def _filter(request: PortalRequest) -> LedgerFilter:
    campaigns = choices.campaign_choices(request.user)
    return LedgerFilter(request.GET, campaigns=campaigns, leaders=choices.leaders_of_visits())


@staff_only
@require_GET
def ledger(request: PortalRequest) -> HttpResponseBase:
    """What is filtered, its first lines, and with `?format=` the way to a file of all."""
    on, people = timezone.localdate(), can_export_contacts(request.user)
    form = _filter(request)
    visits = selectors.ledger_visits(request.user, form.chosen, on=on)
    table = exports.ledger(request.user, on=on)
    if "format" in request.GET:
        return exported(request, table, visits, filters=form, people=people)
    offered = [column for group in table.offered(people) for column in group.columns]
    columns = [column for column in table.chosen(request.GET.getlist("columns")) if column in offered]
    lines = selectors.preview(visits, user=request.user, on=on)
    visit_count, line_count = selectors.count_of(visits)
    context = {
        "form": form,
        "offered": [(column, column in columns) for column in offered],
        "columns": columns,
        "rows": [
            (line, list(zip(columns, row, strict=True))) for line, row in zip(lines, cells(lines, columns), strict=True)
        ],
        "visit_count": visit_count,
        "line_count": line_count,
        "most": MOST_ROWS,
    }
    return _shown(request, context)


def _shown(request: PortalRequest, context: dict[str, object]) -> HttpResponse:
    kept = request.GET.copy()
    for name in ("columns", "format", "page"):
        kept.pop(name, None)
    query = QueryDict(kept.urlencode())
    context["filters"] = [(name, value) for name, values in query.lists() for value in values if value]
    context["query"] = kept.urlencode()
    template = "ledger/ledger.html#lines" if request.htmx else "ledger/ledger.html"
    return render(request, template, context)
