"""Programmes: the list, one programme, and what is done with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt_edit, attempt_once
from core.forms import fields_of
from core.paging import page_of
from exporting.sending import exported
from partnerships.choices.programmes import ProgrammeKind
from partnerships.models.enterprises import Enterprise
from partnerships.models.programmes import Programme
from programmes import exports, rules
from programmes.forms.filters import ProgrammeFilter
from programmes.forms.outcomes import ChoiceOfYearForm, OutcomesForm
from programmes.forms.programmes import LINES, ProgrammeEditForm, ProgrammeNewForm
from programmes.selectors import programmes as selectors
from programmes.selectors.outcomes import YearOutcomes, seven_tasks, total_of, years_of
from programmes.services import outcomes
from programmes.services import programmes as services


@staff_only
@require_GET
def programme_list(request: PortalRequest) -> HttpResponseBase:
    """The list, its rows alone for htmx, or with `?format=` the way to a file of them."""
    form = ProgrammeFilter(request.GET, offered=selectors.offered(request.user))
    chosen = form.chosen
    rows, year = selectors.programme_list(request.user, chosen), chosen.get("year")
    if "format" in request.GET:
        return exported(request, exports.programmes(year), rows, filters=form)
    page = page_of(rows, request)
    for row in page:
        row.total = total_of(row.outcomes.all(), year)  # type: ignore[attr-defined]  # for the template
    template = "programmes/programme_list.html#rows" if request.htmx else "programmes/programme_list.html"
    return render(request, template, {"form": form, "page": page})


@staff_only
@require_GET
def programme(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(selectors.programme_with_parts(request.user), pk=pk)
    context = {
        "programme": record,
        "enterprise": record.enterprise,
        "agreements": selectors.agreements_of(record, request.user),
        "counted": {outcome.cohort_id for outcome in record.outcomes.all()},
        "years": years_of(record.outcomes.all()),
        "tasks": seven_tasks(record) if record.kind == ProgrammeKind.INDUSTRY_COLLEGE else [],
        "may_change": rules.can_change_programme(request.user, record),
        "may_invest": rules.can_keep_investments(request.user),
    }
    return render(request, "programmes/programme.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def programme_new(request: PortalRequest, pk: int) -> HttpResponse:
    """Open a programme from the file of its enterprise."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    rules.can_open_programme(request.user).or_raise()
    initial = {"owner": request.user.pk, "kind": request.GET.get("kind", "")}
    form = ProgrammeNewForm(request.POST or None, enterprise=enterprise, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = _programme_fields(form)

        def open_it() -> str:
            opened = services.open_programme(enterprise, by=request.user, at=timezone.now(), **fields)
            return services.link_of(opened)

        if address := attempt_once(form, open_it):
            messages.success(request, _("The programme is on file."))
            return redirect(address)
    return render(request, "programmes/programme_form.html", {"form": form, "enterprise": enterprise})


def _programme_fields(form: ProgrammeNewForm | ProgrammeEditForm) -> dict[str, Any]:
    """What was entered; the lines are features by now."""
    return {name: value for name, value in fields_of(form).items() if name not in LINES}


@staff_only
@require_http_methods(["GET", "POST"])
def programme_edit(request: PortalRequest, pk: int) -> HttpResponse:
    rows = Programme.objects.visible_to(request.user).select_related("enterprise").prefetch_related("majors")
    record = get_object_or_404(rows, pk=pk)
    rules.can_change_programme(request.user, record).or_raise()
    enterprise = record.enterprise
    form = ProgrammeEditForm(request.POST or None, instance=record, enterprise=enterprise, user=request.user)
    if request.method == "POST" and form.is_valid():
        told = {"fields": _programme_fields(form), "version": form.cleaned_data["version"], "at": timezone.now()}
        if attempt_edit(form, record, lambda: services.change_programme(record, by=request.user, **told)):
            messages.success(request, _("Saved."))
            return redirect("programmes:programme", pk=pk)
    context = {"form": form, "enterprise": enterprise, "programme": record}
    return render(request, "programmes/programme_form.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def outcomes_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """The outcomes of the year and class in the address, all in one form."""
    record = get_object_or_404(selectors.programme_with_parts(request.user), pk=pk)
    rules.can_change_programme(request.user, record).or_raise()
    choice = ChoiceOfYearForm(request.GET or {"year": timezone.localdate().year}, programme=record)
    chosen: dict[str, Any] = (
        choice.cleaned_data if choice.is_valid() else {"year": timezone.localdate().year, "cohort": None}
    )
    year, cohort = chosen["year"], chosen["cohort"]
    same = [row for row in years_of(record.outcomes.all()) if (row.year, row.cohort) == (year, cohort)]
    known = same[0] if same else YearOutcomes(year, cohort)
    form = OutcomesForm(request.POST or None, programme=record, known=known)
    if request.method == "POST" and form.is_valid():
        told = {"version": form.cleaned_data["version"], "by": request.user, "at": timezone.now(), **chosen}
        if attempt_edit(form, record, lambda: outcomes.record_outcomes(record, form.lines, **told)):
            messages.success(request, _("The outcomes are on file."))
            return redirect("programmes:programme", pk=pk)
    context = {"programme": record, "choice": choice, "form": form, "known": known}
    return render(request, "programmes/outcomes_form.html", context)
