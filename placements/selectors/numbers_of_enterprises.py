"""How enterprises deal with applications, one line each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from partnerships.models.enterprises import Enterprise
from placements.choices import ApplicationState
from placements.selectors.medians import Median, in_days
from placements.selectors.numbers import Scope, Wait, applications, postings, with_first_answer
from placements.selectors.postings import ResponseRate


@dataclass(frozen=True)
class Line:
    """One enterprise: what it offered, how many applied, how it answers, how many it took."""

    enterprise: Enterprise
    postings: int
    applications: int
    rate: ResponseRate
    to_first_answer: Wait
    accepted: int


def lines(scope: Scope, *, most: int | None = None) -> list[Line]:
    """The enterprises with most applications first; three queries."""
    offered: dict[int, int] = dict(postings(scope).order_by().values_list("enterprise").annotate(number=Count("pk")))
    counts = {row["posting__enterprise"]: row for row in _counts(scope)}
    ranked = sorted(offered, key=lambda pk: (-counts.get(pk, {}).get("number", 0), -offered[pk], pk))[:most]
    named = Enterprise.objects.defer("about", "search").in_bulk(ranked)
    return [_line(named[pk], offered[pk], counts.get(pk, {})) for pk in ranked]


def _counts(scope: Scope) -> Any:
    owed = Q(posting__answer_by__lte=scope.on) & ~Q(state=ApplicationState.WITHDRAWN)
    rows = with_first_answer(applications(scope)).order_by()
    return rows.values("posting__enterprise").annotate(
        number=Count("pk"),
        median=Median("waited"),
        answered=Count("waited"),
        due=Count("pk", filter=Q(waited__isnull=False) | owed | Q(state=ApplicationState.NO_REPLY)),
        accepted=Count("pk", filter=Q(state=ApplicationState.ACCEPTED)),
    )


def _line(enterprise: Enterprise, offered: int, counts: dict[str, Any]) -> Line:
    answered = counts.get("answered", 0)
    return Line(
        enterprise=enterprise,
        postings=offered,
        applications=counts.get("number", 0),
        rate=ResponseRate(answered=answered, due=counts.get("due", 0)),
        to_first_answer=Wait(in_days(counts.get("median")), answered),
        accepted=counts.get("accepted", 0),
    )
