"""A letter written once and sent to the first contact of each of many enterprises."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from notifications.choices import Matter
from notifications.services.letters import Letter, write_to_many
from partnerships import rules
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.lists import Mailing
from partnerships.models.timeline import TimelineEntry
from partnerships.selectors.mailings import addressees, key_of, written_to
from partnerships.services.bulk import PORTION, check_number


@transaction.atomic
def send_mailing(rows: QuerySet[Enterprise], *, subject: str, body: str, said: int, by: User, at: datetime) -> Mailing:
    """Put a letter to each chosen enterprise into the outbox, one per address, and tell it on each timeline.

    `said` is how many files the person was told of. Raises CountChanged, and RuleBroken where nobody would get one.
    """
    rules.can_change_many(by).or_raise()
    check_number(rows, said=said)
    found = addressees(rows, by, on=timezone.localdate(at))
    if not found.letters:
        raise RuleBroken(_("None of the chosen enterprises has a contact with an e-mail address."))
    mailing = Mailing.objects.create(subject=subject, body=body, by=by, at=at, without_address=found.without_count)
    mailing.letters = write_to_many([_letter(mailing, contact) for contact in found.letters], at=at)
    mailing.save(update_fields=["letters"])
    _tell(mailing, [*found.letters, *found.same_address])
    return mailing


def _letter(mailing: Mailing, contact: Contact) -> Letter:
    text = written_to(contact, mailing.subject, mailing.body)
    return Letter(
        name=contact.name,
        address=contact.email,
        language=contact.language,
        key=f"{key_of(mailing)}{contact.enterprise_id}",
        matter=Matter.ENTERPRISE,
        subject=text.subject,
        body=text.body,
        subject_id=contact.enterprise_id,
        enterprise_id=contact.enterprise_id,
    )


def _tell(mailing: Mailing, contacts: Iterable[Contact]) -> None:
    """An entry on the timeline of each file whose contact is written to."""
    link = reverse("partnerships:mailing", args=[mailing.pk])
    entries = [
        TimelineEntry(
            enterprise_id=contact.enterprise_id, kind=TimelineKind.EMAIL_SENT, at=mailing.at, by=mailing.by,
            text=mailing.subject, detail=f"mailing:{mailing.pk}", link=link,
        )
        for contact in contacts
    ]  # fmt: skip
    TimelineEntry.objects.bulk_create(entries, batch_size=PORTION)
