"""Pairs of files that may be of one enterprise, and merges, as their pages show them."""

from __future__ import annotations

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from partnerships.choices.enterprises import MatchKind, SuspectState
from partnerships.models.duplicates import Merge, Suspect
from partnerships.models.enterprises import Enterprise

SURENESS = Case(
    *[When(kind=kind, then=Value(place)) for place, kind in enumerate(MatchKind)], output_field=IntegerField()
)
SHOWN = ("province", "region", "industry", "owner")


def suspect_list(state: SuspectState, *, of: int | None = None) -> QuerySet[Suspect]:
    """Pairs of current files in a state, the surest first; `of` only those of one file."""
    both = Q(first__archived_at=None, second__archived_at=None)
    rows = Suspect.objects.filter(both, state=state).select_related("decided_by")
    if of is not None:
        rows = rows.filter(Q(first=of) | Q(second=of))
    names = [f"{side}__{name}" for side in ("first", "second") for name in SHOWN]
    return rows.select_related("first", "second", *names).order_by(SURENESS, "-likeness", "pk")


def is_suspected() -> Exists:
    """Whether a file is in an open pair; for an annotation of files."""
    pairs = Suspect.objects.filter(
        Q(first=OuterRef("pk"), second__archived_at=None) | Q(second=OuterRef("pk"), first__archived_at=None)
    )
    return Exists(pairs.filter(state=SuspectState.OPEN))


def to_compare() -> int:
    """How many current files have a name that duplicates were not looked for by yet."""
    return Enterprise.objects.uncompared().count()


def merge_of(one: int, other: int) -> Merge | None:
    """The merge that stands between two files, whichever of them was kept."""
    return Merge.objects.filter(Q(kept=one, gone=other) | Q(kept=other, gone=one), undone_at=None).first()


def merges() -> QuerySet[Merge]:
    """Merges with the files and people that they name."""
    return Merge.objects.select_related("kept", "gone", "by", "undone_by")
