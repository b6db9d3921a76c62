"""The preview of a list of members: row by row what would happen, in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from communities.member_lists import problems
from communities.member_lists.columns import LABELS
from communities.member_lists.planning import RowPlan, digest
from communities.models.members import MemberList
from imports.choices import RowOutcome
from partnerships.change_words import words_of
from partnerships.changes import field_label, field_of
from partnerships.choices.programmes import MemberType

_LINK = re.compile(r"link_(\d{1,6})")


@dataclass(frozen=True)
class RowShown:
    """One row of the preview: problems as (is an error, field, sentence), changes as (field, before, after)."""

    plan: RowPlan
    outcome: RowOutcome
    facts: list[str]
    problems: list[tuple[bool, str, str]]
    changes: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Preview:
    """The whole list: its columns as (heading, field or nothing), and how many rows there are of each outcome."""

    rows: list[RowShown]
    columns: list[tuple[str, str]]
    counts: list[tuple[RowOutcome, int]]
    to_write: int
    errors: int
    asked: int
    digest: str


def preview(brought: MemberList, plans: Sequence[RowPlan]) -> Preview:
    counts = Counter(plan.outcome for plan in plans)
    return Preview(
        rows=[_shown(plan) for plan in plans],
        columns=[(heading, str(LABELS.get(key, ""))) for heading, key in brought.columns if heading],
        counts=[(outcome, counts[outcome]) for outcome in RowOutcome if counts[outcome]],
        to_write=sum(plan.is_written for plan in plans),
        errors=counts[RowOutcome.ERROR],
        asked=sum(bool(plan.candidates) for plan in plans),
        digest=digest(plans),
    )


def _shown(plan: RowPlan) -> RowShown:
    return RowShown(
        plan=plan,
        outcome=plan.outcome,
        facts=_facts(plan) if plan.outcome == RowOutcome.NEW else [],
        problems=[
            (problems.is_error(found), problems.field_name(found), problems.sentence(found)) for found in plan.problems
        ],
        changes=[
            (
                field_label(change["model"], change["field"]),
                words_of(field_of(change["model"], change["field"]), change["before"]),
                words_of(field_of(change["model"], change["field"]), change["after"]),
            )
            for change in plan.changes
        ],
    )


def _facts(plan: RowPlan) -> list[str]:
    """A new member in one line."""
    kind, role = plan.fields.get("type"), plan.role
    facts = [
        str(MemberType(kind).label) if kind else "",
        str(role.label) if role else "",
        str(plan.fields.get("province") or ""),
        str(plan.person.get("name", "")),
    ]
    return [fact for fact in facts if fact]


def problem_rows(plans: Sequence[RowPlan]) -> Iterator[list[Any]]:
    for plan in plans:
        for found in plan.problems:
            kind = _("Error") if problems.is_error(found) else _("Hint")
            yield [
                plan.number, plan.name, kind, problems.field_name(found), found["cell"], problems.sentence(found)
            ]  # fmt: skip


def chosen_files(sent: Mapping[str, Any]) -> dict[int, int]:
    """Which similar file a person took, by the row's number; what is no number says nothing."""
    found = {}
    for name, value in sent.items():
        row = _LINK.fullmatch(name)
        if row and str(value).isascii() and str(value).isdecimal() and len(str(value)) < 19:
            found[int(row[1])] = int(value)
    return found
