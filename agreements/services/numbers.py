"""Numbers of agreements by the school's own pattern: each given once, one after another."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from agreements.models import NumberSeries
from agreements.services.telling import tell
from core.errors import RuleBroken
from core.saving import lock, save
from partnerships import rules
from partnerships.changes import differences, snapshot
from partnerships.choices.timeline import TimelineKind
from partnerships.models.agreements import Agreement
from partnerships.models.timeline import agreement_detail


class _AnySerial(int):
    """Stands in the name of a series where its numbers differ."""

    def __format__(self, spec: str) -> str:
        return "#"


def _fill(agreement: Agreement, serial: int, *, at: datetime) -> str:
    year = timezone.localdate(at).year
    return str(settings.AGREEMENT_NUMBER_PATTERN.format(year=year, kind=agreement.kind.mark, serial=serial))


def give_number(agreement: Agreement, *, at: datetime) -> str:
    """Give the next free number of its series and save it; an agreement that has a number keeps it.

    The agreement is locked by the caller, the series here until the commit: numbers of one series are given one after
    another, none twice. What somebody typed by hand is skipped.
    """
    if agreement.number:
        return agreement.number
    name = _fill(agreement, _AnySerial(), at=at)
    NumberSeries.objects.get_or_create(series=name)
    series = NumberSeries.objects.select_for_update().get(series=name)
    while not agreement.number:
        series.last += 1
        number = _fill(agreement, series.last, at=at)
        if not Agreement.objects.filter(number=number).exists():
            _take(agreement, number)
    series.save(update_fields=["last"])
    return agreement.number


def _take(agreement: Agreement, number: str) -> None:
    """Save the number; somebody who typed the same one at this moment keeps it."""
    version = agreement.version
    try:
        with transaction.atomic():
            agreement.number = number
            save(agreement)
    except IntegrityError:
        agreement.number, agreement.version = "", version


@transaction.atomic
def number_agreement(agreement: Agreement, *, by: User, at: datetime) -> Agreement:
    """Give an agreement its number at once, before it is approved for signing. Raises RuleBroken when it has one."""
    agreement = lock(agreement)
    rules.can_number_agreement(by).or_raise()
    if agreement.number:
        raise RuleBroken(_("This agreement has its number already: %(number)s.") % {"number": agreement.number})
    before = snapshot(agreement, ["number"])
    give_number(agreement, at=at)
    changes = differences(agreement, before)
    detail = agreement_detail(agreement.pk)
    tell(agreement, TimelineKind.AGREEMENT_CHANGED, by=by, at=at, detail=detail, changes=changes)
    return agreement
