"""Sending invitations, their updates and cancellations; and saying who of the enterprise gets one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models.people import User
from calendars import words
from calendars.models import Invitation
from calendars.selectors import invitations as selectors
from calendars.selectors.invitations import Due
from core.errors import RuleBroken
from core.saving import lock
from notifications.choices import Matter
from notifications.services.letters import Letter, write_to
from notifications.services.notifying import notify
from partnerships.models.contacts import Contact
from visits import rules as visit_rules
from visits.choices import AHEAD
from visits.models.visits import Visit


def send_invitations(*, now: datetime) -> int:
    """Compare every visit ahead with what was sent of it; returns how many people were told something new."""
    changed = [visit.pk for visit in selectors.visits_to_compare(now) if selectors.due(visit)]
    return sum(_send(pk, now=now) for pk in changed)


@transaction.atomic
def _send(pk: int, *, now: datetime) -> int:
    """Once more under a lock, so that two workers do not both send it. All get the same next sequence."""
    Visit.objects.select_for_update().get(pk=pk)
    visit = selectors.visits_to_compare(now).filter(pk=pk).first()
    if visit is None:
        return 0
    told = selectors.due(visit)
    before = [each.sequence for each in visit.invitations.all() if each.sent_at]
    for each in told:
        _tell(visit, each, sequence=max(before) + 1 if before else 0, now=now)
    return len(told)


def _tell(visit: Visit, each: Due, *, sequence: int, now: datetime) -> None:
    row = each.invitation
    is_update = each.is_update
    row.sequence = sequence
    if each.is_cancelled:
        row.cancelled_at, row.digest = now, ""
    else:
        row.sent_at, row.cancelled_at, row.digest = now, None, each.digest
    row.save()
    if row.user is not None:
        _tell_colleague(visit, row.user, row, is_update=is_update, now=now)
    elif row.contact is not None:
        _tell_contact(visit, row.contact, row, is_update=is_update, now=now)


def _tell_colleague(visit: Visit, user: User, row: Invitation, *, is_update: bool, now: datetime) -> None:
    is_over = row.cancelled_at is not None
    notify(
        user,
        key=_key(row),
        matter=Matter.VISIT,
        template=f"emails/calendars/{'cancelled' if is_over else 'invitation'}.txt",
        context={**words.for_colleague(visit, user), "is_update": is_update},
        at=now,
        link=reverse("visits:visit" if is_over else "visits:briefing", args=[visit.pk]),
        still_due="" if is_over else "visits.visit",
        subject_id=visit.pk,
        calendar=words.object_for_colleague(visit, user, row, now=now),
        calendar_method=_method(row),
    )


def _tell_contact(visit: Visit, contact: Contact, row: Invitation, *, is_update: bool, now: datetime) -> None:
    """A letter without the way into the portal, which is not theirs."""
    is_over = row.cancelled_at is not None
    write_to(
        Letter(
            name=contact.name,
            address=contact.email,
            language=contact.language,
            key=_key(row),
            matter=Matter.VISIT,
            template=f"emails/calendars/{'guest_cancelled' if is_over else 'guest'}.txt",
            context={**words.for_contact(visit, contact), "is_update": is_update},
            still_due="" if is_over else "visits.visit",
            subject_id=visit.pk,
            enterprise_id=visit.enterprise_id,
            calendar=words.object_for_contact(visit, contact, row, now=now),
            calendar_method=_method(row),
        ),
        at=now,
    )


def _key(row: Invitation) -> str:
    return f"visit:{row.visit_id}:{'uninvited' if row.cancelled_at else 'invited'}:{row.sequence}"


def _method(row: Invitation) -> str:
    return "CANCEL" if row.cancelled_at else "REQUEST"


@transaction.atomic
def invite_guests(visit: Visit, contacts: Iterable[Contact], *, by: User) -> None:
    """From now on exactly these people of the enterprise are told of the visit by e-mail.

    Whoever is left out and was told already hears with the next run that the invitation no longer stands.
    """
    visit = lock(visit)
    visit_rules.can_change(by, visit).or_raise()
    if visit.state not in AHEAD:
        raise RuleBroken(_("Only to a visit that is ahead somebody is invited."))
    wanted = {contact.pk: contact for contact in contacts}
    present = set(visit.participants.filter(contact__in=wanted).values_list("contact", flat=True))
    for pk, contact in wanted.items():
        if pk not in present or not contact.email:
            raise RuleBroken(_("%(name)s does not take part or has no e-mail address.") % {"name": contact})
        Invitation.objects.update_or_create(
            visit=visit, contact=contact, defaults={"asked_by": by}, create_defaults={"asked_by": by}
        )
    others = visit.invitations.filter(contact__isnull=False).exclude(contact__in=wanted)
    others.filter(sent_at__isnull=True).delete()
    others.update(asked_by=None)
