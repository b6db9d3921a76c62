"""The list of imports, and the one page of an import: whatever its state asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from accounts.access import office_only
from accounts.http import PortalRequest
from core.errors import RuleBroken
from core.paging import page_of
from exporting.sending import exported
from imports import downloads, selectors, services
from imports.asking import PlaceForm, RowFilter
from imports.choices import ImportState, RowChoice
from imports.exports import IMPORTS
from imports.forms import ChoiceForm, ColumnsForm
from imports.models import Import, ImportRow
from imports.paths import path_of

ROWS = 50


@require_GET
@office_only
def import_list(request: PortalRequest) -> HttpResponseBase:
    runs = selectors.import_list(request.user)
    if "format" in request.GET:
        return exported(request, IMPORTS, runs)
    page = page_of(runs, request)
    return render(request, "imports/import_list.html", {"page": page})


@require_GET
@office_only
@never_cache
def import_page(request: PortalRequest, pk: int) -> HttpResponse:
    """While a worker is at it, the page asks itself for `#progress`; then it loads itself anew."""
    run = _run(request, pk)
    if request.htmx and request.htmx.target == "progress" and not run.is_under_way:
        return HttpResponseClientRefresh()
    if run.is_under_way or run.state == ImportState.FAILED:
        template = "imports/progress.html#progress" if request.htmx else "imports/progress.html"
        context = {"run": run, "waits_long": run.waits_long(timezone.now()), "path": path_of(run)}
        return render(request, template, context)
    if run.state == ImportState.MAPPING:
        return _columns(request, run)
    return _rows(request, run)


def _columns(request: PortalRequest, run: Import) -> HttpResponse:
    place_form = PlaceForm(request.GET, run=run)
    sheet, place = place_form.chosen()
    page = selectors.columns_page(run, sheet, place)
    form = ColumnsForm(None, page=page)
    context = {"run": run, "form": form, "place_form": place_form, "page": page, "sheet": sheet}
    return render(request, "imports/columns.html", {**context, "path": path_of(run)})


def _rows(request: PortalRequest, run: Import) -> HttpResponse:
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
    template = "imports/preview.html" if run.state == ImportState.CHECKED else "imports/written.html"
    if request.htmx:
        return render(request, f"{template}#rows", context)
    return render(request, template, {**context, "counts": selectors.counts(run.rows.all())})


@require_GET
@office_only
def problems(request: PortalRequest, pk: int) -> FileResponse:
    """Errors and hints of every row as a workbook, to mend the list by."""
    return downloads.problem_workbook(_run(request, pk))


@require_POST
@office_only
def row_choice(request: PortalRequest, pk: int, row: int) -> HttpResponse:
    """Which enterprise a row means, as a person says."""
    chosen = get_object_or_404(ImportRow.objects.select_related("run"), pk=row, run=_run(request, pk))
    form = ChoiceForm(request.POST)
    if form.is_valid():
        choice, file = RowChoice(form.cleaned_data["choice"]), form.cleaned_data["same"]
        _do(request, lambda: services.decide_row(chosen, choice=choice, file=file, by=request.user))
    return redirect(f"{_address(request, pk)}#row-{chosen.number}")


@require_POST
@office_only
def rows_choice(request: PortalRequest, pk: int) -> HttpResponse:
    """The same for all rows that nobody has decided on."""
    form = ChoiceForm(request.POST)
    if form.is_valid():
        choice = RowChoice(form.cleaned_data["choice"])
        _do(request, lambda: services.decide_all(_run(request, pk), choice=choice, by=request.user))
    return redirect("imports:import", pk=pk)


@require_POST
@office_only
def write(request: PortalRequest, pk: int) -> HttpResponse:
    _do(request, lambda: services.confirm(_run(request, pk), by=request.user, at=timezone.now()))
    return redirect("imports:import", pk=pk)


@require_POST
@office_only
def undo(request: PortalRequest, pk: int) -> HttpResponse:
    _do(request, lambda: services.undo(_run(request, pk), by=request.user, at=timezone.now()))
    return redirect("imports:import", pk=pk)


@require_POST
@office_only
def again(request: PortalRequest, pk: int) -> HttpResponse:
    """An import that stopped goes on where it stopped."""
    _do(request, lambda: services.try_again(_run(request, pk), by=request.user, at=timezone.now()))
    return redirect("imports:import", pk=pk)


def _run(request: PortalRequest, pk: int) -> Import:
    people = ("by", "confirmed_by", "undone_by")
    return get_object_or_404(Import.objects.visible_to(request.user).select_related(*people), pk=pk)


def _address(request: PortalRequest, pk: int) -> str:
    """The page with the filter under which the person saw the row."""
    query = request.GET.urlencode()
    return reverse("imports:import", args=[pk]) + (f"?{query}" if query else "")


def _do(request: PortalRequest, act: Callable[[], object]) -> None:
    try:
        act()
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
