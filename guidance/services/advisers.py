"""Who advises, and their hours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from guidance import rules
from guidance.choices import AppointmentState
from guidance.models import AdviceSlot, Adviser

MOST_AT_ONCE = 200


@transaction.atomic
def name_adviser(*, user: User, fields: dict[str, object], by: User) -> Adviser:
    """Name a colleague; somebody who was an adviser before is one again."""
    rules.can_name_advisers(by).or_raise()
    if not user.is_school_staff:
        raise RuleBroken(_("Advisers are colleagues of the school."), field="user")
    adviser, _is_new = Adviser.objects.update_or_create(user=user, defaults=fields)
    return adviser


@transaction.atomic
def change_adviser(adviser: Adviser, *, fields: dict[str, object], by: User) -> Adviser:
    rules.can_name_advisers(by).or_raise()
    adviser = Adviser.objects.select_for_update().get(pk=adviser.pk)
    for name, value in fields.items():
        setattr(adviser, name, value)
    adviser.full_clean()
    adviser.save()
    return adviser


@transaction.atomic
def offer_hours(
    *, days: Iterable[date], starts_at: time, ends_at: time, minutes: int, by: User, at: datetime,
    place: str = "", online_url: str = "",
) -> int:  # fmt: skip
    """Cut the time between two hours into slots on each of the days; how many are new.

    A slot that is past, or overlaps one that is offered already, is passed over.
    """
    rules.can_advise(by).or_raise()
    adviser = Adviser.objects.select_for_update().get(user=by)
    wanted = [slot for day in days for slot in _cut(day, starts_at, ends_at, minutes) if slot[0] > at]
    if not wanted:
        raise RuleBroken(_("No hour that is still ahead fits in between."), field="ends_at")
    if len(wanted) > MOST_AT_ONCE:
        raise RuleBroken(_("These are %(count)s hours: fewer at once, please.") % {"count": len(wanted)})
    offered = list(adviser.slots.filter(withdrawn_at__isnull=True, ends_at__gt=at).values_list("starts_at", "ends_at"))
    new = [(start, end) for start, end in wanted if not any(start < e and s < end for s, e in offered)]
    AdviceSlot.objects.bulk_create(
        AdviceSlot(adviser=adviser, starts_at=start, ends_at=end, place=place or adviser.place, online_url=online_url)
        for start, end in new
    )
    return len(new)


def _cut(day: date, starts_at: time, ends_at: time, minutes: int) -> list[tuple[datetime, datetime]]:
    start = timezone.make_aware(datetime.combine(day, starts_at))
    last = timezone.make_aware(datetime.combine(day, ends_at))
    length, slots = timedelta(minutes=minutes), []
    while start + length <= last:
        slots.append((start, start + length))
        start += length
    return slots


@transaction.atomic
def withdraw_slot(slot: AdviceSlot, *, by: User, at: datetime) -> None:
    """An hour that nobody booked is offered no more."""
    rules.can_advise(by).or_raise()
    slot = AdviceSlot.objects.select_for_update().get(pk=slot.pk, adviser__user=by)
    if slot.appointments.exclude(state=AppointmentState.CANCELLED).exists():
        raise RuleBroken(_("A student has booked this hour: cancel the appointment first."))
    slot.withdrawn_at = at
    slot.save(update_fields=["withdrawn_at"])
