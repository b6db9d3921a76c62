"""What came of a visit: its report, intentions, evidence, and follow-ups until they are closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models.people import User
from accounts.models.school import Facility, Major
from agreements.services.commitments import promise
from core.errors import RuleBroken, StaleEdit
from core.saving import lock, save
from partnerships.changes import differences, snapshot
from partnerships.choices.agreements import CommitmentKind, Side
from partnerships.choices.timeline import TimelineKind
from visits import rules
from visits.choices import AHEAD, REPORTED, EvidenceKind, FollowUpState, IntentionKind, IntentionState, VisitState
from visits.models.results import Evidence, FollowUp, Intention, Outcome
from visits.models.visits import Participant, Visit
from visits.services import planning, telling


@dataclass(frozen=True)
class OutcomeLine:
    """What the enterprise offers for one major; pay in yuan a month."""

    major: Major
    posts: int = 0
    post_pay: int | None = None
    internships: int = 0
    internship_pay: int | None = None


@dataclass(frozen=True)
class PromiseLine:
    """What one side promised at the visit."""

    side: Side
    kind: CommitmentKind
    description: str
    number: Decimal | int | None = None
    unit: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class FollowUpLine:
    """What is to be done after the visit, by whom and until when."""

    what: str
    owner: User
    due_on: date


@dataclass(frozen=True)
class IntentionLine:
    """What both sides mean to do."""

    kind: IntentionKind
    name: str
    terms: str = ""
    class_of: int | None = None
    state: IntentionState = IntentionState.INTENDED


@dataclass(frozen=True)
class Guest:
    """Somebody who was there without having been planned."""

    side: Side
    name: str
    title: str = ""


@transaction.atomic
def report_visit(
    visit: Visit,
    *,
    by: User,
    at: datetime,
    version: int | None = None,
    minutes: str,
    feedback: str = "",
    present: Iterable[Participant] | None = None,
    also_present: Sequence[Guest] = (),
    outcomes: Sequence[OutcomeLine],
    commitments: Sequence[PromiseLine],
    follow_up: FollowUpLine | None,
    demand_report: File[bytes] | None = None,
    photo: File[bytes] | None = None,
    places_shown: Iterable[Facility] = (),
    intentions: Sequence[IntentionLine] = (),
) -> Visit:
    """Write the report of a visit; everything of it or nothing.

    A visit that nobody marked as held becomes held first, if its day has come. `present` None leaves
    everyone who was planned as present. Raises RuleBroken where it is reported already, StaleEdit where
    somebody changed the visit since `version`.
    """
    visit = _begin(visit, version, by=by, at=at)
    visit.minutes, visit.feedback = minutes, feedback
    visit.reported_at, visit.reported_by = at, by
    planning.move(visit, VisitState.REPORTED, by=by, at=at, kind=TimelineKind.VISIT_REPORTED)
    _note_presence(visit, present, also_present, by=by)
    _write_outcomes(visit, outcomes)
    for line in commitments:
        visit.commitments.add(promise(visit.enterprise, **vars(line), by=by, at=at))
    for intended in intentions:
        Intention.objects.create(visit=visit, **vars(intended))
    visit.places_shown.add(*places_shown)
    if follow_up is not None:
        _follow_up(visit, follow_up, by=by, at=at)
    _file_papers(visit, {EvidenceKind.TALENT_DEMAND_REPORT: demand_report, EvidenceKind.PHOTO: photo}, by=by)
    return visit


def _begin(visit: Visit, version: int | None, *, by: User, at: datetime) -> Visit:
    """The locked visit, held; says who was first where two report at once."""
    visit = lock(visit)
    rules.can_report(by, visit).or_raise()
    if visit.state in REPORTED:
        when = timezone.localtime(visit.reported_at or at)
        raise RuleBroken(
            _("%(name)s reported this visit already, on %(day)s at %(time)s.")
            % {"name": visit.reported_by, "day": date_format(when), "time": f"{when:%H:%M}"}
        )
    if version is not None and visit.version != version:
        raise StaleEdit
    if visit.state in AHEAD:
        planning.move(visit, VisitState.HELD, by=by, at=at)
    return visit


def _note_presence(
    visit: Visit, present: Iterable[Participant] | None, also_present: Sequence[Guest], *, by: User
) -> None:
    if present is not None:
        there = {person.pk for person in present}
        visit.participants.filter(pk__in=there).update(was_present=True)
        visit.participants.exclude(pk__in=there).update(was_present=False)
    for guest in also_present:
        planning.add_participant(visit, side=guest.side, name=guest.name, title=guest.title, by=by)


def _write_outcomes(visit: Visit, lines: Sequence[OutcomeLine]) -> None:
    if len({line.major for line in lines}) < len(lines):
        raise RuleBroken(_("Each major stands in one row only."))
    for line in lines:
        outcome = Outcome(visit=visit, **vars(line))
        outcome.full_clean()
        outcome.save()


def _follow_up(visit: Visit, line: FollowUpLine, *, by: User, at: datetime) -> FollowUp:
    if visit.starts_on and line.due_on < visit.starts_on:
        raise RuleBroken(_("The follow-up is due before the visit took place."))
    follow_up = FollowUp(visit=visit, what=line.what, owner=line.owner, due_on=line.due_on, version=0)
    save(follow_up)
    telling.tell_owner(follow_up, by=by, at=at)
    return follow_up


def _file_papers(visit: Visit, papers: dict[EvidenceKind, File[bytes] | None], *, by: User) -> None:
    for kind, file in papers.items():
        if file is not None:
            _file(visit, kind=kind, name="", by=by, file=file, dated_on=visit.starts_on)


@transaction.atomic
def add_intention(
    visit: Visit,
    *,
    kind: IntentionKind,
    name: str,
    terms: str = "",
    class_of: int | None = None,
    state: IntentionState = IntentionState.INTENDED,
    by: User,
    at: datetime,
) -> Intention:
    """Note what both sides mean to do, or agreed to."""
    rules.can_report(by, visit).or_raise()
    intention = Intention(visit=visit, kind=kind, name=name, terms=terms, class_of=class_of, state=state)
    intention.full_clean()
    intention.save()
    return intention


@transaction.atomic
def add_evidence(
    visit: Visit,
    *,
    kind: EvidenceKind,
    name: str,
    by: User,
    at: datetime,
    file: File[bytes] | None = None,
    url: str = "",
    dated_on: date | None = None,
) -> Evidence:
    """File what shows that and how a visit took place; an account of the past may name it only."""
    rules.can_add_evidence(by, visit).or_raise()
    if visit.state == VisitState.CANCELLED:
        raise RuleBroken(_("A visit that was called off has no evidence."))
    return _file(visit, kind=kind, name=name, by=by, file=file, url=url, dated_on=dated_on)


def _file(visit: Visit, *, kind: EvidenceKind, name: str, by: User, file: File[bytes] | None, **more: Any) -> Evidence:
    """The file keeps the name it was sent under; a name given tells what it is."""
    sent = PurePath(file.name or "").name if file is not None else ""
    evidence = Evidence(visit=visit, kind=kind, name=(name or sent)[:200], added_by=by, **more)
    if file is not None:
        evidence.file.save(sent, file, save=False)
    evidence.full_clean()
    evidence.save()
    return evidence


@transaction.atomic
def close_follow_up(
    follow_up: FollowUp, *, state: FollowUpState, result: str, by: User, at: datetime, version: int | None = None
) -> FollowUp:
    """Say what became of a follow-up. Raises RuleBroken where it is closed already, or without a result."""
    follow_up = lock(follow_up)
    rules.can_close_follow_up(by, follow_up).or_raise()
    if follow_up.state != FollowUpState.OPEN:
        raise RuleBroken(_("This follow-up is closed already: %(result)s") % {"result": follow_up.result})
    if version is not None and follow_up.version != version:
        raise StaleEdit
    if state == FollowUpState.OPEN or not result.strip():
        raise RuleBroken(_("Say what became of it."))
    before = snapshot(follow_up, ["state", "result"])
    follow_up.state, follow_up.result, follow_up.closed_at = state, result.strip(), at
    save(follow_up)
    telling.on_timeline(
        follow_up.visit, TimelineKind.FOLLOW_UP_DONE, by=by, at=at, text=follow_up.what, detail=str(follow_up.state),
        changes=differences(follow_up, before),
    )  # fmt: skip
    return follow_up
