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
from notifications.services.notifying import notify
from partnerships.changes import Change, differences, snapshot
from partnerships.choices.timeline import TimelineKind
from partnerships.models.enterprises import Enterprise
from partnerships.services import timeline
from placements import rules
from placements.choices import POSTING_HELD, POSTING_NEXT, PostingSource, PostingState
from placements.models.postings import Posting
from placements.selectors.reviewing import is_trusted, open_holds
from placements.services.posting_rows import PostingRows, set_rows
from placements.services.reviewing import look_at, refuse_held, tell_held

FIELDS = frozenset(
    {
        "kind", "title", "title_en", "description", "description_en", "skills", "headcount", "major_classes",
        "class_of", "level", "province", "city", "address", "mode", "pay_min", "pay_max", "pay_period", "pay_months",
        "pay_negotiable", "starts_on", "ends_on", "days_a_week", "documents", "contact", "contact_shown", "opens_on",
        "closes_on", "answer_by",
    }
)  # fmt: skip
DAYS = ("opens_on", "closes_on", "answer_by", "starts_on", "ends_on")
# One line each: a break in a title would end the subject of a mail.
LINES = frozenset({"title", "title_en", "city", "address"})
ORIGIN = frozenset({"source", "copied_from", "offered_by"})
ROWS = ("languages", "questions")
BY_ENTERPRISE = frozenset({PostingSource.LINK, PostingSource.ACCOUNT})
LOOKED_AT = frozenset({PostingState.IN_REVIEW, PostingState.PUBLISHED})
TOLD_ON_TIMELINE = frozenset({PostingState.PUBLISHED, PostingState.CLOSED, PostingState.FILLED, PostingState.WITHDRAWN})
TOLD_TO_AUTHOR = frozenset({PostingState.PUBLISHED, PostingState.REJECTED})


@transaction.atomic
def draft_posting(
    enterprise: Enterprise,
    *,
    fields: dict[str, Any],
    majors: Iterable[Major] = (),
    rows: PostingRows | None = None,
    by: User | None,
    at: datetime,
    **origin: Any,
) -> Posting:
    """A new posting of an enterprise, not yet seen by students; `origin` says where it came from (see ORIGIN).

    `by` is nobody where the enterprise writes it itself; `offered_by` is then its contact, if that person is on file.
    Raises ValidationError for what cannot be, and RuleBroken for a contact of another enterprise.
    """
    if by is not None:
        rules.can_draft(by).or_raise()
    posting = Posting(enterprise=enterprise, created_by=by)
    _fill(posting, fields)
    _fill(posting, origin, known=ORIGIN)
    posting.full_clean()
    posting.save()
    posting.majors.set(majors)
    if rows is not None:
        set_rows(posting, rows)
    return posting


def change_posting(
    posting: Posting,
    *,
    version: int,
    fields: dict[str, Any],
    majors: Iterable[Major],
    rows: PostingRows | None = None,
    by: User,
    at: datetime,
) -> Posting:
    """Change what it says, and look at it again. Raises StaleEdit when it is not at this version any more.

    What is published and now held goes back to review; what waits in review and is mended may pass by itself.
    """
    with transaction.atomic():
        posting = lock(posting, version=version)
        rules.can_change(by, posting).or_raise()
        before = snapshot(posting, [*fields, "majors", *ROWS])
        _fill(posting, fields)
        save(posting)
        posting.majors.set(majors)
        if rows is not None:
            set_rows(posting, rows)
        _tell(posting, TimelineKind.POSTING_CHANGED, differences(posting, before), by=by, at=at)
        return _look_again(posting, by=by, at=at)


@transaction.atomic
def rewrite_offer(
    posting: Posting, *, version: int, fields: dict[str, Any], majors: Iterable[Major], rows: PostingRows, at: datetime
) -> tuple[Posting, list[Change]]:
    """What the enterprise wrote itself and got back, written anew and sent to review; and what that changed.

    Raises StaleEdit when it is not at this version any more, PermissionDenied for what is not theirs to write.
    """
    posting = lock(posting, version=version)
    if posting.state != PostingState.DRAFT or posting.source not in BY_ENTERPRISE:
        raise PermissionDenied
    before = snapshot(posting, [*fields, "majors", *ROWS])
    _fill(posting, fields)
    save(posting)
    posting.majors.set(majors)
    set_rows(posting, rows)
    return move_posting(posting, PostingState.IN_REVIEW, by=None, at=at), differences(posting, before)


