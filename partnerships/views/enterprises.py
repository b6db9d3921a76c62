"""Enterprises: the list, the file, and its tabs of agreements and needs."""

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
from core.paging import page_of
from partnerships import exports, rules
from partnerships.choices.enterprises import ENTERPRISE_STALE_AFTER
from partnerships.forms.enterprises import EnterpriseEditForm, EnterpriseNewForm, fields_of
from partnerships.forms.filters import EnterpriseFilter
from partnerships.models.enterprises import Enterprise
from partnerships.selectors import agreements as agreement_selectors
from partnerships.selectors import enterprises as selectors
from partnerships.selectors.codes import code_choices, staff_choices
from partnerships.selectors.exports import enterprise_columns, enterprise_export
from partnerships.services import enterprises as services
from partnerships.views.saving import attempt_edit, attempt_once


@staff_only
@require_GET
def enterprise_list(request: PortalRequest) -> HttpResponseBase:
    """The list, its rows alone for htmx, or the same rows as a workbook with `?format=xlsx`."""
    form = EnterpriseFilter(request.GET, codes=code_choices(), owners=staff_choices())
    rows = selectors.enterprise_list(request.user, form.chosen, on=timezone.localdate())
    if request.GET.get("format") == "xlsx":
        return exports.workbook("enterprises", enterprise_columns(), enterprise_export(rows))
    page = page_of(rows, request)
    template = "partnerships/enterprise_list.html#rows" if request.htmx else "partnerships/enterprise_list.html"
    context = {
        "form": form,
        "page": page,
        "stale_before": timezone.now() - ENTERPRISE_STALE_AFTER,
        "may_add": rules.can_add_enterprise(request.user),
    }
    return render(request, template, context)


@staff_only
@require_http_methods(["GET", "POST"])
def enterprise_new(request: PortalRequest) -> HttpResponse:
    rules.can_add_enterprise(request.user).or_raise()
    form = EnterpriseNewForm(request.POST or None, initial={"owner": request.user.pk})
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)

        def add() -> str:
            added = services.add_enterprise(by=request.user, at=timezone.now(), fields=fields)
            return reverse("partnerships:enterprise", args=[added.pk])

        if address := attempt_once(form, add):
            messages.success(request, _("The file is open. Add a contact next."))
            return redirect(address)
    return render(request, "partnerships/enterprise_form.html", {"form": form})


@staff_only
@require_GET
def enterprise(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(selectors.enterprise_with_names(request.user), pk=pk)
    file = selectors.enterprise_file(request.user, record, now=timezone.now(), on=timezone.localdate())
    context = {
        "file": file,
        "enterprise": record,
        "may_change": rules.can_change_enterprise(request.user, record),
        "may_keep": rules.can_keep_file(request.user),
        "may_draft": rules.can_draft_agreement(request.user),
    }
    return render(request, "partnerships/enterprise.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def enterprise_edit(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    rules.can_change_enterprise(request.user, record).or_raise()
    form = EnterpriseEditForm(request.POST or None, instance=record)
    if request.method == "POST" and form.is_valid():
        fields, version = fields_of(form), form.cleaned_data["version"]
        saved = attempt_edit(
            form,
            record,
            lambda: services.change_enterprise(
                record, version=version, fields=fields, by=request.user, at=timezone.now()
            ),
        )
        if saved:
            messages.success(request, _("Saved."))
            return redirect("partnerships:enterprise", pk=pk)
    return render(request, "partnerships/enterprise_form.html", {"form": form, "enterprise": record})


@staff_only
@require_POST
def enterprise_confirm(request: PortalRequest, pk: int) -> HttpResponse:
    """One click: the file is still correct."""
    record = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    services.confirm_enterprise(record, by=request.user, at=timezone.now())
    messages.success(request, _("Thank you. The file is confirmed as correct today."))
    return redirect("partnerships:enterprise", pk=pk)


@staff_only
@require_GET
def enterprise_agreements(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    rows = agreement_selectors.of_enterprise(request.user, record, on=timezone.localdate())
    context = {
        "enterprise": record,
        "page": page_of(rows, request),
        "may_draft": rules.can_draft_agreement(request.user),
    }
    return render(request, "partnerships/enterprise_agreements.html", context)


@staff_only
@require_GET
def enterprise_needs(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    rows = record.needs.select_related("owner").prefetch_related("majors").order_by("-state", "wanted_by", "-pk")
    context = {"enterprise": record, "page": page_of(rows, request), "may_keep": rules.can_keep_file(request.user)}
    return render(request, "partnerships/enterprise_needs.html", context)
