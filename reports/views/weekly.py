"""The figures of a week: the page, and the same as PDF and workbook."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import staff_only
from accounts.http import PortalRequest
from reports.forms import WeekFilter
from reports.kinds.weekly import about_now
from reports.papers.paper import Paper
from reports.papers.pdf import paper_pdf
from reports.selectors.weekly import Weekly
from reports.selectors.weekly import weekly as gathered
from reports.selectors.weeks import last_full_week, week_of
from reports.weekly_files import weekly_paper, weekly_workbook
from visits.models.campaigns import Campaign

FIRST_YEAR = 2000
TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_GET
@staff_only
def weekly(request: PortalRequest) -> HttpResponse:
    """`?week=` any of its days, `?campaign=` a campaign's number; without them the last full week of the school."""
    form, shown = _asked(request)
    this_week = week_of(timezone.localdate())
    context = {"form": form, "weekly": shown, "is_running": shown.week == this_week, "as_of": timezone.now()}
    return render(request, "reports/weekly.html", context)


@require_GET
@staff_only
def weekly_file(request: PortalRequest, kind: str) -> HttpResponse:
    """What the page says, as a file, made at once: it is a page or two. To keep or send it, ask for the report."""
    _form, shown = _asked(request)
    about = about_now(request.user, shown, timezone.now())
    content = weekly_workbook(shown, about) if kind == "xlsx" else _pdf(weekly_paper(shown, about))
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="weekly-{shown.week.code}.{kind}"'
    return response


def _pdf(paper: Paper) -> bytes:
    with paper_pdf(paper) as file:
        file.seek(0)
        return file.read()


def _asked(request: PortalRequest) -> tuple[WeekFilter, Weekly]:
    """A week to come is the one that runs; a day or campaign that is not there is passed over."""
    on, campaigns = timezone.localdate(), list(Campaign.objects.visible_to(request.user))
    offered = [(str(campaign.pk), str(campaign)) for campaign in campaigns]
    chosen = WeekFilter(request.GET, campaigns=offered).chosen
    day = chosen.get("week")
    week = min(week_of(day), week_of(on)) if day and day.year >= FIRST_YEAR else last_full_week(on)
    campaign = next((found for found in campaigns if str(found.pk) == chosen.get("campaign")), None)
    said = {"week": week.monday, "campaign": campaign.pk if campaign else ""}
    return WeekFilter(said, campaigns=offered), gathered(week, campaign, request.user, on=on)
