"""What an address asks of a figure: the words that `reports.selectors.doors` writes are read here, and nowhere else."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, QueryDict
from django.utils import timezone

from accounts.choices import Role
from accounts.models.people import User
from accounts.models.school import College, Major
from reports.figures.catalogue import FIGURES
from reports.figures.figure import Figure
from reports.figures.scope import WINDOWS, Scope
from reports.figures.splits import SPLITS
from reports.selectors.people import people_of_figures
from visits.choices import Direction, Medium
from visits.models.campaigns import Campaign, Trip

MOST_LEADERS = 20


def figure_asked_for(slug: str) -> Figure:
    """404 for one that there is not."""
    try:
        return FIGURES[slug]
    except KeyError:
        raise Http404 from None


def scope_asked_for(user: User, asked: QueryDict) -> Scope:
    """What the address narrows to: campaign, trip, college and leader by number, who is not there is not found.

    A role (`led_by` in older addresses), direction, medium or day that makes no sense narrows nothing.
    """
    role = asked.get("role") or asked.get("led_by", "")
    return Scope(
        campaign=one_asked_for(Campaign.objects.visible_to(user), asked.get("campaign", "")),
        trip=one_asked_for(Trip.objects.visible_to(user), asked.get("trip", "")),
        on=timezone.localdate(),
        user=user,
        led_by=role if role in Role.values else "",
        college=one_asked_for(College.objects.all(), asked.get("college", "")),
        major=one_asked_for(Major.objects.all(), asked.get("major", "")),
        leaders=_leaders(asked.getlist("leader")),
        direction=_known(asked.get("direction", ""), Direction.values),
        medium=_known(asked.get("medium", ""), Medium.values),
        class_of=_year(asked.get("class_of", "")),
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
        province=_words(asked, "province", 2),
        city=_words(asked, "city", 60),
        industry=_words(asked, "industry", 20),
        unknown=tuple(sorted({slug for slug in asked.getlist("unknown") if slug in SPLITS})),
        part=_words(asked, "part", 80),
        window=_window(asked.get("window", "")),
    )


def one_asked_for(rows: Any, number: str) -> Any:
    """Nothing for no number or `all`; 404 for one that is not there."""
    return None if number in ("", "all") else _every(rows, [number])[0]


def _leaders(numbers: list[str]) -> tuple[Any, ...]:
    """Several are asked for together: visits at which at least one of them was."""
    numbers = [number for number in dict.fromkeys(numbers) if number]
    return tuple(_every(people_of_figures(), numbers)) if numbers else ()


def _every(rows: Any, numbers: list[str]) -> list[Any]:
    if len(numbers) > MOST_LEADERS or any(not number.isdecimal() or len(number) > 9 for number in numbers):
        raise Http404
    found = list(rows.filter(pk__in={int(number) for number in numbers}).order_by("pk"))
    if len(found) != len({int(number) for number in numbers}):
        raise Http404
    return found


def _words(asked: QueryDict, name: str, most: int) -> str:
    """Without NUL, which PostgreSQL does not hold."""
    return asked.get(name, "").replace("\0", "")[:most]


def _year(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) == 4 else None


def _window(text: str) -> int:
    """The usual one is written by nothing, so that an address says it in one way only."""
    months = int(text) if text.isdecimal() and len(text) < 4 else 0
    return months if months in WINDOWS and months != WINDOWS[1] else 0


def _known(value: str, choices: list[str]) -> str:
    return value if value in choices else ""


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2999 else None
