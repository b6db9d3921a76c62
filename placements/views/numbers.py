"""Numbers about postings and applications, the rows behind each, and both as files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.paging import page_of
from partnerships.exports import workbook
from placements import rules
from placements.forms.numbers import NumbersFilter
from placements.models.applications import Application
from placements.models.postings import Posting
from placements.selectors import numbers as selectors
from placements.selectors.medians import in_days
from placements.selectors.number_choices import classes, colleges
from placements.selectors.number_rows import RowSet, row_set
from placements.selectors.numbers_of_enterprises import lines


def _asked(request: PortalRequest) -> tuple[NumbersFilter, selectors.Scope]:
    filters = NumbersFilter(request.GET, classes=classes(), colleges=colleges(request.user))
    return filters, selectors.scope_of(request.user, filters.chosen, on=timezone.localdate())


@require_GET
@staff_only
def numbers(request: PortalRequest) -> HttpResponseBase:
    """Every number opens its rows; leadership reads the numbers of applications only."""
    filters, scope = _asked(request)
    if request.GET.get("format") == "xlsx":
        return _enterprises_file(scope)
    context = {
        "filters": filters,
        "chips": filters.chips,
        "summary": selectors.summary(scope),
        "stages": selectors.stages(scope),
        "enterprises": lines(scope, most=selectors.MOST_ENTERPRISES),
        "majors": selectors.majors_with_few(scope),
        "few": selectors.few(),
        "may_open": rules.can_see_applicants(request.user),
    }
    template = "placements/numbers.html#rows" if request.htmx else "placements/numbers.html"
    return render(request, template, context)


def _enterprises_file(scope: selectors.Scope) -> HttpResponseBase:
    columns = [
        _("Enterprise"), _("Postings"), _("Applications"), _("Answered"), _("Answers owed"),
        _("Days to the first answer (median)"), _("Offers accepted"),
    ]  # fmt: skip
    rows = (
        [line.enterprise, line.postings, line.applications, line.rate.answered, line.rate.due,
         line.to_first_answer.days, line.accepted]
        for line in lines(scope)
    )  # fmt: skip
    return workbook(_("numbers-of-enterprises"), columns, rows)


@require_GET
@staff_only
def rows(request: PortalRequest, slug: str) -> HttpResponseBase:
    filters, scope = _asked(request)
    found = row_set(slug, scope)
    if found is None or (found.of == "applications" and not rules.can_see_applicants(request.user)):
        raise Http404
    if request.GET.get("format") == "xlsx":
        return workbook(slug, _columns(found), _cells(found))
    page = page_of(found.rows, request)
    context: dict[str, Any] = {"found": found, "page": page, "chips": filters.chips, "slug": slug}
    return render(request, "placements/number_rows.html", context)


def _columns(found: RowSet) -> list[str]:
    wait = [found.wait] if found.wait else []
    if found.of == "postings":
        return [_("Posting"), _("Enterprise"), _("State"), _("Published"), _("Closes on"), *wait]
    return [
        _("Student"), _("Student number"), _("Major"), _("Posting"), _("Enterprise"), _("Sent on"), _("State"), *wait
    ]  # fmt: skip


def _cells(found: RowSet) -> Iterator[list[Any]]:
    for row in found.rows.iterator(chunk_size=1000):
        cells = _of_posting(row) if isinstance(row, Posting) else _of_application(row)
        yield [*cells, in_days(row.waited)] if found.wait else cells


def _of_posting(row: Posting) -> list[Any]:
    return [row, row.enterprise, row.get_state_display(), row.published_at, row.closes_on]


def _of_application(row: Application) -> list[Any]:
    profile = row.student.student_profile
    return [
        row.student, row.student.number, profile.major, row.posting, row.posting.enterprise, row.submitted_at,
        row.get_state_display(),
    ]  # fmt: skip
