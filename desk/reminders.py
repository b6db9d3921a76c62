"""Whether a letter of the desk still holds, and whose account opens nothing any more; reads only."""

from __future__ import annotations

from datetime import date, datetime

from desk.models.accounts import ContactAccount, ContactAccountQuerySet
from desk.selectors.links import end_of, request_of
from partnerships.models.links import SignedLink
from placements.selectors.answers import unanswered


def link_still_holds(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending: this very link still opens something."""
    link = SignedLink.objects.select_related("enterprise", "contact").filter(pk=subject_id).first()
    return link is not None and end_of(link, request_of(link), now=now) is None


def answers_still_due(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending: the link in the letter holds, and somebody behind it still waits."""
    waiting = unanswered().filter(posting__desk_requests__links__link=subject_id)
    return link_still_holds(subject_id, now=now) and waiting.exists()


def accounts_to_end(on: date) -> ContactAccountQuerySet:
    """Accounts of people who have left, or whose enterprise's file was closed."""
    holding = ContactAccount.objects.in_force(on).order_by().values("pk")
    return ContactAccount.objects.filter(ended_at__isnull=True).exclude(pk__in=holding)
