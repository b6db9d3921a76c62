"""The private calendar of a person: its secret address, and what stands in it. Reads only.

The secret follows from the person, a number and SECRET_KEY, so nothing that opens the calendar is stored; another
number is another address.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36

from accounts.choices import Role
from accounts.models.people import User
from calendars.models import Feed
from calendars.selectors.deadlines import Deadline, deadlines_of
from calendars.selectors.interviews import INTERVIEW_NAMES
from placements.models.interviews import InterviewBooking
from visits.choices import AHEAD, TOOK_PLACE
from visits.models.campaigns import CampaignReportDay, Trip, TripMember
from visits.models.results import FollowUp
from visits.models.visits import Participant, Visit

YEAR = timedelta(days=365)
SALT = "calendars.feed"
SECRET_BYTES = 24
LONGEST_KEY = 11  # of a person, as it is written in the address


def token_of(user: User) -> str:
    """What makes the address of a person's calendar secret; one query unless the feed was fetched."""
    feed = Feed.objects.filter(user=user).first()
    return _token(user.pk, feed.generation if feed else 0)


def _token(pk: int, generation: int) -> str:
    secret = salted_hmac(SALT, f"{pk}:{generation}", algorithm="sha256").digest()[:SECRET_BYTES]
    return f"{int_to_base36(pk)}-{base64.urlsafe_b64encode(secret).decode()}"


def user_of(token: str) -> User | None:
    """Whose calendar an address opens now; nobody's when it was reset or the person has left."""
    key = token.partition("-")[0]
    if not key.isascii() or not key.isalnum() or len(key) > LONGEST_KEY:
        return None
    user = User.objects.filter(pk=base36_to_int(key), is_active=True).select_related("calendar_feed").first()
    if user is None:
        return None
    generation = user.calendar_feed.generation if hasattr(user, "calendar_feed") else 0
    return user if constant_time_compare(token, _token(user.pk, generation)) and may_have_calendar(user) else None


def may_have_calendar(user: User) -> bool:
    """People of the school, and students: their interviews stand in it."""
    return user.is_school_staff or user.has_role(Role.STUDENT)


@dataclass(frozen=True)
class FeedRows:
    """A year back and a year ahead."""

    visits: list[Visit] = field(default_factory=list)
    trips: list[Trip] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    report_days: list[CampaignReportDay] = field(default_factory=list)
    interviews: list[InterviewBooking] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)


def feed_rows(user: User, *, on: date) -> FeedRows:
    """What a person takes part in, organises, has to do and to report, and where a student is interviewed."""
    first, last = on - YEAR, on + YEAR
    of_staff = _of_staff(user, first, last) if user.is_school_staff else {}
    of_student = _of_student(user, first, last) if user.has_role(Role.STUDENT) else {}
    return FeedRows(**of_staff, **of_student)


def _of_student(user: User, first: date, last: date) -> dict[str, Any]:
    """Four queries."""
    booked = InterviewBooking.objects.filter(
        application__student=user, cancelled_at__isnull=True, slot__starts_at__date__range=(first, last)
    )
    return {
        "interviews": list(booked.select_related(*INTERVIEW_NAMES).order_by("slot__starts_at", "pk")),
        "deadlines": deadlines_of(user, first=first, last=last),
    }


def _of_staff(user: User, first: date, last: date) -> dict[str, Any]:
    """Six queries, whatever there is."""
    taking_part = Participant.objects.filter(user=user).order_by().values("visit")
    travelling = TripMember.objects.filter(user=user).order_by().values("trip")
    people = Participant.objects.select_related("user")
    visits = Visit.objects.filter(
        Q(pk__in=taking_part) | Q(organiser=user), state__in=[*AHEAD, *TOOK_PLACE], starts_on__range=(first, last)
    )
    trips = Trip.objects.standing().filter(
        Q(pk__in=travelling) | Q(organiser=user), starts_on__lte=last, ends_on__gte=first
    )
    return {
        "visits": list(
            visits.select_related("enterprise")
            .prefetch_related(Prefetch("participants", people), "topics")
            .order_by("starts_on", "pk")
        ),
        "trips": list(trips.order_by("starts_on", "pk")),
        "follow_ups": list(
            FollowUp.objects.open()
            .filter(owner=user, due_on__range=(first, last))
            .select_related("visit__enterprise")
            .order_by("due_on", "pk")
        ),
        "report_days": list(
            CampaignReportDay.objects.filter(day__range=(first, last)).select_related("campaign").order_by("day", "pk")
        ),
    }
