"""Bringing a list: the upload, the template, and what the columns mean."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import office_only
from accounts.http import PortalRequest
from core.errors import RuleBroken
from core.once import do_once
from imports import downloads, selectors, services
from imports.asking import PlaceForm, UploadForm
from imports.choices import ImportState
from imports.forms import ColumnsForm
from imports.models import Import
from imports.paths import path_of
from imports.receiving import LimitedUpload


@csrf_exempt  # only until the limit is in place: checking the token reads the whole request
@require_http_methods(["GET", "POST"])
@office_only
def import_new(request: PortalRequest) -> HttpResponse:
    limit = LimitedUpload(request)
    request.upload_handlers.insert(0, limit)
    return _receive(request, limit)


@csrf_protect
def _receive(request: PortalRequest, limit: LimitedUpload) -> HttpResponse:
    form = UploadForm()
    if request.method == "POST":
        files = request.FILES  # read now: only then the limit knows
        form = UploadForm(request.POST, files, was_too_large=limit.was_too_large)
        if form.is_valid():
            location, _is_new = do_once(form.cleaned_data["form_token"], lambda: _bring(request, form))
            return redirect(location)
    context = {"form": form, "path": path_of(None), "limit": filesizeformat(settings.UPLOAD_LIMIT)}
    return render(request, "imports/import_new.html", {**context, "most_rows": settings.IMPORT_ROWS})


def _bring(request: PortalRequest, form: UploadForm) -> str:
    run = services.bring_workbook(form.cleaned_data["file"], by=request.user, at=timezone.now())
    return reverse("imports:import", args=[run.pk])


@require_GET
@office_only
def template(request: PortalRequest) -> FileResponse:
    """An empty workbook with headings that the portal knows."""
    return downloads.template()


@require_POST
@office_only
def columns(request: PortalRequest, pk: int) -> HttpResponse:
    """What the columns mean, and with that the order to check the rows."""
    run = get_object_or_404(Import.objects.visible_to(request.user), pk=pk)
    if run.state != ImportState.MAPPING:
        messages.info(request, run.get_state_display())
        return redirect("imports:import", pk=run.pk)
    place_form = PlaceForm(request.POST, run=run)
    sheet, place = place_form.chosen()
    page = selectors.columns_page(run, sheet, place)
    form = ColumnsForm(request.POST, page=page)
    if form.is_valid():
        chosen = form.columns()
        try:
            services.choose_columns(run, sheet=sheet, place=place, columns=chosen, by=request.user, at=timezone.now())
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("imports:import", pk=run.pk)
    context = {"run": run, "form": form, "place_form": place_form, "page": page, "sheet": sheet}
    return render(request, "imports/columns.html", {**context, "path": path_of(run)})


@require_POST
@office_only
def columns_again(request: PortalRequest, pk: int) -> HttpResponse:
    """Back from the preview to the columns."""
    run = get_object_or_404(Import.objects.visible_to(request.user), pk=pk)
    try:
        services.change_columns(run, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    return redirect("imports:import", pk=run.pk)
