"""The members of a community: the list of a day, one member, and what the office does with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
from communities.exports import MEMBERS
from communities.forms.members import (
    LeaveForm,
    MemberEditForm,
    MemberFilter,
    MemberNewForm,
    RepresentativeForm,
    RepresentativeNewForm,
    RoleForm,
)
from communities.models.members import Representative
from communities.selectors import members as selectors
from communities.services import members as services
from core.acting import attempt, attempt_once
from core.forms import OnceForm, fields_of
from core.paging import page_of
from exporting.sending import exported
from partnerships import rules as partnership_rules
from partnerships.models.communities import Community, Membership


@staff_only
@require_GET
def members(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The members of a day, their rows alone for htmx, or with `?format=` the way to a file of them."""
    community = _community(request, pk)
    form = MemberFilter(request.GET, today=timezone.localdate())
    on = form.on_day
    rows = selectors.member_list(community, form.chosen, on=on)
    if "format" in request.GET:
        people = partnership_rules.can_export_contacts(request.user)
        return exported(request, MEMBERS, rows, filters=form, people=people)
    counted = selectors.count_members(community, on=on)
    context = {
        "community": community, "form": form, "on": on, "counted": counted,
        "page": selectors.shown(page_of(rows, request)), "tiles": selectors.member_tiles(counted, on=on),
        "may_keep": rules.can_keep_communities(request.user),
    }  # fmt: skip
    template = "communities/members.html#rows" if request.htmx else "communities/members.html"
    return render(request, template, context)


@staff_only
@require_GET
def member(request: PortalRequest, pk: int) -> HttpResponse:
    record = _member(request, pk)
    context = {
        "member": record,
        "community": record.community,
        "terms": selectors.terms_of(record),
        "representatives": record.representatives.select_related("contact"),
        "others": services.same_unit(record).order_by("joined_on", "pk"),
        "today": timezone.localdate(),
        "may_keep": rules.can_keep_communities(request.user),
    }
    return render(request, "communities/member.html", context)


@office_only
@require_http_methods(["GET", "POST"])
def member_new(request: PortalRequest, pk: int) -> HttpResponse:
    community = _community(request, pk)
    form = MemberNewForm(request.POST or None)

    def join(fields: dict[str, Any]) -> Membership:
        return services.join(community, by=request.user, at=timezone.now(), **fields)

    if request.method == "POST" and (address := _once(form, join)):
        messages.success(request, _("The unit is a member now."))
        return redirect(address)
    return _page(request, "communities/member_form.html", form, community)


@office_only
@require_http_methods(["GET", "POST"])
def member_edit(request: PortalRequest, pk: int) -> HttpResponse:
    record = _member(request, pk)
    form = MemberEditForm(request.POST or None, member=record)
    if request.method == "POST" and form.is_valid():
        fields, by, at = fields_of(form), request.user, timezone.now()
        if attempt(form, lambda: services.change_membership(record, fields=fields, by=by, at=at)):
            messages.success(request, _("Saved."))
            return redirect("communities:member", pk=pk)
    return _page(request, "communities/member_form.html", form, record.community, record)


@office_only
@require_http_methods(["GET", "POST"])
def member_role(request: PortalRequest, pk: int) -> HttpResponse:
    record = _member(request, pk)
    form = RoleForm(request.POST or None, initial={"on": timezone.localdate(), "role": record.role})

    def change(fields: dict[str, Any]) -> Membership:
        return services.change_role(record, by=request.user, at=timezone.now(), **fields)

    if request.method == "POST" and (address := _once(form, change)):
        messages.success(request, _("The new role is on file; the one before stays in the history."))
        return redirect(address)
    return _page(request, "communities/member_role.html", form, record.community, record)


@office_only
@require_http_methods(["GET", "POST"])
def member_left(request: PortalRequest, pk: int) -> HttpResponse:
    record = _member(request, pk)
    form = LeaveForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        fields, by, at = fields_of(form), request.user, timezone.now()
        if attempt(form, lambda: services.leave(record, by=by, at=at, **fields)):
            messages.success(request, _("The unit is a former member now."))
            return redirect("communities:member", pk=pk)
    return _page(request, "communities/member_left.html", form, record.community, record)


@office_only
@require_http_methods(["GET", "POST"])
def representative_new(request: PortalRequest, pk: int) -> HttpResponse:
    record = _member(request, pk)
    form = RepresentativeNewForm(request.POST or None, member=record)

    def enter(fields: dict[str, Any]) -> Membership:
        return services.represent(record, by=request.user, at=timezone.now(), **fields).membership

    if request.method == "POST" and (address := _once(form, enter)):
        messages.success(request, _("The representative is on file."))
        return redirect(address)
    return _page(request, "communities/member_representative.html", form, record.community, record)


@office_only
@require_http_methods(["GET", "POST"])
def representative_edit(request: PortalRequest, pk: int) -> HttpResponse:
    found = Representative.objects.filter(membership__in=selectors.member_of(request.user))
    person = get_object_or_404(found, pk=pk)
    record = _member(request, person.membership_id)
    form = RepresentativeForm(request.POST or None, instance=person, member=record)
    if request.method == "POST" and form.is_valid():
        fields, by, at = fields_of(form), request.user, timezone.now()
        if attempt(form, lambda: services.change_representative(person, fields=fields, by=by, at=at)):
            messages.success(request, _("Saved."))
            return redirect("communities:member", pk=record.pk)
    return _page(request, "communities/member_representative.html", form, record.community, record)


def _community(request: PortalRequest, pk: int) -> Community:
    return get_object_or_404(Community.objects.visible_to(request.user), pk=pk)


def _member(request: PortalRequest, pk: int) -> Membership:
    return get_object_or_404(selectors.member_of(request.user), pk=pk)


def _once(form: OnceForm, act: Callable[[dict[str, Any]], Membership]) -> str:
    """Run a creating service once; the page of the member that it is about, or nothing when it was refused."""
    if not form.is_valid():
        return ""
    fields = fields_of(form)
    return attempt_once(form, lambda: reverse("communities:member", args=[act(fields).pk]))


def _page(
    request: PortalRequest, template: str, form: object, community: Community, member: Membership | None = None
) -> HttpResponse:
    return render(request, template, {"form": form, "community": community, "member": member})
