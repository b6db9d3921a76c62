"""Past reports, one of them while it is built and afterwards, and its files."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.errors import RuleBroken
from core.paging import page_of
from core.uploads import download
from reports import rules
from reports.choices import BuildState
from reports.forms import BuildFilter
from reports.kinds.catalogue import KINDS
from reports.models.builds import ReportBuild
from reports.selectors import builds as selectors
from reports.services import requests as services

FORMATS = {"workbook": "xlsx", "pdf": "pdf"}  # what the addresses of older reports name


@require_GET
@staff_only
def report_list(request: PortalRequest) -> HttpResponse:
    """What can be built, and what was."""
    form = BuildFilter(request.GET, people=selectors.people_who_asked(request.user))
    context = {
        "form": form,
        "page": page_of(selectors.build_list(request.user, form.chosen), request),
        "kinds": [kind for kind in KINDS.values() if kind.may_build(request.user)],
        "may_schedule": rules.can_schedule(request.user),
    }
    template = "reports/report_list.html#rows" if request.htmx else "reports/report_list.html"
    return render(request, template, context)


@require_GET
@staff_only
@never_cache
def report(request: PortalRequest, pk: int) -> HttpResponse:
    """The page asks itself for `#progress` every second while the report is under way."""
    build = get_object_or_404(selectors.build_of(request.user), pk=pk)
    template = "reports/report.html#progress" if request.htmx else "reports/report.html"
    context = {
        "build": build,
        "kind": KINDS.get(build.kind),
        "files": build.files.all() if build.state == BuildState.DONE else [],
        "again": rules.can_build_again(request.user, build),
        "same": urlencode(build.parameters),
        "waits_long": build.waits_long(timezone.now()),
    }
    return render(request, template, context)


def _build(request: PortalRequest, pk: int) -> ReportBuild:
    return get_object_or_404(ReportBuild.objects.visible_to(request.user), pk=pk)


@require_POST
@staff_only
def report_again(request: PortalRequest, pk: int) -> HttpResponse:
    """A report that failed or was cancelled is queued once more."""
    build = _build(request, pk)
    try:
        services.build_again(build, by=request.user)
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The report is being built again."))
    return redirect("reports:report", pk=build.pk)


@require_POST
@staff_only
def report_cancel(request: PortalRequest, pk: int) -> HttpResponse:
    build = _build(request, pk)
    try:
        services.cancel_report(build, by=request.user, at=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The report is cancelled."))
    return redirect("reports:report", pk=build.pk)


@require_POST
@staff_only
def report_delete(request: PortalRequest, pk: int) -> HttpResponse:
    build = _build(request, pk)
    try:
        services.delete_report(build, by=request.user)
    except RuleBroken as error:
        messages.error(request, str(error))
        return redirect("reports:report", pk=build.pk)
    messages.success(request, _("The report and its files are deleted."))
    return redirect("reports:report_list")


@require_GET
@staff_only
def file(request: PortalRequest, pk: int) -> FileResponse:
    row = get_object_or_404(selectors.files_of(request.user), pk=pk)
    return download(row.file, row.name)


@require_GET
@staff_only
def report_file(request: PortalRequest, pk: int, kind: str) -> FileResponse:
    """The file of a report by its kind, as older letters and bookmarks have it."""
    row = selectors.files_of(request.user).filter(build=pk, format=FORMATS[kind]).first()
    if row is None:
        raise Http404
    return download(row.file, row.name)
