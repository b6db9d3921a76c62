"""Whether the records behind evidence still hold: all kinds in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import QuerySet, Value
from django.utils.module_loading import import_string

from agreements.choices import EvidenceKind
from agreements.models import CommitmentEvidence
from partnerships.models.agreements import AgreementFile
from partnerships.models.commitments import InvestmentReceipt
from partnerships.models.mentors import MentorAppearance
from partnerships.models.programmes import ProgrammeOutcome
from placements.choices import STANDING, ApplicationState, PostingKind
from placements.models.applications import Application
from placements.models.postings import Posting

Records = Callable[[], QuerySet[Any]]


def postings() -> QuerySet[Posting]:
    """Published once and not taken back."""
    return Posting.objects.filter(state__in=STANDING)


def interns() -> QuerySet[Application]:
    """Students who accepted an internship."""
    return Application.objects.filter(state=ApplicationState.ACCEPTED, posting__kind=PostingKind.INTERNSHIP)


def hires() -> QuerySet[Application]:
    """Students who accepted a job."""
    jobs = (PostingKind.JOB, PostingKind.CAMPUS)
    return Application.objects.filter(state=ApplicationState.ACCEPTED, posting__kind__in=jobs)


HOLD: dict[str, Records] = {
    EvidenceKind.POSTING: postings,
    EvidenceKind.INTERN: interns,
    EvidenceKind.HIRE: hires,
    EvidenceKind.APPEARANCE: MentorAppearance.objects.all,
    EvidenceKind.RECEIPT: InvestmentReceipt.objects.all,
    EvidenceKind.OUTCOME: ProgrammeOutcome.objects.all,
    EvidenceKind.FILE: AgreementFile.objects.all,
}


def _records(kind: str) -> QuerySet[Any]:
    """Those of a kind that hold; apps above say it for what is theirs."""
    here = HOLD.get(kind)
    records: QuerySet[Any] = here() if here else import_string(settings.EVIDENCE_HOLDS[kind])()
    return records


def holding(rows: Iterable[CommitmentEvidence]) -> set[int]:
    """Keys of the rows of evidence that still hold; words alone always do. One query at most."""
    behind: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    held: set[int] = set()
    for row in rows:
        if row.record is None:
            held.add(row.pk)
        else:
            behind[row.kind][row.record].append(row.pk)
    for kind, record in _standing(behind):
        held.update(behind[kind][record])
    return held


def _standing(behind: dict[str, dict[int, list[int]]]) -> Iterable[tuple[str, int]]:
    asked = [_keys(kind, list(records)) for kind, records in behind.items()]
    if not asked:
        return ()
    return asked[0].union(*asked[1:], all=True) if len(asked) > 1 else asked[0]


def _keys(kind: str, records: Collection[int]) -> QuerySet[Any, Any]:
    named = _records(kind).filter(pk__in=records).order_by()
    keys: QuerySet[Any, Any] = named.annotate(of=Value(kind, models.CharField())).values_list("of", "pk")
    return keys
