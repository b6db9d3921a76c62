"""What the pages of applications need, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from accounts.models.people import User
from placements import rules
from placements.choices import APPLICATION_NEXT, ApplicationState
from placements.models.applications import Application, ApplicationMove, ApplicationQuerySet
from placements.selectors.postings import Step

PATH = (
    ApplicationState.SUBMITTED,
    ApplicationState.SEEN,
    ApplicationState.SHORTLISTED,
    ApplicationState.INTERVIEW,
    ApplicationState.OFFERED,
    ApplicationState.ACCEPTED,
)


def application_list(user: User, wanted: dict[str, Any]) -> ApplicationQuerySet:
    """What this person may see, narrowed to what they look for; see ApplicationFilter for the keys."""
    rows = Application.objects.visible_to(user)
    if wanted.get("state"):
        rows = rows.filter(state=wanted["state"])
    if wanted.get("posting"):
        rows = rows.filter(posting=wanted["posting"])
    if wanted.get("major"):
        rows = rows.filter(student__student_profile__major=wanted["major"])
    words = (wanted.get("find") or "").strip()
    if words:
        named = User.objects.filter(
            Q(name__icontains=words) | Q(name_en__icontains=words) | Q(number__istartswith=words)
        )
        rows = rows.filter(student__in=named.order_by())
    return rows.select_related("posting__enterprise", "student__student_profile__major").defer(
        "letter", "snapshot", "posting__description", "posting__search", "posting__enterprise__search"
    )


def application_page(user: User, pk: int) -> ApplicationQuerySet:
    """One application with what its page shows, if this person may see it."""
    rows = Application.objects.visible_to(user).filter(pk=pk)
    return rows.select_related("posting__enterprise", "student__student_profile__major", "rejection")


def application_path(application: Application, moves: Sequence[ApplicationMove]) -> list[Step]:
    """From sent to its end: what happened, where it stands, and what lies ahead while it runs."""
    now = ApplicationState(application.state)
    reached = {move.state for move in moves} | {now}
    ended = not APPLICATION_NEXT[now]
    stops = [stop for stop in PATH if stop in reached or (not ended and PATH.index(stop) > _furthest(reached))]
    if now not in stops:
        stops.append(now)
    here = stops.index(now)
    places = ["done"] * here + ["current"] + [""] * (len(stops) - here - 1)
    return [Step(stop, str(stop.label), place) for stop, place in zip(stops, places, strict=True)]


def _furthest(reached: set[Any]) -> int:
    return max(PATH.index(stop) for stop in PATH if stop in reached or stop == ApplicationState.SUBMITTED)


def possible_moves(user: User, application: Application) -> list[ApplicationState]:
    """Where this person may move it now, in the order of the states."""
    following = APPLICATION_NEXT[ApplicationState(application.state)]
    states = [state for state in ApplicationState if state in following]
    return [state for state in states if rules.can_move_application(user, application, state)]
