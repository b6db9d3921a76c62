"""A person's calendar as one iCalendar object, in their language; of others it names names and nothing else."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Event

from accounts.models.people import User
from accounts.selectors import school
from calendars import interviews, objects, words
from calendars.selectors.deadlines import Deadline
from calendars.selectors.feeds import FeedRows
from visits.choices import VisitState
from visits.models.campaigns import CampaignReportDay, Trip
from visits.models.results import FollowUp
from visits.models.visits import Visit


def feed_object(user: User, rows: FeedRows) -> str:
    """The same text as long as the same stands in it."""
    with translation.override(user.language):
        events = [
            *(_visit(visit) for visit in rows.visits),
            *(_trip(trip) for trip in rows.trips),
            *(_follow_up(follow_up) for follow_up in rows.follow_ups),
            *(_report_day(day) for day in rows.report_days),
            *(_deadline(deadline) for deadline in rows.deadlines),
            *(interviews.feed_event(booking) for booking in rows.interviews),
        ]
        name = _("%(school)s: calendar of %(name)s") % {"school": school(), "name": user}
        return objects.calendar_of(events, name=name)


def changed_at(rows: FeedRows) -> datetime | None:
    """When one of the records in it changed last."""
    stamps = [row.updated_at for row in [*rows.visits, *rows.trips, *rows.follow_ups]]
    stamps += [day.campaign.updated_at for day in rows.report_days]
    stamps += [deadline.stamp for deadline in rows.deadlines]
    stamps += [max(booking.at, booking.slot.updated_at) for booking in rows.interviews]
    return max(stamps, default=None)


def _visit(visit: Visit) -> Event:
    event = objects.visit_event(
        visit,
        summary=words.summary_of(visit),
        description=words.description_of(visit, titles=False),
        stamp=visit.updated_at,
        url=words.portal_link("visits:briefing", visit.pk),
    )
    event.add("status", "TENTATIVE" if visit.state == VisitState.PLANNED else "CONFIRMED")
    return event


def _trip(trip: Trip) -> Event:
    event = objects.event_of(
        "trip",
        trip.pk,
        _("Trip: %(name)s") % {"name": trip},
        stamp=trip.updated_at,
        description=trip.goal,
        url=words.portal_link("travel:trip", trip.pk),
    )
    objects.set_days(event, trip.starts_on, trip.ends_on)
    return event


def _follow_up(follow_up: FollowUp) -> Event:
    event = objects.event_of(
        "follow-up",
        follow_up.pk,
        _("Due: %(what)s") % {"what": follow_up.what},
        stamp=follow_up.updated_at,
        description=str(follow_up.visit.enterprise),
        url=words.portal_link("visits:follow_up_close", follow_up.pk),
    )
    objects.set_days(event, follow_up.due_on, follow_up.due_on)
    return event


def _report_day(day: CampaignReportDay) -> Event:
    event = objects.event_of(
        "report-day",
        day.pk,
        _("Report due: %(name)s") % {"name": day.name or day.campaign},
        stamp=day.campaign.updated_at,
        description=str(day.campaign),
        url=words.portal_link("visits:campaign", day.campaign_id),
    )
    objects.set_days(event, day.day, day.day)
    return event


def _deadline(deadline: Deadline) -> Event:
    """A day, or an hour where it has one; of an event that one signed up for, where to be."""
    event = objects.event_of(
        deadline.kind,
        deadline.pk,
        deadline.summary,
        stamp=deadline.stamp,
        description=deadline.about,
        url=f"{settings.SITE_URL}{deadline.path}",
    )
    if deadline.starts_at is None:
        objects.set_days(event, deadline.on, deadline.on)
    else:
        event.add("dtstart", deadline.starts_at)
        event.add("dtend", deadline.ends_at or deadline.starts_at + objects.USUAL_LENGTH)
    if deadline.place:
        event.add("location", deadline.place)
    return event
