"""Agreements near their end, promises near or past their day: who is told, and whether that still holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.models.people import User
from agreements.choices import RenewalDecision
from agreements.models import RenewalReview
from agreements.selectors.promises import SOON
from agreements.selectors.renewals import ending, latest_decision
from partnerships.choices.agreements import AgreementState, CommitmentState
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment, CommitmentQuerySet

LEAD_DAYS = (30, 90, 180)  # nearest first; each covers the days down to the one before it
OVERDUE_FOR = timedelta(days=60)  # what is older was told, or lay there before the portal knew of it


@dataclass(frozen=True)
class Reminder:
    """One letter: an agreement ends, what is known of how it went, and what was decided about it."""

    key: str
    to: User
    agreement: Agreement
    days: int
    days_left: int
    kept: int
    not_kept: int
    still_open: int
    review: RenewalReview | None
    successor: Agreement | None


@dataclass(frozen=True)
class PromiseReminder:
    """One letter: a promise is due soon, or its day is past."""

    key: str
    to: User
    promise: Commitment
    is_overdue: bool


def due_reminders(now: datetime) -> Iterator[Reminder]:
    """Every reminder that should exist by now, including ones stored already.

    A renewal that is under way silences nothing until it is signed; a decision to let the agreement end does.
    """
    today = timezone.localdate(now)
    for agreement in _ending(today):
        if agreement.owner is None or agreement.ends_on is None:
            continue
        left = (agreement.ends_on - today).days
        days = next(lead for lead in LEAD_DAYS if left <= lead)
        states = [commitment.state for commitment in agreement.commitments.all()]
        reviews = agreement.renewal_reviews.all()  # newest first
        yield Reminder(
            key=f"agreement:{agreement.pk}:{days}d:{agreement.ends_on:%Y%m%d}",
            to=agreement.owner,
            agreement=agreement,
            days=days,
            days_left=left,
            kept=states.count(CommitmentState.KEPT),
            not_kept=states.count(CommitmentState.NOT_KEPT),
            still_open=states.count(CommitmentState.OPEN),
            review=next((review for review in reviews if review.ends_on == agreement.ends_on), None),
            successor=next(iter(agreement.renewals.all()), None),
        )


def _asked(today: date) -> QuerySet[Agreement]:
    """Agreements about whose end somebody is to think."""
    within = ending(Agreement.objects.all()).filter(ends_on__gte=today)
    return within.annotate(decided=latest_decision()).filter(
        Q(decided__isnull=True) | ~Q(decided=RenewalDecision.LET_END)
    )


def _ending(today: date) -> QuerySet[Agreement]:
    """Those that end within the longest lead, with their owners, promises, decisions and successors."""
    within = _asked(today).filter(ends_on__lte=today + timedelta(days=LEAD_DAYS[-1]), owner__is_active=True)
    reviews = RenewalReview.objects.select_related("by")
    successors = Agreement.objects.exclude(state=AgreementState.ENDED).order_by("-created_at", "-pk")
    rows = within.select_related("owner", "enterprise").prefetch_related(
        "commitments", Prefetch("renewal_reviews", reviews), Prefetch("renewals", successors)
    )
    return rows.order_by("ends_on", "pk")


def agreement_still_ending(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending: the agreement ends, the end has not passed, and nobody settled it."""
    return _asked(timezone.localdate(now)).filter(pk=subject_id).exists()


def due_promises(now: datetime) -> Iterator[PromiseReminder]:
    """Every reminder of a promise that should exist by now: one before its day, one after."""
    today = timezone.localdate(now)
    rows = _near(today).select_related("enterprise__owner", "agreement__owner").order_by("due_on", "pk")
    for promise in rows:
        owner = promise.agreement.owner if promise.agreement else promise.enterprise.owner
        if owner is None or not owner.is_active or promise.due_on is None:
            continue
        is_overdue = promise.due_on < today
        band = "overdue" if is_overdue else f"{SOON.days}d"
        yield PromiseReminder(f"promise:{promise.pk}:{band}:{promise.due_on:%Y%m%d}", owner, promise, is_overdue)


def _near(today: date) -> CommitmentQuerySet:
    return Commitment.objects.open().binding().filter(due_on__range=(today - OVERDUE_FOR, today + SOON))


def promise_still_due(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending: the promise is open, and its day is near or past."""
    return _near(timezone.localdate(now)).filter(pk=subject_id).exists()
