"""What shows that a promise was kept: records of the portal, files, or words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from agreements.choices import EvidenceKind
from agreements.models import CommitmentEvidence
from agreements.selectors.promises import enterprises_of
from agreements.selectors.sources import Found
from agreements.services.commitments import tell
from core.errors import RuleBroken
from core.saving import lock, save
from partnerships import rules
from partnerships.changes import Change, plain
from partnerships.choices.timeline import TimelineKind
from partnerships.models.commitments import Commitment

Key = tuple[str, int]


@dataclass(frozen=True)
class Counted:
    """A record that shows a promise, and how much of it counts; None counts nothing."""

    found: Found
    number: Decimal | None


@dataclass(frozen=True)
class Words:
    """Evidence that is no record of the portal."""

    text: str
    number: Decimal | None = None
    on: date | None = None


@transaction.atomic
def show_evidence(
    commitment: Commitment,
    *,
    version: int | None = None,
    counted: Sequence[Counted] = (),
    gone: Collection[Key] = (),
    words: Words | None = None,
    by: User,
    at: datetime,
) -> Commitment:
    """Link records (their number may be corrected by linking again), take links away, add words.

    Raises StaleEdit where somebody changed the promise since `version`, RuleBroken for a record of another
    enterprise and for a number that is nothing. A record is linked once.
    """
    commitment = lock(commitment, version=version)
    rules.can_close_promise(by, commitment).or_raise()
    _check(commitment, counted, words)
    before = _said(commitment)
    there = {(row.kind, row.record): row for row in commitment.evidence_rows.all()}
    for each in counted:
        _link(commitment, there.get((each.found.kind, each.found.record)), each, by=by, at=at)
    for key in gone:
        if key in there:
            there[key].delete()
    if words is not None:
        CommitmentEvidence.objects.create(
            commitment=commitment, kind=EvidenceKind.OTHER, text=words.text, number=words.number, on=words.on,
            by=by, at=at,
        )  # fmt: skip
    save(commitment)
    _tell(commitment, before, by=by, at=at)
    return commitment


def _check(commitment: Commitment, counted: Sequence[Counted], words: Words | None) -> None:
    ours = enterprises_of(commitment)
    if any(each.found.enterprise not in ours for each in counted):
        raise RuleBroken(_("This record belongs to another enterprise than the promise."))
    files = [each.found for each in counted if each.found.kind == EvidenceKind.FILE]
    if any(found.agreement != commitment.agreement_id for found in files):
        raise RuleBroken(_("This file belongs to another agreement than the promise."))
    numbers = [each.number for each in counted] + [words.number if words else None]
    if any(number is not None and number <= 0 for number in numbers):
        raise RuleBroken(_("What counts is more than nothing; leave the number empty where it counts nothing."))


def _link(commitment: Commitment, row: CommitmentEvidence | None, counted: Counted, *, by: User, at: datetime) -> None:
    """A new row, or the number of the one that is there."""
    found = counted.found
    if row is None:
        CommitmentEvidence.objects.create(
            commitment=commitment, kind=found.kind, record=found.record, text=found.text[:300], link=found.link,
            number=counted.number, on=found.on, by=by, at=at,
        )  # fmt: skip
    elif row.number != counted.number:
        row.number, row.by, row.at = counted.number, by, at
        row.save()


@transaction.atomic
def remove_evidence(row: CommitmentEvidence, *, by: User, at: datetime) -> Commitment:
    """Take one row away, such as one whose record is gone."""
    commitment = lock(row.commitment)
    rules.can_close_promise(by, commitment).or_raise()
    before = _said(commitment)
    CommitmentEvidence.objects.filter(pk=row.pk).delete()
    save(commitment)
    _tell(commitment, before, by=by, at=at)
    return commitment


def _said(commitment: Commitment) -> list[str]:
    """The evidence as the timeline keeps it: each with its number."""
    rows = CommitmentEvidence.objects.filter(commitment=commitment)
    return [f"{row.text} ({plain(row.number)})" if row.number is not None else row.text for row in rows]


def _tell(commitment: Commitment, before: list[str], *, by: User, at: datetime) -> None:
    after = _said(commitment)
    if after == before:
        return
    change = Change(model="partnerships.Commitment", field="evidence", before=before, after=after)
    kind = TimelineKind.EVIDENCE_ADDED if len(after) > len(before) else TimelineKind.COMMITMENT_CHANGED
    tell(commitment, kind, by=by, at=at, changes=[change])
