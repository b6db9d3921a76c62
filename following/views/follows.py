"""Following an enterprise or a posting: a button that says which; pressing it twice changes nothing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import students_only
from accounts.http import PortalRequest
from following.models import FollowedPosting
from following.services import follows as services
from partnerships.models.enterprises import Enterprise
from placements.models.postings import Posting


@require_POST
@students_only
def follow_posting(request: PortalRequest, pk: int) -> HttpResponse:
    """One that is gone from the student's sight can still be let go."""
    visible = Posting.objects.visible_to(request.user, on=timezone.localdate())
    mine = FollowedPosting.objects.filter(user=request.user).order_by().values("posting")
    posting = get_object_or_404(visible | Posting.objects.filter(pk__in=mine), pk=pk)
    if request.POST.get("follow") == "off":
        services.unfollow_posting(posting, by=request.user)
        messages.success(request, _("You no longer follow this posting."))
    else:
        services.follow_posting(posting, by=request.user, at=timezone.now())
        messages.success(request, _("You follow this posting."))
    return _back(request, "placements:posting", pk)


@require_POST
@students_only
def follow_enterprise(request: PortalRequest, pk: int) -> HttpResponse:
    enterprise = get_object_or_404(Enterprise.objects.current(), pk=pk)
    if request.POST.get("follow") == "off":
        services.unfollow_enterprise(enterprise, by=request.user)
        messages.success(request, _("You no longer follow this enterprise."))
    else:
        services.follow_enterprise(enterprise, by=request.user, at=timezone.now())
        messages.success(request, _("You follow this enterprise: you hear of its new postings."))
    return _back(request, "placements:employer", pk)


def _back(request: PortalRequest, name: str, pk: int) -> HttpResponse:
    """To the page that the button stood on, of this portal."""
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return redirect(back)
    return redirect(name, pk=pk)
