"""Meetings of communities and what they voted on."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import staff_only
from accounts.http import PortalRequest
from communities import rules
from communities.exports import MEETINGS
from communities.forms.meetings import (
    MeetingEditForm,
    MeetingFilter,
    MeetingNewForm,
    ResolutionForm,
    ResolutionNewForm,
)
from communities.selectors import meetings as selectors
from communities.services import meetings as services
from core.acting import attempt, attempt_once
from core.forms import fields_of
from core.paging import page_of
from core.uploads import download
from exporting.sending import exported
from partnerships.choices.programmes import MeetingKind
from partnerships.models.communities import Community, CommunityMeeting, Resolution


@staff_only
@require_GET
def meetings(request: PortalRequest, pk: int) -> HttpResponseBase:
    community = get_object_or_404(Community.objects.visible_to(request.user), pk=pk)
    form = MeetingFilter(request.GET)
    rows = selectors.meetings_of(community, form.chosen)
    if "format" in request.GET:
        return exported(request, MEETINGS, rows, filters=form)
    context = {
        "community": community,
        "form": form,
        "page": page_of(rows, request, per_page=10),
        "may_keep": rules.can_keep_communities(request.user),
    }
    template = "communities/meetings.html#rows" if request.htmx else "communities/meetings.html"
    return render(request, template, context)


@staff_only
@require_http_methods(["GET", "POST"])
def meeting_new(request: PortalRequest, pk: int) -> HttpResponse:
    community = get_object_or_404(Community.objects.visible_to(request.user), pk=pk)
    rules.can_keep_communities(request.user).or_raise()
    initial = {"communities": [pk], "kind": MeetingKind.PLENARY}
    form = MeetingNewForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.said()
        fields = {**said.pop("fields"), "resolutions": form.cleaned_data["resolutions"]}

        def hold() -> str:
            services.hold_meeting(**said, **fields, by=request.user, at=timezone.now())
            return reverse("communities:meetings", args=[pk])

        if address := attempt_once(form, hold):
            messages.success(request, _("The meeting is on file."))
            return redirect(address)
    return render(request, "communities/meeting_form.html", {"form": form, "community": community})


def _meeting(request: PortalRequest, pk: int) -> tuple[CommunityMeeting, Community]:
    """The meeting, and the first of its communities to go back to."""
    meeting = get_object_or_404(selectors.meetings_visible_to(request.user), pk=pk)
    return meeting, meeting.communities.order_by("pk")[0]


@staff_only
@require_http_methods(["GET", "POST"])
def meeting_edit(request: PortalRequest, pk: int) -> HttpResponse:
    meeting, community = _meeting(request, pk)
    rules.can_keep_communities(request.user).or_raise()
    form = MeetingEditForm(request.POST or None, request.FILES or None, instance=meeting)
    if request.method == "POST" and form.is_valid():
        said = form.said()
        if attempt(form, lambda: services.change_meeting(meeting, **said, by=request.user, at=timezone.now())):
            messages.success(request, _("Saved."))
            return redirect("communities:meetings", pk=community.pk)
    context = {"form": form, "community": community, "meeting": meeting}
    return render(request, "communities/meeting_form.html", context)


@staff_only
@require_GET
def minutes(request: PortalRequest, pk: int) -> FileResponse:
    meeting, _community = _meeting(request, pk)
    if not meeting.minutes:
        raise Http404
    return download(meeting.minutes, meeting.minutes_name)


def _warn(request: PortalRequest, resolution: Resolution) -> None:
    """Said after saving: it may be right, for an organisation may have several votes."""
    messages.success(request, _("The resolution is on file."))
    if resolution.has_too_many_votes:
        words = _("%(votes)s votes, but %(present)s organisations present: please check both numbers.")
        present = resolution.meeting.organisations_present
        messages.warning(request, words % {"votes": resolution.votes, "present": present})


@staff_only
@require_http_methods(["GET", "POST"])
def resolution_new(request: PortalRequest, pk: int) -> HttpResponse:
    meeting, community = _meeting(request, pk)
    rules.can_keep_communities(request.user).or_raise()
    form = ResolutionNewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)

        def vote() -> str:
            _warn(request, services.record_resolution(meeting, **fields, by=request.user, at=timezone.now()))
            return reverse("communities:meetings", args=[community.pk])

        if address := attempt_once(form, vote):
            return redirect(address)
    context = {"form": form, "community": community, "meeting": meeting}
    return render(request, "communities/meeting_resolution.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def resolution_edit(request: PortalRequest, pk: int) -> HttpResponse:
    resolution = get_object_or_404(selectors.resolutions_visible_to(request.user), pk=pk)
    meeting, community = _meeting(request, resolution.meeting_id)
    rules.can_keep_communities(request.user).or_raise()
    form = ResolutionForm(request.POST or None, instance=resolution)
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)

        def change() -> None:
            _warn(request, services.change_resolution(resolution, fields=fields, by=request.user, at=timezone.now()))

        if attempt(form, change):
            return redirect("communities:meetings", pk=community.pk)
    context = {"form": form, "community": community, "meeting": meeting, "resolution": resolution}
    return render(request, "communities/meeting_resolution.html", context)
