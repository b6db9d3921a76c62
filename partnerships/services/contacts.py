"""People at enterprises: they come, change and leave, and stay in the history."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from partnerships import rules
from partnerships.changes import differences, snapshot
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.services import timeline


def _make_room_for_primary(contact: Contact, *, by: User, at: datetime) -> None:
    """There is one first contact among those who work there; the new one takes the place, which is told."""
    if not contact.is_primary or contact.to_on is not None:
        return
    for other in contact.enterprise.contacts.filter(is_primary=True, to_on__isnull=True).exclude(pk=contact.pk):
        before = snapshot(other, ["is_primary"])
        other.is_primary = False
        other.save(update_fields=["is_primary"])
        _tell_change(other, before, by=by, at=at)


def _tell_change(contact: Contact, before: dict[str, Any], *, by: User, at: datetime) -> None:
    changes = differences(contact, before)
    timeline.record_changes(contact.enterprise, TimelineKind.CONTACT_CHANGED, changes, by=by, at=at, text=contact.name)


def _lock_file(enterprise: Enterprise) -> Enterprise:
    return Enterprise.objects.select_for_update().get(pk=enterprise.pk)


@transaction.atomic
def add_contact(enterprise: Enterprise, *, fields: dict[str, Any], by: User, at: datetime) -> Contact:
    """Enter a person who works there; `fields` are the model's own."""
    rules.can_keep_file(by).or_raise()
    contact = Contact(enterprise=_lock_file(enterprise), **fields)
    _make_room_for_primary(contact, by=by, at=at)
    contact.full_clean()
    contact.save()
    text = " · ".join(part for part in (contact.name, contact.title) if part)
    timeline.record(enterprise, TimelineKind.CONTACT_ADDED, by=by, at=at, text=text)
    return contact


@transaction.atomic
def change_contact(contact: Contact, *, fields: dict[str, Any], by: User, at: datetime) -> Contact:
    """Correct what is on file of a person; the timeline tells what it was."""
    rules.can_keep_file(by).or_raise()
    _lock_file(contact.enterprise)
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    before = snapshot(contact, fields)
    for name, value in fields.items():
        setattr(contact, name, value)
    _make_room_for_primary(contact, by=by, at=at)
    contact.full_clean()
    contact.save()
    _tell_change(contact, before, by=by, at=at)
    return contact


@transaction.atomic
def contact_left(contact: Contact, *, on: date, by: User, at: datetime) -> Contact:
    """The person no longer works there. Raises RuleBroken when that is known already."""
    rules.can_keep_file(by).or_raise()
    contact = Contact.objects.select_for_update().select_related("enterprise").get(pk=contact.pk)
    if contact.to_on is not None:
        raise RuleBroken(_("It is on file already that %(name)s has left.") % {"name": contact.name})
    if contact.from_on and on < contact.from_on:
        raise RuleBroken(_("A person cannot leave before they came."))
    before = snapshot(contact, ["to_on", "is_primary"])
    contact.to_on, contact.is_primary = on, False
    contact.save(update_fields=["to_on", "is_primary"])
    timeline.record(
        contact.enterprise, TimelineKind.CONTACT_LEFT, by=by, at=at, text=contact.name, detail=on.isoformat(),
        changes=differences(contact, before),
    )  # fmt: skip
    return contact
