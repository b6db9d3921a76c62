"""One click: what is on file is still correct."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from partnerships import rules
from partnerships.choices.enterprises import FileBlock
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.needs import Need
from partnerships.selectors import enterprises as selectors
from partnerships.services import freshness


def _file_context(request: PortalRequest, pk: int) -> dict[str, object]:
    """What the freshness of a file and its rows are shown with."""
    enterprise = get_object_or_404(selectors.enterprise_with_names(request.user), pk=pk)
    return {
        "enterprise": enterprise,
        "file": selectors.enterprise_file(request.user, enterprise, on=timezone.localdate()),
        "may_change": rules.can_change_enterprise(request.user, enterprise),
        "may_keep": rules.can_keep_file(request.user),
    }


def _back(request: HttpRequest, address: str) -> HttpResponse:
    """To the page that the button stood on, if it is one of ours."""
    target = request.POST.get("next", "")
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(target, allowed_hosts=hosts, require_https=request.is_secure())
    return redirect(target if is_ours else address)


@staff_only
@require_POST
def enterprise_confirm(request: PortalRequest, pk: int) -> HttpResponse:
    """`block` says which part of the file; without it the enterprise itself."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    named = request.POST.get("block") or FileBlock.IDENTITY.value
    if named not in FileBlock.values:
        raise Http404
    freshness.confirm_block(enterprise, FileBlock(named), by=request.user, at=timezone.now())
    if request.htmx:
        return render(request, "partnerships/_confirmed.html", _file_context(request, pk))
    messages.success(request, _("Thank you. This is confirmed as correct today."))
    return redirect("partnerships:enterprise", pk=pk)


def _confirmed(request: PortalRequest, fact: Contact | Need, kind: str) -> HttpResponse:
    """The new mark for htmx, on the page of the file with the strip of its blocks; else back to the page."""
    file_page = resolve_url("partnerships:enterprise", pk=fact.enterprise_id)
    if not request.htmx:
        messages.success(request, _("Thank you. This is confirmed as correct today."))
        return _back(request, file_page)
    fact.is_stale = False  # type: ignore[union-attr]
    context = {"fact": fact, "kind": kind, "may_keep": True}
    if (request.htmx.current_url_abs_path or "").partition("?")[0] == file_page:
        return render(
            request, "partnerships/_confirmed_one.html", {**_file_context(request, fact.enterprise_id), **context}
        )
    return render(request, "partnerships/_mark.html", context)


@staff_only
@require_POST
def contact_confirm(request: PortalRequest, pk: int) -> HttpResponse:
    contact = get_object_or_404(Contact.objects.visible_to(request.user), pk=pk)
    return _confirmed(request, freshness.confirm_contact(contact, by=request.user, at=timezone.now()), "contact")


@staff_only
@require_POST
def need_confirm(request: PortalRequest, pk: int) -> HttpResponse:
    need = get_object_or_404(Need.objects.visible_to(request.user), pk=pk)
    return _confirmed(request, freshness.confirm_need(need, by=request.user, at=timezone.now()), "need")
