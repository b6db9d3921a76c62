"""Schedules of reports: made, changed, stopped. What is due is stored by reports.due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock, save
from reports import rules
from reports.kinds.catalogue import KINDS
from reports.kinds.kind import Kind
from reports.models.schedules import ReportSchedule

WHEN = ("cadence", "weekday", "month_day", "hour")


@transaction.atomic
def add_schedule(
    kind: Kind, parameters: dict[str, Any], *, when: dict[str, Any], readers: Iterable[User], by: User, at: datetime
) -> ReportSchedule:
    """The report is due from now on; raises RuleBroken for readers who may not read it."""
    rules.can_schedule(by).or_raise()
    schedule = ReportSchedule(kind=kind.slug, owner=by, stored_until=at, **{name: when[name] for name in WHEN})
    _ask(schedule, kind, parameters, at=at)
    schedule.save()
    schedule.readers.set(_readers(kind, readers, by=by))
    return schedule


@transaction.atomic
def change_schedule(
    schedule: ReportSchedule,
    parameters: dict[str, Any],
    *,
    when: dict[str, Any],
    readers: Iterable[User],
    version: int,
    by: User,
    at: datetime,
) -> ReportSchedule:
    """Other filters, days or readers; what was due before stays as it is."""
    schedule = lock(schedule, version=version)
    rules.can_change_schedule(by, schedule).or_raise()
    kind = KINDS[schedule.kind]
    _ask(schedule, kind, parameters, at=at)
    for name in WHEN:
        setattr(schedule, name, when[name])
    schedule.stored_until = at
    save(schedule)
    schedule.readers.set(_readers(kind, readers, by=schedule.owner))
    return schedule


@transaction.atomic
def set_active(schedule: ReportSchedule, *, is_active: bool, by: User, at: datetime) -> ReportSchedule:
    """Stop it, or let it go on from now; what was due in between is not made up for."""
    schedule = ReportSchedule.objects.select_for_update().get(pk=schedule.pk)
    rules.can_change_schedule(by, schedule).or_raise()
    if schedule.is_active == is_active:
        raise RuleBroken(_("The schedule runs already.") if is_active else _("The schedule is stopped already."))
    schedule.is_active, schedule.stored_until = is_active, at
    schedule.save(update_fields=["is_active", "stored_until"])
    return schedule


def _ask(schedule: ReportSchedule, kind: Kind, parameters: dict[str, Any], *, at: datetime) -> None:
    kind.may_build(schedule.owner).or_raise()
    form = kind.form(parameters, user=schedule.owner, on=timezone.localdate(at), moves=True)
    if not form.is_valid():
        raise RuleBroken(form.why_not([]))
    schedule.parameters, schedule.words = form.parameters, form.words_by_language


def _readers(kind: Kind, readers: Iterable[User], *, by: User) -> list[User]:
    """Staff who may read such a report; leadership schedules for itself alone."""
    found = list(readers) if by.is_office else [by]
    for reader in found:
        if not (reader.is_active and reader.is_school_staff and kind.may_build(reader)):
            raise RuleBroken(_("%(name)s may not read this report.") % {"name": reader}, field="readers")
    if not found:
        raise RuleBroken(_("Name at least one reader."), field="readers")
    return found
