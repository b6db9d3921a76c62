"""Enterprises: the file, and its tab of needs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt_edit, attempt_once
from core.forms import fields_of
from core.paging import page_of
from notifications.selectors.log import about_enterprises
from partnerships import rules
from partnerships.choices.enterprises import FileBlock
from partnerships.forms.enterprises import EnterpriseEditForm, EnterpriseNewForm
from partnerships.models.enterprises import Enterprise
from partnerships.selectors import enterprises as selectors
from partnerships.selectors import freshness
from partnerships.selectors.links import year_answer
from partnerships.services import enterprises as services
from partnerships.services import suspects


@staff_only
@require_http_methods(["GET", "POST"])
def enterprise_new(request: PortalRequest) -> HttpResponse:
    """The form; for htmx the files that what is typed so far may mean."""
    rules.can_add_enterprise(request.user).or_raise()
    if request.htmx and request.method == "GET":
        form = EnterpriseNewForm(request.GET)
        return render(request, "partnerships/enterprise_form.html#matches", {"form": form, "matches": form.matches()})
    form = EnterpriseNewForm(request.POST or None, initial={"owner": request.user.pk})
    if request.method == "POST" and form.is_valid():
        fields, at = fields_of(form), timezone.now()

        def add() -> str:
            added = services.add_enterprise(by=request.user, at=at, fields=fields)
            suspects.keep_apart(added, form.found, by=request.user, at=at)
            return reverse("partnerships:enterprise", args=[added.pk])

        if address := attempt_once(form, add):
            messages.success(request, _("The file is open. Add a contact next."))
            return redirect(address)
    context = {"form": form, "is_new": True, "matches": form.found if form.is_bound else []}
    return render(request, "partnerships/enterprise_form.html", context)


@staff_only
@require_GET
def enterprise(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(selectors.enterprise_with_names(request.user), pk=pk)
    file = selectors.enterprise_file(request.user, record, on=timezone.localdate())
    context = {
        "file": file,
        "enterprise": record,
        "year_answer": year_answer(record, now=timezone.now()),
        "may_change": rules.can_change_enterprise(request.user, record),
        "may_merge": rules.can_merge(request.user),
        "may_keep": rules.can_keep_file(request.user),
        "may_draft": rules.can_draft_agreement(request.user),
        "messages_about": about_enterprises(Enterprise.objects.behind(pk)) if request.user.is_office else None,
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
@require_GET
def enterprise_needs(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    rows = record.needs.with_names().order_by("-state", "wanted_by", "-pk")
    page, on = page_of(rows, request), timezone.localdate()
    freshness.mark_stale(page, freshness.periods().before(FileBlock.NEEDS, on))
    may_keep = rules.can_keep_file(request.user)
    context = {"enterprise": record, "page": page, "today": on, "may_keep": may_keep}
    return render(request, "partnerships/enterprise_needs.html", context)
