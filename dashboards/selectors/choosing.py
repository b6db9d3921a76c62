"""Of what a dashboard is counted: what an address may choose on it, and what there is to choose from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models.people import User
from accounts.models.school import College
from dashboards.board import Board
from partnerships.selectors.demand import classes
from reports.asking import scope_asked_for
from reports.figures.scope import WINDOWS, Scope
from visits.models.campaigns import Campaign


@dataclass(frozen=True)
class Choice:
    """One field over a dashboard: its name in the address, its words, what there is and what is chosen."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str
    is_day: bool = False


def chosen_scope(board: Board, user: User, query: QueryDict) -> Scope:
    """The words of the address that the dashboard reads, and no others; without a choice its first."""
    kept = QueryDict(mutable=True)
    for name in board.choices:
        kept.setlist(name, query.getlist(name))
    scope = scope_asked_for(user, kept)
    if "college" in board.choices and scope.college is None and query.get("college") != "all":
        scope = replace(scope, college=_first_college(board, user))
    if "campaign" in board.choices and scope.campaign is None and query.get("campaign") != "all":
        scope = replace(scope, campaign=Campaign.objects.visible_to(user).running(scope.on).first())
    return scope


def _first_college(board: Board, user: User) -> College | None:
    """One's own; else the first where the dashboard is of one college."""
    own = College.objects.filter(pk__in=user.college_ids).first()
    return own or (College.objects.first() if board.slug == "college" else None)


def choices(board: Board, user: User, scope: Scope) -> list[Choice]:
    """A query for each choice."""
    found: dict[str, Callable[[Board, User, Scope], Choice]] = {
        "campaign": _campaigns,
        "college": _colleges,
        "class_of": _classes,
        "window": _windows,
        "since": lambda board, user, scope: _day("since", _("From"), scope.since),
        "until": lambda board, user, scope: _day("until", _("Until"), scope.until),
    }
    return [found[name](board, user, scope) for name in board.choices if name in found]


def _campaigns(board: Board, user: User, scope: Scope) -> Choice:
    whole = [("all", _("The whole school, all years"))]
    rows = [(str(campaign.pk), str(campaign)) for campaign in Campaign.objects.visible_to(user)]
    return Choice("campaign", _("Campaign"), whole + rows, _key(scope.campaign))


def _colleges(board: Board, user: User, scope: Scope) -> Choice:
    whole = [] if board.slug == "college" else [("all", _("The whole school"))]
    rows = [(str(college.pk), str(college)) for college in College.objects.all()]
    return Choice("college", _("College"), whole + rows, _key(scope.college))


def _classes(board: Board, user: User, scope: Scope) -> Choice:
    rows = [(str(year), str(year)) for year in classes()]
    return Choice("class_of", _("Graduating class"), [("", _("All classes")), *rows], str(scope.class_of or ""))


def _windows(board: Board, user: User, scope: Scope) -> Choice:
    """The last so many months, up to today."""
    words = {number: ngettext("%(count)s month", "%(count)s months", number) for number in WINDOWS}
    rows = [(str(number), word % {"count": number}) for number, word in words.items()]
    return Choice("window", _("Window"), rows, str(scope.months))


def _day(name: str, label: str, day: date | None) -> Choice:
    return Choice(name, label, [], day.isoformat() if day else "", is_day=True)


def _key(record: Any) -> str:
    return str(record.pk) if record else "all"
