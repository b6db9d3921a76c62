"""When a message may leave: not at night, not on days off where the rule says so, and gathered at its reader's hour."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from accounts.models.people import User
from accounts.working_days import WorkingDays
from notifications.choices import Counting, Pace
from notifications.models.reminding import ReminderHours
from notifications.terms import Terms

A_DAY = timedelta(days=1)


def leaves_at(
    now: datetime, user: User, *, on: date, terms: Terms, hours: ReminderHours, days: WorkingDays
) -> datetime:
    """The first moment from now on at which a reminder may leave, in the reader's time zone.

    A day off does not hold back what is about that day or an earlier one than the next working day.
    """
    zone = ZoneInfo(user.zone)
    leaves = _after_quiet(now.astimezone(zone), hours)
    if terms.counting == Counting.EVERY_DAY or days.is_workday(leaves.date()):
        return leaves
    working = days.on_or_after(leaves.date())
    if leaves.date() <= on < working:
        return leaves
    return datetime.combine(working, hours.quiet_to, tzinfo=zone)


def gathered_at(pace: Pace, now: datetime, user: User, *, hours: ReminderHours) -> datetime:
    """The next moment after now at which a daily or weekly letter leaves, in the reader's time zone."""
    zone = ZoneInfo(user.zone)
    local = now.astimezone(zone)
    leaves = datetime.combine(local.date(), hours.digest_at, tzinfo=zone)
    if leaves <= local:
        leaves += A_DAY
    if pace == Pace.WEEKLY:
        leaves += A_DAY * ((hours.digest_weekday - leaves.weekday()) % 7)
    return leaves


def _after_quiet(local: datetime, hours: ReminderHours) -> datetime:
    if not _is_quiet(local.time(), hours.quiet_from, hours.quiet_to):
        return local
    ends = datetime.combine(local.date(), hours.quiet_to, tzinfo=local.tzinfo)
    return ends if ends > local else ends + A_DAY


def _is_quiet(hour: time, begins: time, ends: time) -> bool:
    """Quiet hours usually go over midnight."""
    if begins < ends:
        return begins <= hour < ends
    return hour >= begins or hour < ends