def _look_again(posting: Posting, *, by: User, at: datetime) -> Posting:
    """After a change: hold what must be held, and let pass what holds no more."""
    if posting.state not in LOOKED_AT:
        return posting
    holds = look_at(posting, at=at)
    if posting.state == PostingState.PUBLISHED and holds:
        posting = _move(posting, PostingState.IN_REVIEW, by=None, at=at)
        tell_held(posting, holds, by=by, at=at)
    elif posting.state == PostingState.IN_REVIEW and not holds:
        posting = _pass_trusted(posting, at=at)
    return posting


def _pass_trusted(posting: Posting, *, at: datetime) -> Posting:
    """Publish what a trusted enterprise offers; its closing day must be ahead as for everybody."""
    today = timezone.localdate(at)
    if posting.closes_on >= today and is_trusted(posting.enterprise, on=today):
        return _move(posting, PostingState.PUBLISHED, by=None, at=at)
    return posting


def _tell(
    posting: Posting, kind: TimelineKind, changes: list[Change], *, by: User | None, at: datetime, detail: str = ""
) -> None:
    link = reverse("placements:posting", args=[posting.pk])
    timeline.record_changes(
        posting.enterprise, kind, changes, by=by, at=at, text=posting.title, detail=detail, link=link
    )


def _fill(posting: Posting, fields: dict[str, Any], *, known: frozenset[str] = FIELDS) -> None:
    unknown = fields.keys() - known
    if unknown:
        raise TypeError(f"A posting has no {', '.join(sorted(unknown))} to set.")
    for name, value in fields.items():
        setattr(posting, name, " ".join(value.split()) if name in LINES else value)
    if posting.contact and posting.contact.enterprise_id != posting.enterprise_id:
        raise RuleBroken(_("This contact is with another enterprise."), field="contact")


def move_posting(
    posting: Posting, to: PostingState, *, by: User | None, at: datetime, reason: str = "", version: int | None = None
) -> Posting:
    """Move it to its next state; a rejection needs a reason, publishing a closing day ahead and no hold.

    What is sent to review is looked at by the rules, and passes by itself where the enterprise is trusted.
    `by` is nobody where an enterprise sends what it wrote itself to review.
    """
    _refuse_who_may_not(by, posting, to)
    if to == PostingState.PUBLISHED and posting.state == PostingState.IN_REVIEW:
        look_at(posting, at=at)  # a transaction of its own: what it finds stays, though the step is refused
    with transaction.atomic():
        posting = lock(posting, version=version)
        _refuse_who_may_not(by, posting, to)
        _check_step(posting, to, reason=reason, at=at)
        posting = _move(posting, to, by=by, at=at, reason=reason.strip())
        return _sent_to_review(posting, by=by, at=at) if to == PostingState.IN_REVIEW else posting


def _refuse_who_may_not(by: User | None, posting: Posting, to: PostingState) -> None:
    if by is not None:
        rules.can_move(by, posting, to).or_raise()
    elif (posting.state, to) != (PostingState.DRAFT, PostingState.IN_REVIEW):
        raise PermissionDenied


def _check_step(posting: Posting, to: PostingState, *, reason: str, at: datetime) -> None:
    if to == PostingState.REJECTED and not reason.strip():
        raise RuleBroken(_("Say why the posting is rejected: its author reads it."))
    is_returned = (posting.state, to) == (PostingState.IN_REVIEW, PostingState.DRAFT)
    if is_returned and posting.source in BY_ENTERPRISE and not reason.strip():
        raise RuleBroken(_("Say what the enterprise should correct: it reads the reason."))
    if to == PostingState.PUBLISHED and posting.closes_on < timezone.localdate(at):
        raise RuleBroken(_("The closing day has passed. Set a later one before publishing."))
    if to == PostingState.PUBLISHED and posting.state == PostingState.IN_REVIEW:
        refuse_held(open_holds(posting))


def _sent_to_review(posting: Posting, *, by: User | None, at: datetime) -> Posting:
    holds = look_at(posting, at=at)
    if holds:
        tell_held(posting, holds, by=by, at=at)
        return posting
    return _pass_trusted(posting, at=at)


def _move(posting: Posting, to: PostingState, *, by: User | None, at: datetime, reason: str = "") -> Posting:
    now = PostingState(posting.state)
    following = POSTING_NEXT[now] if by else POSTING_NEXT[now] | POSTING_HELD.get(now, frozenset())
    if to not in following:
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
