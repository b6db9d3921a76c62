"""People at enterprises: they come, change and leave, and stay in the history."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from partnerships import rules
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.services import timeline


def _make_room_for_primary(contact: Contact) -> None:
    """There is one first contact among those who work there; the new one takes the place."""
    if contact.is_primary and contact.to_on is None:
        others = contact.enterprise.contacts.filter(is_primary=True, to_on__isnull=True)
        others.exclude(pk=contact.pk).update(is_primary=False)


def _lock_file(enterprise: Enterprise) -> Enterprise:
    return Enterprise.objects.select_for_update().get(pk=enterprise.pk)


@transaction.atomic
def add_contact(enterprise: Enterprise, *, fields: dict[str, Any], by: User, at: datetime) -> Contact:
    """Enter a person who works there; `fields` are the model's own."""
    rules.can_keep_file(by).or_raise()
    contact = Contact(enterprise=_lock_file(enterprise), **fields)
    _make_room_for_primary(contact)
    contact.full_clean()
    contact.save()
    text = " · ".join(part for part in (contact.name, contact.title) if part)
    timeline.record(enterprise, TimelineKind.CONTACT_ADDED, by=by, at=at, text=text)
    return contact


@transaction.atomic
def change_contact(contact: Contact, *, fields: dict[str, Any], by: User, at: datetime) -> Contact:
    """Correct what is on file of a person; the history of the row keeps what it was."""
    rules.can_keep_file(by).or_raise()
    _lock_file(contact.enterprise)
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    for name, value in fields.items():
        setattr(contact, name, value)
    _make_room_for_primary(contact)
    contact.full_clean()
    contact.save()
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
    contact.to_on, contact.is_primary = on, False
    contact.save(update_fields=["to_on", "is_primary"])
    timeline.record(
        contact.enterprise, TimelineKind.CONTACT_LEFT, by=by, at=at, text=contact.name, detail=on.isoformat()
    )
    return contact
