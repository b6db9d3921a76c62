"""The very rows behind a number, and what the number says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models.school import Major
from placements.choices import ApplicationState
from placements.models.postings import Posting
from placements.selectors import numbers
from placements.selectors.numbers import Scope


@dataclass(frozen=True)
class RowSet:
    """`of` is postings or applications; `wait` names the span that stands beside each row, if there is one."""

    title: str
    of: str
    rows: QuerySet[Any]
    wait: str = ""


def row_set(slug: str, scope: Scope) -> RowSet | None:
    """None for a number that there is not."""
    if slug in _SETS:
        return _SETS[slug](scope)
    what, _sign, which = slug.partition("-")
    if what == "reached" and which in numbers.STAGES:
        return _reached(scope, ApplicationState(which))
    if what == "now" and which in ApplicationState:
        title = _("Applications that are now: %(state)s") % {"state": ApplicationState(which).label}
        return RowSet(title, "applications", _people(numbers.applications(scope).filter(state=which)))
    if what == "major" and which.isascii() and which.isdecimal() and len(which) < 10:
        return _of_major(scope, int(which))
    return None


def _named(rows: QuerySet[Posting]) -> QuerySet[Posting]:
    return rows.select_related("enterprise").defer("description", "search", "enterprise__search").order_by("-pk")


def _people(rows: QuerySet[Any]) -> QuerySet[Any]:
    with_names = rows.select_related("posting__enterprise", "student__student_profile__major")
    return with_names.defer("letter", "snapshot", "posting__description", "posting__search").order_by("-pk")


def _first_applicant(scope: Scope) -> RowSet:
    rows = numbers.with_first_applicant(scope).filter(waited__isnull=False)
    return RowSet(_("Postings that somebody applied to"), "postings", _named(rows), _("Days to the first applicant"))


def _answered(scope: Scope) -> RowSet:
    rows = numbers.with_first_answer(numbers.applications(scope)).filter(waited__isnull=False)
    return RowSet(_("Applications that were answered"), "applications", _people(rows), _("Days to the first answer"))


def _reached(scope: Scope, state: ApplicationState) -> RowSet:
    title = _("Applications that came to: %(state)s") % {"state": state.label}
    return RowSet(title, "applications", _people(numbers.reached(scope, state)), _("Days since it was sent"))


def _of_major(scope: Scope, pk: int) -> RowSet | None:
    major = Major.objects.filter(pk=pk).first()
    if major is None:
        return None
    rows = numbers.naming(major, on=scope.on)
    return RowSet(_("Open postings for %(major)s") % {"major": major}, "postings", _named(rows))


_SETS: dict[str, Callable[[Scope], RowSet]] = {
    "postings": lambda scope: RowSet(_("Published postings"), "postings", _named(numbers.postings(scope))),
    "first-applicant": _first_applicant,
    "none": lambda scope: RowSet(
        _("Postings that nobody applied to"), "postings", _named(numbers.without_applicant(scope))
    ),
    "applications": lambda scope: RowSet(_("Applications"), "applications", _people(numbers.applications(scope))),
    "answered": _answered,
    "unanswered": lambda scope: RowSet(
        _("Owed an answer, and without one"), "applications", _people(numbers.unanswered_past_day(scope))
    ),
}
