"""Of what a dashboard is counted: what an address may choose on it, and what there is to choose from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models.people import User
from accounts.models.school import College
from dashboards.board import Board
from reports.asking import scope_asked_for
from reports.figures.scope import Scope
from visits.models.campaigns import Campaign


@dataclass(frozen=True)
class Choice:
    """One field over a dashboard: its name in the address, its words, what there is and what is chosen."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str


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
    found = {"campaign": _campaigns, "college": _colleges}
    return [found[name](board, user, scope) for name in board.choices if name in found]


def _campaigns(board: Board, user: User, scope: Scope) -> Choice:
    whole = [("all", _("The whole school, all years"))]
    rows = [(str(campaign.pk), str(campaign)) for campaign in Campaign.objects.visible_to(user)]
    return Choice("campaign", _("Campaign"), whole + rows, _key(scope.campaign))


def _colleges(board: Board, user: User, scope: Scope) -> Choice:
    whole = [] if board.slug == "college" else [("all", _("The whole school"))]
    rows = [(str(college.pk), str(college)) for college in College.objects.all()]
    return Choice("college", _("College"), whole + rows, _key(scope.college))


def _key(record: Any) -> str:
    return str(record.pk) if record else "all"
