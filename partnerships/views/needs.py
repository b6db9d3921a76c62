"""What enterprises ask for: the list, one need, and demand beside supply."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt, attempt_edit, attempt_once
from core.forms import fields_of
from core.paging import page_of
from exporting.sending import exported
from partnerships import rules
from partnerships.choices.enterprises import FileBlock
from partnerships.exports import needs as exports
from partnerships.forms.filters import DemandFilter, NeedFilter
from partnerships.forms.needs import NeedCloseForm, NeedEditForm, NeedNewForm
from partnerships.models.enterprises import Enterprise
from partnerships.models.needs import Need
from partnerships.selectors import demand, freshness
from partnerships.selectors import needs as selectors
from partnerships.services import needs


@staff_only
@require_GET
def need_list(request: PortalRequest) -> HttpResponseBase:
    """The list, its rows alone for htmx, or with `?format=` the way to a file of them."""
    on, terms = timezone.localdate(), freshness.periods()
    form = NeedFilter(request.GET, offered=selectors.need_choices())
    rows = selectors.need_list(request.user, form.chosen, terms=terms, on=on)
    if "format" in request.GET:
        return exported(request, exports.needs(terms, on=on), rows, filters=form)
    totals = selectors.need_totals(rows, terms=terms, on=on)
    page = page_of(rows, request, count=totals.rows)
    freshness.mark_stale(page, terms.before(FileBlock.NEEDS, on))
    template = "partnerships/need_list.html#rows" if request.htmx else "partnerships/need_list.html"
    context = {
        "form": form,
        "page": page,
        "totals": totals,
        "days": terms.days[FileBlock.NEEDS],
        "today": on,
        "may_keep": rules.can_keep_file(request.user),
    }
    return render(request, template, context)


@staff_only
@require_GET
def needs_by_major(request: PortalRequest) -> HttpResponseBase:
    """Open needs of each major beside its students; `?kind=&college=&class_of=` narrow, `?format=` exports."""
    on, known, majors = timezone.localdate(), demand.classes(), demand.majors_by_college()
    form = DemandFilter(request.GET, colleges=majors, classes=known)
    asked = form.chosen
    page = demand.demand_by_major(
        request.user,
        majors,
        kind=asked.get("kind", ""),
        college=asked.get("college", ""),
        class_of=demand.class_to_show(known, asked.get("class_of", ""), on=on),
        terms=freshness.periods(),
        on=on,
    )
    if "format" in request.GET:
        return exported(request, exports.DEMAND, list(exports.demand_rows(page)), filters=form)
    template = "partnerships/needs_by_major.html#rows" if request.htmx else "partnerships/needs_by_major.html"
    return render(request, template, {"form": form, "demand": page})


@staff_only
@require_http_methods(["GET", "POST"])
def need_new(request: PortalRequest, pk: int) -> HttpResponse:
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    rules.can_keep_file(request.user).or_raise()
    form = NeedNewForm(request.POST or None, initial={"owner": request.user.pk})
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)
        majors = fields.pop("majors")

        def add() -> str:
            needs.record_need(enterprise, fields=fields, majors=majors, by=request.user, at=timezone.now())
            return reverse("partnerships:enterprise_needs", args=[pk])

        if address := attempt_once(form, add):
            messages.success(request, _("The need is on file."))
            return redirect(address)
    return render(request, "partnerships/need_form.html", {"form": form, "enterprise": enterprise})


def _need(request: PortalRequest, pk: int) -> Need:
    return get_object_or_404(Need.objects.visible_to(request.user).select_related("enterprise"), pk=pk)


@staff_only
@require_http_methods(["GET", "POST"])
def need_edit(request: PortalRequest, pk: int) -> HttpResponse:
    need = _need(request, pk)
    rules.can_keep_file(request.user).or_raise()
    form = NeedEditForm(request.POST or None, instance=need)
    if request.method == "POST" and form.is_valid():
        fields, version = fields_of(form), form.cleaned_data["version"]
        said = {"majors": fields.pop("majors"), "fields": fields, "version": version}
        if attempt_edit(form, need, lambda: needs.change_need(need, **said, by=request.user, at=timezone.now())):
            messages.success(request, _("Saved."))
            return redirect("partnerships:enterprise_needs", pk=need.enterprise_id)
    return render(request, "partnerships/need_form.html", {"form": form, "enterprise": need.enterprise, "need": need})


@staff_only
@require_http_methods(["GET", "POST"])
def need_close(request: PortalRequest, pk: int) -> HttpResponse:
    need = _need(request, pk)
    rules.can_keep_file(request.user).or_raise()
    form = NeedCloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt(form, lambda: needs.close_need(need, **said, by=request.user, at=timezone.now())):
            messages.success(request, _("The need is closed."))
            return redirect("partnerships:enterprise_needs", pk=need.enterprise_id)
    return render(request, "partnerships/need_close.html", {"form": form, "need": need, "enterprise": need.enterprise})


@staff_only
@require_POST
def need_reopen(request: PortalRequest, pk: int) -> HttpResponse:
    """The enterprise asks again for what was met or dropped."""
    need = _need(request, pk)
    needs.reopen_need(need, by=request.user, at=timezone.now())
    messages.success(request, _("The need is open again."))
    return redirect("partnerships:enterprise_needs", pk=need.enterprise_id)
