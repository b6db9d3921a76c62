"""Agreements near their end and files to confirm: who is asked or reminded, and whether that still holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models.people import User
from partnerships.choices.agreements import AgreementState, CommitmentState
from partnerships.choices.links import REMINDER, LinkEventKind, LinkPurpose
from partnerships.models.agreements import Agreement
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.links import LinkEvent, SignedLink

LEAD_DAYS = (30, 90, 180)  # nearest first; each covers the days down to the one before it
SEASON = timedelta(days=61)  # in which enterprises are asked to confirm their files


@dataclass(frozen=True)
class Reminder:
    """One letter: an agreement ends, and what is known of how it went."""

    key: str
    to: User
    agreement: Agreement
    days: int
    days_left: int
    kept: int
    not_kept: int
    still_open: int


def due_reminders(now: datetime) -> Iterator[Reminder]:
    """Every reminder that should exist by now, including ones stored already.

    A renewal that is under way silences nothing: the owner sees it on the page the letter leads to.
    """
    today = timezone.localdate(now)
    for agreement in _ending(today):
        if agreement.owner is None or agreement.ends_on is None:
            continue
        left = (agreement.ends_on - today).days
        days = next(lead for lead in LEAD_DAYS if left <= lead)
        states = [commitment.state for commitment in agreement.commitments.all()]
        yield Reminder(
            key=f"agreement:{agreement.pk}:{days}d:{agreement.ends_on:%Y%m%d}",
            to=agreement.owner,
            agreement=agreement,
            days=days,
            days_left=left,
            kept=states.count(CommitmentState.KEPT),
            not_kept=states.count(CommitmentState.NOT_KEPT),
            still_open=states.count(CommitmentState.OPEN),
        )


def _ending(today: date) -> QuerySet[Agreement]:
    """Signed agreements that end within the longest lead, with their owners and promises."""
    signed = Agreement.objects.filter(state=AgreementState.SIGNED, renews_itself=False, owner__is_active=True)
    within = signed.filter(ends_on__range=(today, today + timedelta(days=LEAD_DAYS[-1])))
    return within.select_related("owner", "enterprise").prefetch_related("commitments").order_by("ends_on", "pk")


def agreement_still_ending(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending: the agreement is signed, has an end, and the end has not passed."""
    today = timezone.localdate(now)
    return Agreement.objects.filter(
        pk=subject_id, state=AgreementState.SIGNED, renews_itself=False, ends_on__gte=today
    ).exists()


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
        kind=LinkEventKind.SENT, note=REMINDER, link__enterprise=OuterRef("enterprise"), link__year=OuterRef("year")
    )
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
