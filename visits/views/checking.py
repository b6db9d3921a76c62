"""The office's page of reports to check; giving one back, closing it, correcting it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import office_only, staff_only
from accounts.http import PortalRequest
from core.acting import attempt, attempt_edit
from core.paging import page_of
from exporting.sending import exported
from partnerships.choices.agreements import Side
from visits import rules
from visits.choices import TOOK_PLACE, VisitState
from visits.exports import CHECK
from visits.forms.checking import CheckFilter
from visits.forms.corrections import (
    CheckForm,
    CorrectionForm,
    ReasonForm,
    RemoveEvidenceForm,
    ReturnForm,
    rows_of,
)
from visits.models.results import Evidence
from visits.models.visits import Visit
from visits.selectors import checking as selectors
from visits.selectors import visits as visit_selectors
from visits.selectors.doubts import add_doubts
from visits.services import amending
from visits.services import checking as services


@office_only
@require_GET
def check_list(request: PortalRequest) -> HttpResponseBase:
    form, on = CheckFilter(request.GET, user=request.user), timezone.localdate()
    rows = selectors.to_check(request.user, form.chosen, on=on)
    if "format" in request.GET:
        return exported(request, CHECK, rows, filters=form)
    page = page_of(rows, request)
    context = {"form": form, "page": page, "visits": add_doubts(list(page.object_list)), "today": on}
    template = "visits/check_list.html#rows" if request.htmx else "visits/check_list.html"
    return render(request, template, context)


def _visit(request: PortalRequest, pk: int) -> Visit:
    return get_object_or_404(visit_selectors.visit_with_people(request.user), pk=pk)


@office_only
@require_http_methods(["GET", "POST"])
def check(request: PortalRequest, pk: int) -> HttpResponse:
    """The report with what is doubtful; POST closes it as checked."""
    found = _visit(request, pk)
    if request.method == "GET" and found.state != VisitState.REPORTED:
        messages.info(request, _("There is no report to check."))
        return redirect("visits:visit", pk=pk)
    page = _check_page(request, found)
    form = CheckForm(request.POST or None, initial={"version": found.version}, has_doubts=bool(page["doubts"]))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = attempt_edit(
            form, found, lambda: services.check_report(found, **said, by=request.user, at=timezone.now())
        )
        if done:
            messages.success(request, _("The report is checked."))
            return redirect("visits:check_list")
    returning = ReturnForm(initial={"version": found.version})
    return render(request, "visits/check.html", {**page, "form": form, "return_form": returning})


@office_only
@require_POST
def check_return(request: PortalRequest, pk: int) -> HttpResponse:
    """Give the report back; a refusal is said on the page of the check, with what was typed."""
    found, form = _visit(request, pk), ReturnForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        if attempt_edit(form, found, lambda: services.return_report(found, **said, by=request.user, at=timezone.now())):
            messages.success(request, _("The report is returned."))
            return redirect("visits:check_list")
    page = _check_page(request, found)
    checking = CheckForm(initial={"version": found.version}, has_doubts=bool(page["doubts"]))
    context = {**page, "form": checking, "return_form": form}
    return render(request, "visits/check.html", context, status=422)


def _check_page(request: PortalRequest, visit: Visit) -> dict[str, Any]:
    visit_selectors.add_parts(visit, request.user, on=timezone.localdate())
    add_doubts([visit])
    return {
        "visit": visit,
        "doubts": visit.doubts,  # type: ignore[attr-defined]
        "party": visit_selectors.of_side(visit, Side.SCHOOL),
        "hosts": visit_selectors.of_side(visit, Side.ENTERPRISE),
        "may_check": rules.can_check(request.user, visit),
        "remark": selectors.open_remark(visit),
        "remarks": selectors.remarks_of(visit),
    }


@staff_only
@require_http_methods(["GET", "POST"])
def correct(request: PortalRequest, pk: int) -> HttpResponse:
    found = _visit(request, pk)
    remark, is_office = selectors.open_remark(found), request.user.is_office
    rules.can_correct(request.user, found, is_returned=remark is not None).or_raise()
    data = request.POST or None
    form = CorrectionForm(data, visit=found, is_office=is_office, is_returned=remark is not None)
    rows = rows_of(data, found)
    whole = [part.is_valid() for part in (form, *rows.values())]  # each says what is wrong with it
    if request.method == "POST" and all(whole) and _corrected(request, found, form, rows):
        messages.success(request, _("The report is corrected."))
        return redirect("visits:visit", pk=pk)
    wrong = [part for part in rows.values() if any(part.errors) or part.non_form_errors()] if data else []
    context = {"form": form, "visit": found, "wrong": wrong, "remark": remark, **rows}
    return render(request, "visits/correct.html", context)


def _corrected(request: PortalRequest, visit: Visit, form: CorrectionForm, rows: dict[str, Any]) -> bool:
    correction = form.correction(rows["outcomes"].rows, rows["intentions"].rows)
    version = form.cleaned_data["version"]
    return attempt_edit(
        form,
        visit,
        lambda: amending.correct_report(
            visit, correction, version=version, **form.words, by=request.user, at=timezone.now()
        ),
    )


@office_only
@require_http_methods(["GET", "POST"])
def call_off(request: PortalRequest, pk: int) -> HttpResponse:
    """A visit that was reported and does not count."""
    found = _visit(request, pk)
    form = ReasonForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt_edit(
            form, found, lambda: amending.call_off_reported(found, **said, by=request.user, at=timezone.now())
        ):
            messages.success(request, _("The visit is called off; it counts in no figure any more."))
            return redirect("visits:visit", pk=pk)
    return render(request, "visits/call_off.html", {"form": form, "visit": found})


@staff_only
@require_http_methods(["GET", "POST"])
def evidence_remove(request: PortalRequest, pk: int) -> HttpResponse:
    visible = Visit.objects.visible_to(request.user).filter(state__in=TOOK_PLACE).order_by().values("pk")
    item = get_object_or_404(Evidence.objects.select_related("visit__enterprise"), pk=pk, visit__in=visible)
    rules.can_remove_evidence(request.user, item).or_raise()
    form: forms.Form = RemoveEvidenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: amending.remove_evidence(item, reason=reason, by=request.user, at=timezone.now())):
            messages.success(request, _("The evidence is removed."))
            return redirect("visits:visit", pk=item.visit_id)
    return render(request, "visits/evidence_remove.html", {"form": form, "visit": item.visit, "item": item})
