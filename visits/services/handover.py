"""A person leaves: what they look after goes to others, in one transaction, and can go back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models.people import User
from core.errors import RuleBroken
from partnerships.changes import Change, plain
from partnerships.choices.timeline import TimelineKind
from partnerships.models.enterprises import Enterprise
from partnerships.selectors.handover import Duty
from partnerships.services import timeline
from partnerships.services.handover import Before, give
from visits import rules
from visits.models.handover import HandOver, HandOverItem
from visits.selectors.handover import BY_CODE, Chosen, LeftOut, active_staff, fingerprint, going
from visits.services import seats, telling

Told = dict[int, tuple[Enterprise, list[Change]]]
NAMED = 3  # rows that a refusal names


def check(found: Chosen, receivers: Mapping[str, User], *, leaver: User, at: datetime) -> None:
    """Raise RuleBroken where somebody cannot take what they are to get, with the reason and the first rows."""
    here = set(active_staff(on=timezone.localdate(at)).values_list("pk", flat=True))
    for person in {person.pk: person for person in receivers.values()}.values():
        if person.pk == leaver.pk:
            raise RuleBroken(_("%(name)s cannot take over from themselves.") % {"name": person})
        if person.pk not in here:
            raise RuleBroken(_("%(name)s is not on the staff of the school any more.") % {"name": person})
    if not any(found.values()):
        raise RuleBroken(_("There is nothing to hand over: somebody may have done it before."))
    for code, rows in found.items():
        _check_rows(BY_CODE[code], rows, receivers[code])


def _check_rows(duty: Duty, rows: list[Any], person: User) -> None:
    answers = [(row, duty.can_take(person, row)) for row in rows]
    refused = [(row, answer.reason) for row, answer in answers if not answer]
    if not refused:
        return
    names = _("; ").join(duty.name_of(row) or str(row) for row, _reason in refused[:NAMED])
    words = ngettext(
        "%(name)s cannot take %(number)s thing of “%(kind)s” (%(rows)s): %(reason)s",
        "%(name)s cannot take %(number)s things of “%(kind)s” (%(rows)s): %(reason)s",
        len(refused),
    )
    named = {"name": person, "number": len(refused), "kind": duty.label, "rows": names, "reason": refused[0][1]}
    raise RuleBroken(words % named)


@transaction.atomic
def hand_over(
    leaver: User,
    *,
    receivers: Mapping[str, User],
    left_out: LeftOut,
    seen: str,
    by: User,
    at: datetime,
) -> HandOver:
    """Move what the leaver looks after: each kind to its receiver, but for the rows left out.

    `seen` is the fingerprint of what was looked at before: when something came or went since, nothing
    moves. Raises RuleBroken; what is closed or past never moves.
    """
    rules.can_hand_over(by).or_raise()
    leaver = User.objects.select_for_update().get(pk=leaver.pk)
    on = timezone.localdate(at)
    found = {code: _locked(going(leaver, code, left_out, on=on)) for code in receivers}
    check(found, receivers, leaver=leaver, at=at)
    if fingerprint(found) != seen:
        raise RuleBroken(_("What %(name)s looks after has changed since you looked. Look again.") % {"name": leaver})
    record = HandOver.objects.create(leaver=leaver, by=by, at=at)
    told: Told = {}
    for code, rows in found.items():
        duty, receiver = BY_CODE[code], receivers[code]
        before = _give(duty, rows, giver=leaver, to=receiver, at=at)
        HandOverItem.objects.bulk_create(_item(record, duty, row, receiver, before) for row in rows)
        _note(told, duty, rows, giver=leaver, to=receiver)
    _tell(told, by=by, at=at)
    telling.tell_receivers(record, at=at)
    return record


def _locked(rows: QuerySet[Any]) -> list[Any]:
    """The rows under a lock; what somebody else was quicker to take is not among them."""
    return list(rows.select_for_update(of=("self",)))


def _give(duty: Duty, rows: list[Any], *, giver: User, to: User, at: datetime) -> Before:
    if duty.code in seats.AT:
        return seats.swap(duty, rows, to=to)
    return give(duty, rows, giver=giver, to=to, at=at)


def _item(record: HandOver, duty: Duty, row: Any, receiver: User, before: Before) -> HandOverItem:
    return HandOverItem(
        handover=record,
        duty=duty.code,
        row=row.pk,
        name=duty.name_of(row)[:300],
        link=duty.link_of(row),
        enterprise=duty.enterprise_of(row),
        receiver=receiver,
        before=before.get(row.pk, {}),
    )


def _note(told: Told, duty: Duty, rows: Iterable[Any], *, giver: User, to: User) -> None:
    """Gather what is to be told of each enterprise: every field that changed hands, once."""
    change = Change(model=duty.model._meta.label, field=duty.field, before=plain(giver), after=plain(to))
    for row in rows:
        enterprise = duty.enterprise_of(row)
        if enterprise is not None:
            changes = told.setdefault(enterprise.pk, (enterprise, []))[1]
            if change not in changes:
                changes.append(change)


def _tell(told: Told, *, by: User, at: datetime) -> None:
    for enterprise, changes in told.values():
        timeline.record(enterprise, TimelineKind.HANDED_OVER, by=by, at=at, changes=changes)


@transaction.atomic
def move_back(record: HandOver, *, by: User, at: datetime) -> HandOver:
    """Undo a hand-over for what is still open and still with who got it; the rest stays where it went.

    Raises RuleBroken the second time.
    """
    rules.can_hand_over(by).or_raise()
    record = HandOver.objects.select_for_update(of=("self",)).select_related("leaver").get(pk=record.pk)
    if record.undone_at is not None:
        raise RuleBroken(_("This hand-over has been moved back already."))
    told: Told = {}
    for code, receiver, items in _groups(record.items.select_related("receiver")):
        _take_back(BY_CODE[code], items, told, giver=receiver, to=record.leaver, at=at)
    if not told and not record.items.filter(is_back=True).exists():
        raise RuleBroken(_("Nothing can be moved back: all of it was closed or given to somebody else since."))
    record.undone_by, record.undone_at = by, at
    record.save(update_fields=["undone_by", "undone_at"])
    _tell(told, by=by, at=at)
    telling.tell_receivers(record, at=at)
    return record


def _groups(items: QuerySet[HandOverItem]) -> list[tuple[str, User, list[HandOverItem]]]:
    groups: dict[tuple[str, int], tuple[str, User, list[HandOverItem]]] = {}
    for item in items:
        key = (item.duty, item.receiver_id)
        groups.setdefault(key, (item.duty, item.receiver, []))[2].append(item)
    return list(groups.values())


def _take_back(duty: Duty, items: list[HandOverItem], told: Told, *, giver: User, to: User, at: datetime) -> None:
    """Give back the rows of one kind that one person got and still has."""
    by_row = {item.row: item for item in items}
    rows = _locked(duty.held_by(giver, on=timezone.localdate(at)).filter(pk__in=by_row))
    if duty.code in seats.AT:
        for row in rows:
            seats.put_back(duty, row, giver=giver, to=to, before=by_row[row.pk].before)
    else:
        give(duty, rows, giver=giver, to=to, at=at)
        _stand_there_again(duty, [row.pk for row in rows if by_row[row.pk].before.get("stood_there")], giver)
    HandOverItem.objects.filter(pk__in=[by_row[row.pk].pk for row in rows]).update(is_back=True)
    _note(told, duty, rows, giver=giver, to=to)


def _stand_there_again(duty: Duty, keys: list[int], person: User) -> None:
    """Who stood in the list before the hand-over stays in it."""
    for row in duty.model._default_manager.filter(pk__in=keys):
        getattr(row, duty.field).add(person)
