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
from django.utils.translation import gettext as _

from accounts.models.people import User
from accounts.models.school import Facility, Major
from agreements.services.commitments import promise
from core.errors import RuleBroken, StaleEdit
from core.saving import lock, save
from core.uploads import fingerprint
from partnerships.changes import differences, snapshot
from partnerships.choices.agreements import CommitmentKind, Side
from partnerships.choices.timeline import TimelineKind
from visits import rules
from visits.choices import (
    AHEAD,
    REPORTED,
    EvidenceKind,
    FollowUpState,
    IntentionKind,
    IntentionState,
    TopicKind,
    VisitState,
)
from visits.models.results import Evidence, FollowUp, Intention, Outcome
from visits.models.visits import Participant, ResultForm, Visit
from visits.services import drafts, planning, plans, presence, telling
from visits.services.presence import Guest


@dataclass(frozen=True)
class OutcomeLine:
    """What the enterprise offers for one major; pay in yuan a month."""

    major: Major
    posts: int = 0
    post_pay: int | None = None
    internships: int = 0
    internship_pay: int | None = None
    average_pay: int | None = None
    graduates: int | None = None


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


@transaction.atomic
def report_visit(
    visit: Visit,
    *,
    by: User,
    at: datetime,
    version: int | None = None,
    revision: int | None = None,
    minutes: str,
    feedback: str = "",
    result_form: ResultForm | None = None,
    nothing_offered: str = "",
    topics: Sequence[str] = (),
    present: Iterable[Participant] | None = None,
    also_present: Sequence[Guest] = (),
    outcomes: Sequence[OutcomeLine],
    commitments: Sequence[PromiseLine],
    follow_ups: Sequence[FollowUpLine] = (),
    demand_report: File[bytes] | None = None,
    places_shown: Iterable[Facility] = (),
    intentions: Sequence[IntentionLine] = (),
) -> Visit:
    """Write the report of a visit, and what waits as its draft; everything of it or nothing.

    A visit that nobody marked as held becomes held first, if its day has come. `present` None leaves
    everyone who was planned as present. Raises RuleBroken where it is reported already, StaleEdit where
    somebody changed the visit since `version`, DraftMovedOn where the draft was saved since `revision`.
    """
    visit = _begin(visit, version, by=by, at=at)
    drafts.check_revision(visit, revision)
    visit.minutes, visit.feedback = minutes, feedback
    visit.result_form, visit.nothing_offered = result_form, nothing_offered
    _sign(visit, by=by, at=at)
    presence.note(visit, present, also_present, by=by)
    plans.write_topics(visit, TopicKind.SPOKEN, topics)
    _write_outcomes(visit, outcomes)
    _write_agreed(visit, commitments, intentions, by=by, at=at)
    visit.places_shown.add(*places_shown)
    _write_follow_ups(visit, follow_ups, by=by, at=at)
    _file_papers(visit, demand_report, by=by)
    return visit


def _begin(visit: Visit, version: int | None, *, by: User, at: datetime) -> Visit:
    """The locked visit, held; says who was first where two report at once."""
    visit = lock(visit)
    rules.can_report(by, visit).or_raise()
    if visit.state in REPORTED:
        drafts.refuse_if_over(visit, at=at)
    if version is not None and visit.version != version:
        raise StaleEdit
    if visit.state in AHEAD:
        planning.move(visit, VisitState.HELD, by=by, at=at)
    return visit


def _sign(visit: Visit, *, by: User, at: datetime) -> None:
    """Who reported, and for whom where somebody else leads; both names stay."""
    before = snapshot(visit, ["reported_for"])
    visit.reported_at, visit.reported_by, visit.reported_for = at, by, rules.written_for(by, visit)
    both = differences(visit, before)
    planning.move(visit, VisitState.REPORTED, by=by, at=at, kind=TimelineKind.VISIT_REPORTED, also=both)


def _write_agreed(
    visit: Visit, promised: Sequence[PromiseLine], intended: Sequence[IntentionLine], *, by: User, at: datetime
) -> None:
    for line in promised:
        visit.commitments.add(promise(visit.enterprise, **vars(line), by=by, at=at))
    for intention in intended:
        Intention.objects.create(visit=visit, **vars(intention))


def _write_outcomes(visit: Visit, lines: Sequence[OutcomeLine]) -> None:
    if len({line.major for line in lines}) < len(lines):
        raise RuleBroken(_("Each major stands in one row only."))
    for line in lines:
        outcome = Outcome(visit=visit, **vars(line))
        outcome.full_clean()
        outcome.save()


def _write_follow_ups(visit: Visit, lines: Sequence[FollowUpLine], *, by: User, at: datetime) -> None:
    for line in lines:
        if visit.starts_on and line.due_on < visit.starts_on:
            raise RuleBroken(_("The follow-up is due before the visit took place."))
        follow_up = FollowUp(visit=visit, what=line.what, owner=line.owner, due_on=line.due_on, version=0)
        save(follow_up)
        telling.tell_owner(follow_up, by=by, at=at)


def _file_papers(visit: Visit, demand_report: File[bytes] | None, *, by: User) -> None:
    """The demand report, and the photos that waited as part of the draft."""
    if demand_report is not None:
        kind = EvidenceKind.TALENT_DEMAND_REPORT
        _file(visit, kind=kind, name="", by=by, file=demand_report, dated_on=visit.starts_on)
    for photo in drafts.photos_of(visit):
        with photo.file.open() as content:
            _file(
                visit, kind=EvidenceKind.PHOTO, name=photo.name, by=photo.added_by, file=content,
                dated_on=visit.starts_on,
            )  # fmt: skip
    drafts.forget(visit)


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
        evidence.sha256 = fingerprint(file)
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
