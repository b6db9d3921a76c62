"""Follow-ups between their first day and their end: noted at any time, handed on, moved, opened again."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock, save
from partnerships.changes import differences, snapshot
from partnerships.choices.timeline import TimelineKind
from visits import rules
from visits.choices import TOOK_PLACE, FollowUpState
from visits.models.results import FollowUp
from visits.models.visits import Visit
from visits.services import telling

FIELDS = ["what", "owner", "due_on", "state", "result"]


@transaction.atomic
def add_follow_up(visit: Visit, *, what: str, owner: User, due_on: date, by: User, at: datetime) -> FollowUp:
    """Note what is to be done after a visit; its owner hears of it.

    Raises RuleBroken for a visit that has not taken place, a day that has passed, an owner who has left.
    """
    rules.can_follow_up(by, visit).or_raise()
    if visit.state not in TOOK_PLACE:
        raise RuleBroken(_("Follow-ups are noted once the visit has taken place."))
    _check_owner(owner)
    _check_day(visit, due_on, at=at)
    follow_up = FollowUp(visit=visit, what=what.strip(), owner=owner, due_on=due_on, version=0)
    save(follow_up)
    telling.tell_owner(follow_up, by=by, at=at)
    return follow_up


@transaction.atomic
def change_follow_up(
    follow_up: FollowUp,
    *,
    version: int | None,
    what: str,
    owner: User,
    due_on: date,
    word: str = "",
    by: User,
    at: datetime,
) -> FollowUp:
    """Say it better, hand it to somebody else, or move its day; the last two need a word that says why.

    A new owner is told with the word. Raises StaleEdit and RuleBroken.
    """
    follow_up = lock(follow_up, version=version)
    rules.can_close_follow_up(by, follow_up).or_raise()
    if follow_up.state != FollowUpState.OPEN:
        raise RuleBroken(_("This follow-up is closed already: %(result)s") % {"result": follow_up.result})
    before, word = snapshot(follow_up, FIELDS), word.strip()
    is_handed_on, is_moved = owner.pk != follow_up.owner_id, due_on != follow_up.due_on
    if (is_handed_on or is_moved) and not word:
        raise RuleBroken(_("Say in a word why it is handed on or moved."), field="word")
    if is_handed_on:
        _check_owner(owner)
    if is_moved:
        _check_day(follow_up.visit, due_on, at=at)
    follow_up.what, follow_up.owner, follow_up.due_on = what.strip(), owner, due_on
    _keep(follow_up, before, word, by=by, at=at)
    if is_handed_on:
        telling.tell_owner(follow_up, by=by, at=at, word=word)
    return follow_up


@transaction.atomic
def reopen_follow_up(
    follow_up: FollowUp, *, version: int | None, owner: User, due_on: date, word: str, by: User, at: datetime
) -> FollowUp:
    """Open a closed follow-up again, with a new day and the reason; its owner is told."""
    follow_up = lock(follow_up, version=version)
    rules.can_close_follow_up(by, follow_up).or_raise()
    if follow_up.state == FollowUpState.OPEN:
        raise RuleBroken(_("This follow-up is open."))
    if not word.strip():
        raise RuleBroken(_("Say why it is opened again."), field="word")
    _check_owner(owner)
    _check_day(follow_up.visit, due_on, at=at)
    before = snapshot(follow_up, FIELDS)
    follow_up.state, follow_up.result, follow_up.closed_at = FollowUpState.OPEN, "", None
    follow_up.owner, follow_up.due_on = owner, due_on
    _keep(follow_up, before, word.strip(), by=by, at=at)
    telling.tell_owner(follow_up, by=by, at=at, word=word.strip())
    return follow_up


def _keep(follow_up: FollowUp, before: dict[str, object], word: str, *, by: User, at: datetime) -> None:
    """Save, and tell the file of the enterprise what became different and why."""
    changes = differences(follow_up, before)
    save(follow_up)
    if changes:
        text = f"{follow_up.what} · {word}" if word else follow_up.what
        telling.on_timeline(follow_up.visit, TimelineKind.VISIT_CHANGED, by=by, at=at, text=text[:300], changes=changes)


def _check_owner(owner: User) -> None:
    if not owner.is_active or not owner.is_school_staff:
        raise RuleBroken(
            _("%(name)s cannot see to it: choose a colleague who is here.") % {"name": owner}, field="owner"
        )


def _check_day(visit: Visit, due_on: date, *, at: datetime) -> None:
    if visit.starts_on and due_on < visit.starts_on:
        raise RuleBroken(_("The follow-up is due before the visit took place."), field="due_on")
    if due_on < timezone.localdate(at):
        raise RuleBroken(_("This day has passed."), field="due_on")
