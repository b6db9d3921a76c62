"""The list of imported ledgers, and the one page of each: whatever its state asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from accounts.access import office_only
from accounts.http import PortalRequest
from core.errors import RuleBroken
from core.paging import page_of
from exporting.sending import exported
from imports.asking import PlaceForm, RowFilter
from imports.choices import ImportState
from imports.paths import path_of
from imports.selectors import columns_page, counts
from ledger.exports import IMPORTS
from ledger.forms.imports import ColumnsForm
from ledger.models.imports import LedgerImport
from ledger.past import downloads
from ledger.past.columns import KIND, VISITS
from ledger.selectors import imports as selectors
from ledger.services import imports as services

ROWS = 50


@require_GET
@office_only
def import_list(request: PortalRequest) -> HttpResponseBase:
    runs = selectors.import_list(request.user)
    if "format" in request.GET:
        return exported(request, IMPORTS, runs)
    page = page_of(runs, request)
    return render(request, "ledger/import_list.html", {"page": page})


@require_GET
@office_only
@never_cache
def import_page(request: PortalRequest, pk: int) -> HttpResponse:
    """While a worker is at it, the page asks itself for `#progress`; then it loads itself anew."""
    run = _run(request, pk)
    if request.htmx and request.htmx.target == "progress" and not run.is_under_way:
        return HttpResponseClientRefresh()
    if run.is_under_way or run.state == ImportState.FAILED:
        template = "ledger/import_progress.html#progress" if request.htmx else "ledger/import_progress.html"
        context = {"run": run, "waits_long": run.waits_long(timezone.now()), "path": path_of(run)}
        return render(request, template, context)
    if run.state == ImportState.MAPPING:
        return _columns(request, run)
    return _rows(request, run)


def _columns(request: PortalRequest, run: LedgerImport) -> HttpResponse:
    place_form = PlaceForm(request.GET, run=run)
    sheet, place = place_form.chosen()
    page = columns_page(run, sheet, place, VISITS, KIND)
    form = ColumnsForm(None, page=page)
    context = {"run": run, "form": form, "place_form": place_form, "page": page, "sheet": sheet}
    return render(request, "ledger/import_columns.html", {**context, "path": path_of(run)})


def _rows(request: PortalRequest, run: LedgerImport) -> HttpResponse:
    """The preview, and afterwards what became of its rows."""
    form = RowFilter(request.GET, has_states=run.state != ImportState.CHECKED)
    page = page_of(selectors.rows_of(run, form.chosen()), request, per_page=ROWS)
    context: dict[str, Any] = {
        "run": run,
        "form": form,
        "page": page,
        "rows": [selectors.shown(row) for row in page],
        "path": path_of(run),
    }
    template = "ledger/import_preview.html" if run.state == ImportState.CHECKED else "ledger/import_written.html"
    if request.htmx:
        return render(request, f"{template}#rows", context)
    return render(request, template, {**context, "counts": counts(run.rows.all())})


@require_GET
@office_only
def problems(request: PortalRequest, pk: int) -> FileResponse:
    """Errors and hints of every row as a workbook, to mend the ledger by."""
    return downloads.problem_workbook(_run(request, pk))


@require_POST
@office_only
def write(request: PortalRequest, pk: int) -> HttpResponse:
    _do(request, lambda: services.confirm(_run(request, pk), by=request.user, at=timezone.now()))
    return redirect("ledger:import", pk=pk)


@require_POST
@office_only
def undo(request: PortalRequest, pk: int) -> HttpResponse:
    _do(request, lambda: services.undo(_run(request, pk), by=request.user, at=timezone.now()))
    return redirect("ledger:import", pk=pk)


@require_POST
@office_only
def again(request: PortalRequest, pk: int) -> HttpResponse:
    """An import that stopped goes on where it stopped."""
    _do(request, lambda: services.try_again(_run(request, pk), by=request.user, at=timezone.now()))
    return redirect("ledger:import", pk=pk)


def _run(request: PortalRequest, pk: int) -> LedgerImport:
    people = ("by", "confirmed_by", "undone_by")
    return get_object_or_404(LedgerImport.objects.visible_to(request.user).select_related(*people), pk=pk)


def _do(request: PortalRequest, act: Callable[[], object]) -> None:
    try:
        act()
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
