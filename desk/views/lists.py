"""Lists of postings from Excel: the upload, the template, the preview, and the way back."""

from __future__ import annotations

import io

import xlsxwriter
from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import office_only
from accounts.http import PortalRequest
from core.acting import attempt_once
from core.errors import RuleBroken
from core.paging import page_of
from desk.forms import PostingListForm
from desk.lists.planning import plan
from desk.lists.template import fill
from desk.models.lists import PostingList
from desk.selectors import lists as selectors
from desk.services import posting_lists as services
from exporting.files import workbook
from exporting.writing.workbooks import OPTIONS, XLSX
from imports.receiving import LimitedUpload


@csrf_exempt  # only until the limit is in place: checking the token reads the whole request
@require_http_methods(["GET", "POST"])
@office_only
def list_new(request: PortalRequest) -> HttpResponse:
    limit = LimitedUpload(request)
    request.upload_handlers.insert(0, limit)
    return _receive(request, limit)


@csrf_protect
def _receive(request: PortalRequest, limit: LimitedUpload) -> HttpResponse:
    form = PostingListForm()
    if request.method == "POST":
        files = request.FILES  # read now: only then the limit knows
        form = PostingListForm(request.POST, files, was_too_large=limit.was_too_large)

        def bring() -> str:
            brought = services.bring_list(form.cleaned_data["file"], by=request.user, at=timezone.now())
            return reverse("desk:list", args=[brought.pk])

        if form.is_valid() and (address := attempt_once(form, bring)):
            return redirect(address)
    context = {
        "form": form, "limit": filesizeformat(settings.UPLOAD_LIMIT), "most_rows": services.MOST_ROWS,
        "page": page_of(selectors.lists(), request),
    }  # fmt: skip
    return render(request, "desk/list_new.html", context, status=422 if form.errors else 200)


@require_GET
@office_only
def template(request: PortalRequest) -> FileResponse:
    """An empty workbook with headings that the portal knows."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {**OPTIONS, "constant_memory": False}) as book:
        fill(book)
    file.seek(0)
    name = _("Postings to import") + ".xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


@require_http_methods(["GET", "POST"])
@office_only
def posting_list(request: PortalRequest, pk: int) -> HttpResponse:
    """What the list would write as things are now; sent, all of it is written. Afterwards what became of it."""
    brought = get_object_or_404(PostingList, pk=pk)
    if request.method == "POST":
        try:
            number = services.write_list(brought, seen=request.POST.get("seen", ""), by=request.user, at=timezone.now())
        except RuleBroken as refusal:
            messages.error(request, str(refusal))
        else:
            words = ngettext("%(number)s draft was written.", "%(number)s drafts were written.", number)
            messages.success(request, words % {"number": number})
        return redirect("desk:list", pk=pk)
    if brought.written_at is not None:
        postings = brought.postings.select_related("posting__enterprise")
        return render(request, "desk/list_written.html", {"list": brought, "page": page_of(postings, request)})
    context = {"list": brought, "preview": selectors.preview(brought, plan(brought.rows))}
    return render(request, "desk/list.html", context)


@require_GET
@office_only
def errors(request: PortalRequest, pk: int) -> FileResponse:
    """A line for everything that was said of a row, to mend the list by."""
    plans = plan(get_object_or_404(PostingList, pk=pk).rows)
    columns = [_("Row"), _("Enterprise"), _("Kind of remark"), _("Field"), _("What stands there"), _("Explanation")]
    return workbook("posting-errors", columns, selectors.problem_rows(plans, _("Error"), _("Hint")))


@require_POST
@office_only
def undo(request: PortalRequest, pk: int) -> HttpResponse:
    try:
        done = services.undo_list(get_object_or_404(PostingList, pk=pk), by=request.user, at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        words = _("Taken back: %(gone)s. Worked on since, left alone: %(stayed)s.")
        messages.success(request, words % {"gone": done.gone, "stayed": done.stayed})
    return redirect("desk:list", pk=pk)
