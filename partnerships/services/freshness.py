"""Saying that something on file is still correct: a whole block, one contact, one need."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock
from partnerships import rules
from partnerships.choices.enterprises import FileBlock
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.freshness import CONFIRMED
from partnerships.models.needs import Need
from partnerships.services import timeline
from partnerships.services.enterprises import confirm_enterprise


def _rows_of(enterprise: Enterprise, block: FileBlock, *, at: datetime) -> QuerySet[Any]:
    """The current contacts, or the open needs."""
    if block == FileBlock.CONTACTS:
        return enterprise.contacts.current(timezone.localdate(at))
    return enterprise.needs.open()


@transaction.atomic
def confirm_block(enterprise: Enterprise, block: FileBlock, *, by: User, at: datetime) -> int:
    """Say that a part of a file is still correct; returns how many rows that holds for.

    Raises RuleBroken where nothing is on file that could be correct.
    """
    if block == FileBlock.IDENTITY:
        confirm_enterprise(enterprise, by=by, at=at)
        return 1
    rules.can_keep_file(by).or_raise()
    confirmed = _rows_of(lock(enterprise), block, at=at).update(confirmed_at=at, confirmed_by=by, confirmed_via=None)
    if not confirmed:
        raise RuleBroken(_("Nothing is on file here that could be confirmed."))
    timeline.record(enterprise, TimelineKind.ENTERPRISE_CONFIRMED, by=by, at=at, detail=block.value)
    return confirmed


@transaction.atomic
def confirm_contact(contact: Contact, *, by: User, at: datetime) -> Contact:
    """Say that what is on file of one person is still correct. Raises RuleBroken for one who has left."""
    rules.can_keep_file(by).or_raise()
    contact = Contact.objects.select_for_update(of=("self",)).select_related("enterprise").get(pk=contact.pk)
    if contact.has_left(timezone.localdate(at)):
        raise RuleBroken(_("It is on file already that %(name)s has left.") % {"name": contact.name})
    contact.confirm(by=by, at=at).save(update_fields=CONFIRMED)
    _tell(contact.enterprise, FileBlock.CONTACTS, contact.name, by=by, at=at)
    return contact


@transaction.atomic
def confirm_need(need: Need, *, by: User, at: datetime) -> Need:
    """Say that an enterprise still asks for this. Raises RuleBroken for a need that is closed."""
    rules.can_keep_file(by).or_raise()
    need = lock(need)
    if not need.is_open:
        raise RuleBroken(_("This need is closed already: %(state)s.") % {"state": need.get_state_display()})
    need.confirm(by=by, at=at).save(update_fields=[*CONFIRMED, "updated_at"])
    _tell(need.enterprise, FileBlock.NEEDS, need.description, by=by, at=at)
    return need


def _tell(enterprise: Enterprise, block: FileBlock, text: str, *, by: User, at: datetime) -> None:
    timeline.record(enterprise, TimelineKind.ENTERPRISE_CONFIRMED, by=by, at=at, text=text, detail=block.value)
