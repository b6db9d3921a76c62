"""Files to confirm: who is asked or reminded, and whether that still holds."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

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


def links_to_remind_of(now: datetime) -> QuerySet[SignedLink]:
    """Links that nobody answered for some days, where nobody was reminded this year."""
    days = settings.FILE_REMINDER_DAYS
    if not days or not settings.FILE_CONFIRMATION_MONTH:
        return SignedLink.objects.none()
    links = SignedLink.objects.usable(now).filter(purpose=LinkPurpose.CONFIRM_FILE)
    reminded = LinkEvent.objects.filter(
        kind=LinkEventKind.SENT, note=REMINDER, link__enterprise=OuterRef("enterprise"), link__year=OuterRef("year"),
        link__purpose=LinkPurpose.CONFIRM_FILE,
    )  # fmt: skip
    waiting = links.filter(issued_at__lte=now - timedelta(days=days), enterprise__archived_at=None)
    here = Q(contact=None) | Q(contact__to_on=None) | Q(contact__to_on__gte=timezone.localdate(now))
    return waiting.filter(here, ~Exists(reminded)).order_by("issued_at", "pk")


def file_still_to_confirm(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending: the link holds, the file is in use, and the contact is still there."""
    links = SignedLink.objects.usable(now).filter(pk=subject_id, enterprise__archived_at=None)
    link = links.select_related("contact").first()
    if link is None:
        return False
    left = link.contact.to_on if link.contact else None
    return left is None or left >= timezone.localdate(now)
