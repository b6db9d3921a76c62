"""Where the rows behind a number of a campaign stand: the page of its figure, narrowed to the same visits."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from visits.choices import Measure

FIGURE_OF: dict[str, str] = {
    Measure.VISITS: "visits",
    Measure.ENTERPRISES: "enterprises-visited",
    Measure.NEW_ENTERPRISES: "new-enterprises",
    Measure.PERSON_TIMES: "person-times",
    Measure.OPENINGS: "openings",
    Measure.AGREEMENTS: "agreements-from-visits",
    Measure.BASES: "practice-bases",
    Measure.RECRUITMENTS: "campus-recruitments",
}


def figure_address(
    measure: str, campaign: int, *, role: str = "", college: int | None = None, leaders: Iterable[int] = ()
) -> str:
    """The address of a figure for a campaign, of a role, a college, or people of whom one was there."""
    query: list[tuple[str, object]] = [("campaign", campaign)]
    query += [("role", role)] if role else []
    query += [("college", college)] if college else []
    query += [("leader", leader) for leader in leaders]
    return f"{reverse('reports:figure', args=[FIGURE_OF[measure]])}?{urlencode(query)}"
