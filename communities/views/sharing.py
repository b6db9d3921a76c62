"""What members share, who asked for it, and the links by which they find it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from communities import rules
from communities.exports import SHARING
from communities.forms.sharing import (
    AnswerForm,
    ResourceEditForm,
    ResourceNewForm,
    SendLinksForm,
    StaffResourceFilter,
    StaffWishForm,
)
from communities.models.members import MemberLink
from communities.models.sharing import ResourceRequest
from communities.selectors import member_links as links
from communities.selectors import sharing as selectors
from communities.services import asking, member_links
from communities.services import sharing as services
from core.acting import attempt, attempt_edit, attempt_once
from core.forms import fields_of
from core.paging import page_of
from exporting.sending import exported
from partnerships.models.communities import Community, SharedResource


def _community(request: PortalRequest, pk: int) -> Community:
    return get_object_or_404(Community.objects.visible_to(request.user), pk=pk)


@staff_only
@require_GET
def sharing(request: PortalRequest, pk: int) -> HttpResponseBase:
    """What is shared, and below it what members asked for."""
    community = _community(request, pk)
    form = StaffResourceFilter(request.GET, units=selectors.units_sharing(community))
    rows = selectors.resources_of(community, form.chosen, on=timezone.localdate())
    if "format" in request.GET:
        return exported(request, SHARING, rows, filters=form)
    context = {
        "community": community,
        "form": form,
        "page": page_of(rows, request),
        "may_keep": rules.can_keep_communities(request.user),
        "today": timezone.localdate(),
    }
    if request.htmx:
        return render(request, "communities/sharing.html#rows", context)
    context["wishes"] = list(selectors.requests_of(community)[: selectors.WISHES])
    return render(request, "communities/sharing.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def resource_new(request: PortalRequest, pk: int) -> HttpResponse:
    community = _community(request, pk)
    rules.can_keep_communities(request.user).or_raise()
    form = ResourceNewForm(request.POST or None, community=community, initial={"communities": [pk]})
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)
        communities = fields.pop("communities")

        def offer() -> str:
            services.offer_resource(communities, fields=fields, by=request.user, at=timezone.now())
            return reverse("communities:sharing", args=[pk])

        if address := attempt_once(form, offer):
            messages.success(request, _("The resource is on file."))
            return redirect(address)
    return render(request, "communities/resource_form.html", {"form": form, "community": community})


def _resource(request: PortalRequest, pk: int) -> tuple[SharedResource, Community]:
    """A resource, and the first of its communities to go back to."""
    resource = get_object_or_404(selectors.resource_with_communities(request.user, pk))
    return resource, resource.communities.all()[0]


@staff_only
@require_http_methods(["GET", "POST"])
def resource_edit(request: PortalRequest, pk: int) -> HttpResponse:
    resource, community = _resource(request, pk)
    rules.can_keep_communities(request.user).or_raise()
    form = ResourceEditForm(request.POST or None, instance=resource, community=community)
    if request.method == "POST" and form.is_valid():
        fields, version = fields_of(form), form.cleaned_data["version"]
        said = {"communities": fields.pop("communities"), "version": version, "fields": fields}
        if attempt_edit(
            form,
            resource,
            lambda: services.change_resource(resource, **said, by=request.user, at=timezone.now()),
        ):
            messages.success(request, _("Saved."))
            return redirect("communities:sharing", pk=community.pk)
    context = {"form": form, "community": community, "resource": resource}
    return render(request, "communities/resource_form.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def request_new(request: PortalRequest, pk: int) -> HttpResponse:
    """What a member told the office that it would like to use."""
    resource, community = _resource(request, pk)
    rules.can_keep_communities(request.user).or_raise()
    form = StaffWishForm(request.POST or None, resource=resource, initial={"language": "zh-hans"})
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)

        def ask() -> str:
            wish = asking.enter_request(resource, **fields, by=request.user, at=timezone.now())
            return reverse("communities:sharing", args=[wish.membership.community_id])

        if address := attempt_once(form, ask):
            messages.success(request, _("The wish is on file."))
            return redirect(address)
    context = {"form": form, "community": community, "resource": resource}
    return render(request, "communities/resource_request.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def request_answer(request: PortalRequest, pk: int) -> HttpResponse:
    visible = Community.objects.visible_to(request.user)
    rows = ResourceRequest.objects.select_related("resource", "membership__community")
    wish = get_object_or_404(rows, pk=pk, membership__community__in=visible)
    rules.can_keep_communities(request.user).or_raise()
    form = AnswerForm(request.POST or None, wish=wish)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt(form, lambda: asking.answer_request(wish, **said, by=request.user, at=timezone.now())):
            messages.success(request, _("The answer is on file."))
            return redirect("communities:sharing", pk=wish.membership.community_id)
    context = {"form": form, "community": wish.membership.community, "wish": wish}
    return render(request, "communities/resource_answer.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def links_send(request: PortalRequest, pk: int) -> HttpResponse:
    """Who speaks for which member, and a letter with a personal link to those chosen."""
    community = _community(request, pk)
    rules.can_keep_communities(request.user).or_raise()
    now = timezone.now()
    form = SendLinksForm(request.POST or None, community=community, on=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        people = form.cleaned_data["people"]

        def send() -> str:
            sent = member_links.send_links(community, people, by=request.user, at=now)
            words = ngettext("%(number)s letter is on its way.", "%(number)s letters are on their way.", sent)
            messages.success(request, words % {"number": sent})
            return reverse("communities:links_send", args=[pk])

        if address := attempt_once(form, send):
            return redirect(address)
    people = links.representatives_with_links(community, now=now)
    context = {"form": form, "community": community, "people": people}
    return render(request, "communities/sharing_links.html", context)


@staff_only
@require_POST
def link_revoke(request: PortalRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(MemberLink.objects.select_related("representative__membership"), pk=pk)
    community = _community(request, link.representative.membership.community_id)
    member_links.revoke_link(link, by=request.user, at=timezone.now())
    messages.success(request, _("The link is withdrawn."))
    return redirect("communities:links_send", pk=community.pk)
