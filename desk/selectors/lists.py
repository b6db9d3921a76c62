"""The preview of a list of postings: row by row what would happen, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from desk.lists import problems
from desk.lists.columns import LABELS
from desk.lists.planning import RowPlan, digest
from desk.models.lists import PostingList
from imports.choices import RowOutcome
from placements.choices import PostingKind


@dataclass(frozen=True)
class RowShown:
    """One row; problems as (is an error, field, sentence)."""

    plan: RowPlan
    kind: str
    problems: list[tuple[bool, str, str]]


@dataclass(frozen=True)
class Preview:
    """The whole list: its columns as (heading, field or nothing), and how many rows there are of each outcome."""

    rows: list[RowShown]
    columns: list[tuple[str, str]]
    counts: list[tuple[RowOutcome, int]]
    to_write: int
    errors: int
    digest: str


def preview(brought: PostingList, plans: Sequence[RowPlan]) -> Preview:
    counts = Counter(each.outcome for each in plans)
    return Preview(
        rows=[_shown(each) for each in plans],
        columns=[(heading, str(LABELS.get(key, ""))) for heading, key in brought.columns if heading],
        counts=[(outcome, counts[outcome]) for outcome in RowOutcome if counts[outcome]],
        to_write=counts[RowOutcome.NEW],
        errors=counts[RowOutcome.ERROR],
        digest=digest(plans),
    )


def _shown(each: RowPlan) -> RowShown:
    kind = each.values.get("kind")
    return RowShown(
        plan=each,
        kind=str(PostingKind(kind).label) if kind else "",
        problems=[
            (problems.is_error(found), problems.field_name(found), problems.sentence(found)) for found in each.problems
        ],
    )


def problem_rows(plans: Sequence[RowPlan], error: str, hint: str) -> Iterator[list[Any]]:
    """A line for everything that was said of a row."""
    for each in plans:
        for found in each.problems:
            kind, name = error if problems.is_error(found) else hint, each.values.get("legal_name", "")
            yield [each.number, name, kind, problems.field_name(found), found["cell"], problems.sentence(found)]


def lists() -> QuerySet[PostingList]:
    """The lists of the last time, newest first."""
    rows = PostingList.objects.select_related("by").defer("rows", "columns")
    return rows.annotate(kept=Count("postings")).order_by("-at", "-pk")  # counting drops the order of the table
