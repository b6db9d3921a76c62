"""Letters that could not be delivered to a contact: the address on file is to be corrected. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.db.models import Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models.people import User
from core.days import moments
from notifications.choices import Matter, MessageState
from notifications.models.messages import OutgoingMessage
from notifications.occasions import Asked, Occasion, Rule, Words
from notifications.terms import Terms
from partnerships.models.contacts import Contact


def _words(contact: Contact, on: date, to: User) -> Words:
    return {"contact": contact.name, "enterprise": str(contact.enterprise), "address": contact.email, "day": on}


def _bounced(asked: Asked) -> Iterator[Occasion]:
    """By the first failure of the last days, so that the next ones are no news."""
    first, last = asked.around
    failed = OutgoingMessage.objects.filter(
        state=MessageState.FAILED, recipient=None, claimed_at__range=moments(first, last)
    )
    since = dict(failed.order_by().values_list("address").annotate(Min("claimed_at")))
    if not since:
        return
    office = list(User.objects.holding(Role.OFFICER, on=asked.today).order_by("pk"))
    people = asked.narrowed(Contact.objects.current(asked.today).filter(email__in=since, enterprise__archived_at=None))
    for contact in people.select_related("enterprise__owner").order_by("pk"):
        on = timezone.localdate(since[contact.email])
        mark = asked.mark_of(on)
        if mark is not None:
            owner = contact.enterprise.owner
            has_owner = owner is not None and owner.is_active
            yield Occasion(
                subject_id=contact.pk,
                on=on,
                mark=mark,
                people={"owner": [owner], "office": [] if has_owner else office},
                words=partial(_words, contact, on),
                link=reverse("partnerships:contact_edit", args=[contact.pk]),
                enterprise_id=contact.enterprise_id,
            )


RULES = (
    Rule(
        slug="partnerships.bounced",
        name=_("Letter that came back"),
        about=_("A letter to a contact could not be delivered; the address is to be corrected."),
        matter=Matter.ENTERPRISE,
        template="emails/partnerships/came_back.txt",
        terms=Terms(marks=(0,), until=14, audiences=("owner", "office")),
        audiences={
            "owner": _("Owner of the enterprise"),
            "office": _("Employment office, where there is no owner"),
        },
        find=_bounced,
    ),
)
