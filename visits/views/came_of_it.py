"""What came of a visit in the order of time, and what may have: one click says so."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.errors import RuleBroken
from partnerships.models.agreements import Agreement
from partnerships.models.needs import Need
from placements.models.postings import Posting
from visits import rules
from visits.choices import TOOK_PLACE
from visits.models.visits import Visit
from visits.selectors import came_of_it as selectors
from visits.selectors import visits as visit_selectors
from visits.services import came_of_it as services


def _visit(request: PortalRequest, pk: int) -> Visit:
    return get_object_or_404(visit_selectors.visit_with_people(request.user), pk=pk, state__in=TOOK_PLACE)


@staff_only
@require_GET
def came_of_it(request: PortalRequest, pk: int) -> HttpResponse:
    found, user = _visit(request, pk), request.user
    visit_selectors.add_parts(found, user, on=timezone.localdate())
    may_link = rules.can_link(user, found)
    context = {
        "visit": found,
        "use": selectors.use_of(found),
        "sequence": selectors.sequence(found),
        "may_link": may_link,
        "suggested": selectors.suggested(user, found) if may_link else selectors.Suggested(),
    }
    return render(request, "visits/came_of_it.html", context)


@staff_only
@require_POST
def came_link(request: PortalRequest, pk: int) -> HttpResponse:
    """`kind` and `record` say what; `back` takes it back."""
    found = _visit(request, pk)
    record = _record(request)
    is_back = "back" in request.POST
    act = services.take_it_back if is_back else services.say_it_came
    try:
        act(found, record, by=request.user, at=timezone.now())
    except RuleBroken as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Taken back.") if is_back else _("Noted: it came of this visit."))
    return redirect("visits:came_of_it", pk=pk)


def _record(request: PortalRequest) -> services.Record:
    offered: dict[str, QuerySet[Model]] = {
        "agreement": Agreement.objects.visible_to(request.user),
        "posting": Posting.objects.all(),
        "need": Need.objects.visible_to(request.user),
    }
    rows, number = offered.get(request.POST.get("kind", "")), request.POST.get("record", "")
    if rows is None or not number.isdecimal():
        raise Http404
    record: services.Record = get_object_or_404(rows, pk=int(number[:18]))  # type: ignore[assignment]
    return record
