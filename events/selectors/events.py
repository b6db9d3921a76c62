"""What the pages of events need."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from accounts.models.people import User
from accounts.selectors import student_profile
from events.choices import EventItemKind, RegistrationState
from events.models import Booth, Event, EventQuerySet, EventSpeaker, Registration
from partnerships.models.enterprises import Enterprise
from partnerships.selectors.enterprise_search import enterprises_found
from placements.models.postings import Posting, PostingQuerySet

MOST_FOUND = 12


def event_list(user: User, wanted: dict[str, Any], *, on: date) -> EventQuerySet:
    """The next ones first when those ahead are asked for, else newest first; see EventFilter for the keys."""
    rows = Event.objects.visible_to(user)
    for name in ("kind", "state"):
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    if wanted.get("mine"):
        profile = student_profile(user)
        rows = rows.for_student(profile) if profile else rows.none()
    words = (wanted.get("find") or "").strip()
    if words:
        of_enterprise = Event.enterprises.through._default_manager.filter(
            Q(enterprise__legal_name__icontains=words) | Q(enterprise__name_en__icontains=words)
        )
        named = Q(name__icontains=words) | Q(name_en__icontains=words) | Q(place__icontains=words)
        rows = rows.filter(named | Q(pk__in=of_enterprise.values("event")))
    rows = rows.select_related("room").prefetch_related("enterprises")
    if wanted.get("when") == "ahead":
        return rows.filter(held_on__gte=on).order_by("held_on", "starts_at_time", "pk")
    return rows.filter(held_on__lt=on) if wanted.get("when") == "past" else rows


def event_page(user: User) -> EventQuerySet:
    """One event with everything that its page shows of it."""
    return (
        Event.objects.visible_to(user)
        .select_related("room", "college", "organiser")
        .annotate(has_booths=Exists(Booth.objects.filter(event=OuterRef("pk"))))
        .prefetch_related(
            "majors",
            "items",
            Prefetch("speakers", EventSpeaker.objects.select_related("enterprise")),
            Prefetch("enterprises", Enterprise.objects.order_by("name_sort", "pk")),
        )
    )


def enterprises_to_choose(user: User, words: str) -> list[Enterprise]:
    """The first files that fit what was typed; none where there is nothing to search for."""
    fits = enterprises_found(words) if words else None
    if fits is None:
        return []
    files = Enterprise.objects.visible_to(user).current().filter(fits)
    return list(files.select_related("province", "region").order_by("name_sort", "pk")[:MOST_FOUND])


def points(event: Event, kind: EventItemKind) -> list[Any]:
    """What was fetched with the event."""
    return [item for item in event.items.all() if item.kind == kind]


def postings_of(event: Event, user: User, *, on: date) -> PostingQuerySet:
    """Open postings of the enterprises of an event."""
    enterprises = [enterprise.pk for enterprise in event.enterprises.all()]
    rows = Posting.objects.visible_to(user, on=on).open(on).filter(enterprise__in=enterprises)
    return rows.select_related("enterprise").order_by("enterprise", "pk")[:50]


def seat_of(event: Event, student: User) -> Registration | None:
    return event.registrations.filter(student=student).select_related("feedback").first()


def seats(event: Event) -> dict[str, int]:
    """How many have a place, wait, and came."""
    count = event.registrations.aggregate(
        taken=Count("pk", filter=Q(state=RegistrationState.REGISTERED)),
        waiting=Count("pk", filter=Q(state=RegistrationState.WAITING)),
        came=Count("pk", filter=Q(checked_in_at__isnull=False)),
    )
    return {**count, "free": max((event.capacity or 0) - count["taken"], 0)}
