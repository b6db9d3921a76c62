"""Keeping a figure as it stands, and comparing how it stood."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.errors import RuleBroken
from reports.asking import figure_asked_for, scope_asked_for
from reports.models.snapshots import Snapshot
from reports.selectors import standing
from reports.selectors.doors import about, asked, href
from reports.services import snapshots as services

NOTE = 200


@require_POST
@staff_only
def figure_keep(request: PortalRequest, slug: str) -> HttpResponse:
    """The figure is kept as it stands, in the scope of the address."""
    found = figure_asked_for(slug)
    scope = found.fitting(scope_asked_for(request.user, request.GET))
    try:
        note = request.POST.get("note", "").replace("\0", "").strip()[:NOTE]
        services.take_now(found, standing.of_school(scope), by=request.user, at=timezone.now(), note=note)
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The figure is kept as it stands."))
    return redirect(f"{href(slug, scope)}#stood")


@require_GET
@staff_only
def figure_compare(request: PortalRequest, slug: str) -> HttpResponse:
    """`?before=` and `?after=` are snapshots of the figure, `after=now` (or nothing) is the figure as it is."""
    found = figure_asked_for(slug)
    scope = found.fitting(scope_asked_for(request.user, request.GET))
    kept = Snapshot.objects.of(slug, about(scope)).select_related("rows", "taken_by")
    before, after = _snapshot(kept, request.GET.get("before", "")), request.GET.get("after", "")
    later = None if after in ("", "now") else _snapshot(kept, after)
    if later is not None and later.taken_at < before.taken_at:
        before, later = later, before
    context = {
        "figure": found,
        "scope": scope,
        "kept": kept,
        "after": later,
        "comparison": standing.comparison(found, scope, before, later, now=timezone.now()),
        "kept_query": asked(scope),
        "back": href(slug, scope),
    }
    return render(request, "reports/figure_compare.html", context)


def _snapshot(kept: Any, number: str) -> Snapshot:
    if not number.isdecimal() or len(number) > 18:
        raise Http404
    snapshot: Snapshot = get_object_or_404(kept, pk=number)
    return snapshot
