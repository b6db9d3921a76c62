"""Reports that are built again and again: the list, one of them, and its form."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt_edit, attempt_once
from core.errors import RuleBroken
from core.paging import page_of
from reports import rules
from reports.forms import ScheduleEditForm, ScheduleForm
from reports.kinds.catalogue import KINDS
from reports.models.schedules import ReportSchedule
from reports.selectors.builds import build_list
from reports.selectors.schedules import schedule_list
from reports.services import schedules as services
from reports.views.asking import kind_or_404


def _schedule(request: PortalRequest, pk: int) -> ReportSchedule:
    return get_object_or_404(schedule_list(request.user), pk=pk)


def _may_schedule(request: PortalRequest) -> None:
    if not rules.can_schedule(request.user):
        raise Http404


@require_GET
@staff_only
def schedule_list_page(request: PortalRequest) -> HttpResponse:
    _may_schedule(request)
    page = page_of(schedule_list(request.user), request)
    now = timezone.now()
    context = {
        "page": page,
        "rows": [(row, row.next_due(now) if row.is_active else None) for row in page],
        "kinds": [kind for kind in KINDS.values() if kind.may_build(request.user)],
    }
    return render(request, "reports/schedule_list.html", context)


@require_GET
@staff_only
def schedule(request: PortalRequest, pk: int) -> HttpResponse:
    """When it is due next, who reads it, and what it built."""
    _may_schedule(request)
    row = _schedule(request, pk)
    context = {
        "schedule": row,
        "next_due": row.next_due(timezone.now()) if row.is_active else None,
        "page": page_of(build_list(request.user, {}).filter(schedule=row), request),
    }
    return render(request, "reports/schedule.html", context)


@require_http_methods(["GET", "POST"])
@staff_only
def schedule_new(request: PortalRequest, slug: str) -> HttpResponse:
    _may_schedule(request)
    kind, user, now = kind_or_404(request, slug), request.user, timezone.now()
    form = kind.form(request.POST or None, user=user, on=timezone.localdate(), moves=True, initial=request.GET.dict())
    when = ScheduleForm(request.POST or None, user=user)

    def save() -> str:
        made = services.add_schedule(
            kind, form.parameters, when=when.when, readers=when.chosen_readers, by=user, at=now
        )
        return reverse("reports:schedule", args=[made.pk])

    if request.method == "POST" and form.is_valid() & when.is_valid() and (address := attempt_once(when, save)):
        messages.success(request, _("The report is scheduled."))
        return redirect(address)
    return render(request, "reports/schedule_form.html", {"kind": kind, "form": form, "when": when})


@require_http_methods(["GET", "POST"])
@staff_only
def schedule_edit(request: PortalRequest, pk: int) -> HttpResponse:
    _may_schedule(request)
    row, now = _schedule(request, pk), timezone.now()
    kind = kind_or_404(request, row.kind)
    form = kind.form(request.POST or None, user=row.owner, on=timezone.localdate(), moves=True, initial=row.parameters)
    when = ScheduleEditForm(request.POST or None, user=request.user, initial=_as_it_is(row))

    def save() -> Any:
        version = when.cleaned_data["version"]
        return services.change_schedule(
            row, form.parameters, when=when.when, readers=when.chosen_readers, version=version, by=request.user, at=now
        )

    if request.method == "POST" and form.is_valid() & when.is_valid() and attempt_edit(when, row, save):
        messages.success(request, _("Saved."))
        return redirect("reports:schedule", pk=pk)
    context = {"kind": kind, "form": form, "when": when, "schedule": row}
    return render(request, "reports/schedule_form.html", context)


def _as_it_is(row: ReportSchedule) -> dict[str, Any]:
    readers = [reader.pk for reader in row.readers.all()]
    return {name: getattr(row, name) for name in ("version", *services.WHEN)} | {"readers": readers}


@require_POST
@staff_only
def schedule_active(request: PortalRequest, pk: int) -> HttpResponse:
    """Stop it, or let it go on."""
    row, is_active = _schedule(request, pk), request.POST.get("active") == "yes"
    try:
        services.set_active(row, is_active=is_active, by=request.user, at=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The schedule goes on.") if is_active else _("The schedule is stopped."))
    return redirect("reports:schedule", pk=pk)
