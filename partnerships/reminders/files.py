"""Files to confirm: who is asked or reminded, and whether that still holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from core.days import moments
from notifications.occasions import Asked, Occasion
from partnerships.choices.links import REMINDER, LinkEventKind, LinkPurpose
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.links import LinkEvent, SignedLink

SEASON = timedelta(days=61)  # in which enterprises are asked to confirm their files


def season(today: date) -> int | None:
    """The year whose files are being confirmed on a day; None outside the season, or when it is switched off."""
    month = settings.FILE_CONFIRMATION_MONTH
    for year in (today.year, today.year - 1) if month else ():
        if date(year, month, 1) <= today < date(year, month, 1) + SEASON:
            return year
    return None


def files_to_ask_about(year: int, *, on: date) -> QuerySet[Enterprise]:
    """Current files with somebody who can be written to and who was not asked this year, the oldest file first."""
    reachable = Contact.objects.current(on).filter(enterprise=OuterRef("pk")).exclude(email="")
    asked = SignedLink.objects.filter(enterprise=OuterRef("pk"), purpose=LinkPurpose.CONFIRM_FILE, year=year)
    return Enterprise.objects.current().filter(Exists(reachable), ~Exists(asked)).order_by("pk")


def silent_links(asked: Asked) -> Iterator[Occasion]:
    """Links that nobody answered for some days, where nobody was reminded this year."""
    if not settings.FILE_CONFIRMATION_MONTH:
        return
    first, last = asked.around
    rows = _links_to_remind_of(asked.now).filter(issued_at__range=moments(first, last))
    for link in asked.narrowed(rows).select_related("contact").iterator(chunk_size=2000):
        on = timezone.localdate(link.issued_at)
        mark = asked.mark_of(on)
        if mark is not None:
            yield Occasion(
                subject_id=link.pk,
                on=on,
                mark=mark,
                people={"contact": [link.contact if link.contact and link.contact.email else link]},
                link=reverse("partnerships:enterprise", args=[link.enterprise_id]),
                enterprise_id=link.enterprise_id,
            )


def _links_to_remind_of(now: datetime) -> QuerySet[SignedLink]:
    links = SignedLink.objects.usable(now).filter(purpose=LinkPurpose.CONFIRM_FILE, enterprise__archived_at=None)
    reminded = LinkEvent.objects.filter(
        kind=LinkEventKind.SENT, note=REMINDER, link__enterprise=OuterRef("enterprise"), link__year=OuterRef("year"),
        link__purpose=LinkPurpose.CONFIRM_FILE,
    )  # fmt: skip
    here = Q(contact=None) | Q(contact__to_on=None) | Q(contact__to_on__gte=timezone.localdate(now))
    return links.filter(here, ~Exists(reminded)).order_by("issued_at", "pk")


def file_still_to_confirm(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending: the link holds, the file is in use, and the contact is still there."""
    links = SignedLink.objects.usable(now).filter(pk=subject_id, enterprise__archived_at=None)
    link = links.select_related("contact").first()
    if link is None:
        return False
    left = link.contact.to_on if link.contact else None
    return left is None or left >= timezone.localdate(now)
