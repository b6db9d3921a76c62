"""Correcting a report, calling off what was reported, taking evidence back; after the check with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock, save
from partnerships.changes import Change, compare
from partnerships.choices.timeline import TimelineKind
from visits import rules
from visits.choices import REPORTED, VisitState
from visits.models.campaigns import Campaign
from visits.models.reports import Amendment
from visits.models.results import Evidence
from visits.models.visits import Participant, Visit
from visits.selectors.amendments import Shares, moved_between, shares_of
from visits.services import planning, remarks, telling
from visits.services.presence import Guest
from visits.services.report_rows import IntentionRow, OutcomeRow, report_of, write_intentions, write_outcomes

BY_REPORTER = ("minutes", "feedback", "result_form", "nothing_offered")
BY_OFFICE = ("starts_on", "direction", "medium")


@dataclass(frozen=True)
class Correction:
    """What a report should say. `columns` are fields of the visit; None leaves a part as it is.

    The day, the way of visiting, campaigns and colleges are the office's.
    """

    columns: dict[str, Any]
    outcomes: Sequence[OutcomeRow] | None = None
    intentions: Sequence[IntentionRow] | None = None
    present: Sequence[Participant] | None = None
    also_present: Sequence[Guest] = ()
    campaigns: Sequence[Campaign] | None = None
    colleges: Sequence[Any] | None = None


@dataclass
class _Before:
    """The report and its shares before a change."""

    said: dict[str, Any]
    campaigns: list[Campaign]
    shares: Shares


@transaction.atomic
def correct_report(
    visit: Visit,
    correction: Correction,
    *,
    version: int | None,
    by: User,
    at: datetime,
    reason: str = "",
    answer: str = "",
) -> Visit:
    """Change what a report says; rows of offers that stay keep their number.

    While the report is returned this answers the remark; a word without a change is an answer too. After the check
    a reason is needed and kept with what moved. Raises StaleEdit and RuleBroken.
    """
    visit = lock(visit, version=version)
    returned = visit.returns.filter(answered_at=None).exists()
    rules.can_correct(by, visit, is_returned=returned).or_raise()
    is_checked = visit.state == VisitState.CHECKED
    if is_checked and not reason.strip():
        raise RuleBroken(_("Say why it is changed after the check: the reason is kept."), field="reason")
    before = _before(visit)
    _write(visit, correction, by=by, at=at)
    changes = compare(visit, before.said, report_of(visit))
    if not changes and not (returned and answer.strip()):
        raise RuleBroken(_("Nothing is changed."))
    save(visit)
    if returned:
        remarks.answer(visit, text=answer, by=by, at=at)
    if is_checked:
        _amend(visit, before, changes, reason=reason, by=by, at=at)
    elif changes:
        telling.on_timeline(visit, TimelineKind.VISIT_CHANGED, by=by, at=at, text=answer.strip(), changes=changes)
    return visit


@transaction.atomic
def call_off_reported(visit: Visit, *, reason: str, by: User, at: datetime, version: int | None = None) -> Visit:
    """Say that a reported visit does not count, such as one entered twice; the reason is kept. For the office."""
    visit = lock(visit, version=version)
    rules.can_move(by, visit, VisitState.CANCELLED).or_raise()
    if visit.state not in REPORTED:
        raise RuleBroken(_("There is no report yet: call the visit off as a plan."))
    if not reason.strip():
        raise RuleBroken(_("Say why the visit is called off: the reason is kept."), field="reason")
    was_checked, before = visit.state == VisitState.CHECKED, _before(visit)
    remarks.answer(visit, text="", by=by, at=at)
    planning.move(visit, VisitState.CANCELLED, by=by, at=at, note=reason.strip())
    if was_checked:
        changes = compare(visit, before.said, report_of(visit))
        _amend(visit, before, changes, reason=reason, by=by, at=at)
    return visit


@transaction.atomic
def remove_evidence(evidence: Evidence, *, reason: str = "", by: User, at: datetime) -> None:
    """Take a piece of evidence back; that it was there stays in the history. After the check with a reason."""
    evidence = Evidence.objects.select_for_update(of=("self",)).select_related("visit").get(pk=evidence.pk)
    visit = lock(evidence.visit)
    rules.can_remove_evidence(by, evidence).or_raise()
    is_checked = visit.state == VisitState.CHECKED
    if is_checked and not reason.strip():
        raise RuleBroken(_("Say why it is removed after the check: the reason is kept."), field="reason")
    before = _before(visit)
    evidence.delete()
    changes = compare(visit, before.said, report_of(visit))
    if is_checked:
        _amend(visit, before, changes, reason=reason, by=by, at=at)
    else:
        telling.on_timeline(visit, TimelineKind.VISIT_CHANGED, by=by, at=at, text=reason.strip(), changes=changes)


def _before(visit: Visit) -> _Before:
    campaigns = list(visit.campaigns.all())
    shares = shares_of(visit, campaigns) if visit.state == VisitState.CHECKED else {}
    return _Before(report_of(visit), campaigns, shares)


def _amend(visit: Visit, before: _Before, changes: list[Change], *, reason: str, by: User, at: datetime) -> None:
    """Keep the change with its reason and the figures that it moved, and tell the enterprise's file."""
    after = shares_of(visit, {*before.campaigns, *visit.campaigns.all()})
    Amendment.objects.create(
        visit=visit, reason=reason.strip()[:500], by=by, at=at, changes=changes,
        moved=moved_between(before.shares, after),
    )  # fmt: skip
    telling.on_timeline(visit, TimelineKind.VISIT_AMENDED, by=by, at=at, text=reason.strip()[:300], changes=changes)


def _write(visit: Visit, correction: Correction, *, by: User, at: datetime) -> None:
    _set_columns(visit, correction.columns, by=by, at=at)
    if correction.present is not None:
        there = {person.pk for person in correction.present}
        visit.participants.filter(pk__in=there).update(was_present=True)
        visit.participants.exclude(pk__in=there).update(was_present=False)
    for guest in correction.also_present:
        Participant.objects.create(visit=visit, side=guest.side, name=guest.name, title=guest.title)
    if correction.outcomes is not None:
        write_outcomes(visit, correction.outcomes)
    if correction.intentions is not None:
        write_intentions(visit, correction.intentions)
    if by.is_office and correction.campaigns is not None:
        visit.campaigns.set(correction.campaigns)
    if by.is_office and correction.colleges is not None:
        visit.colleges.set(correction.colleges)


def _set_columns(visit: Visit, columns: dict[str, Any], *, by: User, at: datetime) -> None:
    day = columns.get("starts_on")
    if by.is_office and day is not None and day > timezone.localdate(at):
        raise RuleBroken(_("This visit took place: its day cannot be still ahead."), field="starts_on")
    allowed = BY_REPORTER + (BY_OFFICE if by.is_office else ())
    for name in allowed:
        if name in columns:
            setattr(visit, name, columns[name])
