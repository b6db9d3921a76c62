"""Interview hours, offered and taken back by the enterprise itself, whichever way it came."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from core.acting import attempt_once
from core.errors import RuleBroken
from desk.selectors.hours import hour_rows
from desk.visitors import Visitor
from placements.fields.interviews import OfferHoursForm
from placements.models.interviews import InterviewSlot
from placements.models.postings import Posting
from placements.services import interviews as services


def hours_page(request: HttpRequest, visitor: Visitor, posting: Posting) -> HttpResponse:
    """Who comes when; the form offers more hours."""
    form = OfferHoursForm(request.POST if request.method == "POST" else None)

    def offer() -> str:
        services.offer_hours(posting, **form.hours, contact=visitor.contact, at=timezone.now())
        return "offered"  # not the address: the token of a link is kept nowhere

    if request.method == "POST" and form.is_valid() and attempt_once(form, offer):
        return redirect(visitor.hours_address(posting))
    return _page(request, visitor, posting, form)


def _page(
    request: HttpRequest, visitor: Visitor, posting: Posting, form: OfferHoursForm, refusal: str = ""
) -> HttpResponse:
    context = {
        "visitor": visitor, "base": visitor.base, "posting": posting, "form": form, "link": bool(visitor.token),
        "hours": hour_rows(visitor, posting, now=timezone.now()), "here": visitor.hours_address(posting),
        "back": visitor.list_address(posting), "refusal": refusal,
    }  # fmt: skip
    return render(request, "desk/interviews.html", context, status=422 if form.errors or refusal else 200)


def take_back(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Take one hour back; who had booked it is told."""
    slots = InterviewSlot.objects.filter(posting__in=visitor.postings().order_by().values("pk"))
    slot = get_object_or_404(slots.select_related("posting"), pk=pk)
    try:
        services.cancel_hour(slot, contact=visitor.contact, at=timezone.now())
    except RuleBroken as error:
        return _page(request, visitor, slot.posting, OfferHoursForm(), refusal=str(error))
    return redirect(visitor.hours_address(slot.posting))
