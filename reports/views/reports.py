"""Asking for a campaign's report, watching it being built, and its two files."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.errors import RuleBroken
from core.once import do_once
from core.paging import page_of
from core.uploads import download
from reports import rules
from reports.forms import ReportForm
from reports.models.builds import ReportBuild
from reports.services import requests as services

ENDINGS = {"workbook": "xlsx", "pdf": "pdf"}


@require_http_methods(["GET", "POST"])
@staff_only
def report_list(request: PortalRequest) -> HttpResponse:
    form = ReportForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        location, _is_new = do_once(form.cleaned_data["form_token"], lambda: _ask(request, form))
        return redirect(location)
    builds = ReportBuild.objects.visible_to(request.user).select_related("campaign", "requested_by")
    return render(request, "reports/report_list.html", {"form": form, "page": page_of(builds, request)})


def _ask(request: PortalRequest, form: ReportForm) -> str:
    build = services.request_campaign_report(
        form.cleaned_data["campaign"],
        by=request.user,
        at=timezone.now(),
        language=translation.get_language() or request.user.language,
    )
    return reverse("reports:report", args=[build.pk])


@require_GET
@staff_only
@never_cache
def report(request: PortalRequest, pk: int) -> HttpResponse:
    """The page asks itself for `#progress` every second while the report is under way."""
    build = _build(request, pk)
    template = "reports/report.html#progress" if request.htmx else "reports/report.html"
    context = {
        "build": build,
        "again": rules.can_build_again(request.user, build),
        "waits_long": build.waits_long(timezone.now()),
    }
    return render(request, template, context)


@require_POST
@staff_only
def report_again(request: PortalRequest, pk: int) -> HttpResponse:
    """A report that failed is queued once more."""
    build = _build(request, pk)
    try:
        services.build_again(build, by=request.user)
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The report is being built again."))
    return redirect("reports:report", pk=build.pk)


@require_GET
@staff_only
def report_file(request: PortalRequest, pk: int, kind: str) -> FileResponse:
    """The workbook or the PDF, under the campaign's name."""
    build = _build(request, pk)
    file = build.workbook if kind == "workbook" else build.pdf
    if not file:
        raise Http404
    day = timezone.localtime(build.finished_at or build.requested_at)
    return download(file, f"{build.campaign} {day:%Y-%m-%d}.{ENDINGS[kind]}".replace("/", "-"))


def _build(request: PortalRequest, pk: int) -> ReportBuild:
    builds = ReportBuild.objects.visible_to(request.user).select_related("campaign", "requested_by")
    return get_object_or_404(builds, pk=pk)
