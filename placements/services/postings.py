"""The life of a posting: drafted, reviewed, published, ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models.people import User
from accounts.models.school import Major
from core.errors import RuleBroken
from core.saving import lock, save
from notifications.choices import Matter
from notifications.services import notify
from partnerships.changes import Change, differences, snapshot
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.services import timeline
from placements import rules
from placements.choices import POSTING_NEXT, PostingSource, PostingState
from placements.models.postings import Posting

FIELDS = frozenset(
    {
        "kind", "title", "title_en", "description", "headcount", "class_of", "level", "province", "city",
        "pay_min", "pay_max", "opens_on", "closes_on", "answer_by", "address", "mode", "pay_period", "pay_months",
        "pay_negotiable", "starts_on", "ends_on", "days_a_week", "documents", "skills",
        "description_en", "contact", "contact_shown",
    }
)  # fmt: skip
TOLD_ON_TIMELINE = frozenset({PostingState.PUBLISHED, PostingState.CLOSED, PostingState.FILLED, PostingState.WITHDRAWN})
TOLD_TO_AUTHOR = frozenset({PostingState.PUBLISHED, PostingState.REJECTED})


@transaction.atomic
def draft_posting(
    enterprise: Enterprise, *, fields: dict[str, Any], majors: Iterable[Major] = (), by: User | None, at: datetime,
    source: PostingSource = PostingSource.STAFF, offered_by: Contact | None = None,
) -> Posting:  # fmt: skip
    """A new posting of an enterprise, not yet seen by students. Raises ValidationError for what cannot be.

    `by` is nobody where the enterprise writes it itself; `offered_by` is then its contact, if that person is on file.
    """
    if by is not None:
        rules.can_draft(by).or_raise()
    posting = Posting(enterprise=enterprise, created_by=by, source=source, offered_by=offered_by)
    _fill(posting, fields)
    posting.full_clean()
    posting.save()
    posting.majors.set(majors)
    return posting


@transaction.atomic
def change_posting(
    posting: Posting, *, version: int, fields: dict[str, Any], majors: Iterable[Major], by: User, at: datetime
) -> Posting:
    """Change what it says. Raises StaleEdit when it is not at this version any more."""
    posting = lock(posting, version=version)
    rules.can_change(by, posting).or_raise()
    before = snapshot(posting, [*fields, "majors"])
    _fill(posting, fields)
    save(posting)
    posting.majors.set(majors)
    _tell(posting, TimelineKind.POSTING_CHANGED, differences(posting, before), by=by, at=at)
    return posting


def _tell(
    posting: Posting, kind: TimelineKind, changes: list[Change], *, by: User | None, at: datetime, detail: str = ""
) -> None:
    link = reverse("placements:posting", args=[posting.pk])
    timeline.record_changes(
        posting.enterprise, kind, changes, by=by, at=at, text=posting.title, detail=detail, link=link
    )


def _fill(posting: Posting, fields: dict[str, Any]) -> None:
    unknown = fields.keys() - FIELDS
    if unknown:
        raise TypeError(f"A posting has no {', '.join(sorted(unknown))} to set.")
    for name, value in fields.items():
        setattr(posting, name, value)


@transaction.atomic
def move_posting(
    posting: Posting, to: PostingState, *, by: User | None, at: datetime, reason: str = "", version: int | None = None
) -> Posting:
    """Move it to its next state; a rejection needs a reason, publishing a closing day ahead.

    `by` is nobody where an enterprise sends what it wrote itself to review.
    """
    posting = lock(posting, version=version)
    if by is not None:
        rules.can_move(by, posting, to).or_raise()
    elif to != PostingState.IN_REVIEW:
        raise PermissionDenied
    if to == PostingState.REJECTED and not reason.strip():
        raise RuleBroken(_("Say why the posting is rejected: its author reads it."))
    if to == PostingState.PUBLISHED and posting.closes_on < timezone.localdate(at):
        raise RuleBroken(_("The closing day has passed. Set a later one before publishing."))
    return _move(posting, to, by=by, at=at, reason=reason.strip())


def _move(posting: Posting, to: PostingState, *, by: User | None, at: datetime, reason: str = "") -> Posting:
    if to not in POSTING_NEXT[PostingState(posting.state)]:
        raise RuleBroken(
            _("A posting in state “%(now)s” cannot become “%(next)s”.")
            % {"now": posting.get_state_display(), "next": to.label}
        )
    before = snapshot(posting, ["state", "reason"])
    posting.state, posting.reason = to, reason
    if to == PostingState.PUBLISHED:
        posting.published_at = at
    save(posting)
    if to in TOLD_ON_TIMELINE:
        _tell(posting, TimelineKind.POSTING_MOVED, differences(posting, before), by=by, at=at, detail=to)
    if to in TOLD_TO_AUTHOR and posting.created_by and posting.created_by != by:
        _tell_author(posting, posting.created_by, at=at)
    return posting


def _tell_author(posting: Posting, author: User, *, at: datetime) -> None:
    with translation.override(author.language):
        context: dict[str, object] = {
            "posting": str(posting),
            "enterprise": str(posting.enterprise),
            "state": posting.state,
            "reason": posting.reason,
        }
    notify(
        author,
        key=f"posting:{posting.pk}:{posting.state}:{posting.version}",
        matter=Matter.POSTING,
        template="emails/placements/posting_decided.txt",
        context=context,
        at=at,
        link=reverse("placements:posting", args=[posting.pk]),
    )


def close_due_postings(*, now: datetime) -> int:
    """Give postings past their closing day the state that their visitors see already; how many."""
    due = Posting.objects.filter(state=PostingState.PUBLISHED, closes_on__lt=timezone.localdate(now))
    return sum(_close(pk, now=now) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def _close(pk: int, *, now: datetime) -> bool:
    """Close one, unless somebody else has it or it moved on or was prolonged meanwhile."""
    still = Posting.objects.filter(pk=pk, state=PostingState.PUBLISHED, closes_on__lt=timezone.localdate(now))
    posting = still.select_for_update(skip_locked=True).first()
    if posting is None:
        return False
    _move(posting, PostingState.CLOSED, by=None, at=now)
    return True
