"""Whether a target will be reached in time: how many a week so far, how many a week from now on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

WEEK = 7


@dataclass(frozen=True)
class Pace:
    """Numbers a week; `needed` is None without a day until which, and once that day is over.

    `behind` is how many are missing from the even course on which the target is reached on the last day.
    """

    so_far: float
    needed: float | None
    behind: int
    until: date | None
    is_over: bool


def pace(target: int, reached: int, *, first: date | None, until: date | None, today: date) -> Pace:
    """From the first day on; the first week counts whole: one good day is no pace yet. Today may still bring some."""
    begun = first is not None and first <= today
    last = min(today, until) if until else today
    gone = (last - first).days + 1 if first is not None and begun else 0
    so_far = reached * WEEK / max(gone, WEEK)
    if until is None:
        return Pace(so_far, None, 0, None, is_over=False)
    missing = max(target - reached, 0)
    if until < today:
        return Pace(so_far, None, missing, until, is_over=True)
    left = (until - max(today, first or today)).days + 1
    return Pace(so_far, missing * WEEK / left, _behind(target, reached, first, until, today), until, is_over=False)


def _behind(target: int, reached: int, first: date | None, until: date, today: date) -> int:
    """Whole ones only; days that are over count, today does not yet."""
    if first is None or first >= today:
        return 0
    due = target * (today - first).days // ((until - first).days + 1)
    return max(due - reached, 0)
