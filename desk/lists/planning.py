"""What the rows of a list would do: new drafts, or what is on file already."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desk.lists.problems import is_error
from imports.choices import RowOutcome
from imports.matching import Match, Matching
from imports.parsing import Parsed
from imports.problems import Problem, problem
from partnerships.models.enterprises import Enterprise
from placements.choices import PostingState
from placements.models.postings import Posting

DAYS = ("starts_on", "ends_on", "closes_on", "answer_by")
LIVING = (PostingState.DRAFT, PostingState.IN_REVIEW, PostingState.PUBLISHED, PostingState.REJECTED)
Key = tuple[object, str, str]


@dataclass
class RowPlan:
    """One row: which enterprise it means, what it would write, and what is wrong with it."""

    number: int
    values: dict[str, Any]
    problems: list[Problem]
    enterprise: Enterprise | None = None
    posting: Posting | None = None
    outcome: RowOutcome = RowOutcome.ERROR

    @property
    def is_written(self) -> bool:
        return self.outcome == RowOutcome.NEW

    @property
    def fields(self) -> dict[str, Any]:
        """What the service sets on the posting, days as days."""
        fields = {
            key: value for key, value in self.values.items() if key not in ("legal_name", "credit_code", "majors")
        }
        for key in DAYS:
            if key in fields:
                fields[key] = date.fromisoformat(fields[key])
        if "province" in fields:
            fields["province_id"] = fields.pop("province")
        return fields


def plan(rows: Sequence[Mapping[str, Any]]) -> list[RowPlan]:
    """One plan for each row, as things are now; the same few queries for any number of rows."""
    plans = [RowPlan(row["number"], dict(row["values"]), list(row["problems"])) for row in rows]
    named = [Parsed({key: each.values.get(key, "") for key in ("legal_name", "credit_code")}) for each in plans]
    for each, match in zip(plans, Matching().find(named), strict=True):
        _say_match(each, match)
    on_file = _postings_of({each.enterprise.pk for each in plans if each.enterprise})
    seen: dict[Key, int] = {}
    for each in plans:
        _settle(each, on_file, seen)
    return plans


def _say_match(each: RowPlan, match: Match) -> None:
    name = each.values.get("legal_name", "")
    each.enterprise = match.file
    others = [candidate["name"] for candidate in match.candidates]
    if match.file is not None or not name:
        return
    if match.problems:
        each.problems.append(problem("credit_code", "other_code", "", match.problems[0]["other"]))
    elif others:
        each.problems.append(problem("legal_name", "perhaps", name, "、".join(others)))
    else:
        each.problems.append(problem("legal_name", "no_file", name))


def _postings_of(enterprises: set[int]) -> dict[Key, Posting]:
    """What is on file and has not ended, by enterprise, kind and title; two queries."""
    rows = Posting.objects.filter(enterprise__in=enterprises, state__in=LIVING).prefetch_related("majors")
    return {(row.enterprise_id, row.kind, row.title.casefold()): row for row in rows.defer("search").order_by("pk")}


def _settle(each: RowPlan, on_file: Mapping[Key, Posting], seen: dict[Key, int]) -> None:
    values = each.values
    if each.enterprise is not None and "title" in values and "kind" in values:
        key: Key = (each.enterprise.pk, values["kind"], values["title"].casefold())
        if key in seen:
            each.problems.append(problem("title", "row_repeated", values["title"], seen[key]))
        seen.setdefault(key, each.number)
        each.posting = on_file.get(key)
    if any(is_error(found) for found in each.problems):
        each.outcome = RowOutcome.ERROR
    elif each.posting is None:
        each.outcome = RowOutcome.NEW
    else:
        differing = _differing(each, each.posting)
        each.outcome = RowOutcome.SKIPPED if differing else RowOutcome.UNCHANGED
        each.problems = [problem("title", "stays", values["title"], ",".join(differing))] if differing else []


def _differing(each: RowPlan, posting: Posting) -> list[str]:
    """Fields in which a row says something else than the posting; a blank cell says nothing."""
    found = [key.removesuffix("_id") for key, value in each.fields.items() if getattr(posting, key) != value]
    majors = {major.pk for major in posting.majors.all()}
    return [*found, "majors"] if "majors" in each.values and set(each.values["majors"]) != majors else found


def digest(plans: Sequence[RowPlan]) -> str:
    """The same for two plans that do the same: what is confirmed is what was shown."""
    told = [
        [each.number, each.outcome.value, each.enterprise.pk if each.enterprise else None, each.problems]
        for each in plans
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
