"""The page behind each figure, its rows as a workbook, and how it stood."""

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
from core.paging import page_of
from reports import rules
from reports.asking import scope_asked_for
from reports.figures.catalogue import FIGURES
from reports.figures.figure import Figure
from reports.figures.scope import Scope
from reports.models.snapshots import Snapshot
from reports.selectors import amended, standing
from reports.selectors import figure as selectors
from reports.selectors.chips import chips
from reports.selectors.doors import about, asked, href
from reports.selectors.progress import target_lines
from reports.selectors.splitting import offered, split_table
from reports.selectors.targets import owner_of
from reports.selectors.targets import target_lines as school_targets
from reports.selectors.trends import trend_line
from reports.services import snapshots as services
from reports.workbook import figure_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOTE = 200


@require_GET
@staff_only
def figure(request: PortalRequest, slug: str) -> HttpResponse:
    """Definition, value and the very rows, for what the address narrows them to (`reports.asking`).

    `?by=` splits it.
    """
    found = figure_asked_for(slug)
    scope = found.fitting(scope_asked_for(request.user, request.GET))
    value = found.value(scope)
    counted = None if found.sums else value.rows
    page = page_of(selectors.ordered(found.page_rows(scope)), request, count=counted)
    context = {
        "figure": found,
        "scope": scope,
        "value": value,
        "doubts": found.doubts(scope),
        "page": page,
        "rows": selectors.shown_rows(found, page, scope),
        "parts": selectors.parts(found, scope),
        "chips": chips(found, scope),
        "amended": amended.of_figure(found, scope),
        "as_of": timezone.now(),
        **_split(found, scope, request.GET.get("by", "")),
        **_standing(found, scope),
        **_duties(request, found, scope),
    }
    return render(request, "reports/figure.html", context)


def _split(found: Figure, scope: Scope, by: str) -> dict[str, Any]:
    splits = offered(found, scope)
    chosen = next((split for split in splits if split.slug == by), None)
    return {"splits": splits, "split_table": split_table(found, scope, chosen) if chosen else None}


def _standing(found: Figure, scope: Scope) -> dict[str, Any]:
    kept = standing.standing_of(found, scope)
    return {
        "stood": kept.newest,
        "trend": trend_line(found, scope, kept.days),
        "since_reported": standing.since_reported(found, scope, kept.reported),
    }


def _duties(request: PortalRequest, found: Figure, scope: Scope) -> dict[str, Any]:
    return {
        "targets": target_lines(found, scope),
        "school_targets": school_targets(found, scope),
        "owner": owner_of(found),
        "may_keep": rules.can_take_snapshot(request.user),
        "may_set_target": rules.can_set_target(request.user, found),
        "may_name_owner": rules.can_name_owner(request.user),
    }


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


@require_GET
@staff_only
def figure_export(request: PortalRequest, slug: str) -> HttpResponse:
    """The rows of the figure page as a workbook."""
    found = figure_asked_for(slug)
    scope = found.fitting(scope_asked_for(request.user, request.GET))
    response = HttpResponse(figure_workbook(found, scope), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{found.slug}-{timezone.localdate():%Y%m%d}.xlsx"'
    return response


def figure_asked_for(slug: str) -> Figure:
    try:
        return FIGURES[slug]
    except KeyError:
        raise Http404 from None
