"""The page behind each figure."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.paging import page_by_key
from exporting.sending import exported
from partnerships.rules import can_export_contacts
from reports import rules
from reports.asking import figure_asked_for, scope_asked_for
from reports.exports import table_of
from reports.figures.figure import Figure
from reports.figures.scope import Scope
from reports.selectors import amended, standing
from reports.selectors import figure as selectors
from reports.selectors.chips import chips
from reports.selectors.doors import asked
from reports.selectors.progress import target_lines
from reports.selectors.splitting import offered, split_table
from reports.selectors.targets import owner_of
from reports.selectors.targets import target_lines as school_targets
from reports.selectors.trends import trend_line


@require_GET
@staff_only
def figure(request: PortalRequest, slug: str) -> HttpResponseBase:
    """Definition, value and the very rows, for what the address narrows them to (`reports.asking`).

    `?by=` splits it, `?format=` leads to a file of the rows.
    """
    found = figure_asked_for(slug)
    scope = found.fitting(scope_asked_for(request.user, request.GET))
    value = found.value(scope)
    counted = None if found.sums else value.rows
    if "format" in request.GET:
        return _file(request, found, scope)
    rows, shown = (selectors.ordered(rows) for rows in (found.rows(scope), found.page_rows(scope)))
    page = page_by_key(rows, shown, request, count=counted)
    context = {
        "value": value,
        "page": page,
        "rows": selectors.shown_rows(found, page, scope),
        **_about(found, scope),
        **_split(found, scope, request.GET.get("by", "")),
        **_standing(found, scope),
        **_duties(request, found, scope),
    }
    return render(request, "reports/figure.html", context)


def _file(request: PortalRequest, found: Figure, scope: Scope) -> HttpResponseBase:
    """Exactly the rows that the figure counts in this scope; names of people outside are the office's to take along."""
    rows, people = selectors.ordered(found.page_rows(scope)), can_export_contacts(request.user)
    return exported(request, table_of(found.slug), rows, also=[name for name, _value in asked(scope)], people=people)


def _about(found: Figure, scope: Scope) -> dict[str, Any]:
    return {
        "figure": found,
        "scope": scope,
        "doubts": found.doubts(scope),
        "parts": selectors.parts(found, scope),
        "chips": chips(found, scope),
        "amended": amended.of_figure(found, scope),
        "as_of": timezone.now(),
    }


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
