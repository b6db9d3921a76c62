"""The page behind each figure, and its rows as a workbook."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import staff_only
from accounts.choices import Role
from accounts.http import PortalRequest
from accounts.models.school import College
from core.paging import page_of
from partnerships.models.codes import Province
from reports.figures.catalogue import FIGURES
from reports.figures.figure import Figure, Scope
from reports.selectors import amended
from reports.selectors import figure as selectors
from reports.selectors.chips import chips
from reports.selectors.people import people_of_figures
from reports.selectors.progress import target_lines
from reports.workbook import figure_workbook
from visits.choices import Direction, Medium
from visits.models.campaigns import Campaign, Trip

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_LEADERS = 20


@require_GET
@staff_only
def figure(request: PortalRequest, slug: str) -> HttpResponse:
    """Definition, value and the very rows, for what the address narrows them to (`_scope`)."""
    found = _figure(slug)
    scope = found.fitting(_scope(request))
    page = page_of(selectors.ordered(found.page_rows(scope)), request)
    province = Province.objects.filter(code=f"{scope.province}0000").first() if scope.province else None
    context = {
        "figure": found,
        "scope": scope,
        "value": found.value(scope),
        "page": page,
        "rows": selectors.shown_rows(found, page, scope),
        "parts": selectors.parts(found, scope),
        "targets": target_lines(found, scope),
        "chips": chips(found, scope, province=str(province or "")),
        "stood": [] if scope.is_narrowed else selectors.as_it_stood(found, scope),
        "amended": amended.of_figure(found, scope),
        "as_of": timezone.now(),
    }
    return render(request, "reports/figure.html", context)


@require_GET
@staff_only
def figure_export(request: PortalRequest, slug: str) -> HttpResponse:
    """The rows of the figure page as a workbook."""
    found = _figure(slug)
    response = HttpResponse(figure_workbook(found, found.fitting(_scope(request))), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{found.slug}-{timezone.localdate():%Y%m%d}.xlsx"'
    return response


def _figure(slug: str) -> Figure:
    try:
        return FIGURES[slug]
    except KeyError:
        raise Http404 from None


def _scope(request: PortalRequest) -> Scope:
    """What the address narrows to: campaign, trip, college and leader by number, who is not there is not found.

    A role (`led_by` in older addresses), direction, medium or day that makes no sense narrows nothing.
    """
    user, asked = request.user, request.GET
    role = asked.get("role") or asked.get("led_by", "")
    return Scope(
        campaign=one_asked_for(Campaign.objects.visible_to(user), asked.get("campaign", "")),
        trip=one_asked_for(Trip.objects.visible_to(user), asked.get("trip", "")),
        on=timezone.localdate(),
        user=user,
        led_by=role if role in Role.values else "",
        college=one_asked_for(College.objects.all(), asked.get("college", "")),
        leaders=_leaders(asked.getlist("leader")),
        direction=_known(asked.get("direction", ""), Direction.values),
        medium=_known(asked.get("medium", ""), Medium.values),
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
        province=asked.get("province", "")[:2],
        part=asked.get("part", "")[:20],
    )


def one_asked_for(rows: Any, number: str) -> Any:
    """Nothing for no number or `all`; 404 for one that is not there."""
    return None if number in ("", "all") else _every(rows, [number])[0]


def _leaders(numbers: list[str]) -> tuple[Any, ...]:
    """Several are asked for together: visits at which at least one of them was."""
    numbers = [number for number in dict.fromkeys(numbers) if number]
    return tuple(_every(people_of_figures(), numbers)) if numbers else ()


def _every(rows: Any, numbers: list[str]) -> list[Any]:
    if len(numbers) > MOST_LEADERS or any(not number.isdecimal() or len(number) > 9 for number in numbers):
        raise Http404
    found = list(rows.filter(pk__in={int(number) for number in numbers}).order_by("pk"))
    if len(found) != len({int(number) for number in numbers}):
        raise Http404
    return found


def _known(value: str, choices: list[str]) -> str:
    return value if value in choices else ""


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2999 else None
