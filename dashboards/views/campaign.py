"""The dashboard of a campaign, or of all years, counted as it is opened; and every figure with its definition."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import staff_only
from accounts.http import PortalRequest
from dashboards.selectors import campaign as selectors
from dashboards.selectors.menu import open_to
from reports.figures.catalogue import FIGURES
from reports.figures.scope import Scope


@require_GET
@staff_only
def campaign(request: PortalRequest) -> HttpResponse:
    """`?campaign=` a campaign's number or `all`; without it every campaign that runs, the first in full."""
    on = timezone.localdate()
    campaigns = selectors.campaigns(request.user)
    wanted = request.GET.get("campaign", "")
    chosen = selectors.chosen(campaigns, wanted, on=on)
    running = [] if wanted else [other for other in campaigns if selectors.runs(other, on)]
    context = {
        "campaigns": campaigns,
        "campaign": chosen,
        "boards": open_to(request.user),
        "board": selectors.dashboard(Scope(chosen, on, request.user), request.user, running=running),
        "figures": FIGURES.values(),
        "as_of": timezone.now(),
    }
    return render(request, "dashboards/campaign.html", context)
