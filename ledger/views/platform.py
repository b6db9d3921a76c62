"""The national table: what is missing, the files, what became of them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import office_only
from accounts.http import PortalRequest
from core.acting import attempt, attempt_once
from core.paging import page_of
from exporting.sending import exported
from ledger.downloads import ROWS_PER_FILE, platform_download
from ledger.exports import PLATFORM_FILES
from ledger.forms.filters import PlatformFilter
from ledger.forms.platform import MakeForm, MarkForm
from ledger.models.platform import PlatformFile
from ledger.selectors import checks
from ledger.selectors.files import file_list, file_of, rows_of_file
from ledger.selectors.visits import ledger_visits, numbers_of
from ledger.services import platform as services
from visits.selectors import choices

PER_PAGE = 20


def _filter(request: PortalRequest) -> PlatformFilter:
    campaigns = choices.campaign_choices(request.user)
    return PlatformFilter(request.GET, campaigns=campaigns, leaders=choices.leaders_of_visits())


def _numbers(request: PortalRequest, form: PlatformFilter) -> list[int]:
    """The visits that took place, as filtered; one more than are looked at, so that too many show."""
    asked = {name: value for name, value in form.chosen.items() if name != "upload"}
    visits = ledger_visits(request.user, asked, on=timezone.localdate()).took_place()
    return numbers_of(visits, checks.MOST_VISITS + 1)


@office_only
@require_GET
def platform(request: PortalRequest) -> HttpResponse:
    """Every row as the platform would get it: how many are complete, and what is to be mended."""
    form = _filter(request)
    upload = form.chosen.get("upload", "")
    checked = checks.check(_numbers(request, form), user=request.user, on=timezone.localdate(), upload=upload)
    problem = request.GET.get("problem", "")
    mend = checks.to_mend(checked.rows, problem if problem in checks.FINDINGS else "")
    context = {
        "form": form,
        "checked": checked,
        "page": Paginator(mend, PER_PAGE).get_page(request.GET.get("page")),
        "problem": problem,
        "make_form": MakeForm(),
        "per_file": ROWS_PER_FILE,
        "most": checks.MOST_VISITS,
    }
    return render(request, "ledger/platform.html#rows" if request.htmx else "ledger/platform.html", context)


@office_only
@require_POST
def platform_make(request: PortalRequest) -> HttpResponse:
    """Make the file of what is filtered in the address, and show it."""
    form, make = _filter(request), MakeForm(request.POST)
    query = request.GET.urlencode()

    def act() -> str:
        file = services.make_file(
            _numbers(request, form),
            complete_only=make.cleaned_data["rows"] == "complete",
            upload=form.chosen.get("upload", ""),
            filters=query,
            by=request.user,
            at=timezone.now(),
        )
        return reverse("ledger:platform_file", args=[file.pk])

    if make.is_valid() and (address := attempt_once(make, act)):
        return redirect(address)
    for error in make.non_field_errors():
        messages.error(request, str(error))
    return redirect(reverse("ledger:platform") + (f"?{query}" if query else ""))


@office_only
@require_GET
def platform_files(request: PortalRequest) -> HttpResponseBase:
    files = file_list(request.user)
    if "format" in request.GET:
        return exported(request, PLATFORM_FILES, files)
    page = page_of(files, request)
    return render(request, "ledger/platform_files.html", {"page": page})


@office_only
@require_http_methods(["GET", "POST"])
def platform_file(request: PortalRequest, pk: int) -> HttpResponse:
    """One file: fetch it, and say what the platform said."""
    file = get_object_or_404(file_of(request.user), pk=pk)
    form = MarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _mark(request, file, form)):
        messages.success(request, _("Noted."))
        return redirect("ledger:platform_file", pk=pk)
    context = {"file": file, "form": form, "page": page_of(rows_of_file(file), request), "per_file": ROWS_PER_FILE}
    return render(request, "ledger/platform_file.html", context)


def _mark(request: PortalRequest, file: PlatformFile, form: MarkForm) -> None:
    said, reason = form.cleaned_data, form.cleaned_data["reason"]
    if said["result"] == "failed":
        services.mark_failed(file, reason=reason, by=request.user, at=timezone.now())
    else:
        services.mark_sent(file, refused=said["refused"], reason=reason, by=request.user, at=timezone.now())


@office_only
@require_GET
def platform_fetch(request: PortalRequest, pk: int) -> FileResponse:
    return platform_download(get_object_or_404(file_of(request.user), pk=pk))
