"""Agreements near their end: who is asked, and whether that still holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models.people import User
from partnerships.choices.agreements import AgreementState, CommitmentState
from partnerships.models.agreements import Agreement

LEAD_DAYS = (30, 90, 180)  # nearest first; each covers the days down to the one before it


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
