"""Registration of an enterprise: dated checks of its code, its sites, and what stands below it."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt, attempt_once
from core.forms import fields_of
from core.uploads import download, name_with_ending
from partnerships import rules
from partnerships.forms.identity import CheckForm, SiteCloseForm, SiteForm, SiteNewForm
from partnerships.models.enterprises import CreditCheck, Enterprise, Site
from partnerships.selectors import identity as selectors
from partnerships.services import checks, sites


def _mine(request: PortalRequest, pk: int) -> Enterprise:
    """A file that the person may change; raises Http404 and PermissionDenied."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    rules.can_change_enterprise(request.user, enterprise).or_raise()
    return enterprise


@staff_only
@require_GET
def identity(request: PortalRequest, pk: int) -> HttpResponse:
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user).select_related("parent"), pk=pk)
    context = {
        "enterprise": enterprise,
        "identity": selectors.identity(request.user, enterprise),
        "may_change": rules.can_change_enterprise(request.user, enterprise),
    }
    return render(request, "partnerships/identity.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def check_new(request: PortalRequest, pk: int) -> HttpResponse:
    enterprise = _mine(request, pk)
    form = CheckForm(request.POST or None, request.FILES or None, initial={"checked_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)

        def record() -> str:
            checks.record_check(enterprise, **fields, by=request.user, at=timezone.now())
            return reverse("partnerships:identity", args=[pk])

        if address := attempt_once(form, record):
            messages.success(request, _("The check is on file."))
            return redirect(address)
    return render(request, "partnerships/check_form.html", {"form": form, "enterprise": enterprise})


@staff_only
@require_GET
def check_screenshot(request: PortalRequest, pk: int) -> FileResponse:
    """The picture as a download, for people who may see the file."""
    visible = Enterprise.objects.visible_to(request.user)
    check = get_object_or_404(CreditCheck, pk=pk, enterprise__in=visible)
    if not check.screenshot:
        raise Http404
    name = f"{check.code or check.enterprise_id} {check.checked_on:%Y-%m-%d}"
    return download(check.screenshot, name_with_ending(name, check.screenshot))


@staff_only
@require_http_methods(["GET", "POST"])
def site_new(request: PortalRequest, pk: int) -> HttpResponse:
    enterprise = _mine(request, pk)
    form = SiteNewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)

        def add() -> str:
            sites.add_site(enterprise, fields=fields, by=request.user, at=timezone.now())
            return reverse("partnerships:identity", args=[pk])

        if address := attempt_once(form, add):
            messages.success(request, _("The site is on file."))
            return redirect(address)
    return render(request, "partnerships/site_form.html", {"form": form, "enterprise": enterprise})


def _site(request: PortalRequest, pk: int) -> Site:
    site = get_object_or_404(Site.objects.select_related("enterprise"), pk=pk)
    _mine(request, site.enterprise_id)
    return site


@staff_only
@require_http_methods(["GET", "POST"])
def site_edit(request: PortalRequest, pk: int) -> HttpResponse:
    site = _site(request, pk)
    form = SiteForm(request.POST or None, instance=site)
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)
        if attempt(form, lambda: sites.change_site(site, fields=fields, by=request.user, at=timezone.now())):
            messages.success(request, _("Saved."))
            return redirect("partnerships:identity", pk=site.enterprise_id)
    context = {"form": form, "enterprise": site.enterprise, "site": site}
    return render(request, "partnerships/site_form.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def site_close(request: PortalRequest, pk: int) -> HttpResponse:
    site = _site(request, pk)
    form = SiteCloseForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        if attempt(form, lambda: sites.close_site(site, on=on, by=request.user, at=timezone.now())):
            messages.success(request, _("The site stays in the history of the file."))
            return redirect("partnerships:identity", pk=site.enterprise_id)
    context = {"form": form, "enterprise": site.enterprise, "site": site}
    return render(request, "partnerships/site_close.html", context)
