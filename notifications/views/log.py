"""The log of the office: what was written to whom, when and why."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.access import office_only
from accounts.http import PortalRequest
from core.decisions import YES
from core.paging import page_of
from exporting.sending import exported
from notifications.exports import MESSAGES
from notifications.forms.log import LogFilter
from notifications.mailing import message_id
from notifications.selectors import log as selectors


@require_GET
@office_only
def log(request: PortalRequest) -> HttpResponseBase:
    form = LogFilter(request.GET)
    rows = selectors.log(form.chosen)
    if "format" in request.GET:
        return exported(request, MESSAGES, rows, filters=form, people=YES)
    context = {"form": form, "page": page_of(rows, request)}
    template = "notifications/log.html#rows" if request.htmx else "notifications/log.html"
    return render(request, template, context)


@require_GET
@office_only
def message(request: PortalRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(selectors.logged(pk))
    context = {
        "message": found,
        "parts": found.parts.defer("body", "calendar").order_by("matter", "queued_at", "pk"),
        "mail_id": message_id(found),
    }
    return render(request, "notifications/message.html", context)
