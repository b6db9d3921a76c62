"""The private calendar: its page beside the profile, and the object that calendars fetch."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import school_only
from accounts.choices import Role
from accounts.http import PortalRequest
from calendars.feed import changed_at, feed_object
from calendars.selectors.feeds import feed_rows, token_of, user_of
from calendars.services.feeds import reset_feed


@school_only
@require_http_methods(["GET", "POST"])
def calendar(request: PortalRequest) -> HttpResponse:
    """The address of one's own calendar; sending the form makes a new one."""
    if request.method == "POST":
        reset_feed(request.user, at=timezone.now())
        messages.success(request, _("Your calendar has a new address. The old one leads nowhere any more."))
        return redirect("calendars:calendar")
    path = reverse("calendars:feed", args=[token_of(request.user)])
    context = {"address": f"{settings.SITE_URL}{path}", "is_student": request.user.has_role(Role.STUDENT)}
    response = render(request, "calendars/calendar.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """For whoever holds the address, as calendars cannot sign in."""
    user = user_of(token)
    if user is None:
        raise Http404
    rows = feed_rows(user, on=timezone.localdate())
    text = feed_object(user, rows)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="calendar.ics"'
    response["Cache-Control"] = "private, max-age=300"
    response["X-Robots-Tag"] = "noindex, nofollow"
    changed = changed_at(rows)
    if changed is not None:
        response["Last-Modified"] = http_date(changed.timestamp())
    # Only the digest decides: what left the calendar makes no record newer.
    etag = quote_etag(hashlib.sha256(text.encode()).hexdigest())
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
