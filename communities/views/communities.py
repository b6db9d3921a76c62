"""Communities: the list, one community, and how the office keeps them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import office_only, staff_only
from accounts.http import PortalRequest
from communities import rules
from communities.exports import COMMUNITIES
from communities.forms.communities import CommunityEditForm, CommunityFilter, CommunityNewForm
from communities.selectors import communities as selectors
from communities.services import communities as services
from core.acting import attempt_edit, attempt_once
from core.forms import fields_of
from core.paging import page_of
from exporting.sending import exported
from partnerships.models.communities import Community


@staff_only
@require_GET
def community_list(request: PortalRequest) -> HttpResponseBase:
    """The list, its rows alone for htmx, or with `?format=` the way to a file of them."""
    form = CommunityFilter(request.GET)
    rows = selectors.community_list(request.user, form.chosen, on=timezone.localdate())
    if "format" in request.GET:
        return exported(request, COMMUNITIES, rows, filters=form)
    page = selectors.shown(page_of(rows, request))
    template = "communities/community_list.html#rows" if request.htmx else "communities/community_list.html"
    context = {"form": form, "page": page, "may_keep": rules.can_keep_communities(request.user)}
    return render(request, template, context)


@staff_only
@require_GET
def community(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(Community.objects.visible_to(request.user).select_related("owner"), pk=pk)
    context = {
        "community": record,
        "shown": selectors.community_page(record, on=timezone.localdate()),
        "may_keep": rules.can_keep_communities(request.user),
    }
    return render(request, "communities/community.html", context)


@office_only
@require_http_methods(["GET", "POST"])
def community_new(request: PortalRequest) -> HttpResponse:
    form = CommunityNewForm(request.POST or None, initial={"owner": request.user.pk})
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)

        def found() -> str:
            founded = services.found_community(by=request.user, at=timezone.now(), **fields)
            return reverse("communities:community", args=[founded.pk])

        if address := attempt_once(form, found):
            messages.success(request, _("The community is on file. Enter its members next."))
            return redirect(address)
    return render(request, "communities/community_form.html", {"form": form})


@office_only
@require_http_methods(["GET", "POST"])
def community_edit(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(Community.objects.visible_to(request.user), pk=pk)
    form = CommunityEditForm(request.POST or None, instance=record)
    if request.method == "POST" and form.is_valid():
        fields, version = fields_of(form), form.cleaned_data["version"]
        by, at = request.user, timezone.now()
        saved = attempt_edit(
            form,
            record,
            lambda: services.change_community(record, version=version, fields=fields, by=by, at=at),
        )
        if saved:
            messages.success(request, _("Saved."))
            return redirect("communities:community", pk=pk)
    return render(request, "communities/community_form.html", {"form": form, "community": record})
