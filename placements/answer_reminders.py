"""Answers that were promised and are not there: who is reminded of them before the day and on it. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils import timezone

from accounts.choices import Role
from accounts.models.people import User
from partnerships.models.contacts import Contact
from placements.choices import STANDING
from placements.models.postings import Posting
from placements.reminders import who_looks_after
from placements.selectors.answers import unanswered

LEAD_DAYS = 3


@dataclass(frozen=True)
class AnswersDue:
    """One posting whose answers are due: who at the school is told, and who at the enterprise is written to."""

    key: str
    posting: Posting
    answer_by: date
    days: int
    waiting: int
    staff: list[User] = field(default_factory=list)
    contact: Contact | None = None

    @property
    def closes_on(self) -> date:
        """The last day on which an answer still counts; afterwards it is closed without one."""
        return self.answer_by + timedelta(days=settings.NO_REPLY_AFTER_DAYS)


def due_answer_reminders(now: datetime) -> Iterator[AnswersDue]:
    """Every reminder that should exist by now, including ones already queued.

    The first covers the days before the promised one, the second that day and those until it is closed, so that a
    scheduler that slept catches up. A day that moved makes other keys.
    """
    today = timezone.localdate(now)
    first, last = today - timedelta(days=settings.NO_REPLY_AFTER_DAYS), today + timedelta(days=LEAD_DAYS)
    postings = Posting.objects.filter(state__in=STANDING, answer_by__range=(first, last))
    waiting: dict[int, int] = dict(
        unanswered().filter(posting__in=postings).order_by().values_list("posting").annotate(Count("pk"))
    )
    found = list(postings.filter(pk__in=waiting).select_related("created_by", "enterprise__owner", "contact"))
    contacts = _first_contacts(found, on=today)
    office = list(User.objects.holding(Role.OFFICER, on=today)) if found else []
    for posting in found:
        if posting.answer_by is None:
            continue
        days = (posting.answer_by - today).days
        yield AnswersDue(
            key=f"posting:{posting.pk}:answers:{LEAD_DAYS if days > 0 else 0}d:{posting.answer_by:%Y%m%d}",
            posting=posting,
            answer_by=posting.answer_by,
            days=days,
            waiting=waiting[posting.pk],
            staff=who_looks_after(posting) or office,
            contact=_contact_of(posting, contacts, on=today),
        )


def _first_contacts(postings: list[Posting], *, on: date) -> dict[int, Contact]:
    first: QuerySet[Contact] = Contact.objects.current(on).filter(
        enterprise__in={posting.enterprise_id for posting in postings}, is_primary=True
    )
    return {contact.enterprise_id: contact for contact in first.order_by("pk")}


def _contact_of(posting: Posting, first: dict[int, Contact], *, on: date) -> Contact | None:
    """The posting's own contact while they work there and have an address, else the enterprise's first one."""
    named = posting.contact
    found = named if named and named.email and not named.has_left(on) else first.get(posting.enterprise_id)
    return found if found and found.email else None


def answers_still_due(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending."""
    return unanswered().filter(posting=subject_id, posting__answer_by__isnull=False).exists()
