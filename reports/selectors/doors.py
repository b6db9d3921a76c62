"""The address behind a number: the page of its figure, narrowed as the number was."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from reports.figures.scope import Scope

# What of a scope stands in an address as it is.
PLAIN = ("direction", "medium", "class_of", "since", "until", "province", "city", "industry", "part", "window")


def href(slug: str, scope: Scope, **narrowing: object) -> str:
    """The page behind a figure, for the same scope."""
    query = urlencode([*asked(scope), *narrowing.items()])
    return reverse("reports:figure", args=[slug]) + (f"?{query}" if query else "")


def about(scope: Scope) -> str:
    """The same as one text, by which snapshots of a scope are found: the same scope is always the same text."""
    return urlencode(asked(scope))


def asked(scope: Scope) -> list[tuple[str, object]]:
    """What the address says of a scope; `reports.asking` reads the same."""
    words: list[tuple[str, object]] = []
    if scope.campaign is not None:
        words.append(("campaign", scope.campaign.pk))
    if scope.trip is not None:
        words.append(("trip", scope.trip.pk))
    words += [("role", scope.led_by)] if scope.led_by else []
    words += [("college", scope.college.pk)] if scope.college else []
    words += [("major", scope.major.pk)] if scope.major else []
    words += [("leader", leader.pk) for leader in scope.leaders]
    words += [(name, value) for name in PLAIN if (value := getattr(scope, name))]
    return words + [("unknown", slug) for slug in scope.unknown]
