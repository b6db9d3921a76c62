"""People at enterprises: they come, change and leave, and stay in the history."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from partnerships import rules
from partnerships.changes import Change, differences, snapshot
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.services import timeline

# What a person takes along to another enterprise; e-mail, landline and department belong to the old one.
TAKEN_ALONG = ("name", "phone", "wechat", "language", "known_by")


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
    """Enter a person who works there; `fields` are the model's own. Whoever enters it vouches for it."""
    rules.can_keep_file(by).or_raise()
    others = fields.get("also_known_by", ())
    columns = {name: value for name, value in fields.items() if name != "also_known_by"}
    contact = Contact(enterprise=_lock_file(enterprise), **columns).confirm(by=by, at=at)
    _make_room_for_primary(contact, by=by, at=at)
    contact.full_clean()
    contact.save()
    contact.also_known_by.set(others)
    text = " · ".join(part for part in (contact.name, contact.title) if part)
    timeline.record(enterprise, TimelineKind.CONTACT_ADDED, by=by, at=at, text=text)
    return contact


@transaction.atomic
def change_contact(contact: Contact, *, fields: dict[str, Any], by: User, at: datetime) -> Contact:
    """Correct what is on file of a person, who is confirmed with it; saving without a change writes nothing."""
    rules.can_keep_file(by).or_raise()
    _lock_file(contact.enterprise)
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    before = snapshot(contact, fields)
    for name, value in fields.items():
        if name == "also_known_by":
            contact.also_known_by.set(value)
        else:
            setattr(contact, name, value)
    if differences(contact, before):
        contact.confirm(by=by, at=at)
        _make_room_for_primary(contact, by=by, at=at)
        contact.full_clean()
        contact.save()
        _tell_change(contact, before, by=by, at=at)
    return contact


LEAVING = ("to_on", "is_primary")


def _leave(contact: Contact, *, on: date) -> tuple[Contact, list[Change]]:
    """Write that a person left, with checks; and what that changed."""
    contact = Contact.objects.select_for_update(of=("self",)).select_related("enterprise").get(pk=contact.pk)
    if contact.to_on is not None:
        raise RuleBroken(_("It is on file already that %(name)s has left.") % {"name": contact.name})
    if contact.from_on and on < contact.from_on:
        raise RuleBroken(_("A person cannot leave before they came."))
    before = snapshot(contact, LEAVING)
    contact.to_on, contact.is_primary = on, False
    contact.save(update_fields=LEAVING)
    return contact, differences(contact, before)


@transaction.atomic
def contact_left(contact: Contact, *, on: date, by: User, at: datetime) -> Contact:
    """The person no longer works there. Raises RuleBroken when that is known already."""
    rules.can_keep_file(by).or_raise()
    contact, changes = _leave(contact, on=on)
    timeline.record(
        contact.enterprise, TimelineKind.CONTACT_LEFT, by=by, at=at, text=contact.name, detail=on.isoformat(),
        changes=changes,
    )  # fmt: skip
    return contact


@transaction.atomic
def contact_moved(contact: Contact, *, on: date, to: Enterprise, title: str = "", by: User, at: datetime) -> Contact:
    """The person works for another enterprise from the day after `on`; returns their entry in its file.

    One person works for one enterprise at a time, so the old entry ends in the same step.
    """
    rules.can_keep_file(by).or_raise()
    if to.pk == contact.enterprise_id:
        raise RuleBroken(_("%(name)s works for this enterprise already.") % {"name": contact.name})
    left, changes = _leave(contact, on=on)
    taken = {name: getattr(left, name) for name in TAKEN_ALONG}
    others = list(left.also_known_by.all())
    fields = {**taken, "title": title, "also_known_by": others, "from_on": on + timedelta(days=1)}
    link = reverse("partnerships:enterprise", args=[to.pk])
    text = f"{left.name} → {to.legal_name}"
    timeline.record(
        left.enterprise, TimelineKind.CONTACT_LEFT, by=by, at=at, text=text, detail=on.isoformat(), link=link,
        changes=changes,
    )  # fmt: skip
    return add_contact(to, fields=fields, by=by, at=at)
