"""The list of events, and the page of one, for staff and for students."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import school_only
from accounts.http import PortalRequest
from accounts.models.people import StudentProfile
from core.paging import page_of
from events import rules
from events.choices import AWAITED, EVENT_NEXT, EventItemKind, EventState
from events.exports import EVENTS
from events.forms.filters import EventFilter, StudentEventFilter
from events.forms.taking_part import FeedbackForm, QuestionForm
from events.models import Event
from events.selectors import attendance
from events.selectors import events as selectors
from events.selectors.standing import standing, with_seats
from events.services import seats
from exporting.sending import exported


@require_GET
@school_only
def event_list(request: PortalRequest) -> HttpResponseBase:
    is_staff, on = request.user.is_school_staff, timezone.localdate()
    filters = EventFilter(request.GET) if is_staff else StudentEventFilter(request.GET)
    rows = selectors.event_list(request.user, filters.chosen, on=on)
    if is_staff and "format" in request.GET:
        return exported(request, EVENTS, rows, filters=filters)
    page = page_of(rows if is_staff else with_seats(rows, request.user), request)
    if not is_staff:
        _say_how_they_stand(page)
    template = "events/event_list.html#rows" if request.htmx else "events/event_list.html"
    may_plan = rules.can_hold_event(request.user)
    return render(request, template, {"filters": filters, "page": page, "may_plan": may_plan, "is_staff": is_staff})


def _say_how_they_stand(page: Page[Event]) -> None:
    """`stands` of each event of the page."""
    for event in page:
        event.stands = standing(event, at=timezone.now())  # type: ignore[attr-defined]


@require_GET
@school_only
def event(request: PortalRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(selectors.event_page(request.user), pk=pk)
    return render(request, "events/event.html", page_context(request, found))


def page_context(request: PortalRequest, event: Event, **forms: Any) -> dict[str, Any]:
    """The whole page of an event; `forms` hold what was refused."""
    is_staff = request.user.is_school_staff
    context: dict[str, Any] = {
        "event": event,
        "contents": selectors.points(event, EventItemKind.CONTENT),
        "guests": selectors.points(event, EventItemKind.GUEST),
        "audience": selectors.points(event, EventItemKind.AUDIENCE),
        "postings": selectors.postings_of(event, request.user, on=timezone.localdate()),
        "seats": selectors.seats(event),
        "is_staff": is_staff,
        "is_over": event.state == EventState.HELD,
    }
    return context | (_for_staff(request, event) if is_staff else _for_student(request, event)) | forms


def _for_staff(request: PortalRequest, event: Event) -> dict[str, Any]:
    may_keep = rules.can_keep(request.user, event)
    return {
        "may_keep": may_keep,
        "may_change": rules.can_change(request.user, event),
        "may_check_in": event.state == EventState.PUBLISHED and rules.can_check_in(request.user),
        "moves": sorted(EVENT_NEXT[EventState(event.state)], reverse=True) if may_keep else [],
        "questions": event.questions.all(),
        "results": attendance.results(event),
        "remarks": attendance.remarks(event) if may_keep else [],
    }


def _for_student(request: PortalRequest, event: Event) -> dict[str, Any]:
    mine = selectors.seat_of(event, request.user)
    profile = StudentProfile.objects.filter(user=request.user).first()
    came = mine is not None and mine.checked_in_at is not None
    said = getattr(mine, "feedback", None)
    return {
        "mine": mine,
        "is_awaited": mine is not None and mine.state in AWAITED and event.state == EventState.PUBLISHED,
        "may_take_part": rules.can_take_part(request.user, event, profile),
        "closed_because": seats.closed_because(event, at=timezone.now()),
        "came": came,
        "said": said,
        "feedback_form": FeedbackForm(initial={"stars": said.stars, "text": said.text} if said else None),
        "question_form": QuestionForm(),
        "questions": event.questions.filter(is_hidden=False),
    }
