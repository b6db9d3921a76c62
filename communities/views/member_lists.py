"""Lists of members from Excel: the upload, the preview, and the errors as a workbook."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import office_only
from accounts.http import PortalRequest
from communities.forms.members import MemberListForm
from communities.models.members import MemberList
from communities.selectors import member_lists as selectors
from communities.services import member_import as services
from core.acting import attempt_once
from core.errors import RuleBroken
from exporting.files import workbook
from imports.receiving import LimitedUpload
from partnerships.models.communities import Community


@csrf_exempt  # only until the limit is in place: checking the token reads the whole request
@require_http_methods(["GET", "POST"])
@office_only
def member_list_new(request: PortalRequest, pk: int) -> HttpResponse:
    limit = LimitedUpload(request)
    request.upload_handlers.insert(0, limit)
    return _receive(request, pk, limit)


@csrf_protect
def _receive(request: PortalRequest, pk: int, limit: LimitedUpload) -> HttpResponse:
    community = get_object_or_404(Community.objects.visible_to(request.user), pk=pk)
    form = MemberListForm()
    if request.method == "POST":
        files = request.FILES  # read now: only then the limit knows
        form = MemberListForm(request.POST, files, was_too_large=limit.was_too_large)

        def bring() -> str:
            file = form.cleaned_data["file"]
            brought = services.bring_list(community, file, by=request.user, at=timezone.now())
            return reverse("communities:member_list", args=[brought.pk])

        if form.is_valid() and (address := attempt_once(form, bring)):
            return redirect(address)
    context = {"form": form, "community": community, "limit": filesizeformat(settings.UPLOAD_LIMIT)}
    return render(request, "communities/member_list_new.html", {**context, "most_rows": services.MOST_ROWS})


@office_only
@require_http_methods(["GET", "POST"])
def member_list(request: PortalRequest, pk: int) -> HttpResponse:
    """What the list would change as things are now; sent, all of it is written."""
    brought = _member_list(request, pk)
    if request.method == "POST" and brought.written_at is None:
        seen, chosen = request.POST.get("seen", ""), selectors.chosen_files(request.POST)
        try:
            plans = services.write_list(brought, seen=seen, chosen=chosen, by=request.user, at=timezone.now())
        except RuleBroken as refusal:
            messages.error(request, str(refusal))
            return redirect("communities:member_list", pk=pk)
        number = sum(plan.is_written for plan in plans)
        words = ngettext("%(number)s member was written.", "%(number)s members were written.", number)
        messages.success(request, words % {"number": number})
    if brought.written_at or request.method == "POST":
        return redirect("communities:members", pk=brought.community_id)
    plans = services.plan_of(brought, chosen={}, today=timezone.localdate())
    context = {"member_list": brought, "community": brought.community, "preview": selectors.preview(brought, plans)}
    return render(request, "communities/member_list.html", context)


@office_only
@require_GET
def member_list_errors(request: PortalRequest, pk: int) -> FileResponse:
    """A line for everything that was said of a row, to mend the list by."""
    plans = services.plan_of(_member_list(request, pk), chosen={}, today=timezone.localdate())
    columns = [_("Row"), _("Organisation"), _("Kind of remark"), _("Field"), _("What stands there"), _("Explanation")]
    return workbook("member-errors", columns, selectors.problem_rows(plans))


def _member_list(request: PortalRequest, pk: int) -> MemberList:
    lists = MemberList.objects.select_related("community")
    return get_object_or_404(lists, pk=pk, community__in=Community.objects.visible_to(request.user))
